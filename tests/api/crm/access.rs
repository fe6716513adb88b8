use std::time::Duration;

use rapport_tests::{ClientError, test_on_both};
use types::accounts::{RolePath, SaveRole, SaveTeam, TeamPath};
use types::crm::*;
use types::{BuiltinRole, Event, Permission, RecordAccess};

use super::desk::{company, contact, deal, same, team, ticket, user_with};

fn status<T: std::fmt::Debug>(reply: Result<T, ClientError>) -> Option<u16> {
    reply.unwrap_err().status()
}

test_on_both!(
    /// CALL-04, CALL-69: a role's access to records narrows reading, lists and searches alike; nobody's are everybody's.
    records_out_of_sight_are_not_found,
    async |app| {
        let admin = app.super_admin();
        let (own, mate) =
            (user_with(app, "Olga", RecordAccess::Own).await, user_with(app, "Mara", RecordAccess::Team).await);
        let other = user_with(app, "Otto", RecordAccess::Team).await;
        team(app, "North", &[&own, &mate]).await;
        let of_own = contact(admin, "Sam Own", Some(own.id())).await;
        let of_other = contact(admin, "Sam Other", Some(other.id())).await;
        let of_nobody = contact(admin, "Sam Nobody", None).await;
        for (user, seen) in [
            (&own, vec!["Sam Nobody", "Sam Own"]),
            (&mate, vec!["Sam Nobody", "Sam Own"]),
            (&other, vec!["Sam Nobody", "Sam Other"]),
            (admin, vec!["Sam Nobody", "Sam Other", "Sam Own"]),
        ] {
            let listed = user.list_contacts(&ListContacts::default()).await.unwrap().items;
            let listed: Vec<_> = listed.iter().map(|contact| contact.name.as_str()).collect();
            assert_eq!(listed, seen, "{}", user.profile.name);
            let query = SearchRecords { q: "sam".to_owned(), kind: None, limit: None };
            let found = user.search_records(&query).await.unwrap().items;
            let found: Vec<_> = found.iter().map(|summary| summary.name.as_str()).collect();
            assert_eq!(found, seen, "{}", user.profile.name);
        }
        let path = ContactPath { contact_id: of_other.id };
        assert_eq!(status(own.get_contact(&path).await), Some(404));
        assert_eq!(status(own.update_contact(&path, &same(&of_other)).await), Some(404));
        let merge = MergeContact { from_id: of_other.id };
        let into = ContactPath { contact_id: of_nobody.id };
        assert_eq!(status(own.merge_contact(&into, &merge).await), Some(404));
        let associate = CreateAssociation { from: of_own.id.into(), to: of_other.id.into() };
        assert_eq!(status(own.create_association(&associate).await), Some(404));
        let of = ListTimeline { kind: ObjectKind::Contact, id: of_other.id.into(), cursor: None, limit: None };
        assert_eq!(status(own.list_timeline(&of).await), Some(404));
    }
);

test_on_both!(
    /// CALL-04: the other kinds of records are narrowed in the same way.
    every_kind_is_narrowed,
    async |app| {
        let (admin, own) = (app.super_admin(), user_with(app, "Olga", RecordAccess::Own).await);
        let theirs = Some(admin.id());
        let company_id = company(admin, "Acme", theirs).await.id;
        let deal_id = deal(admin, "Big deal", theirs).await.id;
        let ticket_id = ticket(admin, "Broken", theirs).await.id;
        assert_eq!(status(own.get_company(&CompanyPath { company_id }).await), Some(404));
        assert_eq!(status(own.delete_company(&CompanyPath { company_id }).await), Some(404));
        assert_eq!(status(own.get_deal(&DealPath { deal_id }).await), Some(404));
        assert_eq!(status(own.delete_deal(&DealPath { deal_id }).await), Some(404));
        assert_eq!(status(own.get_ticket(&TicketPath { ticket_id }).await), Some(404));
        assert_eq!(status(own.delete_ticket(&TicketPath { ticket_id }).await), Some(404));
        assert_eq!(own.list_companies(&ListCompanies::default()).await.unwrap().items, []);
        assert_eq!(own.list_deals(&ListDeals::default()).await.unwrap().items, []);
        assert_eq!(own.list_tickets(&ListTickets::default()).await.unwrap().items, []);
        // A company out of sight cannot be given to a contact either.
        let request = CreateContact {
            name: "Ann".to_owned(),
            company_id: Some(company_id),
            ..CreateContact::default()
        };
        assert_eq!(status(own.create_contact(&request).await), Some(422));
        let program = app.token(admin, &[Permission::ReadContacts]).await;
        assert_eq!(program.list_deals(&ListDeals::default()).await.unwrap().items.len(), 1);
    }
);

test_on_both!(
    /// CALL-69: events of a record reach those who see it, and whoever loses sight of it is told to forget it.
    events_follow_the_owner,
    async |app| {
        let admin = app.super_admin();
        let (ann, ben) =
            (user_with(app, "Ann", RecordAccess::Own).await, user_with(app, "Ben", RecordAccess::Own).await);
        let (mut of_ann, mut of_ben) = (ann.listen(None).await, ben.listen(None).await);
        let carla = contact(admin, "Carla", Some(ann.id())).await;
        of_ann.next_event(|event| matches!(event, Event::ContactChanged { .. })).await;
        let given = UpdateContact { owner_id: Some(ben.id()), ..same(&carla) };
        admin.update_contact(&ContactPath { contact_id: carla.id }, &given).await.unwrap();
        let removed = |event: &Event| *event == Event::RecordRemoved { record: carla.id.into() };
        of_ann.next_event(removed).await;
        let heard =
            of_ben.until(|event| matches!(event, Event::ContactChanged { contact } if contact.id == carla.id)).await;
        assert!(!heard.iter().any(removed), "{heard:?}");
        assert_eq!(of_ann.drain(Duration::from_millis(700)).await, []);
        let refused = ann.get_contact(&ContactPath { contact_id: carla.id }).await;
        assert_eq!(status(refused), Some(404));
    }
);

test_on_both!(
    /// CALL-04: who comes into a team or leaves it sees other records at once; a role that changes holds at once.
    access_follows_teams_and_roles,
    async |app| {
        let admin = app.super_admin();
        let (ann, ben) =
            (user_with(app, "Ann", RecordAccess::Team).await, user_with(app, "Ben", RecordAccess::Team).await);
        let path = ContactPath { contact_id: contact(admin, "Carla", Some(ben.id())).await.id };
        assert_eq!(status(ann.get_contact(&path).await), Some(404));
        let mut of_ann = ann.listen(None).await;
        let north = team(app, "North", &[&ann, &ben]).await;
        of_ann.next_event(|event| matches!(event, Event::PermissionsChanged { .. })).await;
        ann.get_contact(&path).await.unwrap();
        let alone = SaveTeam { name: "North".to_owned(), member_ids: vec![ann.id()] };
        admin.update_team(&TeamPath { team_id: north.id }, &alone).await.unwrap();
        of_ann.next_event(|event| matches!(event, Event::PermissionsChanged { .. })).await;
        assert_eq!(status(ann.get_contact(&path).await), Some(404));
        let roles = admin.list_roles(&types::page::PageQuery::default()).await.unwrap().items;
        let role = roles.into_iter().find(|role| role.name == "Role of Ann").unwrap();
        assert_eq!(role.record_access, RecordAccess::Team);
        let wider = SaveRole {
            name: role.name,
            permissions: role.permissions,
            record_access: RecordAccess::Everything,
        };
        admin.update_role(&RolePath { role_id: role.id }, &wider).await.unwrap();
        ann.get_contact(&path).await.unwrap();
    }
);

test_on_both!(
    /// Nobody lets others see more records than they see themselves.
    access_is_not_handed_on_beyond_ones_own,
    async |app| {
        let admin = app.super_admin();
        let permissions = Permission::ALL.iter().copied().collect();
        let role = SaveRole { name: "Lead".to_owned(), permissions, record_access: RecordAccess::Team };
        let role = admin.create_role(&role).await.unwrap();
        let lead = app.agent("Lea").await;
        let change = types::accounts::UpdateUser { name: None, role_id: Some(role.id) };
        admin.update_user(&types::accounts::UserPath { user_id: lead.id() }, &change).await.unwrap();
        let mut wanted = SaveRole {
            name: "Wide".to_owned(),
            permissions: BuiltinRole::Viewer.permissions(),
            record_access: RecordAccess::Everything,
        };
        assert_eq!(status(lead.create_role(&wanted).await), Some(422));
        wanted.record_access = RecordAccess::Team;
        lead.create_role(&wanted).await.unwrap();
    }
);
