//! What the link is called, who takes part, where, and what the invitation says.

use leptos::{html, prelude::*};
use leptos_i18n::t_string;
use state::booking_links::link_slug_of;
use types::UserId;
use types::booking::{BookingLinkKind, CalendarProvider, ConferenceHosts, ConferenceKind};
use ui::{ButtonKind, Field, IconName, Menu, MenuItem, Select, SelectOption, TextArea, TextInput};

use super::Editor;
use super::hosts::Hosts;
use super::meeting_types::MeetingTypeField;
use crate::booking_links::picture::PictureField;
use crate::booking_links::words::{kind_hint, kind_name};
use crate::remote::Remote;
use crate::texts::text;

/// What a subject and a description may hold (MEET-48).
const TOKENS: [&str; 7] = [
    "contact.first_name",
    "contact.last_name",
    "contact.name",
    "contact.email",
    "company.name",
    "host.name",
    "account.name",
];

/// The first step.
#[component]
pub fn Details(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    view! {
        <div class="fields">
            <Kind editor />
            <Hosts editor />
            <Field
                label=text!(i18n, booking_links.internal_name)
                hint=text!(i18n, booking_links.internal_name_hint)
                error=editor.error("internal_name")
            >
                <TextInput value=draft.internal_name required=true />
            </Field>
            <Field label=text!(i18n, booking_links.title) hint=text!(i18n, booking_links.title_hint) error=editor.error("title")>
                <TextInput value=draft.title required=true />
            </Field>
            <PictureField
                label=text!(i18n, booking_links.photo)
                hint=text!(i18n, booking_links.photo_hint)
                file=draft.photo
                url=draft.photo_url
                error=editor.error("photo_file_id")
            />
            <MeetingTypeField editor />
            <Slug editor />
            <Field
                label=text!(i18n, booking_links.location)
                hint=text!(i18n, booking_links.location_hint)
                error=editor.error("location")
            >
                <TextInput value=draft.location />
            </Field>
            <Conference editor />
            <Invitation editor />
        </div>
    }
    .into_any()
}

/// The kind: a choice for a new link, told of a saved one.
#[component]
fn Kind(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let is_new = editor.link.with_untracked(Option::is_none);
    let options = Signal::derive(move || {
        let option = |kind: &BookingLinkKind| SelectOption {
            value: kind.to_string(),
            label: kind_name(i18n, *kind).to_owned(),
        };
        BookingLinkKind::ALL.iter().map(option).collect::<Vec<_>>()
    });
    let hint = move || kind_hint(i18n, draft.link_kind());
    view! {
        <Field label=text!(i18n, booking_links.kind) hint error=editor.error("kind")>
            <Select value=draft.kind options disabled=!is_new />
        </Field>
    }
}

/// The last part of the address, which can be chosen once (MEET-40, MEET-41).
#[component]
fn Slug(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let saved = editor.link.with_untracked(|link| link.as_ref().map(|link| link.url.clone()));
    let address = move || {
        let typed = draft.slug.get();
        let slug = if typed.is_empty() { link_slug_of(&draft.internal_name.get()) } else { typed };
        let address = format!("{}/{slug}", editor.pages_url.get_value());
        t_string!(i18n, booking_links.slug_address, address = address).to_string()
    };
    match saved {
        Some(url) => {
            let url = RwSignal::new(url);
            view! {
                <Field label=text!(i18n, booking_links.address) hint=text!(i18n, booking_links.address_fixed)>
                    <TextInput value=url disabled=true />
                </Field>
            }
            .into_any()
        }
        None => view! {
            <Field label=text!(i18n, booking_links.slug) hint=address error=editor.error("slug")>
                <TextInput value=draft.slug placeholder=move || link_slug_of(&draft.internal_name.get()) />
            </Field>
        }
        .into_any(),
    }
}

/// Where the video conference comes from. What the hosts cannot have is not offered (MEET-46).
#[component]
fn Conference(editor: Editor) -> impl IntoView {
    let (app, draft) = (editor.app, editor.draft);
    let i18n = app.i18n;
    let known = Remote::new(move || async move { app.api().list_conference_hosts().await });
    let options = Signal::derive(move || {
        let mut hosts: Vec<UserId> = draft.hosts.get().iter().map(|host| host.user_id).collect();
        if hosts.is_empty() {
            hosts.extend(app.read(state::State::my_id));
        }
        let known = known.get().unwrap_or(ConferenceHosts { items: Vec::new() });
        let mut kinds = known.kinds_of(draft.link_kind(), &hosts);
        // What is chosen stays in the list even when the connection has gone.
        if let Ok(chosen) = draft.conference.get().parse::<ConferenceKind>()
            && !kinds.contains(&chosen)
        {
            kinds.push(chosen);
        }
        let provider = hosts.first().and_then(|host| known.calendar_provider_of(*host));
        let label = |kind| match (kind, provider) {
            (ConferenceKind::Zoom, _) => t_string!(i18n, booking_links.conference_zoom),
            (ConferenceKind::Calendar, Some(CalendarProvider::Google)) => "Google Meet",
            (ConferenceKind::Calendar, Some(CalendarProvider::Microsoft)) => "Microsoft Teams",
            (ConferenceKind::Calendar, _) => t_string!(i18n, booking_links.conference_calendar),
        };
        let option = |value: String, label: &str| SelectOption { value, label: label.to_owned() };
        let mut options = vec![option(String::new(), t_string!(i18n, booking_links.conference_none))];
        options.extend(kinds.into_iter().map(|kind| option(kind.to_string(), label(kind))));
        options
    });
    view! {
        <Field
            label=text!(i18n, booking_links.conference)
            hint=text!(i18n, booking_links.conference_hint)
            error=editor.error("conference")
        >
            <Select value=draft.conference options />
        </Field>
    }
}

#[component]
fn Invitation(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let (subject, description) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    view! {
        <div node_ref=subject>
            <Field
                label=text!(i18n, booking_links.subject)
                hint=text!(i18n, booking_links.subject_hint)
                error=editor.error("invitation_subject")
            >
                <TextInput value=draft.subject required=true />
            </Field>
        </div>
        <TokenMenu editor into=draft.subject around=subject />
        <div node_ref=description>
            <Field
                label=text!(i18n, booking_links.description)
                hint=text!(i18n, booking_links.description_hint)
                error=editor.error("invitation_description")
            >
                <TextArea value=draft.description rows=5 />
            </Field>
        </div>
        <TokenMenu editor into=draft.description around=description />
    }
}

/// Puts a token where the caret is in the control within `around`.
#[component]
fn TokenMenu(editor: Editor, into: RwSignal<String>, around: NodeRef<html::Div>) -> impl IntoView {
    let i18n = editor.app.i18n;
    let add = move |token: &str| {
        let around = around.get_untracked();
        let control = around.and_then(|div| div.query_selector("input, textarea").ok().flatten());
        if let Some(control) = control {
            crate::browser::insert_at_caret(control, into, &format!("{{{{{token}}}}}"));
        }
    };
    let label = move |token: &str| match token {
        "contact.first_name" => t_string!(i18n, booking_links.token_first_name),
        "contact.last_name" => t_string!(i18n, booking_links.token_last_name),
        "contact.name" => t_string!(i18n, booking_links.token_name),
        "contact.email" => t_string!(i18n, booking_links.token_email),
        "company.name" => t_string!(i18n, booking_links.token_company),
        "host.name" => t_string!(i18n, booking_links.token_host),
        _ => t_string!(i18n, booking_links.token_account),
    };
    let items = move || {
        let item = |token: &'static str| {
            view! { <MenuItem on_select=move |()| add(token)>{move || label(token)}</MenuItem> }
        };
        TOKENS.into_iter().map(item).collect_view()
    };
    view! {
        <div class="token-menu">
            <Menu label=text!(i18n, booking_links.insert_token) icon=IconName::Plus kind=ButtonKind::Quiet>{items()}</Menu>
        </div>
    }
    .into_any()
}
