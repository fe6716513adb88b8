use std::time::Duration;

use rapport_tests::test_on_both;
use types::accounts::{SaveRole, UpdateUser, UserPath};
use types::calls::{CreateCall, ListCalls};
use types::{BuiltinRole, Event, Permission};

use super::desk::{call, path, request, titles};

/// How long a socket must stay silent to be believed.
const QUIET: Duration = Duration::from_millis(700);

test_on_both!(
    /// CALL-01, 04: a user without any permission sees the calls that are its own; others see a call if they may read
    /// calls, and a private one if they may read those.
    own_calls_need_no_permission,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let nobody = SaveRole {
            name: "Nobody".to_owned(),
            permissions: [Permission::Comment].into(),
            record_access: types::RecordAccess::Everything,
        };
        let role = app.super_admin().create_role(&nobody).await.unwrap();
        let otto = app.agent("Otto").await;
        let change = UpdateUser { name: None, role_id: Some(role.id) };
        app.super_admin().update_user(&UserPath { user_id: otto.id() }, &change).await.unwrap();
        let all = ListCalls::default();

        let shared = call(app, &ana, "Shared").await;
        let secret = CreateCall { private: true, ..request(app, "Private") };
        let secret = ana.create_call(&secret).await.unwrap();
        let given = CreateCall { owner_id: Some(otto.id()), ..request(app, "Otto's") };
        let given = ana.create_call(&given).await.unwrap();

        assert_eq!(titles(&otto, &all).await, ["Otto's"]);
        assert_eq!(otto.get_call(&path(given.id)).await.unwrap().id, given.id);
        for hidden in [shared.id, secret.id] {
            assert_eq!(otto.get_call(&path(hidden)).await.unwrap_err().status(), Some(404));
        }
        assert_eq!(titles(&ben, &all).await, ["Otto's", "Shared"]);
        assert_eq!(ben.get_call(&path(secret.id)).await.unwrap_err().status(), Some(404));
        assert_eq!(titles(&ana, &all).await, ["Otto's", "Private", "Shared"]);
        let amy = app.user("Amy", BuiltinRole::Administrator).await;
        assert_eq!(titles(&amy, &all).await, ["Otto's", "Private", "Shared"]);

        let reader = app.token(app.super_admin(), &[Permission::ReadCalls]).await;
        assert_eq!(titles(&reader, &all).await, ["Otto's", "Shared"]);
        let other = app.token(app.super_admin(), &[Permission::ReadContacts]).await;
        assert_eq!(other.list_calls(&all).await.unwrap_err().status(), Some(403));
        app.shows(&["CALL-01"]);
    }
);

test_on_both!(
    /// Guard 2: of a private call nobody hears but its owner and who may read it.
    events_of_calls_reach_those_who_may_read_them,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let (mut of_ana, mut of_ben) = (ana.listen(None).await, ben.listen(None).await);
        let mut of_admin = app.super_admin().listen(None).await;
        let secret = CreateCall { private: true, ..request(app, "Private") };
        let secret = ana.create_call(&secret).await.unwrap().id;
        let shared = call(app, &ana, "Shared").await.id;
        for socket in [&mut of_ana, &mut of_admin] {
            for id in [secret, shared] {
                socket.next_event(|e| matches!(e, Event::CallChanged { call_id } if *call_id == id)).await;
            }
        }
        let heard = of_ben.until(|e| matches!(e, Event::CallChanged { call_id } if *call_id == shared)).await;
        assert!(!heard.contains(&Event::CallChanged { call_id: secret }), "{heard:?}");
        assert_eq!(of_ben.drain(QUIET).await, []);
    }
);
