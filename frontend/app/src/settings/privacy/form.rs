//! The switch, the default and the texts.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::Locale;
use types::crm::{PrivacySettings, PrivacyTexts, SubscriptionType, UpdatePrivacySettings};
use ui::{Checkbox, Field, Section, Select, SelectOption, Tab, TabPanel, Tabs, TextArea, TextInput};

use super::preview::Preview;
use crate::context::use_app;
use crate::forms::{Submission, UnsavedBar};
use crate::remote::Remote;
use crate::texts::text;

/// How many languages have texts.
const LANGUAGES: usize = Locale::ALL.len();

/// The texts of one language as they are typed.
#[derive(Clone, Copy)]
struct TypedTexts {
    language: Locale,
    consent: RwSignal<String>,
    interest: RwSignal<String>,
    policy: RwSignal<String>,
    url: RwSignal<String>,
}

impl TypedTexts {
    fn new(language: Locale) -> Self {
        let text = || RwSignal::new(String::new());
        Self { language, consent: text(), interest: text(), policy: text(), url: text() }
    }

    fn show(self, saved: PrivacyTexts) {
        self.consent.set(saved.consent_text);
        self.interest.set(saved.legitimate_interest_text);
        self.policy.set(saved.privacy_policy_text.unwrap_or_default());
        self.url.set(saved.privacy_policy_url.unwrap_or_default());
    }

    /// Tracked.
    fn texts(self) -> PrivacyTexts {
        let optional = |typed: RwSignal<String>| Some(typed.get()).filter(|typed| !typed.trim().is_empty());
        PrivacyTexts {
            language: self.language,
            consent_text: self.consent.get(),
            legitimate_interest_text: self.interest.get(),
            privacy_policy_text: optional(self.policy),
            privacy_policy_url: optional(self.url),
        }
    }
}

/// The settings as they are typed.
#[derive(Clone, Copy)]
struct Typed {
    gdpr_enabled: RwSignal<bool>,
    default_type: RwSignal<String>,
    texts: [TypedTexts; LANGUAGES],
}

impl Typed {
    fn new() -> Self {
        Self {
            gdpr_enabled: RwSignal::new(false),
            default_type: RwSignal::new(String::new()),
            texts: std::array::from_fn(|index| TypedTexts::new(Locale::ALL[index])),
        }
    }

    fn show(self, saved: &PrivacySettings) {
        self.gdpr_enabled.set(saved.gdpr_enabled);
        self.default_type.set(saved.default_subscription_type_id.to_string());
        for typed in self.texts {
            typed.show(saved.texts_in(typed.language));
        }
    }

    /// Tracked; nothing before what is saved was shown.
    fn request(self) -> Option<UpdatePrivacySettings> {
        Some(UpdatePrivacySettings {
            gdpr_enabled: self.gdpr_enabled.get(),
            texts: self.texts.map(TypedTexts::texts).to_vec(),
            default_subscription_type_id: self.default_type.with(|typed| typed.parse().ok())?,
        })
    }
}

fn as_request(saved: PrivacySettings) -> UpdatePrivacySettings {
    let PrivacySettings { gdpr_enabled, texts, default_subscription_type_id } = saved;
    UpdatePrivacySettings { gdpr_enabled, texts, default_subscription_type_id }
}

/// Those that can be chosen, and the one that is.
fn choices(types: &[SubscriptionType], chosen: &str) -> Vec<SelectOption> {
    let is_offered = |item: &&SubscriptionType| !item.archived || item.id.to_string() == chosen;
    let option =
        |item: &SubscriptionType| SelectOption { value: item.id.to_string(), label: item.name.clone() };
    types.iter().filter(is_offered).map(option).collect()
}

/// The form of the settings.
#[component]
pub(super) fn PrivacyForm(
    /// As saved.
    settings: Remote<PrivacySettings>,
    /// What the default can be.
    types: Remote<Vec<SubscriptionType>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let typed = Typed::new();
    let show = move || {
        if let Some(saved) = untrack(|| settings.get()) {
            typed.show(&saved);
        }
    };
    show();
    let changed = Signal::derive(move || settings.get().map(as_request) != typed.request());
    let save = move |()| {
        let Some(request) = untrack(|| typed.request()) else { return };
        submission.run(async move { app.api().update_privacy_settings(&request).await }, move |saved| {
            settings.update(|settings| *settings = saved.clone());
            typed.show(&saved);
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    let options = Signal::derive(move || {
        typed.default_type.with(|chosen| choices(&types.get().unwrap_or_default(), chosen))
    });
    view! {
        <Section title=text!(i18n, consent.gdpr)>
            <Checkbox
                label=text!(i18n, consent.gdpr_enabled)
                hint=text!(i18n, consent.gdpr_hint)
                checked=typed.gdpr_enabled
            />
            <Field
                label=text!(i18n, consent.default_type)
                hint=text!(i18n, consent.default_type_hint)
                error=submission.field("default_subscription_type_id")
            >
                <Select value=typed.default_type options />
            </Field>
        </Section>
        <Texts typed=typed.texts submission />
        <UnsavedBar changed submission on_save=save on_discard=move |()| show() />
    }
    .into_any()
}

fn language_name(language: Locale) -> &'static str {
    match language {
        Locale::English => "English",
        Locale::French => "Français",
    }
}

/// The texts, one tab a language.
#[component]
fn Texts(typed: [TypedTexts; LANGUAGES], submission: Submission) -> impl IntoView {
    let i18n = use_app().i18n;
    let selected = RwSignal::new(Locale::English.as_str());
    let is_wrong = move |index: usize| {
        let prefix = format!("texts.{index}.");
        submission.field_where(|field| field.starts_with(&prefix)).is_some()
    };
    // What is wrong must not hide in a tab that nobody looks at.
    Effect::new(move |_| {
        let wrong: Vec<usize> = (0..LANGUAGES).filter(|index| is_wrong(*index)).collect();
        let shown = selected.get_untracked();
        if let Some(first) = wrong.first()
            && !wrong.iter().any(|index| typed[*index].language.as_str() == shown)
        {
            selected.set(typed[*first].language.as_str());
        }
    });
    let tab = |texts: TypedTexts| Tab {
        name: texts.language.as_str(),
        label: language_name(texts.language).into(),
    };
    let panel = move |(index, texts): (usize, TypedTexts)| {
        view! {
            <TabPanel group="privacy-texts" name=texts.language.as_str() selected>
                <TextsOf index texts submission />
            </TabPanel>
        }
    };
    view! {
        <Section title=text!(i18n, consent.texts) description=text!(i18n, consent.texts_hint)>
            <Tabs
                group="privacy-texts"
                label=text!(i18n, words.language)
                tabs=typed.map(tab).to_vec()
                selected
            />
            {typed.into_iter().enumerate().map(panel).collect_view()}
        </Section>
    }
    .into_any()
}

/// The texts of one language, and what visitors see of them.
#[component]
fn TextsOf(index: usize, texts: TypedTexts, submission: Submission) -> impl IntoView {
    let i18n = use_app().i18n;
    let error = move |name: &str| submission.field(format!("texts.{index}.{name}"));
    view! {
        <div class="form">
            <Field
                label=text!(i18n, consent.consent_text)
                hint=text!(i18n, consent.consent_text_hint)
                error=error("consent_text")
            >
                <TextArea value=texts.consent rows=4 required=true />
            </Field>
            <Field
                label=text!(i18n, consent.interest_text)
                hint=text!(i18n, consent.interest_text_hint)
                error=error("legitimate_interest_text")
            >
                <TextArea value=texts.interest rows=4 required=true />
            </Field>
            <Field label=text!(i18n, consent.policy_text) error=error("privacy_policy_text")>
                <TextArea value=texts.policy rows=6 />
            </Field>
            <Field
                label=text!(i18n, consent.policy_url)
                hint=text!(i18n, consent.policy_url_hint)
                error=error("privacy_policy_url")
            >
                <TextInput value=texts.url kind="url" />
            </Field>
            <Preview texts=Signal::derive(move || texts.texts()) />
        </div>
    }
    .into_any()
}
