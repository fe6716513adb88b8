//! Settings of the account: a navigation at the left and one page a section; on a phone the list first, then the page.

mod account;
mod audit;
mod booking;
mod calendars;
mod calls;
mod chat;
mod directory_view;
mod domains;
mod inboxes;
mod jobs;
mod mail;
mod member_picker;
mod navigation;
mod no_permission;
mod no_such_page;
mod permissions;
mod privacy;
mod records;
mod roles;
mod screens;
mod section;
mod teams;
mod tokens;
mod users;
mod webhooks;
mod zoom;

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use ui::{Icon, IconName};
use wasm_split_helpers::wasm_split;

pub use account::languages;
pub use roles::role_name;

use crate::context::use_app;
use crate::parts::{LazyScreen, PartMissing, Screen};
use crate::texts::text;
use navigation::Navigation;
use no_permission::NoPermission;
use no_such_page::NoSuchPage;
use section::Section;

/// The screen of the settings.
#[wasm_split(settings, fallible)]
pub fn settings_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <SettingsPage /> }.into_any())
}

/// The settings. The part after `/settings/` names the section, and what of it.
#[component]
fn SettingsPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let params = use_params_map();
    let path = Memo::new(move |_| params.with(|params| params.get("section").unwrap_or_default()));
    let allowed = Memo::new(move |_| app.read(Section::allowed));
    // Without any section there is no list to choose from.
    let is_chosen = Memo::new(move |_| path.with(|path| !path.is_empty()) || allowed.with(Vec::is_empty));
    let shown = Memo::new(move |_| {
        path.with(|path| match path.split('/').next() {
            None | Some("") => Ok(allowed.with(|allowed| allowed.first().copied())),
            Some(slug) => Section::of_slug(slug).map(Some).ok_or(()),
        })
    });
    let item = Memo::new(move |_| path.with(|path| path.split_once('/').map(|(_, item)| item.to_owned())));
    let page = move || match shown.get() {
        Ok(Some(section)) if allowed.with(|allowed| allowed.contains(&section)) => page(section, item.into()),
        Ok(Some(section)) => view! { <NoPermission section /> }.into_any(),
        Ok(None) => view! { <NoPermission section=Section::Account /> }.into_any(),
        Err(()) => view! { <NoSuchPage /> }.into_any(),
    };
    view! {
        <main class="settings" class:chosen=move || is_chosen.get()>
            <Navigation allowed=allowed current=shown />
            <div class="screen settings-page">
                <A href="/settings" attr:class="settings-back">
                    <Icon name=IconName::Back /> {text!(i18n, settings.title)}
                </A>
                {page}
            </div>
        </main>
    }
}

fn page(section: Section, item: Signal<Option<String>>) -> AnyView {
    match section {
        Section::Account => view! { <account::AccountPage /> }.into_any(),
        Section::Privacy => view! { <LazyScreen fetch=screens::privacy_screen /> }.into_any(),
        Section::Users => view! { <users::UsersPage /> }.into_any(),
        Section::Teams => view! { <teams::TeamsPage /> }.into_any(),
        Section::Roles => view! { <roles::RolesPage /> }.into_any(),
        Section::Properties => view! { <records::PropertiesPage /> }.into_any(),
        Section::Pipeline => view! { <records::PipelinePage /> }.into_any(),
        Section::TicketStatuses => view! { <records::StatusesPage /> }.into_any(),
        Section::Calls => view! { <calls::RecordingPage /> }.into_any(),
        Section::TrackedTerms => view! { <calls::TermsPage /> }.into_any(),
        Section::Clips => view! { <calls::SharingPage /> }.into_any(),
        Section::Telephony => view! { <calls::TelephonyPage /> }.into_any(),
        Section::ApiTokens => view! { <LazyScreen fetch=screens::tokens_screen /> }.into_any(),
        Section::Webhooks => view! { <webhooks::WebhookPages item /> }.into_any(),
        Section::Inboxes => view! { <inboxes::InboxesPage /> }.into_any(),
        Section::Chat => view! { <chat::ChatPages item /> }.into_any(),
        Section::Mail => view! { <mail::MailPages item /> }.into_any(),
        Section::Jobs => view! { <LazyScreen fetch=screens::jobs_screen /> }.into_any(),
        Section::Audit => view! { <LazyScreen fetch=screens::audit_screen /> }.into_any(),
        Section::BookingPages => view! { <LazyScreen fetch=screens::booking_pages_screen /> }.into_any(),
        Section::Domains => view! { <LazyScreen fetch=screens::domains_screen /> }.into_any(),
        Section::MeetingLinks => view! { <LazyScreen fetch=screens::meeting_links_screen /> }.into_any(),
        Section::Calendars => view! { <LazyScreen fetch=screens::calendars_screen /> }.into_any(),
        Section::Zoom => view! { <zoom::ZoomPage /> }.into_any(),
    }
}
