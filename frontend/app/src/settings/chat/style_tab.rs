//! How a chat widget looks and what it says, with a live preview.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::channels::{ChatWidget, WidgetLocale, WidgetPosition};
use ui::{Field, Select, SelectOption, TextArea, TextInput};

use super::form::WidgetForm;
use super::preview::Preview;
use crate::context::use_app;
use crate::forms::Submission;
use crate::texts::{I18n, text};

/// The fields at the left, the preview at the right.
#[component]
pub fn StyleTab(
    /// What is typed.
    form: WidgetForm,
    /// The sending.
    submission: Submission,
    /// What is saved.
    widget: Memo<Option<ChatWidget>>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    view! {
        <div class="chat-style">
            <div class="fields">
                <ColorField form submission />
                <Field label=text!(i18n, chat.position) error=submission.field("style.position")>
                    <Select value=form.position options=Signal::derive(move || positions(i18n)) />
                </Field>
                <Field label=text!(i18n, chat.heading) hint=text!(i18n, chat.heading_hint) error=submission.field("style.title")>
                    <TextInput value=form.title />
                </Field>
                <Field label=text!(i18n, chat.welcome) hint=text!(i18n, chat.welcome_hint) error=submission.field("style.welcome")>
                    <TextArea value=form.welcome rows=2 />
                </Field>
                <Field
                    label=text!(i18n, chat.launcher)
                    hint=text!(i18n, chat.launcher_hint)
                    error=submission.field("style.launcher_label")
                >
                    <TextInput value=form.launcher_label />
                </Field>
                <Field label=text!(i18n, chat.language) error=submission.field("style.locale")>
                    <Select value=form.locale options=Signal::derive(move || locales(i18n)) />
                </Field>
            </div>
            <Preview form widget />
        </div>
    }
    .into_any()
}

/// The colour, picked or typed.
#[component]
fn ColorField(form: WidgetForm, submission: Submission) -> impl IntoView {
    let i18n = use_app().i18n;
    let error = Signal::derive(move || {
        if form.color.with(|color| is_color(color.trim())) {
            return submission.field("style.color").get();
        }
        Some(t_string!(i18n, forms.bad_color).to_owned())
    });
    // The browser's own picker takes nothing but a whole colour.
    let picked = Memo::new(move |before: Option<&String>| {
        let typed = form.color.get().trim().to_lowercase();
        if is_color(&typed) { typed } else { before.cloned().unwrap_or_else(|| "#000000".to_owned()) }
    });
    view! {
        <div class="color-field">
            <input
                type="color"
                aria-label=text!(i18n, chat.color_pick)
                title=text!(i18n, chat.color_pick)
                prop:value=move || picked.get()
                on:input=move |event| form.color.set(event_target_value(&event))
            />
            <Field label=text!(i18n, chat.color) hint=text!(i18n, chat.color_hint) error>
                <TextInput value=form.color placeholder="#4b3fe4" required=true />
            </Field>
        </div>
    }
    .into_any()
}

/// Whether a text is a colour as `#rrggbb`.
fn is_color(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text.chars().skip(1).all(|digit| digit.is_ascii_hexdigit())
}

fn positions(i18n: I18n) -> Vec<SelectOption> {
    let option = |position: &WidgetPosition| {
        let label = match position {
            WidgetPosition::Left => t_string!(i18n, chat.left),
            WidgetPosition::Right => t_string!(i18n, chat.right),
        };
        SelectOption { value: position.to_string(), label: label.to_owned() }
    };
    WidgetPosition::ALL.iter().map(option).collect()
}

/// The languages of the chat, each in its own words.
fn locales(i18n: I18n) -> Vec<SelectOption> {
    let own = SelectOption { value: String::new(), label: t_string!(i18n, chat.language_visitor).to_owned() };
    let option = |locale: &WidgetLocale| {
        let label = match locale {
            WidgetLocale::English => "English",
            WidgetLocale::French => "Français",
            WidgetLocale::German => "Deutsch",
            WidgetLocale::Spanish => "Español",
        };
        SelectOption { value: locale.to_string(), label: label.to_owned() }
    };
    std::iter::once(own).chain(WidgetLocale::ALL.iter().map(option)).collect()
}
