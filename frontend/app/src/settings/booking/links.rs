//! The address of one's own booking links, and the default one (MEET-19 to MEET-21).

use leptos::prelude::*;
use leptos_router::components::A;
use types::booking::{BookingLink, BookingLinkState, BookingProfile, ListBookingLinks, UpdateBookingProfile};
use ui::{Combobox, Field, Page, Section, Select, SelectOption, TextInput};

use crate::context::use_app;
use crate::forms::{Submission, UnsavedBar};
use crate::meetings::zones::zone_options;
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

type Loaded = (BookingProfile, Vec<BookingLink>);

/// What the user has chosen about their links.
#[component]
pub fn MeetingLinksPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let loaded = Remote::new(move || async move {
        let profile = app.api().get_booking_profile().await?;
        let query = ListBookingLinks { mine: Some(true), limit: Some(200), ..ListBookingLinks::default() };
        let links = app.api().list_booking_links(&query).await?.items;
        Ok((profile, links))
    });
    view! {
        <Page title=text!(i18n, settings.meeting_links) description=text!(i18n, booking_links.own_intro)>
            <RemoteView remote=loaded><OwnForm loaded /></RemoteView>
        </Page>
    }
    .into_any()
}

#[component]
fn OwnForm(loaded: Remote<Loaded>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (slug, default) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let zone = RwSignal::new(None::<String>);
    let default_of =
        |profile: &BookingProfile| profile.default_link_id.map(|id| id.to_string()).unwrap_or_default();
    let show = move |profile: &BookingProfile| {
        slug.set(profile.user_slug.clone());
        default.set(default_of(profile));
        zone.set(Some(profile.time_zone.clone()));
    };
    let show_saved = move || {
        if let Some((profile, _)) = untrack(|| loaded.get()) {
            show(&profile);
        }
    };
    show_saved();
    let changed = Signal::derive(move || {
        loaded.get().is_some_and(|(profile, _)| {
            profile.user_slug != slug.get()
                || default_of(&profile) != default.get()
                || Some(profile.time_zone) != zone.get()
        })
    });
    let options = Signal::derive(move || {
        let none = leptos_i18n::t_string!(i18n, booking_links.no_default).to_owned();
        let none = SelectOption { value: String::new(), label: none };
        let me = app.read(state::State::my_id);
        let links = loaded.get().map(|(_, links)| links).unwrap_or_default().into_iter();
        let own =
            links.filter(move |link| Some(link.owner_id) == me && link.state != BookingLinkState::Ended);
        let own =
            own.map(|link| SelectOption { value: link.id.to_string(), label: link.settings.internal_name });
        std::iter::once(none).chain(own).collect::<Vec<_>>()
    });
    let zones = Signal::derive(move || zone_options(zone.get().as_deref().unwrap_or_default()));
    let address = move || {
        let base = loaded.get().map(|(profile, _)| profile.pages_url).unwrap_or_default();
        let address = format!("{base}/{}/…", slug.get());
        leptos_i18n::t_string!(i18n, booking_links.own_slug_hint, address = address).to_string()
    };
    let save = move |()| {
        let request = UpdateBookingProfile {
            user_slug: slug.get_untracked(),
            default_link_id: default.get_untracked().parse().ok(),
            time_zone: zone.get_untracked().unwrap_or_default(),
        };
        submission.run(async move { app.api().update_booking_profile(&request).await }, move |saved| {
            show(&saved);
            loaded.update(|(profile, _)| *profile = saved);
            app.toasts.show(leptos_i18n::t_string!(i18n, words.saved));
        });
    };
    view! {
        <Section title=text!(i18n, booking_links.address)>
            <Field label=text!(i18n, booking_links.own_slug) hint=address error=submission.field("user_slug")>
                <TextInput value=slug required=true />
            </Field>
            <p class="muted">{text!(i18n, booking_links.own_slug_note)}</p>
            <Field label=text!(i18n, booking_links.zone) error=submission.field("time_zone")>
                <Combobox
                    value=zone
                    options=zones
                    list_label=text!(i18n, booking_links.zone)
                    no_match=text!(i18n, booking_links.no_match)
                />
            </Field>
            <Field label=text!(i18n, booking_links.default_link) error=submission.field("default_link_id")>
                <Select value=default options />
            </Field>
            <p><A href="/meetings/links">{text!(i18n, booking_links.go_to_links)}</A></p>
        </Section>
        <UnsavedBar changed submission on_save=save on_discard=move |()| show_saved() />
    }
    .into_any()
}
