//! The page of one call.

use leptos::prelude::*;
use types::CallId;
use types::calls::CallPath;

use crate::context::use_app;
use crate::remote::{Remote, RemoteView};

/// A call: its title.
#[component]
pub fn CallPage(
    /// The call.
    call_id: CallId,
) -> impl IntoView {
    let app = use_app();
    let call = Remote::new(move || async move { app.api().get_call(&CallPath { call_id }).await });
    view! {
        <main class="screen">
            <RemoteView remote=call>
                <h1>{move || call.get().map(|call| call.title)}</h1>
            </RemoteView>
        </main>
    }
}
