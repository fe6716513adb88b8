//! The links: whose they are, how often they were opened and booked, and what is done with them.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::Permission;
use types::booking::{BookingLink, BookingLinkState, BookingProfile, ListBookingLinks};
use ui::{Banner, ConfirmDialog, EmptyState, Icon, IconName, Select, SelectOption, TextInput, Tone};

use super::embed::EmbedDialog;
use super::row::LinkRow;
use super::words::user_names;
use crate::context::{App, use_app};
use crate::forms::{DialogFor, FormError, Submission};
use crate::meetings::{MeetingsHead, MeetingsTab};
use crate::paged::{Paged, PagedView};
use crate::remote::Remote;
use crate::texts::text;

const MINE: &str = "mine";
const ENDED: &str = "ended";

/// The screen, as its parts share it.
#[derive(Clone, Copy)]
pub struct Links {
    /// The links that are shown.
    pub items: Paged<BookingLink>,
    /// What the user has chosen.
    pub profile: Remote<BookingProfile>,
    /// Code for other pages.
    pub embedding: DialogFor<BookingLink>,
    /// Ending a link.
    pub ending: DialogFor<BookingLink>,
}

impl Links {
    /// Fetches everything again.
    pub fn reload(self) {
        self.items.reload();
        self.profile.reload();
    }
}

/// The list of links.
#[component]
pub fn LinkList() -> impl IntoView {
    let app = use_app();
    let (which, search) = (RwSignal::new(MINE.to_owned()), RwSignal::new(String::new()));
    let revision = Memo::new(move |_| app.read(|state| (state.booking.links_revision, state.refreshes)));
    let items = Paged::new(move |page| {
        revision.get();
        let (which, typed) = (which.get(), search.get());
        let query = ListBookingLinks {
            cursor: page.cursor,
            limit: page.limit,
            mine: (which == MINE).then_some(true),
            ended: (which == ENDED).then_some(true),
            q: Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty()),
        };
        async move { app.api().list_booking_links(&query).await }
    });
    let profile = Remote::new(move || {
        revision.get();
        async move { app.api().get_booking_profile().await }
    });
    let links = Links { items, profile, embedding: DialogFor::new(), ending: DialogFor::new() };
    view! {
        <main class="screen records">
            <MeetingsHead current=MeetingsTab::Links />
            <Tools which search />
            <div class="booking-links">
                <Unreachable links />
                <Rows links which />
            </div>
        </main>
        <EmbedDialog about=links.embedding />
        <EndDialog links />
    }
    .into_any()
}

#[component]
fn Tools(which: RwSignal<String>, search: RwSignal<String>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let may_create = app.may(Permission::UseBooking);
    let options = Signal::derive(move || {
        let option =
            |value: &str, label: &str| SelectOption { value: value.to_owned(), label: label.to_owned() };
        vec![
            option(MINE, t_string!(i18n, booking_links.mine)),
            option("", t_string!(i18n, booking_links.all)),
            option(ENDED, t_string!(i18n, booking_links.with_ended)),
        ]
    });
    view! {
        <div class="records-tools">
            <span class="search">
                <TextInput
                    value=search
                    kind="search"
                    placeholder=text!(i18n, booking_links.search)
                    attr:aria-label=text!(i18n, booking_links.search)
                />
            </span>
            <span class="sort">
                <Select value=which options attr:aria-label=text!(i18n, booking_links.which) />
            </span>
            <span class="push"></span>
            <Show when=move || may_create.get()>
                <A href="/meetings/links/new" attr:class="btn primary">
                    <Icon name=IconName::Plus /> {text!(i18n, booking_links.create)}
                </A>
            </Show>
        </div>
    }
    .into_any()
}

/// Says whose calendars cannot be reached (MEET-100).
#[component]
fn Unreachable(links: Links) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let named = Memo::new(move |_| {
        let of_link = |link: BookingLink| {
            let is_unreachable = link.state == BookingLinkState::Unreachable;
            let hosts = user_names(app, link.unreachable_host_ids.iter().copied());
            let name = link.settings.internal_name;
            match hosts.is_empty() {
                true => is_unreachable.then_some(name),
                false => Some(format!("{name} ({hosts})")),
            }
        };
        let is_running = |link: &BookingLink| link.state != BookingLinkState::Ended;
        let found: Vec<String> =
            links.items.items().into_iter().filter(is_running).filter_map(of_link).collect();
        found.join(", ")
    });
    let action = move || {
        view! { <A href="/settings/calendars" attr:class="btn">{text!(i18n, booking_links.open_calendars)}</A> }
    };
    view! {
        <Show when=move || named.with(|named| !named.is_empty())>
            <div role="alert">
                <Banner tone=Tone::Warn icon=IconName::Warning action>
                    {move || t_string!(i18n, booking_links.unreachable_alert, links = named.get()).to_string()}
                </Banner>
            </div>
        </Show>
    }
}

#[component]
fn Rows(links: Links, which: RwSignal<String>) -> impl IntoView {
    let i18n = use_app().i18n;
    let empty = move || {
        let title = move || match which.with(|which| which == MINE) {
            true => t_string!(i18n, booking_links.empty_mine),
            false => t_string!(i18n, booking_links.empty),
        };
        view! { <EmptyState icon=IconName::Calendar title body=text!(i18n, booking_links.empty_hint) /> }
    };
    let rows =
        move || links.items.items().into_iter().map(|link| view! { <LinkRow links link /> }).collect_view();
    view! {
        <PagedView paged=links.items empty><ul class="booking-link-list">{rows}</ul></PagedView>
    }
}

/// Makes a link the default of the user (MEET-21).
pub fn make_default(app: App, links: Links, link: &BookingLink) {
    let Some(profile) = untrack(|| links.profile.get()) else { return };
    let request = types::booking::UpdateBookingProfile {
        user_slug: profile.user_slug,
        default_link_id: Some(link.id),
        time_zone: profile.time_zone,
    };
    crate::forms::act(app, async move { app.api().update_booking_profile(&request).await }, move |_| {
        links.reload();
        t_string!(app.i18n, booking_links.made_default).to_owned()
    });
}

#[component]
fn EndDialog(links: Links) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let title = move || {
        let name = links.ending.of(|link| link.settings.internal_name.clone());
        t_string!(i18n, booking_links.end_title, name = name).to_string()
    };
    let end = move |()| {
        let Some(link) = links.ending.get_untracked() else { return };
        let path = types::booking::BookingLinkPath { booking_link_id: link.id };
        submission.run(async move { app.api().end_booking_link(&path).await }, move |_| {
            links.ending.open.set(false);
            app.toasts.show(t_string!(i18n, booking_links.was_ended));
            links.reload();
        });
    };
    view! {
        <ConfirmDialog
            open=links.ending.open
            title
            confirm_label=text!(i18n, booking_links.end)
            cancel_label=text!(i18n, words.cancel)
            busy=submission.busy
            on_confirm=end
        >
            <p>{text!(i18n, booking_links.end_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
}
