//! What is recorded, transcribed and kept.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::calls::{CallSettings, UpdateCallSettings};
use ui::{Banner, Checkbox, Field, IconName, Page, Section, Select, SelectOption, TextInput, Tone};

use crate::browser;
use crate::context::{App, use_app};
use crate::forms::{Submission, UnsavedBar};
use crate::preferences;
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// The settings of recording and of conversation intelligence.
#[component]
pub fn RecordingPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let settings = Remote::new(move || async move { app.api().get_call_settings().await });
    view! {
        <Page title=text!(i18n, settings.calls) description=text!(i18n, call_settings.intro)>
            <RemoteView remote=settings><SettingsForm settings /></RemoteView>
        </Page>
    }
    .into_any()
}

/// The settings as they are typed.
#[derive(Clone, Copy)]
struct Typed {
    recording: RwSignal<bool>,
    intelligence: RwSignal<bool>,
    /// Empty to have it found out.
    language: RwSignal<String>,
    votes: RwSignal<bool>,
    /// Empty to keep calls.
    retention_days: RwSignal<String>,
    law_checked: RwSignal<bool>,
}

impl Typed {
    fn new() -> Self {
        let switch = || RwSignal::new(false);
        let text = || RwSignal::new(String::new());
        Self {
            recording: switch(),
            intelligence: switch(),
            language: text(),
            votes: switch(),
            retention_days: text(),
            law_checked: switch(),
        }
    }

    fn show(self, saved: &CallSettings) {
        self.recording.set(saved.recording);
        self.intelligence.set(saved.intelligence);
        self.language.set(saved.language.clone().unwrap_or_default());
        self.votes.set(saved.transcript_votes);
        self.retention_days.set(saved.retention_days.map(|days| days.to_string()).unwrap_or_default());
        self.law_checked.set(saved.law_checked);
    }

    /// Tracked. What is no number is sent as one that is never allowed, so that the server says what is.
    fn request(self) -> UpdateCallSettings {
        let days = self.retention_days.get().trim().to_owned();
        UpdateCallSettings {
            recording: self.recording.get(),
            intelligence: self.intelligence.get(),
            language: Some(self.language.get()).filter(|language| !language.is_empty()),
            transcript_votes: self.votes.get(),
            retention_days: (!days.is_empty()).then(|| days.parse().unwrap_or(-1)),
            law_checked: self.law_checked.get(),
        }
    }
}

fn as_request(saved: CallSettings) -> UpdateCallSettings {
    let CallSettings {
        recording,
        intelligence,
        language,
        transcript_votes,
        retention_days,
        law_checked,
        languages: _,
    } = saved;
    UpdateCallSettings { recording, intelligence, language, transcript_votes, retention_days, law_checked }
}

#[component]
fn SettingsForm(settings: Remote<CallSettings>) -> impl IntoView {
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
    let changed =
        Signal::derive(move || settings.get().is_some_and(|saved| as_request(saved) != typed.request()));
    let save = move |()| {
        let request = untrack(|| typed.request());
        submission.run(async move { app.api().update_call_settings(&request).await }, move |saved| {
            settings.update(|settings| *settings = saved.clone());
            typed.show(&saved);
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    view! {
        <LawReminder typed />
        <Section title=text!(i18n, call_settings.recording)>
            <Checkbox
                label=text!(i18n, call_settings.record)
                hint=text!(i18n, call_settings.record_hint)
                checked=typed.recording
            />
            <Field
                label=text!(i18n, call_settings.retention)
                hint=text!(i18n, call_settings.retention_hint)
                error=submission.field("retention_days")
            >
                <TextInput value=typed.retention_days attr:inputmode="numeric" />
            </Field>
        </Section>
        <TranscriptFields typed settings submission />
        <UnsavedBar changed submission on_save=save on_discard=move |()| show() />
    }
    .into_any()
}

/// What is transcribed, and in which language.
#[component]
fn TranscriptFields(typed: Typed, settings: Remote<CallSettings>, submission: Submission) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    view! {
        <Section
            title=text!(i18n, call_settings.intelligence)
            description=text!(i18n, call_settings.intelligence_intro)
        >
            <Checkbox
                label=text!(i18n, call_settings.transcribe)
                hint=text!(i18n, call_settings.transcribe_hint)
                checked=typed.intelligence
            />
            <Field
                label=text!(i18n, call_settings.language)
                hint=text!(i18n, call_settings.language_hint)
                error=submission.field("language")
            >
                <Select value=typed.language options=languages(app, settings) />
            </Field>
            <Checkbox
                label=text!(i18n, call_settings.votes)
                hint=text!(i18n, call_settings.votes_hint)
                checked=typed.votes
            />
            <LanguageList settings />
        </Section>
    }
}

/// Reminds of the law until somebody has confirmed that it was checked.
#[component]
fn LawReminder(typed: Typed) -> impl IntoView {
    let i18n = use_app().i18n;
    let banner = move || {
        let tone = if typed.law_checked.get() { Tone::Neutral } else { Tone::Warn };
        view! { <Banner tone icon=IconName::Info>{text!(i18n, call_settings.law_text)}</Banner> }
    };
    view! {
        <Section title=text!(i18n, call_settings.law)>
            {banner}
            <Checkbox
                label=text!(i18n, call_settings.law_checked)
                hint=text!(i18n, call_settings.law_checked_hint)
                checked=typed.law_checked
            />
        </Section>
    }
}

/// The languages that calls can be transcribed in, by name, after finding it out.
fn languages(app: App, settings: Remote<CallSettings>) -> Signal<Vec<SelectOption>> {
    let i18n = app.i18n;
    Signal::derive(move || {
        let find_out =
            SelectOption { value: String::new(), label: t_string!(i18n, call_settings.find_out).to_owned() };
        let named = names(app, settings).into_iter().map(|(value, label)| SelectOption { value, label });
        std::iter::once(find_out).chain(named).collect()
    })
}

/// Tags and names of the languages, in the order of the names. Tracked.
fn names(app: App, settings: Remote<CallSettings>) -> Vec<(String, String)> {
    let tag = preferences::tag(app.i18n.get_locale());
    let all = settings.get().map(|settings| settings.languages).unwrap_or_default();
    let mut named: Vec<(String, String)> =
        all.into_iter().map(|language| (language.clone(), browser::language_name(tag, &language))).collect();
    named.sort_by_key(|(_, name)| name.to_lowercase());
    named
}

/// Every language that transcripts can be made in.
#[component]
fn LanguageList(settings: Remote<CallSettings>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let listed = move || {
        let names: Vec<String> = names(app, settings).into_iter().map(|(_, name)| name).collect();
        names.join(", ")
    };
    let count = move || {
        let count = settings.get().map(|settings| settings.languages.len()).unwrap_or_default();
        t_string!(i18n, call_settings.languages_count, count = count).to_string()
    };
    view! {
        <details class="language-list">
            <summary>{count}</summary>
            <p>{listed}</p>
        </details>
    }
}
