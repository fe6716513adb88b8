//! The tracked terms that were said.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use state::recording::clock;
use types::Permission;
use types::calls::{CallTerm, TermHit};
use ui::{EmptyState, IconName};

use super::open_call::{OpenCall, use_call};
use crate::remote::RemoteView;
use crate::texts::text;

/// Each term with its moments; a press goes there.
#[component]
pub fn Terms() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let may_manage = open.app.may(Permission::ManageCalls);
    let terms = move || open.terms.get().flatten().map(|terms| terms.items).unwrap_or_default();
    let empty =
        move || terms().is_empty().then(|| view! { <p class="muted">{text!(i18n, call.no_terms)}</p> });
    let no_seat = move || {
        view! { <EmptyState icon=IconName::Lock title=text!(i18n, call.no_seat) body=text!(i18n, call.no_seat_hint) /> }
    };
    view! {
        <Show when=move || open.has_intelligence.get() fallback=no_seat>
            <RemoteView remote=open.terms>
                <ul class="call-terms">{move || terms().into_iter().map(|term| line(open, term)).collect_view()}</ul>
                {empty}
            </RemoteView>
            <Show when=move || may_manage.get()>
                <A href="/settings/tracked-terms">{text!(i18n, call.edit_terms)}</A>
            </Show>
        </Show>
    }
    .into_any()
}

fn line(open: OpenCall, term: CallTerm) -> impl IntoView {
    let CallTerm { name, count, hits, .. } = term;
    let moments = hits.into_iter().map(|hit| moment(open, &hit)).collect_view();
    view! {
        <li>
            <strong>{name}</strong> <span class="pill accent num">{count}</span>
            <span class="moments">{moments}</span>
        </li>
    }
}

fn moment(open: OpenCall, hit: &TermHit) -> impl IntoView + use<> {
    let ms = hit.start_ms;
    let label = move || t_string!(open.app.i18n, call.go_to_moment, moment = clock(ms)).to_string();
    view! {
        <button type="button" class="time-link num" aria-label=label on:click=move |_| open.player.seek(ms)>
            {clock(ms)}
        </button>
    }
}
