//! Booking: links that people outside book meetings by, the calendars of hosts, and the meetings.
//!
//! Invariants:
//! - No two claims of a host overlap, whoever wants them at the same time and through whichever link: the database refuses it.
//! - A time is booked only if it is offered in the transaction that takes it.
//! - Nobody's time is free because nobody knows: a calendar that cannot be reached closes the links of its host.
//! - Times are instants; local time is told with a zone of the IANA database, and nothing is computed with offsets.
//! - Whoever books learns of a contact no more than they typed.
//! - What is deleted in a calendar elsewhere calls nothing off: the host is asked.
//!
//! Map: `links` what can be booked, `profile` and `settings` what users and the account choose, `meeting_types`; `slots` which
//! times are offered, `claims` taking them, `fairness` whose turn it is; `pages` what people outside do, `html` the pages
//! that they see; `meetings` what
//! becomes of meetings; `calendars` the hosts' calendars, `entries` what is written to them, `conferences` where they are
//! joined, `invitations` the files sent; `invitees` whom they are sent to; `mails` what everybody is told; `templates`, `photos`, `zones` parts of these; `view` what users are shown;
//! `subscribers` what follows from events of other slices; `access` the only door to a row; `store` the queries.

mod access;
pub mod calendars;
pub mod claims;
pub mod conferences;
pub mod entries;
mod fairness;
mod form;
mod html;
mod invitations;
mod invitees;
pub mod links;
mod mails;
pub mod meeting_types;
pub mod meetings;
pub mod pages;
mod photos;
pub mod profile;
pub mod settings;
mod slots;
mod store;
mod subscribers;
mod templates;
mod view;
mod zones;

use platform::{CtxBuilder, Subscriber};
use web::Routes;

/// Mounts the operations.
pub fn routes(cfg: &mut Routes) {
    cfg.service(links::list_booking_links)
        .service(links::create_booking_link)
        .service(links::get_booking_link)
        .service(links::update_booking_link)
        .service(links::end_booking_link)
        .service(links::explain_slot)
        .service(links::preview_reminder)
        .service(conferences::list_conference_hosts)
        .service(meeting_types::list_meeting_types)
        .service(meeting_types::create_meeting_type)
        .service(meeting_types::delete_meeting_type)
        .service(profile::get_booking_profile)
        .service(profile::update_booking_profile)
        .service(profile::get_booking_template)
        .service(settings::get_booking_settings)
        .service(settings::update_booking_settings)
        .service(photos::list_booking_pictures)
        .service(meetings::list_meetings)
        .service(meetings::create_meeting)
        .service(meetings::get_meeting)
        .service(meetings::update_meeting)
        .service(meetings::reschedule_meeting)
        .service(meetings::cancel_meeting)
        .service(meetings::confirm_meeting)
        .service(meetings::decline_meeting)
        .service(meetings::keep_meeting)
        .service(meetings::set_meeting_outcome)
        .service(meetings::list_meeting_requests)
        .service(meetings::handle_meeting_request);
    for_calendars(cfg);
    for_people_outside(cfg);
    html::routes(cfg);
}

fn for_calendars(cfg: &mut Routes) {
    cfg.service(calendars::list_calendar_accounts)
        .service(calendars::connect_calendars)
        .service(calendars::refresh_calendar_account)
        .service(calendars::delete_calendar_account)
        .service(calendars::update_calendar)
        .service(calendars::receive_google_push)
        .service(calendars::receive_microsoft_push);
}

fn for_people_outside(cfg: &mut Routes) {
    cfg.service(pages::get_booking_page)
        .service(pages::list_page_slots)
        .service(pages::hold_slot)
        .service(pages::release_hold)
        .service(pages::send_booking_code)
        .service(pages::book_meeting)
        .service(pages::request_meeting)
        .service(pages::get_booked_meeting)
        .service(pages::get_booked_meeting_file)
        .service(pages::reschedule_booked_meeting)
        .service(pages::cancel_booked_meeting);
}

/// What follows from events of other slices.
pub fn subscribers() -> Vec<Subscriber> {
    vec![subscribers::follow]
}

/// Registers the background work.
pub fn jobs(builder: CtxBuilder) -> CtxBuilder {
    builder
        .job::<mails::SendReminder>()
        .periodic::<claims::DeleteOldHolds>()
        .periodic::<calendars::SyncCalendars>()
        .job::<calendars::SyncCalendar>()
        .job::<calendars::WatchCalendar>()
        .job::<calendars::EndChannel>()
        .job::<entries::WriteEntry>()
        .job::<entries::DeleteEntry>()
        .job::<conferences::WriteConference>()
}
