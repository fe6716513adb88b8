//! Records what somebody has learnt of a contact.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::Locale;
use types::crm::{ConsentBasis, ContactPath, RecordConsent, SubscriptionType};
use types::{ContactId, Event, SubscriptionTypeId};
use ui::{Field, Select, SelectOption, TextArea, TextInput};

use super::basis_name;
use crate::context::{App, use_app};
use crate::forms::{FormDialog, Submission, learn};
use crate::remote::Remote;
use crate::texts::text;

/// What is typed.
#[derive(Clone, Copy)]
struct Form {
    subscription_type: RwSignal<String>,
    basis: RwSignal<String>,
    source: RwSignal<String>,
    told: RwSignal<String>,
    /// Empty where it is not known.
    language: RwSignal<String>,
}

impl Form {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self { subscription_type: text(), basis: text(), source: text(), told: text(), language: text() }
    }

    fn clear(self) {
        self.subscription_type.set(SubscriptionTypeId::ONE_TO_ONE.to_string());
        self.basis.set(ConsentBasis::Consent.to_string());
        for typed in [self.source, self.told, self.language] {
            typed.set(String::new());
        }
    }

    fn request(self) -> RecordConsent {
        RecordConsent {
            subscription_type_id: self
                .subscription_type
                .with_untracked(|chosen| chosen.parse().unwrap_or(SubscriptionTypeId::ONE_TO_ONE)),
            basis: self.basis.with_untracked(|chosen| chosen.parse().unwrap_or(ConsentBasis::Consent)),
            text: Some(self.told.get_untracked()),
            source: self.source.get_untracked(),
            language: self.language.with_untracked(|chosen| chosen.parse().ok()),
        }
    }
}

fn offered(types: Remote<Vec<SubscriptionType>>) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let types = types.get().unwrap_or_default().into_iter().filter(|item| !item.archived);
        types.map(|item| SelectOption { value: item.id.to_string(), label: item.name }).collect()
    })
}

fn bases(app: App) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let option = |basis: &ConsentBasis| SelectOption {
            value: basis.to_string(),
            label: basis_name(app.i18n, *basis).to_owned(),
        };
        ConsentBasis::ALL.iter().map(option).collect()
    })
}

/// The languages that a contact can have been asked in.
fn languages(app: App) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let unknown = t_string!(app.i18n, consent.not_known).to_owned();
        let option = |language: &Locale| SelectOption {
            value: language.to_string(),
            label: match language {
                Locale::English => "English".to_owned(),
                Locale::French => "Français".to_owned(),
            },
        };
        let unknown = SelectOption { value: String::new(), label: unknown };
        std::iter::once(unknown).chain(Locale::ALL.iter().map(option)).collect()
    })
}

/// The form of an entry of the log.
#[component]
pub(super) fn RecordDialog(
    /// Whether it is open, both ways.
    open: RwSignal<bool>,
    /// Whose consent it is.
    id: ContactId,
    /// What it can be about.
    types: Remote<Vec<SubscriptionType>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let form = Form::new();
    Effect::new(move |_| {
        if open.get() {
            form.clear();
        }
    });
    let save = move |()| {
        let request = form.request();
        let path = ContactPath { contact_id: id };
        submission.run(async move { app.api().record_contact_consent(&path, &request).await }, move |_| {
            open.set(false);
            learn(app, &Event::ConsentsChanged { contact_id: id });
            app.toasts.show(t_string!(i18n, consent.recorded));
        });
    };
    view! {
        <FormDialog open title=text!(i18n, consent.record) submit_label=text!(i18n, consent.record) submission on_submit=save>
            <Field label=text!(i18n, consent.subscription_type) error=submission.field("subscription_type_id")>
                <Select value=form.subscription_type options=offered(types) />
            </Field>
            <Field label=text!(i18n, consent.basis) error=submission.field("basis")>
                <Select value=form.basis options=bases(app) />
            </Field>
            <Field
                label=text!(i18n, consent.source)
                hint=text!(i18n, consent.source_hint)
                error=submission.field("source")
            >
                <TextInput value=form.source required=true />
            </Field>
            <Field label=text!(i18n, consent.told) error=submission.field("text")>
                <TextArea value=form.told rows=3 />
            </Field>
            <Field label=text!(i18n, consent.asked_in) error=submission.field("language")>
                <Select value=form.language options=languages(app) />
            </Field>
        </FormDialog>
    }
    .into_any()
}
