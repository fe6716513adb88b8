//! The head of the page: the way back, the title, who and what belongs to the call, and what is done with the whole.

mod delete;
mod edit;
mod participants;

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use state::recording::clock;
use types::Permission;
use types::calls::{Call, CallOutcome, CallTerm};
use ui::{Button, ButtonKind, Icon, IconButton, IconName, Menu, MenuItem, Pill, RelativeTime, Tone};

use super::open_call::{OpenCall, use_call};
use super::share::ShareDialog;
use super::{Layout, TERMS};
use crate::calls::{direction_name, outcome_name};
use crate::texts::text;
use delete::DeleteDialog;
use edit::EditDialog;
use participants::Participants;

/// The line above everything.
#[component]
pub fn Header() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let layout = expect_context::<Layout>();
    let (edit_open, delete_open, share_open) =
        (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let title = Memo::new(move |_| open.call.get().map(|call| call.title).unwrap_or_default());
    let may_read_contacts = open.app.may(Permission::ReadContacts);
    let share_label = move || {
        let bounds = open.bounds.get();
        if bounds.is_whole() {
            return t_string!(i18n, call.share).to_owned();
        }
        let (from, until) = (clock(bounds.from_ms), clock(bounds.until_ms));
        t_string!(i18n, call.share_clip, from = from, until = until).to_string()
    };
    view! {
        <header class="call-head">
            <A href="/calls" attr:class="btn quiet icon-only" attr:aria-label=text!(i18n, call.back_to_calls) attr:title=text!(i18n, call.back_to_calls)>
                <Icon name=IconName::Back />
            </A>
            <Show when=move || may_read_contacts.get()>
                <button
                    type="button"
                    class="btn"
                    aria-expanded=move || layout.associations.get().to_string()
                    on:click=move |_| layout.associations.update(|shown| *shown = !*shown)
                >
                    {text!(i18n, records.associations)}
                </button>
            </Show>
            <h1 class="trunc" title=move || title.get()>{move || title.get()}</h1>
            <Show when=move || open.may_edit.get()>
                <IconButton label=text!(i18n, call.edit) icon=IconName::Edit on_press=move |_| edit_open.set(true) />
            </Show>
            <span class="push"></span>
            <Participants />
            <Button kind=ButtonKind::Primary icon=IconName::Share on_press=move |_| share_open.set(true)>{share_label}</Button>
            <More open delete_open />
        </header>
        <EditDialog dialog_open=edit_open />
        <DeleteDialog dialog_open=delete_open />
        <ShareDialog dialog_open=share_open />
    }
    .into_any()
}

#[component]
fn More(open: OpenCall, delete_open: RwSignal<bool>) -> impl IntoView {
    let i18n = open.app.i18n;
    let may_delete = open.app.may(Permission::DeleteCalls);
    view! {
        <Show when=move || may_delete.get()>
            <Menu label=text!(i18n, words.more) icon=IconName::More icon_only=true>
                <MenuItem icon=IconName::Trash danger=true on_select=move |()| delete_open.set(true)>
                    {text!(i18n, call.delete)}
                </MenuItem>
            </Menu>
        </Show>
    }
}

/// Direction, outcome, when, how long, whose, and what was said often.
#[component]
pub fn Facts() -> impl IntoView {
    let open = use_call();
    let facts = move || open.call.get().map(|call| view! { <FactsOf call /> });
    view! { <div class="call-facts">{facts} <TermPills /></div> }
}

#[component]
fn FactsOf(call: Call) -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let Call { direction, outcome, started_at, duration_ms, owner_id, private, participants, .. } = call;
    let tone = if outcome == Some(CallOutcome::Connected) { Tone::Ok } else { Tone::Neutral };
    let outcome = outcome.map(|outcome| view! { <Pill tone>{move || outcome_name(i18n, outcome)}</Pill> });
    let owner = owner_id.and_then(|id| open.app.read(|state| state.user_name(id).map(ToOwned::to_owned)));
    let phone = participants.into_iter().find_map(|participant| participant.phone);
    let rest: Vec<String> = [duration_ms.map(clock), phone, owner].into_iter().flatten().collect();
    let private = private.then(|| {
        view! { <span title=text!(i18n, calls.private_hint)><Pill tone=Tone::Warn icon=IconName::Lock>{text!(i18n, calls.private)}</Pill></span> }
    });
    view! {
        <Pill>{move || direction_name(i18n, direction)}</Pill>
        {outcome}
        {private}
        <span class="muted num">
            <RelativeTime unix_ms=started_at.0 as f64 / 1000.0 />
            {rest.into_iter().map(|fact| format!(" · {fact}")).collect_view()}
        </span>
    }
}

/// The tracked terms that were said most; a press leads to their tab.
#[component]
fn TermPills() -> impl IntoView {
    let open = use_call();
    let layout = expect_context::<Layout>();
    let pills = move || {
        let terms = open.terms.get().flatten().map(|terms| terms.items).unwrap_or_default();
        let pill = |term: CallTerm| {
            view! {
                <button type="button" class="pill accent" on:click=move |_| layout.tab.set(TERMS)>
                    {format!("{} ×{}", term.name, term.count)}
                </button>
            }
        };
        terms.into_iter().take(3).map(pill).collect_view()
    };
    view! { {pills} }
}
