//! The meetings of a contact, upcoming and past, and scheduling one more.

mod schedule;

use leptos::prelude::*;
use leptos_router::components::A;
use types::booking::{ListMeetings, Meeting, MeetingState};
use types::{ContactId, Timestamp};
use ui::{Button, Icon, IconName, Section};

use super::words::badges;
use super::zones::{own_zone, short_day_text, time_range};
use crate::browser;
use crate::context::{App, use_app};
use crate::remote::{Remote, RemoteView};
use crate::texts::text;
use schedule::ScheduleDialog;

/// How many of each are listed; the rest stands in the list of meetings.
const SHOWN: u16 = 5;

/// What comes, and what was.
#[derive(Clone, Default)]
struct Known {
    upcoming: Vec<Meeting>,
    past: Vec<Meeting>,
}

/// The section on the contact's page.
#[component]
pub fn ContactMeetings(
    /// The contact.
    id: ContactId,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let scheduling = RwSignal::new(false);
    let revision = Memo::new(move |_| app.read(|state| (state.booking.meetings_revision, state.refreshes)));
    let known = Remote::new(move || {
        revision.get();
        load(app, id)
    });
    let is_empty =
        move || known.get().is_some_and(|known| known.upcoming.is_empty() && known.past.is_empty());
    let list = move |title: fn(crate::texts::I18n) -> &'static str, of: fn(Known) -> Vec<Meeting>| {
        let meetings = known.get().map(of).unwrap_or_default();
        (!meetings.is_empty()).then(|| {
            view! {
                <h3>{move || title(i18n)}</h3>
                <ul class="contact-conversations">{meetings.into_iter().map(|meeting| line(app, meeting)).collect_view()}</ul>
            }
        })
    };
    view! {
        <Section title=text!(i18n, meetings.meetings)>
            <RemoteView remote=known>
                {move || list(|i18n| leptos_i18n::t_string!(i18n, meetings.upcoming), |known| known.upcoming)}
                {move || list(|i18n| leptos_i18n::t_string!(i18n, meetings.past), |known| known.past)}
                <Show when=is_empty><p class="muted">{text!(i18n, meetings.none_with_contact)}</p></Show>
            </RemoteView>
            <div class="line">
                <Button icon=IconName::Plus on_press=move |()| scheduling.set(true)>{text!(i18n, meetings.schedule)}</Button>
                <A href=format!("/meetings?contact_id={id}")>{text!(i18n, calls.in_the_list)}</A>
            </div>
        </Section>
        <ScheduleDialog open=scheduling contact=id />
    }
    .into_any()
}

async fn load(app: App, contact: ContactId) -> Result<Known, client::ClientError> {
    let now = Timestamp((browser::now_ms() * 1000.0) as i64);
    let of = ListMeetings { contact_id: Some(contact), limit: Some(SHOWN), ..ListMeetings::default() };
    let upcoming = app.api().list_meetings(&ListMeetings { from: Some(now), ..of.clone() }).await?;
    let past = ListMeetings { until: Some(now), latest_first: Some(true), ..of };
    let past = app.api().list_meetings(&past).await?;
    // One that goes on is upcoming.
    let past = past.items.into_iter().filter(|meeting| meeting.ends_at < now).collect();
    Ok(Known { upcoming: upcoming.items, past })
}

fn line(app: App, meeting: Meeting) -> impl IntoView {
    let badges = badges(app, &meeting);
    let Meeting { id, title, starts_at, ends_at, state, .. } = meeting;
    let is_off = matches!(state, MeetingState::Cancelled | MeetingState::Declined);
    let when = move || {
        let zone = own_zone();
        format!("{}, {}", short_day_text(app, &zone, starts_at), time_range(app, &zone, starts_at, ends_at))
    };
    view! {
        <li>
            <A href=format!("/meetings/{id}") attr:class="mini meeting-mini">
                <Icon name=IconName::Calendar />
                <span class="trunc">{if is_off { view! { <s>{title}</s> }.into_any() } else { title.into_any() }}</span>
                {badges}
                <span class="num muted">{when}</span>
            </A>
        </li>
    }
}
