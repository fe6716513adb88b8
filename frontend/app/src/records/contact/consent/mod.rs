//! What a contact's data may be used for: what holds now, and the log of how it came about.

mod record_dialog;
mod withdraw_dialog;

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::crm::{Consent, ConsentBasis, ConsentState, ContactPath, SubscriptionType};
use types::page::PageQuery;
use types::{ContactId, Page, Permission, SubscriptionTypeId};
use ui::{Button, ButtonKind, Icon, IconName, Pill, RelativeTime, Section, Tone};

use crate::context::{App, use_app};
use crate::forms::DialogFor;
use crate::paged::{Paged, PagedView};
use crate::remote::{Remote, RemoteView};
use crate::texts::{I18n, text};
use record_dialog::RecordDialog;
use withdraw_dialog::WithdrawDialog;

/// What belongs to the section.
#[derive(Clone, Copy)]
struct Consents {
    app: App,
    types: Remote<Vec<SubscriptionType>>,
    withdraw: DialogFor<Consent>,
    may_edit: Signal<bool>,
}

impl Consents {
    /// What a type is called. Tracked.
    fn type_name(self, id: SubscriptionTypeId) -> String {
        let types = self.types.get().unwrap_or_default();
        types.into_iter().find(|item| item.id == id).map(|item| item.name).unwrap_or_default()
    }
}

/// What a legal basis is called.
fn basis_name(i18n: I18n, basis: ConsentBasis) -> &'static str {
    match basis {
        ConsentBasis::Consent => t_string!(i18n, consent.basis_consent),
        ConsentBasis::LegitimateInterestProspect => t_string!(i18n, consent.basis_prospect),
        ConsentBasis::LegitimateInterestCustomer => t_string!(i18n, consent.basis_customer),
    }
}

/// The consents of a contact, with what there is to do about them.
#[component]
pub fn ConsentSection(id: ContactId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let path = ContactPath { contact_id: id };
    let types_revision =
        Memo::new(move |_| app.read(|state| (state.records.subscription_types_revision, state.refreshes)));
    let types = Remote::new(move || {
        types_revision.get();
        async move { app.api().list_subscription_types().await.map(|types| types.items) }
    });
    let revision =
        Memo::new(move |_| app.read(|state| (state.records.consents_revision(id), state.refreshes)));
    let current = Remote::new(move || {
        revision.get();
        async move {
            let query = PageQuery { cursor: None, limit: Some(1) };
            app.api().list_contact_consents(&path, &query).await.map(|consents| consents.current)
        }
    });
    let log = Paged::<Consent>::new(move |query| {
        revision.get();
        async move {
            let consents = app.api().list_contact_consents(&path, &query).await?;
            Ok(Page { items: consents.items, next_cursor: consents.next_cursor })
        }
    });
    let may_edit = app.may(Permission::EditContacts);
    let consents = Consents { app, types, withdraw: DialogFor::new(), may_edit };
    let recording = RwSignal::new(false);
    view! {
        <Section title=text!(i18n, consent.section)>
            <RemoteView remote=types>
                <RemoteView remote=current><Current consents current /></RemoteView>
                <Show when=move || may_edit.get()>
                    <div>
                        <Button icon=IconName::Plus on_press=move |_| recording.set(true)>
                            {text!(i18n, consent.record)}
                        </Button>
                    </div>
                </Show>
                <History consents log />
            </RemoteView>
        </Section>
        <RecordDialog open=recording id types />
        <WithdrawDialog dialog=consents.withdraw id consents />
    }
    .into_any()
}

/// What holds now.
#[component]
fn Current(consents: Consents, current: Remote<Vec<Consent>>) -> impl IntoView {
    let i18n = consents.app.i18n;
    let is_empty = move || current.get().is_some_and(|items| items.is_empty());
    let lines = move || {
        let items = current.get().unwrap_or_default().into_iter();
        items.map(|consent| line(consents, consent, true)).collect_view()
    };
    view! {
        <Show when=is_empty><p class="muted">{text!(i18n, consent.none)}</p></Show>
        <ul class="timeline consents">{lines}</ul>
    }
    .into_any()
}

/// Every entry, the newest first; nothing where there is none.
#[component]
fn History(consents: Consents, log: Paged<Consent>) -> impl IntoView {
    let i18n = consents.app.i18n;
    let lines = move || log.items().into_iter().map(|consent| line(consents, consent, false)).collect_view();
    // That there is nothing is said above.
    let empty = || ();
    view! {
        <PagedView paged=log empty>
            <h3>{text!(i18n, consent.history)}</h3>
            <ol class="timeline consents">{lines}</ol>
        </PagedView>
    }
    .into_any()
}

/// One entry; where it is what holds now, with what there is to do about it.
fn line(consents: Consents, consent: Consent, is_current: bool) -> impl IntoView {
    let Consents { app, withdraw, may_edit, .. } = consents;
    let i18n = app.i18n;
    let own = StoredValue::new(consent.clone());
    let Consent { subscription_type_id, basis, state, source, user_id, at, .. } = consent;
    let is_given = state == ConsentState::Given;
    let (tone, icon) = if is_given { (Tone::Ok, IconName::Check) } else { (Tone::Neutral, IconName::Close) };
    let state = move || match is_given {
        true => t_string!(i18n, consent.given),
        false => t_string!(i18n, consent.withdrawn),
    };
    let by = move || match user_id {
        Some(id) => app.read(|state| state.user_name(id).map(ToOwned::to_owned)).unwrap_or_default(),
        None => t_string!(i18n, consent.itself).to_owned(),
    };
    let shown = (!is_current).then(|| shown_texts(i18n, &own.get_value()));
    view! {
        <li>
            <Icon name=icon />
            <span class="what">
                <strong>{move || consents.type_name(subscription_type_id)}</strong>
                <Pill tone>{state}</Pill>
                <span>{move || basis_name(i18n, basis)}</span>
                <span class="meta faint">{source} " · " {by} " · " <RelativeTime unix_ms=at.0 as f64 / 1000.0 /></span>
                {shown}
            </span>
            <Show when=move || is_current && is_given && may_edit.get()>
                <Button kind=ButtonKind::Quiet on_press=move |_| withdraw.show(own.get_value())>
                    {text!(i18n, consent.withdraw)}
                    <span class="sr-only">" " {move || consents.type_name(subscription_type_id)}</span>
                </Button>
            </Show>
        </li>
    }
}

/// What the contact was shown or told, to be opened.
fn shown_texts(i18n: I18n, consent: &Consent) -> Option<impl IntoView + use<>> {
    let texts = [consent.text.clone(), consent.privacy_policy_text.clone()];
    let language = consent.language.map(|language| language.to_string());
    texts.iter().any(Option::is_some).then(|| {
        let texts = texts.into_iter().flatten().map(|text| view! { <p>{text}</p> }).collect_view();
        view! {
            <details class="shown">
                <summary>{text!(i18n, consent.shown_text)}</summary>
                <div lang=language>{texts}</div>
            </details>
        }
    })
}
