//! What holds for the whole company.

use leptos::prelude::*;
use types::accounts::{AccountSettings, Locale, UpdateAccountSettings};
use ui::{Field, Page, Section, Select, SelectOption, TextInput};

use crate::context::use_app;
use crate::forms::{Submission, UnsavedBar};
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// The company's name and the language of mails.
#[component]
pub fn AccountPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let settings = Remote::new(move || async move { app.api().get_account_settings().await });
    view! {
        <Page title=text!(i18n, settings.account) description=text!(i18n, settings.account_intro)>
            <RemoteView remote=settings>
                <AccountForm settings />
            </RemoteView>
        </Page>
    }
    .into_any()
}

#[component]
fn AccountForm(settings: Remote<AccountSettings>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (company_name, locale) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let show = move |saved: AccountSettings| {
        company_name.set(saved.company_name);
        locale.set(saved.default_locale.to_string());
    };
    untrack(|| settings.get()).map(show);
    let changed = Signal::derive(move || {
        settings.get().is_some_and(|saved| {
            saved.company_name != company_name.get() || locale.get() != saved.default_locale.as_str()
        })
    });
    let save = move |()| {
        let request = UpdateAccountSettings {
            company_name: company_name.get_untracked(),
            default_locale: locale.get_untracked().parse().unwrap_or(Locale::English),
        };
        submission.run(async move { app.api().update_account_settings(&request).await }, move |saved| {
            settings.update(|settings| *settings = saved.clone());
            show(saved);
            app.toasts.show(leptos_i18n::t_string!(i18n, words.saved));
        });
    };
    view! {
        <Section title=text!(i18n, settings.account)>
            <Field
                label=text!(i18n, settings.company_name)
                hint=text!(i18n, settings.company_name_hint)
                error=submission.field("company_name")
            >
                <TextInput value=company_name autocomplete="organization" required=true />
            </Field>
            <Field label=text!(i18n, settings.default_locale) hint=text!(i18n, settings.default_locale_hint)>
                <Select value=locale options=languages() />
            </Field>
        </Section>
        <UnsavedBar
            changed
            submission
            on_save=save
            on_discard=move |()| { untrack(|| settings.get()).map(show); }
        />
    }
    .into_any()
}

/// The languages of the app, each in its own words.
pub fn languages() -> Vec<SelectOption> {
    let option = |locale: &Locale| {
        let label = match locale {
            Locale::English => "English",
            Locale::French => "Français",
        };
        SelectOption { value: locale.to_string(), label: label.to_owned() }
    };
    Locale::ALL.iter().map(option).collect()
}
