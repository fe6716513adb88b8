//! Colleagues to share with: boxes to tick; who may not see the call stands there in grey, with the reason.

use std::time::Duration;

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::clips::{ClipRecipient, ClipRefusal, ListClipRecipients};
use ui::{ButtonKind, Popover};

use super::Sharing;
use crate::paged::{Paged, PagedView};
use crate::texts::{I18n, text};

/// The list is searched when nothing was typed for this long.
const PAUSE: Duration = Duration::from_millis(200);

/// The button that opens the list, with how many are chosen.
#[component]
pub fn Recipients(
    /// What is shared.
    sharing: Sharing,
    /// Why the server refuses the choice.
    error: Signal<Option<String>>,
) -> impl IntoView {
    let i18n = sharing.open.app.i18n;
    let label = move || match sharing.recipients.with(std::collections::BTreeSet::len) {
        0 => t_string!(i18n, call.choose_recipients).to_owned(),
        count => t_string!(i18n, call.recipients_count, count = count).to_string(),
    };
    view! {
        <div class="field">
            <Popover label kind=ButtonKind::Normal><List sharing /></Popover>
            <span class="error" aria-live="polite">{move || error.get()}</span>
        </div>
    }
}

#[component]
fn List(sharing: Sharing) -> impl IntoView {
    let open = sharing.open;
    let i18n = open.app.i18n;
    let (typed, search) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let now = typed.get().trim().to_owned();
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        let settle = move || {
            search.try_set(now);
        };
        timer.set_value(set_timeout_with_handle(settle, PAUSE).ok());
    });
    let paged = Paged::<ClipRecipient>::new(move |page| {
        let search = Some(search.get()).filter(|search| !search.is_empty());
        let query = ListClipRecipients { cursor: page.cursor, limit: page.limit, search };
        async move { open.app.api().list_clip_recipients(&open.path(), &query).await }
    });
    let empty = move || view! { <p class="muted">{text!(i18n, inbox.owner_none)}</p> };
    let lines = move || paged.items().into_iter().map(|user| line(sharing, user)).collect_view();
    view! {
        <div class="recipients">
            <input
                class="input"
                type="search"
                autocomplete="off"
                aria-label=text!(i18n, inbox.mention_hint)
                placeholder=text!(i18n, inbox.mention_hint)
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <PagedView paged empty>
                <ul aria-label=text!(i18n, call.recipients)>{lines}</ul>
            </PagedView>
        </div>
    }
    .into_any()
}

fn line(sharing: Sharing, user: ClipRecipient) -> impl IntoView {
    let i18n = sharing.open.app.i18n;
    let ClipRecipient { user_id, name, email, refusal } = user;
    let reason = move || refusal.map(|refusal| reason(i18n, refusal));
    let change = move |event| {
        let chosen = event_target_checked(&event);
        sharing.recipients.update(|all| {
            if chosen {
                all.insert(user_id)
            } else {
                all.remove(&user_id)
            };
        });
    };
    view! {
        <li>
            <label class="choice" class:refused=refusal.is_some() title=email>
                <input
                    type="checkbox"
                    disabled=refusal.is_some()
                    prop:checked=move || sharing.recipients.with(|all| all.contains(&user_id))
                    on:change=change
                />
                <span>{name}</span>
                <span class="hint">{reason}</span>
            </label>
        </li>
    }
}

fn reason(i18n: I18n, refusal: ClipRefusal) -> &'static str {
    match refusal {
        ClipRefusal::CallHidden => t_string!(i18n, call.refused_call),
        ClipRefusal::NoRecordings => t_string!(i18n, call.refused_recordings),
    }
}
