use rapport_tests::test_on_both;
use types::BuiltinRole;
use types::accounts::{SaveTeam, UserPath};
use types::conversations::{ActivityKind, AssignThread, View};

use super::desk::{Desk, path, thread, view};

fn to(user: types::UserId) -> AssignThread {
    AssignThread { user_id: Some(user), team_id: None }
}

const NOBODY: AssignThread = AssignThread { user_id: None, team_id: None };

test_on_both!(
    /// INBOX-74, CONV-03, CONV-122: the owner is set, changed and taken away by hand, also to somebody who is never
    /// chosen automatically.
    the_owner_is_changed_by_hand,
    async |app| {
        let desk = Desk::open(app).await;
        let (_, id) = desk.visitor_says(app, "Hello").await;
        let vera = app.viewer("Vera").await;
        let members = [desk.ana.id(), desk.ben.id(), vera.id()];
        let save = types::conversations::SaveInbox { name: "Sales".to_owned(), member_ids: members.into() };
        let inbox = types::conversations::InboxPath { inbox_id: desk.inbox.id };
        app.super_admin().update_inbox(&inbox, &save).await.unwrap();
        for user in members {
            desk.ana.assign_thread(&path(id), &to(user)).await.unwrap();
            assert_eq!(thread(&desk.ana, id).await.owner_user_id, Some(user));
        }
        assert_eq!(view(&vera, View::Mine).await, [id]);
        let team = SaveTeam { name: "Support".to_owned(), member_ids: vec![desk.ben.id()] };
        let team = app.super_admin().create_team(&team).await.unwrap();
        let assign = AssignThread { user_id: None, team_id: Some(team.id) };
        let given = desk.ana.assign_thread(&path(id), &assign).await.unwrap();
        assert_eq!((given.owner_user_id, given.owner_team_id), (None, Some(team.id)));
        desk.ana.assign_thread(&path(id), &NOBODY).await.unwrap();
        assert_eq!(view(&desk.ana, View::Unassigned).await, [id]);
        let kinds: Vec<_> = desk.ana.entries(id).await.iter().filter_map(|e| e.activity.clone()).collect();
        assert_eq!(kinds.last().unwrap().kind, ActivityKind::Unassigned);
        // Nobody gives a conversation to somebody who may not use the inbox.
        let otto = app.agent("Otto").await;
        let refused = desk.ana.assign_thread(&path(id), &to(otto.id())).await.unwrap_err();
        assert!(refused.field("user_id").is_some(), "{refused:?}");
        app.shows(&["INBOX-74", "CONV-03", "CONV-122"]);
    }
);

test_on_both!(
    /// INBOX-19: a deactivated owner's open conversations are unassigned at once.
    a_removed_owner_leaves_nothing_behind,
    async |app| {
        let desk = Desk::open(app).await;
        let (_, kept) = desk.visitor_says(app, "Hello").await;
        let (_, lost) = desk.visitor_says(app, "Hello too").await;
        desk.ana.assign_thread(&path(kept), &to(desk.ana.id())).await.unwrap();
        desk.ana.assign_thread(&path(lost), &to(desk.ben.id())).await.unwrap();
        app.super_admin().deactivate_user(&UserPath { user_id: desk.ben.id() }).await.unwrap();
        app.run_jobs().await;
        assert_eq!(view(&desk.ana, View::Unassigned).await, [lost]);
        assert_eq!(thread(&desk.ana, kept).await.owner_user_id, Some(desk.ana.id()));
        let refused = desk.ben.get_me().await.unwrap_err();
        assert_eq!(refused.status(), Some(401));
        let refused = desk.ana.assign_thread(&path(lost), &to(desk.ben.id())).await.unwrap_err();
        assert_eq!(refused.code(), Some(types::ErrorCode::Deactivated));
        app.shows(&["INBOX-19"]);
    }
);

test_on_both!(
    /// Somebody who may use every inbox may own any conversation.
    administrators_own_everywhere,
    async |app| {
        let desk = Desk::open(app).await;
        let (_, id) = desk.visitor_says(app, "Hello").await;
        let amy = app.user("Amy", BuiltinRole::Administrator).await;
        amy.assign_thread(&path(id), &to(amy.id())).await.unwrap();
        assert_eq!(view(&amy, View::Mine).await, [id]);
    }
);
