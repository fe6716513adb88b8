//! Durations, language, reminders, and how the page behaves.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::booking::BookingLanguage;
use ui::{
    Button, Checkbox, Combobox, ComboboxOption, Field, IconButton, IconName, Select, SelectOption, TextArea,
    TextInput,
};

use super::Editor;
use super::reminders::RemindersFields;
use crate::booking_links::words::{language_name, span_text};
use crate::browser;
use crate::preferences;
use crate::texts::text;

/// Countries to choose from (ISO 3166-1).
const COUNTRIES: &str = "AD AE AR AT AU BA BE BG BR CA CH CL CM CN CO CR CY CZ DE DK DZ EC EE EG ES FI FR GB GR HK HR HU ID IE IL IN IS IT JP KE KR LB LI LT LU LV MA MC MG MT MX MY NG NL NO NZ PE PH PL PT RO RS SA SE SG SI SK SN TH TN TR TW UA US UY VN ZA";

/// The second step.
#[component]
pub fn Configuration(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    view! {
        <div class="fields">
            <Durations editor />
            <Languages editor />
            <RemindersFields editor />
            <Checkbox
                label=text!(i18n, booking_links.confirmation)
                hint=text!(i18n, booking_links.confirmation_hint)
                checked=draft.requires_confirmation
            />
            <Checkbox label=text!(i18n, booking_links.guests) hint=text!(i18n, booking_links.guests_hint) checked=draft.allows_guests />
            <Checkbox label=text!(i18n, booking_links.verifies) hint=text!(i18n, booking_links.verifies_hint) checked=draft.verifies_email />
            <Checkbox label=text!(i18n, booking_links.hide) hint=text!(i18n, booking_links.hide_hint) checked=draft.is_hidden />
            <Field
                label=text!(i18n, booking_links.most_bookings)
                hint=text!(i18n, booking_links.most_bookings_hint)
                error=editor.error("most_bookings")
            >
                <TextInput value=draft.most_bookings kind="number" />
            </Field>
            <Field label=text!(i18n, booking_links.redirect) hint=text!(i18n, booking_links.redirect_hint) error=editor.error("redirect_url")>
                <TextInput value=draft.redirect kind="url" placeholder="https://" />
            </Field>
            <Field
                label=text!(i18n, booking_links.origins)
                hint=text!(i18n, booking_links.origins_hint)
                error=editor.error("embed_origins")
            >
                <TextArea value=draft.origins placeholder="https://www.example.com" />
            </Field>
        </div>
    }
    .into_any()
}

/// The durations that the visitor chooses from (MEET-43).
#[component]
fn Durations(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let typed = RwSignal::new(String::new());
    let add = move || {
        let Ok(minutes) = typed.get_untracked().trim().parse::<u16>() else { return };
        draft.durations.update(|durations| {
            if !durations.contains(&minutes) {
                durations.push(minutes);
                durations.sort_unstable();
            }
        });
        typed.set(String::new());
    };
    let chip = move |minutes: u16| {
        let label = move || span_text(i18n, u32::from(minutes));
        let remove = move || t_string!(i18n, booking_links.remove_duration, name = label()).to_string();
        view! {
            <li>
                <span>{label}</span>
                <IconButton
                    label=remove
                    icon=IconName::Close
                    on_press=move |_| draft.durations.update(|durations| durations.retain(|one| *one != minutes))
                />
            </li>
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    };
    view! {
        <div class="field" role="group" aria-label=text!(i18n, booking_links.durations) on:keydown=on_key>
            <ul class="chips" aria-label=text!(i18n, booking_links.durations)>
                <For each=move || draft.durations.get() key=|minutes| *minutes children=chip />
            </ul>
            <div class="inline-fields">
                <Field
                    label=text!(i18n, booking_links.durations)
                    hint=text!(i18n, booking_links.durations_hint)
                    error=editor.error("durations_minutes")
                >
                    <TextInput value=typed kind="number" placeholder="45" />
                </Field>
                <Button icon=IconName::Plus on_press=move |_| add()>{text!(i18n, booking_links.add_duration)}</Button>
            </div>
        </div>
    }
    .into_any()
}

/// What people outside are spoken to in (MEET-50, MEET-51).
#[component]
fn Languages(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let option = |language: &BookingLanguage| SelectOption {
        value: language.to_string(),
        label: language_name(*language).to_owned(),
    };
    let languages: Vec<SelectOption> = BookingLanguage::ALL.iter().map(option).collect();
    let country = RwSignal::new(Some(draft.country.get_untracked()));
    Effect::new(move |_| {
        if let Some(chosen) = country.get() {
            draft.country.set(chosen);
        }
    });
    let countries = Signal::derive(move || {
        let tag = preferences::tag(i18n.get_locale());
        let option =
            |code: &str| ComboboxOption { value: code.to_owned(), label: browser::region_name(tag, code) };
        let chosen = draft.country.get();
        let more = (!COUNTRIES.contains(chosen.as_str())).then(|| option(&chosen));
        let mut options: Vec<ComboboxOption> = COUNTRIES.split(' ').map(option).chain(more).collect();
        options.sort_by(|one, other| one.label.cmp(&other.label));
        options
    });
    view! {
        <Field label=text!(i18n, booking_links.language) hint=text!(i18n, booking_links.language_hint) error=editor.error("language")>
            <Select value=draft.language options=languages />
        </Field>
        <Field label=text!(i18n, booking_links.country) hint=text!(i18n, booking_links.country_hint) error=editor.error("country")>
            <Combobox
                value=country
                options=countries
                list_label=text!(i18n, booking_links.country)
                no_match=text!(i18n, booking_links.no_match)
            />
        </Field>
    }
    .into_any()
}
