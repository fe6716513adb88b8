//! A value that is fetched when a screen opens: loading, failed with "Try again", or there.

use std::future::Future;
use std::rc::Rc;

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use ui::Skeleton;

use crate::errors::LoadError;
use crate::i18n::use_i18n;
use crate::texts::text;

/// A fetched value. Signals that `load` reads before its first await make it load again when they change.
pub struct Remote<T: Send + Sync + 'static> {
    value: RwSignal<Option<Result<T, ClientError>>>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Remote<T> {}

impl<T: Clone + Send + Sync + 'static> Remote<T> {
    /// Fetches now, and again whenever it is told to.
    pub fn new<F>(load: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<T, ClientError>> + 'static,
    {
        let (value, again) = (RwSignal::new(None), RwSignal::new(0_u32));
        // Counts the fetches, so that a late reply of an earlier one is dropped.
        let newest = Rc::new(std::cell::Cell::new(0_u32));
        Effect::new(move |_| {
            again.get();
            let mine = newest.get() + 1;
            newest.set(mine);
            let (future, newest) = (load(), Rc::clone(&newest));
            spawn_local(async move {
                let result = future.await;
                if newest.get() == mine {
                    // The screen may be gone by now.
                    let _ = value.try_set(Some(result));
                }
            });
        });
        Self { value, again }
    }

    /// Fetches again; what is there stays on the screen until then.
    pub fn reload(self) {
        self.again.update(|times| *times += 1);
    }

    /// The value, once it is there. Tracked.
    pub fn get(self) -> Option<T> {
        self.value.with(|value| value.as_ref()?.as_ref().ok().cloned())
    }

    /// Changes the value that is there, for example after the server has answered a change of it.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.value.update(|value| {
            if let Some(Ok(value)) = value {
                change(value);
            }
        });
    }

    /// Whether nothing has come yet. Tracked.
    pub fn is_loading(self) -> bool {
        self.value.with(Option::is_none)
    }

    /// Why it could not be fetched. Tracked.
    pub fn error(self) -> Option<ClientError> {
        self.value.with(|value| value.as_ref()?.as_ref().err().cloned())
    }
}

/// Draws a fetched value, a skeleton until it is there, or what went wrong. The children are drawn once, when the first
/// value is there: read the value from the [`Remote`] inside them.
#[component]
pub fn RemoteView<T: Clone + Send + Sync + 'static>(
    /// The value.
    remote: Remote<T>,
    /// Draws it.
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let error = Memo::new(move |_| remote.error());
    let is_loading = Memo::new(move |_| remote.is_loading());
    move || {
        if is_loading.get() {
            view! { <Skeleton label=text!(i18n, words.loading) /> }.into_any()
        } else if let Some(error) = error.get() {
            view! { <LoadError error on_retry=move |()| remote.reload() /> }.into_any()
        } else {
            children().into_any()
        }
    }
}
