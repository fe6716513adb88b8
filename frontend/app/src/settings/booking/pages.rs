//! How all booking pages of the account look, and under which name they are shown (MEET-22 to MEET-26).

use leptos::prelude::*;
use leptos_i18n::t_string;
use state::booking_links::{contrast, ink_on, is_color};
use types::Permission;
use types::accounts::{Domain, DomainState};
use types::booking::{BookingSettings, UpdateBookingSettings};
use types::page::PageQuery;
use ui::{Field, Page, Section, Select, SelectOption, TextInput};

use crate::booking_links::PictureField;
use crate::context::use_app;
use crate::forms::{Submission, UnsavedBar};
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// The contrast with the page below which a colour is hard to see (WCAG 2.2, 1.4.11: non-text contrast).
const LEAST_CONTRAST: f64 = 3.0;

/// The logo, the accent colour and the domain.
#[component]
pub fn BookingPagesPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let settings = Remote::new(move || async move { app.api().get_booking_settings().await });
    view! {
        <Page title=text!(i18n, settings.booking_pages) description=text!(i18n, booking_links.pages_intro)>
            <RemoteView remote=settings><PagesForm settings /></RemoteView>
        </Page>
    }
    .into_any()
}

#[component]
fn PagesForm(settings: Remote<BookingSettings>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (logo, color) = (RwSignal::new(None), RwSignal::new(String::new()));
    let domain = RwSignal::new(String::new());
    let logo_url = RwSignal::new(None);
    let show = move |saved: BookingSettings| {
        domain.set(saved.domain.unwrap_or_default());
        logo.set(saved.logo_file_id);
        logo_url.set(saved.logo_url);
        color.set(saved.accent_color);
    };
    let show_saved = move || {
        if let Some(saved) = untrack(|| settings.get()) {
            show(saved);
        }
    };
    show_saved();
    let typed_color = move || color.get().trim().to_lowercase();
    let changed = Signal::derive(move || {
        let is_same = |saved: BookingSettings| {
            saved.logo_file_id == logo.get()
                && saved.accent_color == typed_color()
                && saved.domain.unwrap_or_default() == domain.get()
        };
        settings.get().is_some_and(|saved| !is_same(saved))
    });
    let save = move |()| {
        let domain = Some(domain.get_untracked()).filter(|name| !name.is_empty());
        let accent_color = untrack(typed_color);
        let request = UpdateBookingSettings { logo_file_id: logo.get_untracked(), accent_color, domain };
        submission.run(async move { app.api().update_booking_settings(&request).await }, move |saved| {
            settings.update(|settings| *settings = saved.clone());
            show(saved);
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    view! {
        <Section title=text!(i18n, booking_links.look)>
            <PictureField
                label=text!(i18n, booking_links.logo)
                hint=text!(i18n, booking_links.logo_hint)
                file=logo
                url=logo_url
                error=submission.field("logo_file_id")
            />
            <AccentField color submission />
        </Section>
        <Section title=text!(i18n, settings.domains)>
            <DomainField domain saved=settings submission />
        </Section>
        <UnsavedBar changed submission on_save=save on_discard=move |()| show_saved() />
    }
    .into_any()
}

/// The name that links have, one of the verified ones.
#[component]
fn DomainField(
    domain: RwSignal<String>,
    saved: Remote<BookingSettings>,
    submission: Submission,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let may_choose = app.read(|state| state.may(Permission::ManageDomains));
    let verified = RwSignal::new(Vec::<String>::new());
    if may_choose {
        let revision = Memo::new(move |_| app.read(|state| state.domains_revision));
        let found = Remote::new(move || {
            revision.get();
            // As many as an account may have.
            let all = PageQuery { limit: Some(200), ..PageQuery::default() };
            async move { app.api().list_domains(&all).await }
        });
        Effect::new(move |_| {
            let is_verified = |domain: &Domain| domain.state == DomainState::Verified;
            let all = found.get().map(|page| page.items).unwrap_or_default();
            verified.set(all.into_iter().filter(is_verified).map(|domain| domain.name).collect());
        });
    }
    let options = Signal::derive(move || {
        let own = SelectOption { value: String::new(), label: t_string!(i18n, domains.own).to_owned() };
        let mut names = verified.get();
        // One that fails now stays what it is.
        names.extend(saved.get().and_then(|saved| saved.domain));
        names.sort_unstable();
        names.dedup();
        let option = |name: String| SelectOption { value: name.clone(), label: name };
        std::iter::once(own).chain(names.into_iter().map(option)).collect::<Vec<_>>()
    });
    view! {
        <div class="fields">
            <Field
                label=text!(i18n, domains.of_links)
                hint=text!(i18n, domains.of_links_hint)
                error=submission.field("domain")
            >
                <Select value=domain options />
            </Field>
            {(!may_choose).then(|| view! { <p class="muted">{text!(i18n, domains.not_yours_to_change)}</p> })}
        </div>
    }
    .into_any()
}

/// The colour, picked or typed, how it looks, and whether it can be made out.
#[component]
fn AccentField(color: RwSignal<String>, submission: Submission) -> impl IntoView {
    let i18n = use_app().i18n;
    let error = Signal::derive(move || {
        if color.with(|color| is_color(color.trim())) {
            return submission.field("accent_color").get();
        }
        Some(t_string!(i18n, forms.bad_color).to_owned())
    });
    // The browser's own picker takes nothing but a whole colour.
    let picked = Memo::new(move |before: Option<&String>| {
        let typed = color.get().trim().to_lowercase();
        if is_color(&typed) { typed } else { before.cloned().unwrap_or_else(|| "#000000".to_owned()) }
    });
    let is_faint = move || picked.with(|picked| contrast(picked, "#ffffff") < LEAST_CONTRAST);
    view! {
        <div class="color-field">
            <input
                type="color"
                aria-label=text!(i18n, chat.color_pick)
                title=text!(i18n, chat.color_pick)
                prop:value=move || picked.get()
                on:input=move |event| color.set(event_target_value(&event))
            />
            <Field label=text!(i18n, booking_links.accent) hint=text!(i18n, chat.color_hint) error>
                <TextInput value=color placeholder="#4b3fe4" required=true />
            </Field>
        </div>
        <div class="accent-preview" aria-hidden="true">
            <span
                class="btn"
                style:background-color=move || picked.get()
                style:border-color=move || picked.get()
                style:color=move || picked.with(|picked| ink_on(picked))
            >
                {text!(i18n, booking_links.accent_example)}
            </span>
        </div>
        <p class="muted" role="status">
            {move || is_faint().then(|| t_string!(i18n, booking_links.accent_faint))}
        </p>
    }
    .into_any()
}
