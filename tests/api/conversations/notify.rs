use rapport_tests::{TestApp, User, test_on_both};
use types::accounts::{NotificationKind, NotifyAbout, Preferences, ReadNotifications, UpdateMe};
use types::conversations::{AssignThread, CreateComment};
use types::page::PageQuery;

use super::desk::{Desk, path};

async fn kinds(app: &TestApp, user: &User) -> Vec<NotificationKind> {
    app.run_jobs().await;
    let query = PageQuery { cursor: None, limit: None };
    user.list_notifications(&query).await.unwrap().items.into_iter().map(|n| n.kind).collect()
}

async fn wants(user: &User, notify_about: NotifyAbout) {
    let preferences = Some(Preferences { notify_about, ..Preferences::default() });
    user.update_me(&UpdateMe { name: None, preferences }).await.unwrap();
}

test_on_both!(
    /// CONV-140, CONV-141: a user is told when a visitor starts a chat, as each has chosen; a mention always reaches.
    users_are_told_as_they_chose,
    async |app| {
        let desk = Desk::open(app).await;
        wants(&desk.ana, NotifyAbout::Everything).await;
        wants(&desk.ben, NotifyAbout::Nothing).await;
        let (visitor, id) = desk.visitor_says(app, "Hello").await;
        assert_eq!(kinds(app, &desk.ana).await, [NotificationKind::ConversationStarted]);
        assert_eq!(kinds(app, &desk.ben).await, []);
        wants(&desk.ana, NotifyAbout::Mine).await;
        let assign = AssignThread { user_id: Some(desk.ana.id()), team_id: None };
        desk.ben.assign_thread(&path(id), &assign).await.unwrap();
        visitor.says("Are you there?").await;
        let told = kinds(app, &desk.ana).await;
        assert!(told.contains(&NotificationKind::Assigned), "{told:?}");
        assert!(told.contains(&NotificationKind::MessageReceived), "{told:?}");
        let comment = CreateComment {
            html: "<p>@Ben please look</p>".to_owned(),
            mentioned_user_ids: vec![desk.ben.id()],
            attachment_ids: Vec::new(),
            client_id: None,
        };
        desk.ana.create_comment(&path(id), &comment).await.unwrap();
        assert_eq!(kinds(app, &desk.ben).await, [NotificationKind::Mentioned]);
        assert_eq!(desk.ben.count_unread_notifications().await.unwrap().count, 1);
        let all = ReadNotifications { up_to: None, thread_id: None, call_id: None };
        desk.ben.read_notifications(&all).await.unwrap();
        assert_eq!(desk.ben.count_unread_notifications().await.unwrap().count, 0);
        // Nobody is mentioned who may not read the conversation.
        let otto = app.agent("Otto").await;
        let comment = CreateComment { mentioned_user_ids: vec![otto.id()], ..comment };
        let refused = desk.ana.create_comment(&path(id), &comment).await.unwrap_err();
        assert!(refused.field("mentioned_user_ids").is_some(), "{refused:?}");
        app.shows(&["CONV-140", "CONV-141"]);
    }
);
