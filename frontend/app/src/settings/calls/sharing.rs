//! What of clips may be shared with people outside.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::clips::{ClipSettings, UpdateClipSettings};
use ui::{Banner, Checkbox, Field, IconName, Page, Section, TextInput, Tone};

use crate::context::use_app;
use crate::forms::{Submission, UnsavedBar};
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// The settings of clips.
#[component]
pub fn SharingPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let settings = Remote::new(move || async move { app.api().get_clip_settings().await });
    view! {
        <Page title=text!(i18n, settings.clips) description=text!(i18n, call_settings.sharing_intro)>
            <RemoteView remote=settings><SettingsForm settings /></RemoteView>
        </Page>
    }
    .into_any()
}

/// The settings as they are typed.
#[derive(Clone, Copy)]
struct Typed {
    links: RwSignal<bool>,
    default_days: RwSignal<String>,
    most_days: RwSignal<String>,
    color: RwSignal<String>,
}

impl Typed {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self { links: RwSignal::new(false), default_days: text(), most_days: text(), color: text() }
    }

    fn show(self, saved: &ClipSettings) {
        self.links.set(saved.links);
        self.default_days.set(saved.default_days.to_string());
        self.most_days.set(saved.most_days.to_string());
        self.color.set(saved.color.clone());
    }

    /// Tracked. What is no number is sent as one that is never allowed, so that the server says what is.
    fn request(self) -> UpdateClipSettings {
        let days = |typed: RwSignal<String>| typed.with(|typed| typed.trim().parse().unwrap_or(0));
        UpdateClipSettings {
            links: self.links.get(),
            default_days: days(self.default_days),
            most_days: days(self.most_days),
            color: self.color.get(),
        }
    }
}

fn as_request(saved: ClipSettings) -> UpdateClipSettings {
    let ClipSettings { links, default_days, most_days, color, cuts_pictures: _ } = saved;
    UpdateClipSettings { links, default_days, most_days, color }
}

#[component]
fn SettingsForm(settings: Remote<ClipSettings>) -> impl IntoView {
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
        submission.run(async move { app.api().update_clip_settings(&request).await }, move |saved| {
            settings.update(|settings| *settings = saved.clone());
            typed.show(&saved);
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    let is_sound_alone = move || settings.get().is_some_and(|settings| !settings.cuts_pictures);
    view! {
        <Section title=text!(i18n, call_settings.outside)>
            <Checkbox
                label=text!(i18n, call_settings.links)
                hint=text!(i18n, call_settings.links_hint)
                checked=typed.links
            />
            <Field label=text!(i18n, call_settings.default_days) error=submission.field("default_days")>
                <TextInput value=typed.default_days attr:inputmode="numeric" />
            </Field>
            <Field label=text!(i18n, call_settings.most_days) error=submission.field("most_days")>
                <TextInput value=typed.most_days attr:inputmode="numeric" />
            </Field>
            <Field
                label=text!(i18n, call_settings.color)
                hint=text!(i18n, call_settings.color_hint)
                error=submission.field("color")
            >
                <TextInput value=typed.color kind="color" />
            </Field>
            <Show when=is_sound_alone>
                <Banner tone=Tone::Neutral icon=IconName::Info>{text!(i18n, call_settings.sound_alone)}</Banner>
            </Show>
        </Section>
        <UnsavedBar changed submission on_save=save on_discard=move |()| show() />
    }
    .into_any()
}
