//! Waits for what the app knows of users, teams, roles and inboxes.

use leptos::prelude::*;
use ui::Skeleton;

use crate::context::use_app;
use crate::texts::text;

/// A skeleton until the directory is there. Fetching it is tried again until it works; the banner says when offline.
#[component]
pub fn DirectoryView(
    /// Draws it.
    children: ChildrenFn,
) -> impl IntoView {
    let app = use_app();
    // The signed-in user is always in it.
    let is_there = Memo::new(move |_| app.read(|state| !state.directory.users.is_empty()));
    view! {
        <Show when=move || is_there.get() fallback=move || view! { <Skeleton label=text!(app.i18n, words.loading) /> }>
            {children()}
        </Show>
    }
    .into_any()
}
