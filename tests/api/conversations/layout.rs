use rapport_tests::test_on_both;
use types::accounts::{Preferences, UpdateMe};

fn wanted(preferences: &Preferences) -> UpdateMe {
    UpdateMe { name: None, preferences: Some(preferences.clone()) }
}

test_on_both!(
    /// INBOX-72, INBOX-91: how high the reply editor is and which panels are open follows the user to every browser, and
    /// is nobody else's.
    the_layout_follows_the_user,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let usual = ana.get_me().await.unwrap().preferences;
        assert!(usual.views_shown && usual.details_shown);
        let mine = Preferences { views_shown: false, details_shown: false, composer_height: 240, ..usual.clone() };
        ana.update_me(&wanted(&mine)).await.unwrap();
        let elsewhere = app.sign_in(&ana.profile).await;
        assert_eq!(elsewhere.get_me().await.unwrap().preferences, mine);
        assert_eq!(ben.get_me().await.unwrap().preferences, usual);
        for composer_height in [63, 2001, -1] {
            let wrong = Preferences { composer_height, ..mine.clone() };
            let refused = ana.update_me(&wanted(&wrong)).await.unwrap_err();
            assert!(refused.field("preferences.composer_height").is_some(), "{refused:?}");
        }
        assert_eq!(ana.get_me().await.unwrap().preferences, mine);
        app.shows(&["INBOX-72", "INBOX-91"]);
    }
);
