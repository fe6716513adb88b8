//! Who else is looking at the conversation or writing in it.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use types::ThreadId;
use types::conversations::{ShowPresence, ThreadPath};

use super::of_thread;
use crate::browser;
use crate::context::{App, use_app};
use crate::live::LiveStatus;

/// How often a presence is shown again. The server forgets it after 90 seconds.
const REPEAT: Duration = Duration::from_secs(40);
/// How long after the last sign of it somebody still counts as writing.
const STILL_TYPING: Duration = Duration::from_secs(6);

/// Says that the user is looking, as long as the conversation is open and the page in front.
pub fn announce_presence(app: App, id: ThreadId) {
    let show = move |viewing: bool| show(app, id, viewing, false);
    let is_online = Memo::new(move |_| app.live.status.get() == LiveStatus::Online);
    // The server forgets whoever is cut off.
    Effect::new(move |_| {
        if is_online.get() {
            show(true);
        }
    });
    let timer = set_interval_with_handle(
        move || {
            if browser::is_visible() {
                show(true)
            }
        },
        REPEAT,
    );
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
        show(false);
    });
}

/// Says that the user is writing, and some seconds after the last call that it is over.
pub fn show_typing(app: App, id: ThreadId) {
    show(app, id, true, true);
    let sign = app.inbox.typing_signs.get_value() + 1;
    app.inbox.typing_signs.set_value(sign);
    let stop = move || {
        if app.inbox.typing_signs.get_value() == sign && app.open_thread_id() == Some(id) {
            show(app, id, true, false);
        }
    };
    set_timeout(stop, STILL_TYPING);
}

/// When it fails, colleagues merely do not see it.
fn show(app: App, thread_id: ThreadId, viewing: bool, typing: bool) {
    if app.session.token().get_untracked().is_none() {
        return;
    }
    spawn_local(async move {
        let shown =
            app.api().show_presence(&ThreadPath { thread_id }, &ShowPresence { viewing, typing }).await;
        // The reply also tells who has gone without a word.
        if let Ok(presence) = shown {
            app.change(|state| {
                if let Some(open) = state.open.as_mut().filter(|open| open.id == thread_id) {
                    open.presence = Some(presence);
                }
            });
        }
    });
}

/// "Karim is also looking", "Lucie is writing".
#[component]
pub fn PresenceLine(id: ThreadId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let line = Memo::new(move |_| {
        let contact = of_thread(app, id, |thread| thread.contact_name.clone());
        app.read(|state| {
            let presence = state.open.as_ref()?.presence.as_ref()?;
            let me = state.my_id();
            let names = |typing: bool| {
                let others =
                    presence.users.iter().filter(|user| Some(user.user_id) != me && user.typing == typing);
                let names = others.filter_map(|user| state.user_name(user.user_id));
                names.collect::<Vec<_>>().join(", ")
            };
            let (writing, looking) = (names(true), names(false));
            let mut lines = Vec::new();
            if presence.contact_typing {
                lines.push(t_string!(i18n, inbox.is_writing, who = contact).to_string());
            }
            if !writing.is_empty() {
                lines.push(t_string!(i18n, inbox.is_writing, who = writing).to_string());
            }
            if !looking.is_empty() {
                lines.push(t_string!(i18n, inbox.is_looking, who = looking).to_string());
            }
            Some(lines.join(" · "))
        })
    });
    view! { <p class="presence" aria-live="polite">{move || line.get()}</p> }
}
