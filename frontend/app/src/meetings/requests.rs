//! Wishes for meetings, left while a calendar could not be reached.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::Permission;
use types::booking::{ListMeetingRequests, MeetingRequest, MeetingRequestPath};
use ui::{Button, EmptyState, Icon, IconName, Pill, RelativeTime, Tone};

use super::{MeetingsHead, MeetingsTab};
use crate::context::{App, use_app};
use crate::forms::Submission;
use crate::paged::{Paged, PagedView};
use crate::texts::text;

/// The screen of the requests.
#[component]
pub fn Requests() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let open = RwSignal::new(true);
    let revision = Memo::new(move |_| app.read(|state| (state.booking.requests_revision, state.refreshes)));
    let paged = Paged::<MeetingRequest>::new(move |page| {
        revision.get();
        let query =
            ListMeetingRequests { cursor: page.cursor, limit: page.limit, open: open.get().then_some(true) };
        async move { app.api().list_meeting_requests(&query).await }
    });
    let tab = move |wanted: bool| {
        view! {
            <button
                type="button"
                class="btn quiet"
                aria-pressed=move || (open.get() == wanted).to_string()
                on:click=move |_| open.set(wanted)
            >
                {if wanted { text!(i18n, meetings.open_requests).into_any() } else { text!(i18n, meetings.all_requests).into_any() }}
            </button>
        }
    };
    let empty = move || {
        view! {
            <EmptyState
                icon=IconName::Calendar
                title=text!(i18n, meetings.no_requests)
                body=text!(i18n, meetings.no_requests_hint)
            />
        }
    };
    let lines =
        move || paged.items().into_iter().map(|request| view! { <Line paged request /> }).collect_view();
    view! {
        <main class="screen records">
            <MeetingsHead current=MeetingsTab::Requests />
            <div class="records-tools">
                <div class="meeting-views" role="group" aria-label=text!(i18n, meetings.which)>{tab(true)} {tab(false)}</div>
            </div>
            <div class="meetings">
                <PagedView paged empty><ul class="meeting-requests">{lines}</ul></PagedView>
            </div>
        </main>
    }
    .into_any()
}

/// Who asks, what for, and what can be done about it.
#[component]
fn Line(paged: Paged<MeetingRequest>, request: MeetingRequest) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let MeetingRequest {
        id,
        contact_id,
        contact_name,
        contact_email,
        message,
        time_zone,
        handled_at,
        created_at,
        ..
    } = request;
    let may_read = app.may(Permission::ReadContacts);
    let reply = contact_email.as_deref().map(|email| mail_link(app, email, &message));
    let name = StoredValue::new(contact_name);
    let who = move || match may_read.get() {
        true => view! { <A href=format!("/contacts/{contact_id}")>{name.get_value()}</A> }.into_any(),
        false => name.get_value().into_any(),
    };
    let handled = handled_at.map(|at| {
        view! {
            <Pill tone=Tone::Ok icon=IconName::Check>{text!(i18n, meetings.handled)}</Pill>
            <RelativeTime unix_ms=at.0 as f64 / 1000.0 />
        }
    });
    let submission = Submission::new();
    let handle = move |_| {
        let path = MeetingRequestPath { meeting_request_id: id };
        submission.run(async move { app.api().handle_meeting_request(&path).await }, move |_| {
            paged.reload();
            app.toasts.show(t_string!(i18n, meetings.request_handled));
        });
    };
    let mark = handled_at.is_none().then(|| {
        view! {
            <Button icon=IconName::Check busy=submission.busy on_press=handle>{text!(i18n, meetings.mark_handled)}</Button>
        }
    });
    view! {
        <li class="meeting-request">
            <span class="lines">
                <span class="meeting-contact">{who}</span>
                <span class="muted">
                    {contact_email} " · " {time_zone.replace('_', " ")} " · "
                    <RelativeTime unix_ms=created_at.0 as f64 / 1000.0 />
                </span>
                <span class="meeting-text">{message}</span>
            </span>
            <span class="line">
                {handled} {mark}
                {reply.map(|href| view! {
                    <a class="btn" href=href><Icon name=IconName::Reply /> {text!(i18n, meetings.reply)}</a>
                })}
            </span>
            <crate::forms::FormError submission />
        </li>
    }
    .into_any()
}

/// A `mailto:` with a subject and what was asked, quoted (RFC 6068).
fn mail_link(app: App, email: &str, message: &str) -> String {
    let subject = untrack(|| t_string!(app.i18n, meetings.reply_subject));
    let quoted = message.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\r\n");
    let part = |text: &str| String::from(js_sys::encode_uri_component(text));
    format!("mailto:{}?subject={}&body={}", part(email), part(subject), part(&format!("\r\n\r\n{quoted}")))
}
