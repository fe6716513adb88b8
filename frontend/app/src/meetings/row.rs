//! One meeting of a list.

use leptos::prelude::*;
use leptos_router::components::A;
use types::booking::Meeting;

use super::words::badges;
use super::zones::{day_text, fields_of, own_zone, time_range};
use crate::context::App;
use crate::texts::text;

/// When it is here and for the contact, with whom, its title, its hosts, its link and how it stands.
pub fn row(app: App, meeting: Meeting) -> impl IntoView {
    let badges = badges(app, &meeting);
    let hosts = {
        let ids = meeting.host_ids.clone();
        move || host_names(app, &ids)
    };
    let Meeting { id, starts_at, ends_at, contact_time_zone, contact_name, title, booking_link_name, .. } =
        meeting;
    let link = move || match &booking_link_name {
        Some(name) => name.clone(),
        None => leptos_i18n::t_string!(app.i18n, meetings.without_link).to_owned(),
    };
    view! {
        <li>
            <A href=format!("/meetings/{id}") attr:class="meeting-row">
                <span class="lines meeting-when">
                    <span class="num">{move || time_range(app, &own_zone(), starts_at, ends_at)}</span>
                    <ContactTime app zone=contact_time_zone starts_at ends_at />
                </span>
                <span class="lines">
                    <span class="trunc meeting-contact">{contact_name}</span>
                    <span class="muted trunc">{title}</span>
                </span>
                <span class="lines">
                    <span class="trunc">{hosts}</span>
                    <span class="muted trunc">{link}</span>
                </span>
                <span class="meeting-badges">{badges}</span>
            </A>
        </li>
    }
}

/// When it is by the contact's clocks, where they show something else.
#[component]
fn ContactTime(
    app: App,
    zone: String,
    starts_at: types::Timestamp,
    ends_at: types::Timestamp,
) -> impl IntoView {
    let own = own_zone();
    let (here, there) = (fields_of(&own, starts_at), fields_of(&zone, starts_at));
    let is_other_day = here.0 != there.0;
    let said = move || {
        let range = time_range(app, &zone, starts_at, ends_at);
        let place = zone.replace('_', " ");
        match is_other_day {
            true => format!("{}, {range}, {place}", day_text(app, &zone, starts_at)),
            false => format!("{range}, {place}"),
        }
    };
    (here != there).then(|| {
        view! { <span class="muted num"><span class="sr-only">{text!(app.i18n, meetings.for_contact)} " "</span>{said}</span> }
    })
}

/// The names of users, "Ana, Priya". Tracked.
pub fn host_names(app: App, ids: &[types::UserId]) -> String {
    let names: Vec<String> =
        app.read(|state| ids.iter().filter_map(|id| state.user_name(*id)).map(ToOwned::to_owned).collect());
    names.join(", ")
}
