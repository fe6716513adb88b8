//! Acts that need no form.

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use types::Event;

use crate::context::App;

/// Sends a request; what went wrong is said in a toast, and so is what `done` says of the reply.
pub fn act<T: 'static>(
    app: App,
    request: impl Future<Output = Result<T, ClientError>> + 'static,
    done: impl FnOnce(T) -> String + 'static,
) {
    spawn_local(async move {
        match request.await {
            Ok(reply) => app.toasts.show(untrack(|| done(reply))),
            Err(error) => app.fail(&error),
        }
    });
}

/// Knows at once what the event that follows a reply will tell too.
pub fn learn(app: App, event: &Event) {
    app.change(|state| {
        // What has to be fetched beside is named again when the event itself arrives.
        let _ = state::apply(state, event);
    });
}
