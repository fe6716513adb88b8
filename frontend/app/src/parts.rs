//! Parts of the app that are fetched when they are first needed.
//!
//! A function under `#[wasm_split(<part>, fallible)]` and all that nothing else needs is left out of the module that the
//! browser loads at the start. Such a function hands out a [`Screen`]; [`LazyScreen`] fetches and draws it.

use client::ClientError;
use leptos::prelude::*;
use wasm_split_helpers::SplitLoaderError;

use crate::remote::{Remote, RemoteView};

/// Draws a screen.
pub type Screen = fn() -> AnyView;

/// A part did not come.
pub struct PartMissing;

impl From<SplitLoaderError> for PartMissing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

impl From<PartMissing> for ClientError {
    fn from(_: PartMissing) -> Self {
        Self::Network("a part of the app".to_owned())
    }
}

/// A screen of a part: a skeleton until the part is there, and "Try again" when it did not come.
#[component]
pub fn LazyScreen<F>(
    /// Fetches the part, if it is not there yet.
    fetch: fn() -> F,
) -> impl IntoView
where
    F: Future<Output = Result<Screen, PartMissing>> + 'static,
{
    let screen = Remote::new(move || async move { Ok(fetch().await?) });
    view! {
        <RemoteView remote=screen>{move || screen.get().map(|screen| screen())}</RemoteView>
    }
}
