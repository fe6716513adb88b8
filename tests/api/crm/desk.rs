//! What the tests of records share: makers of records, and users who do not see all of them.

use rapport_tests::{ClientError, TestApp, User};
use types::accounts::{SaveRole, SaveTeam, UpdateUser, UserPath};
use types::crm::*;
use types::{BuiltinRole, RecordAccess, UserId};

/// A new contact.
pub async fn contact(by: &User, name: &str, owner_id: Option<UserId>) -> Contact {
    let email = Some(format!("{}@customer.example", name.to_lowercase().replace(' ', ".")));
    let request = CreateContact { name: name.to_owned(), email, owner_id, ..CreateContact::default() };
    by.create_contact(&request).await.unwrap()
}

/// A new company.
pub async fn company(by: &User, name: &str, owner_id: Option<UserId>) -> Company {
    let request = SaveCompany { name: name.to_owned(), owner_id, ..SaveCompany::default() };
    by.create_company(&request).await.unwrap()
}

/// A new deal.
pub async fn deal(by: &User, name: &str, owner_id: Option<UserId>) -> Deal {
    let request = SaveDeal { name: name.to_owned(), owner_id, ..SaveDeal::default() };
    by.create_deal(&request).await.unwrap()
}

/// A new ticket.
pub async fn ticket(by: &User, subject: &str, owner_id: Option<UserId>) -> Ticket {
    let request = SaveTicket { subject: subject.to_owned(), owner_id, ..SaveTicket::default() };
    by.create_ticket(&request).await.unwrap()
}

/// The request that leaves a contact as it is.
pub fn same(contact: &Contact) -> UpdateContact {
    UpdateContact {
        name: contact.name.clone(),
        email: contact.email.clone(),
        phone: contact.phone.clone(),
        job_title: contact.job_title.clone(),
        company_id: contact.company_id,
        owner_id: contact.owner_id,
        ..UpdateContact::default()
    }
}

/// A user with an agent's permissions who sees records as far as told.
pub async fn user_with(app: &TestApp, name: &str, record_access: RecordAccess) -> User {
    let admin = app.super_admin();
    let role = SaveRole {
        name: format!("Role of {name}"),
        permissions: BuiltinRole::Agent.permissions(),
        record_access,
    };
    let role = admin.create_role(&role).await.unwrap();
    let user = app.agent(name).await;
    let change = UpdateUser { name: None, role_id: Some(role.id) };
    admin.update_user(&UserPath { user_id: user.id() }, &change).await.unwrap();
    user
}

/// A team of these users.
pub async fn team(app: &TestApp, name: &str, members: &[&User]) -> types::accounts::Team {
    let member_ids = members.iter().map(|user| user.id()).collect();
    app.super_admin().create_team(&SaveTeam { name: name.to_owned(), member_ids }).await.unwrap()
}

/// What belongs to a record, of one kind.
pub async fn associated(by: &User, record: impl Into<RecordRef>, kind: ObjectKind) -> Vec<AssociatedRecord> {
    let record = record.into();
    let all = by.list_associations(&ListAssociations { kind: record.kind, id: record.id }).await.unwrap();
    all.kinds.into_iter().find(|found| found.kind == kind).unwrap().items
}

/// The newest entries of a record's timeline.
pub async fn timeline(by: &User, record: impl Into<RecordRef>) -> TimelinePage {
    let record = record.into();
    let query = ListTimeline { kind: record.kind, id: record.id, cursor: None, limit: None };
    by.list_timeline(&query).await.unwrap()
}

/// The fields that a refused request names.
pub fn wrong_fields<T: std::fmt::Debug>(reply: Result<T, ClientError>) -> Vec<String> {
    match reply.unwrap_err() {
        ClientError::Problem(problem) => problem.errors.into_iter().map(|error| error.field).collect(),
        other => panic!("{other}"),
    }
}
