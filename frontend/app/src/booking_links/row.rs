//! One link of the list.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::Permission;
use types::booking::{BookingLink, BookingLinkState};
use ui::{Button, ButtonKind, Icon, IconName, Menu, MenuItem, Pill, RelativeTime, Tone};

use super::list::{Links, make_default};
use super::words::{durations_text, kind_name, state_name, user_names};
use crate::browser;
use crate::context::{App, use_app};
use crate::texts::text;

/// What it is called, who takes part, how long, its address, its numbers, and what can be done with it.
#[component]
pub fn LinkRow(links: Links, link: BookingLink) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let path = format!("/meetings/links/{}", link.id);
    let hosts: Vec<_> = link.hosts.iter().map(|host| host.user_id).collect();
    let (kind, durations) = (link.kind, link.settings.durations_minutes.clone());
    let (views, bookings) = (link.views, link.bookings);
    let last = link.last_booked_at.map(|at| {
        view! { " · " {text!(i18n, booking_links.last_booked)} " " <RelativeTime unix_ms=at.0 as f64 / 1000.0 /> }
    });
    let (name, url, marks) = (link.settings.internal_name.clone(), link.url.clone(), marks(app, &link));
    view! {
        <li class="booking-link">
            <Icon name=IconName::Calendar />
            <span class="lines">
                <span class="title">
                    <A href=path attr:class="trunc">{name}</A>
                    {marks}
                </span>
                <span class="muted">
                    {move || kind_name(i18n, kind)} " · " {move || user_names(app, hosts.clone())} " · "
                    {move || durations_text(i18n, &durations)}
                </span>
                <span class="muted address trunc" title=url.clone()>{url.clone()}</span>
                <span class="muted num">
                    {move || t_string!(i18n, booking_links.views, count = views).to_string()} " · "
                    {move || t_string!(i18n, booking_links.bookings, count = bookings).to_string()} {last}
                </span>
            </span>
            <Actions links link />
        </li>
    }
}

/// Default, hidden, and what keeps it from being booked.
fn marks(app: App, link: &BookingLink) -> impl IntoView + use<> {
    let i18n = app.i18n;
    let state = link.state;
    let tone = if state == BookingLinkState::Ended { Tone::Neutral } else { Tone::Warn };
    let is_odd = state != BookingLinkState::Active;
    view! {
        {link.is_default.then(|| view! { <Pill tone=Tone::Accent icon=IconName::Check>{text!(i18n, booking_links.default)}</Pill> })}
        {link.settings.is_hidden.then(|| view! { <Pill icon=IconName::Lock>{text!(i18n, booking_links.hidden)}</Pill> })}
        {is_odd.then(|| view! { <Pill tone=tone icon=IconName::Warning>{move || state_name(i18n, state)}</Pill> })}
    }
}

#[component]
fn Actions(links: Links, link: BookingLink) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let path = format!("/meetings/links/{}", link.id);
    let (is_editable, is_default, is_embeddable) = (link.is_editable, link.is_default, link.is_embeddable);
    let is_running = link.state != BookingLinkState::Ended;
    let is_mine = app.peek(|state| state.my_id()) == Some(link.owner_id);
    let can_be_default = is_mine && !is_default && is_running;
    // Whoever may have one link alone keeps it: here they could not make it again.
    let can_be_ended = is_editable && is_running && app.peek(|state| state.may(Permission::UseBooking));
    let url = StoredValue::new(link.url.clone());
    let name = StoredValue::new(link.settings.internal_name.clone());
    let link = StoredValue::new(link);
    let copy = move |_| {
        leptos::task::spawn_local(async move {
            if browser::copy(&url.get_value()).await {
                app.toasts.show(untrack(|| t_string!(i18n, booking_links.copied)));
            } else {
                app.toasts.show_error(url.get_value());
            }
        });
    };
    view! {
        <span class="actions">
            <A href=path attr:class="btn quiet">
                <Icon name=IconName::Edit />
                {move || if is_editable { t_string!(i18n, booking_links.edit) } else { t_string!(i18n, booking_links.look_at) }}
            </A>
            <Button kind=ButtonKind::Quiet icon=IconName::Link on_press=copy>{text!(i18n, booking_links.copy)}</Button>
            {(is_embeddable || can_be_default || can_be_ended).then(|| view! {
                <Menu
                    label=move || t_string!(i18n, forms.actions_on, name = name.get_value()).to_string()
                    icon=IconName::More
                    icon_only=true
                >
                    {is_embeddable.then(|| view! {
                        <MenuItem icon=IconName::Code on_select=move |()| links.embedding.show(link.get_value())>
                            {text!(i18n, booking_links.embed)}
                        </MenuItem>
                    })}
                    {can_be_default.then(|| view! {
                        <MenuItem icon=IconName::Check on_select=move |()| link.with_value(|link| make_default(app, links, link))>
                            {text!(i18n, booking_links.make_default)}
                        </MenuItem>
                    })}
                    {can_be_ended.then(|| view! {
                        <MenuItem icon=IconName::Close danger=true on_select=move |()| links.ending.show(link.get_value())>
                            {text!(i18n, booking_links.end)}
                        </MenuItem>
                    })}
                </Menu>
            })}
        </span>
    }
    .into_any()
}
