//! Coming in and going out.

use leptos::prelude::*;
use types::accounts::SessionReply;

use super::{Phase, SIGNED_IN};
use crate::browser;
use crate::context::App;
use crate::preferences;

/// Asks whether the cookie of this browser still holds, if somebody has signed in here.
pub async fn start(app: App) {
    if browser::can_store() && browser::stored(SIGNED_IN).is_none() {
        app.session.end(false);
        return;
    }
    app.session.phase.set(Phase::Starting);
    match app.session.renew(None).await {
        Ok(Some(reply)) => enter(app, reply),
        Ok(None) => {}
        Err(error) => {
            // A refusal has signed out already.
            if app.session.phase.get_untracked() == Phase::Starting {
                app.session.phase.set(Phase::Unreachable(error));
            }
        }
    }
}

/// Takes the reply of a sign-in.
pub fn enter(app: App, reply: SessionReply) {
    app.session.accept(&reply);
    let same = app.peek(|state| state.my_id() == Some(reply.me.user.id));
    preferences::show(app.i18n, &reply.me.preferences);
    if !same {
        // What somebody else was uploading is not this user's to see.
        app.uploads.clear();
    }
    app.change(|state| {
        if !same {
            *state = state::State::default();
        }
        state.me = Some(reply.me);
    });
    app.session.phase.set(Phase::SignedIn);
}

/// Signs out in this browser and forgets what was written but not sent.
pub async fn leave(app: App) {
    let result = app.api().delete_session().await;
    if let Err(error) = result
        && error.status() != Some(401)
    {
        app.fail(&error);
        return;
    }
    browser::forget_stored(crate::inbox::DRAFTS);
    app.uploads.clear();
    app.state.set(state::State::default());
    app.session.end(false);
}
