//! One domain: how far it has come, and what to publish.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Timestamp;
use types::accounts::{Domain, DomainPath, DomainState};
use ui::{Button, CopyField, Field, IconButton, IconName, RelativeTime};

use super::{fault_text, state_pill};
use crate::context::use_app;
use crate::forms::{DialogFor, FormError, Submission};
use crate::paged::Paged;
use crate::texts::text;

/// The domain, looking at it now, and what proves it. Proofs are folded away once they did.
#[component]
pub fn DomainCard(
    /// The list, in which it may change.
    domains: Paged<Domain>,
    /// The domain as it was when it was first drawn.
    first: Domain,
    /// Removing it.
    remove: DialogFor<Domain>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let path = DomainPath { domain_id: first.id };
    let name = StoredValue::new(first.name.clone());
    let domain = Memo::new(move |before: Option<&Domain>| {
        let now = domains.items().into_iter().find(|domain| domain.id == path.domain_id);
        now.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    let verify = move |()| {
        submission.run(async move { app.api().verify_domain(&path).await }, move |domain| {
            domains.reload();
            app.toasts.show(match domain.state {
                DomainState::Verified => t_string!(i18n, domains.now_verified),
                DomainState::Pending | DomainState::Failing => t_string!(i18n, domains.not_seen),
            });
        });
    };
    let state = Memo::new(move |_| domain.with(|domain| domain.state));
    let is_failing = move || state.get() == DomainState::Failing;
    view! {
        <section class="section domain-card" class:failing=is_failing>
            <header>
                <h2>{name.get_value()}</h2>
                <p class="line">{move || state_pill(i18n, state.get())}</p>
                <span class="line">
                    <Button icon=IconName::Refresh busy=submission.busy on_press=verify>
                        {text!(i18n, domains.verify)}
                        <span class="sr-only">" " {name.get_value()}</span>
                    </Button>
                    <IconButton
                        label=move || t_string!(i18n, domains.remove_named, name = name.get_value()).to_string()
                        icon=IconName::Trash
                        on_press=move |_| remove.show(domain.get_untracked())
                    />
                </span>
            </header>
            <div class="content">
                <FormError submission />
                <Seen domain />
                <details open=state.get_untracked() != DomainState::Verified>
                    <summary>{text!(i18n, domains.proofs)}</summary>
                    <Proofs domain />
                </details>
            </div>
        </section>
    }
    .into_any()
}

/// When it was looked at, and what was missing.
#[component]
fn Seen(domain: Memo<Domain>) -> impl IntoView {
    let i18n = use_app().i18n;
    let time = |at: Timestamp| view! { <RelativeTime unix_ms=at.0 as f64 / 1000.0 /> };
    let row = move |label: &'static str, at: Option<Timestamp>| {
        at.map(|at| view! { <dt>{label}</dt><dd>{time(at)}</dd> })
    };
    let faults = move |domain: &Domain| {
        let faults = [
            (domain.dns_fault, t_string!(i18n, domains.dns)),
            (domain.http_fault, t_string!(i18n, domains.http)),
        ];
        let shown = faults
            .into_iter()
            .filter_map(|(fault, about)| fault.map(|fault| (about, fault_text(i18n, fault))));
        shown
            .map(|(about, fault)| view! { <dt>{about}</dt><dd class="meeting-error">{fault}</dd> })
            .collect_view()
    };
    move || {
        let domain = domain.get();
        let checked = match domain.checked_at {
            Some(at) => time(at).into_any(),
            None => view! { <span class="faint">{text!(i18n, forms.never)}</span> }.into_any(),
        };
        view! {
            <dl class="facts">
                <dt>{text!(i18n, domains.checked)}</dt>
                <dd>{checked}</dd>
                {row(t_string!(i18n, domains.verified_at), domain.verified_at)}
                {row(t_string!(i18n, domains.failing_since), domain.failing_since)}
                {faults(&domain)}
            </dl>
        }
    }
}

/// The record and the answer, either of which proves the domain.
#[component]
fn Proofs(domain: Memo<Domain>) -> impl IntoView {
    let i18n = use_app().i18n;
    let part = move |part: fn(&Domain) -> &String| {
        Signal::derive(move || domain.with(|domain| part(domain).clone()))
    };
    let copied = move |label: fn(crate::texts::I18n) -> &'static str, value: Signal<String>| {
        let shown = move || label(i18n);
        view! {
            <Field label=shown>
                <CopyField
                    value
                    label=shown
                    copy_label=text!(i18n, words.copy)
                    copied_label=text!(i18n, words.copied)
                />
            </Field>
        }
    };
    view! {
        <p>{text!(i18n, domains.proofs_intro)}</p>
        <h3>{text!(i18n, domains.dns)}</h3>
        <div class="fields">
            {copied(|i18n| t_string!(i18n, domains.dns_name), part(|domain| &domain.dns_name))}
            {copied(|i18n| t_string!(i18n, domains.dns_value), part(|domain| &domain.dns_value))}
        </div>
        <h3>{text!(i18n, domains.http)}</h3>
        <p class="muted">{text!(i18n, domains.http_hint)}</p>
        <div class="fields">
            {copied(|i18n| t_string!(i18n, domains.http_url), part(|domain| &domain.http_url))}
            {copied(|i18n| t_string!(i18n, domains.http_body), part(|domain| &domain.http_body))}
        </div>
    }
    .into_any()
}
