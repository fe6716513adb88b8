//! Calls to test with.

use rapport_tests::{TestApp, User};
use types::calls::{AddParticipant, Call, CallDirection, CallPath, CreateCall, ListCalls};
use types::{CallId, ContactId};

/// An inbound call that began just now.
pub fn request(app: &TestApp, title: &str) -> CreateCall {
    CreateCall::new(title.to_owned(), CallDirection::Inbound, app.clock().now())
}

/// A participant of whom nothing is known yet.
pub const NOBODY: AddParticipant =
    AddParticipant { user_id: None, contact_id: None, name: None, email: None, phone: None };

/// A contact who takes part.
pub fn contact(id: ContactId) -> AddParticipant {
    AddParticipant { contact_id: Some(id), ..NOBODY }
}

/// A call of the user's own.
pub async fn call(app: &TestApp, user: &User, title: &str) -> Call {
    user.create_call(&request(app, title)).await.unwrap()
}

pub fn path(call_id: CallId) -> CallPath {
    CallPath { call_id }
}

/// The titles of the calls that a list holds.
pub async fn titles(user: &User, query: &ListCalls) -> Vec<String> {
    user.list_calls(query).await.unwrap().items.into_iter().map(|call| call.title).collect()
}
