//! Recorded calls: their list, their uploads, the page of each, and the clips of them.

mod call;

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use types::CallId;
use wasm_split_helpers::wasm_split;

use crate::parts::{PartMissing, Screen};
use crate::shell::NotFoundPage;

/// What an address of calls names.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Call(CallId),
    Nowhere,
}

/// The screens of calls.
#[wasm_split(calls, fallible)]
pub fn calls_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <CallsScreens /> }.into_any())
}

/// Every screen of calls and clips.
#[component]
fn CallsScreens() -> impl IntoView {
    let (path, params) = (use_location().pathname, use_params_map());
    let place = Memo::new(move |_| {
        if !path.with(|path| path.starts_with("/calls")) {
            return Place::Nowhere;
        }
        let call = params.with(|params| params.get("call")).unwrap_or_default();
        call.parse::<CallId>().map_or(Place::Nowhere, Place::Call)
    });
    move || match place.get() {
        Place::Call(call_id) => view! { <call::CallPage call_id /> }.into_any(),
        Place::Nowhere => view! { <NotFoundPage /> }.into_any(),
    }
}
