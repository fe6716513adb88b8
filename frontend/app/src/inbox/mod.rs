//! The inbox.

use client::ClientError;
use leptos::prelude::*;
use types::{MessageId, ThreadId};

use crate::context::App;

/// The beginning of the names that drafts are stored under in this browser.
pub const DRAFTS: &str = "rapport.draft.";

/// Fetches the list again.
pub async fn reload_list(_app: App) -> Result<(), ClientError> {
    Ok(())
}
/// Fetches the open conversation again.
pub async fn reload_open_thread(_app: App) -> Result<(), ClientError> {
    Ok(())
}
/// The path.
pub fn path_of_message(_app: App, _thread: ThreadId, _message: Option<MessageId>) -> String {
    String::new()
}

/// The inbox.
#[component]
pub fn InboxPage() -> impl IntoView {
    view! { <main class="screen"></main> }
}
