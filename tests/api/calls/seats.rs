use rapport_tests::test_on_both;
use types::accounts::{CreateUser, SaveRole, UpdateUser, UserPath};
use types::calls::ListCalls;
use types::{BuiltinRole, Permission, RecordAccess};

use super::desk::{call, path, titles};

test_on_both!(
    /// CALL-42: only who may add and edit users gives somebody the right to view recordings, and only who has it.
    viewing_is_given_by_who_edits_users,
    async |app| {
        let admin = app.super_admin();
        let (ana, otto) = (app.agent("Ana").await, app.agent("Otto").await);
        let role = |name: &str, permissions: &[Permission]| SaveRole {
            name: name.to_owned(),
            permissions: permissions.iter().copied().collect(),
            record_access: RecordAccess::Everything,
        };
        let blind = admin.create_role(&role("Blind", &[Permission::Comment])).await.unwrap();
        let seeing = admin.create_role(&role("Seeing", &[Permission::ReadCalls])).await.unwrap();
        let of_otto = UserPath { user_id: otto.id() };
        let give = |role_id| UpdateUser { name: None, role_id: Some(role_id) };
        admin.update_user(&of_otto, &give(blind.id)).await.unwrap();
        let made = call(app, &ana, "Refund").await.id;
        let all = ListCalls::default();
        assert_eq!(titles(&otto, &all).await, [""; 0]);

        assert_eq!(ana.update_user(&of_otto, &give(seeing.id)).await.unwrap_err().status(), Some(403));
        let amy = app.user("Amy", BuiltinRole::Administrator).await;
        amy.update_user(&of_otto, &give(seeing.id)).await.unwrap();
        assert_eq!(titles(&otto, &all).await, ["Refund"]);
        assert_eq!(otto.get_call(&path(made)).await.unwrap().id, made);

        // Who edits users without seeing recordings gives nobody the right to.
        let office = admin.create_role(&role("Office", &[Permission::ManageUsers])).await.unwrap();
        admin.update_user(&UserPath { user_id: ana.id() }, &give(office.id)).await.unwrap();
        let invite = CreateUser {
            name: "New".to_owned(),
            email: "new@example.org".to_owned(),
            role_id: seeing.id,
            team_ids: Vec::new(),
        };
        assert_eq!(ana.create_user(&invite).await.unwrap_err().status(), Some(403));
        app.shows(&["CALL-42"]);
    }
);
