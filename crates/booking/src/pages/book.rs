//! Booking a meeting.

use accounts::token::hash_token;
use actix_web::post;
use crm::bookers::{self, Booker};
use db::Json;
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use types::booking::{
    BookMeeting, BookedMeeting, BookingLinkKind, BookingPagePath, HostChoice, MeetingState,
};
use types::crm::{Contact, TimelineEvent};
use types::{ErrorCode, MeetingId, UserId};
use web::{Body, Failure, OpenCall, Path, Reply};

use super::answers::{self, Answered};
use super::{booked, codes, consent, enter, limit_acts, require_duration, require_open};
use crate::claims::{self, Kind};
use crate::meetings::{self, Told};
use crate::slots::{Facts, Own, Standing};
use crate::store::links::LinkRow;
use crate::store::meetings::{MeetingReminders, MeetingRow};
use crate::{fairness, form, links, store, templates, view, zones};

/// Book a meeting. It needs no credential.
#[utoipa::path(operation_id = "book_meeting", tag = "booking_pages", security(()), params(BookingPagePath), request_body = BookMeeting, responses(
    (status = 201, body = BookedMeeting),
    (status = 409, description = "The time cannot be booked any more (`slot_taken`), the calendar cannot be reached (`calendar_unreachable`), or a code must be typed (`code_required`)."),
))]
#[post("/v1/booking_pages/{user_slug}/{link_slug}/bookings")]
pub async fn book_meeting(call: OpenCall, path: Path<BookingPagePath>, body: Body<BookMeeting>) -> Reply {
    limit_acts(&call)?;
    let path = path.0;
    let request = body.0;
    let (named, typed) = (path.clone(), request.clone());
    let ctx = call.ctx().clone();
    let actor = call.actor().clone();
    if typed.code.is_some() {
        let (named, typed) = (named.clone(), typed.clone());
        ctx.write(&actor, move |tx| count_code(tx, &named, &typed, 1)).await?;
    }
    let reply = call.create_secret(move |tx| book(tx, &path, &request)).await;
    if typed.code.is_some() && !is_wrong_code(&reply) {
        ctx.write(&actor, move |tx| count_code(tx, &named, &typed, -1)).await?;
    }
    reply
}

fn is_wrong_code(reply: &Reply) -> bool {
    let Err(Failure::Operation(Error::Invalid(errors))) = reply else { return false };
    errors.iter().any(|error| error.field == "code")
}

fn count_code(tx: &mut Tx<'_>, path: &BookingPagePath, request: &BookMeeting, change: i32) -> Result<()> {
    let (link, _) = enter(tx, &path.user_slug, &path.link_slug)?;
    match Fields::default().email("email", Some(&request.email)) {
        Some(email) => codes::count(tx, &link, &email, change),
        None => Ok(()),
    }
}

/// Books a meeting: takes the hosts' time, finds or makes the contact, and has everybody told.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule; [`Error::Conflict`] `slot_taken`, `calendar_unreachable`, `link_ended` or
/// `code_required`; [`Error::NotFound`] when there is no such link.
pub fn book(tx: &mut Tx<'_>, path: &BookingPagePath, request: &BookMeeting) -> Result<BookedMeeting> {
    let (link, standing) = enter(tx, &path.user_slug, &path.link_slug)?;
    let hold = request.hold_token.as_deref().map(hash_token);
    if let Some(row) = repeated(tx, &link, request, hold.as_deref())? {
        return booked::show(tx, &row);
    }
    require_open(&standing)?;
    require_duration(&link, request.duration_minutes)?;
    let settings = &link.settings.0;
    require_room(tx, &link)?;
    let mut fields = Fields::default();
    zones::checked(&mut fields, "time_zone", &request.time_zone);
    let form = form::current(tx, &settings.form)?;
    let answered = answers::of(&mut fields, &form, settings.allows_guests, request);
    let consent = consent::checked(tx, &mut fields, &link, request.has_consented)?;
    fields.finish()?;
    if settings.verifies_email {
        codes::require(tx, &link, &answered.email, request.code.as_deref())?;
    }
    let id: MeetingId = tx.new_id();
    let (hosts, choice) = choose(tx, &link, &standing, request)?;
    let contact = bookers::enter(tx, &booker(&link, request, &answered));
    let contact = contact.map_err(|error| form::by_question(error, &form))?;
    consent::record(tx, contact.id, consent.as_ref(), &link)?;
    let row = meeting(tx, &link, (id, &hosts, choice), request, (&contact, &answered))?;
    store::meetings::insert(tx, &row, &hosts)?;
    let kind = if row.state == MeetingState::Pending { Kind::Pending(id) } else { Kind::Booked(id) };
    let span = claims::with_buffers(&settings.availability, (row.starts_at, row.ends_at));
    claims::take(tx, &hosts, span, Some(link.id), &kind)?;
    if let Some(hash) = &hold
        && store::claims::meeting_of_hold(tx, hash)?.is_none()
    {
        store::claims::remember_hold(tx, id, hash)?;
    }
    let told = if row.state == MeetingState::Pending { Told::Asked } else { Told::Booked };
    let entry =
        TimelineEvent::MeetingBooked { meeting_id: id, starts_at: row.starts_at, title: row.title.clone() };
    crm::timeline::record(tx, contact.id, entry)?;
    meetings::tell(tx, &row, told)?;
    end_when_full(tx, &link)?;
    booked::show(tx, &row)
}

/// The meeting that this very request has made already: who gets no answer sends it again, with the hold that they had.
fn repeated(
    tx: &mut Tx<'_>,
    link: &LinkRow,
    request: &BookMeeting,
    hold: Option<&str>,
) -> Result<Option<MeetingRow>> {
    let Some(hash) = hold else { return Ok(None) };
    // Of two that come at once the second waits for what the first makes.
    tx.lock(platform::Key::Named("booking_hold", hash))?;
    let Some(id) = store::claims::meeting_of_hold(tx, hash)? else { return Ok(None) };
    let Some(row) = store::meetings::find(tx, id)? else { return Ok(None) };
    let email = row.booker_email.as_deref();
    let is_same = row.booking_link_id == Some(link.id)
        && row.starts_at == request.starts_at
        && email.is_some_and(|email| email.eq_ignore_ascii_case(request.email.trim()));
    Ok(is_same.then_some(row))
}

/// Whose time is taken: after checking that it is offered, under the hosts' locks, and letting go of the visitor's hold.
fn choose(
    tx: &mut Tx<'_>,
    link: &LinkRow,
    standing: &Standing,
    request: &BookMeeting,
) -> Result<(Vec<UserId>, Option<HostChoice>)> {
    let starts_at = request.starts_at;
    let ends_at = starts_at.plus_seconds(60 * i64::from(request.duration_minutes));
    claims::lock_hosts(tx, &standing.host_ids())?;
    let now = tx.now();
    let hold = request.hold_token.as_deref().map(hash_token);
    let held = match &hold {
        Some(hash) => store::claims::with_token(tx, hash, now)?,
        None => Vec::new(),
    };
    let own = Own { meeting: None, hold: hold.clone() };
    let facts = Facts::of(tx, link, standing, (request.duration_minutes, (starts_at, ends_at)), &own)?;
    let free = facts.free_hosts(starts_at, now).ok_or_else(claims::taken)?;
    let span = claims::with_buffers(&link.settings.0.availability, (starts_at, ends_at));
    let (hosts, choice) = if link.kind == BookingLinkKind::RoundRobin {
        let mut choice = fairness::choose(tx, link, &free)?;
        // Whose time was held is booked, though it may be somebody else's turn by now.
        let kept =
            held.iter().find(|claim| (claim.from_us, claim.until_us) == span).map(|claim| claim.host_id);
        choice.candidates.sort_by_key(|candidate| Some(candidate.user_id) != kept);
        let first = choice.candidates.first().map(|first| first.user_id).ok_or_else(claims::taken)?;
        (vec![first], Some(choice))
    } else {
        (free, None)
    };
    if let Some(hash) = &hold {
        store::claims::delete_hold(tx, hash)?;
    }
    Ok((in_order(standing, hosts), choice))
}

/// The hosts in the order of the link.
fn in_order(standing: &Standing, hosts: Vec<UserId>) -> Vec<UserId> {
    standing.hosts.iter().map(|host| host.user_id).filter(|host| hosts.contains(host)).collect()
}

fn booker(link: &LinkRow, request: &BookMeeting, answered: &Answered) -> Booker {
    Booker {
        name: format!("{} {}", answered.first_name, answered.last_name),
        email: answered.email.clone(),
        is_proved: link.settings.0.verifies_email,
        language: link.settings.0.language.as_str().to_owned(),
        time_zone: request.time_zone.clone(),
        phone: answered.built_in.get("phone").map(|phone| phone.chars().take(50).collect()),
        job_title: answered.built_in.get("job_title").map(|title| title.chars().take(200).collect()),
        company: answered.built_in.get("company").map(|name| name.chars().take(200).collect()),
        properties: answered.properties.clone(),
    }
}

fn meeting(
    tx: &mut Tx<'_>,
    link: &LinkRow,
    (id, hosts, choice): (MeetingId, &[UserId], Option<HostChoice>),
    request: &BookMeeting,
    (contact, answered): (&Contact, &Answered),
) -> Result<MeetingRow> {
    let settings = &link.settings.0;
    let values = values(tx, hosts, answered)?;
    let description = settings.invitation_description.as_deref().map(|text| templates::fill(text, &values));
    Ok(MeetingRow {
        id,
        state: if settings.requires_confirmation { MeetingState::Pending } else { MeetingState::Booked },
        booking_link_id: Some(link.id),
        contact_id: contact.id,
        guests: Json(answered.guests.clone()),
        title: templates::fill(&settings.invitation_subject, &values),
        description: description.clone(),
        location: settings.location.clone(),
        conference_kind: settings.conference,
        conference_id: None,
        conference_url: None,
        meeting_type_id: settings.meeting_type_id,
        starts_at: request.starts_at,
        ends_at: request.starts_at.plus_seconds(60 * i64::from(request.duration_minutes)),
        contact_time_zone: request.time_zone.clone(),
        language: settings.language,
        country: settings.country.clone(),
        answers: Json(answered.answers.clone()),
        outcome: None,
        reason: None,
        cancelled_by: None,
        host_choice: choice.map(Json),
        uid: meetings::new_uid(tx.ctx(), id),
        sequence: 0,
        reminders: Json(if settings.reminders.is_enabled {
            MeetingReminders {
                minutes_before: settings.reminders.minutes_before.clone(),
                includes_description: settings.reminders.includes_description,
            }
        } else {
            MeetingReminders::default()
        }),
        created_at: tx.now(),
        updated_at: tx.now(),
        booker_name: Some(format!("{} {}", answered.first_name, answered.last_name)),
        booker_email: Some(answered.email.clone()),
        told_description: description,
    })
}

/// What the tokens of subject and description stand for.
fn values(tx: &mut Tx<'_>, hosts: &[UserId], answered: &Answered) -> Result<templates::Values> {
    let mut names = Vec::new();
    for host in hosts {
        names.push(accounts::users::find(tx, *host)?.name);
    }
    Ok(templates::Values {
        first_name: answered.first_name.clone(),
        last_name: answered.last_name.clone(),
        email: answered.email.clone(),
        company: answered.built_in.get("company").cloned().unwrap_or_default(),
        host: names.join(", "),
        account: accounts::settings::load(tx)?.company_name,
    })
}

/// Insists that a link may be booked once more.
fn require_room(tx: &mut Tx<'_>, link: &LinkRow) -> Result<()> {
    let Some(most) = link.settings.0.most_bookings else { return Ok(()) };
    tx.lock(platform::Key::Named("booking_link", &link.id.to_string()))?;
    if store::meetings::count_of_link(tx, link.id)? >= i64::from(most) {
        return Err(Error::conflict(ErrorCode::LinkEnded, "this link has been used as often as it may be"));
    }
    Ok(())
}

/// Ends a link that was booked as often as it may be.
fn end_when_full(tx: &mut Tx<'_>, link: &LinkRow) -> Result<()> {
    let Some(most) = link.settings.0.most_bookings else { return view::tell_link(tx, link.id) };
    if store::meetings::count_of_link(tx, link.id)? >= i64::from(most)
        && let Some(locked) = crate::access::lock_link_to_follow(tx, link.id)?
        && locked.ended_at.is_none()
    {
        links::ended(tx, &locked)?;
    }
    view::tell_link(tx, link.id)
}
