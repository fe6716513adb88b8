//! Booking links of the workshop, and meetings of the past weeks and the next ones that were booked by them.

use std::net::{IpAddr, Ipv4Addr};

use anyhow::{Context as _, Result};
use booking::{links, meetings, pages, profile};
use platform::{Actor, Clock, Ctx};
use types::booking::{
    Answer, AnswerKind, BookMeeting, BookingLinkHost, BookingLinkKind, BookingLinkSettings, BookingPagePath,
    CreateBookingLink, FormField, ListBookingLinks, ListMeetings, ListPageSlots, MeetingOutcome,
    SetMeetingOutcome, UpdateBookingProfile,
};
use types::{Timestamp, UserId};

use super::people::{Company, DemoUser};

const DAY_SECONDS: i64 = 86_400;
/// Where the workshop is.
const ZONE: &str = "Europe/Paris";

/// Who books what: the link, how many days from now (the past counts backwards), which of the day's times, and their name,
/// company and words.
const BOOKINGS: [(&str, i64, usize, &str, &str, &str); 9] = [
    (
        "intro",
        -16,
        2,
        "Clara Fontaine",
        "Galerie du Port",
        "Six benches for the hall, and when they could be there.",
    ),
    ("intro", -9, 5, "Tom Okafor", "Studio Okafor", "A reception desk with room for two."),
    ("showroom", -6, 3, "Ines Belmonte", "", "We would like to sit on the chairs before we order."),
    ("intro", -2, 8, "Marek Nowak", "Nowak & Daughters", "Shelves for an archive of drawings."),
    ("showroom", 2, 4, "Sofie Lindqvist", "Hotel Norr", "Tables for a dining room of forty."),
    ("intro", 3, 1, "Dana Whitfield", "Whitfield Law", "A library with a ladder."),
    ("intro", 6, 6, "Paul Renaud", "", "An oak table like the one in the catalogue, but round."),
    ("workshop", 7, 2, "Amira Haddad", "École des Arts", "A visit of the workshop with twelve students."),
    ("showroom", 9, 0, "Jonas Weiss", "Café Weiss", "Chairs, and what the oil does to spilt coffee."),
];

/// Makes links and meetings.
pub(super) async fn make(ctx: &Ctx, clock: &Clock, company: &Company, now: Timestamp) -> Result<()> {
    // Links are as old as the company's conversations, so that every meeting has been booked after them.
    clock.set(now.plus_seconds(-40 * DAY_SECONDS));
    let ana = company.users.first().context("the demo has an administrator")?;
    for user in company.users.iter().take(4) {
        settle(ctx, user).await?;
    }
    links_of(ctx, company, ana).await?;
    let slug = slug_of(ana)?;
    for (number, booking) in BOOKINGS.iter().enumerate() {
        book(ctx, clock, &slug, now, (number, booking)).await?;
    }
    clock.set(now);
    outcomes(ctx, ana, now).await
}

/// Gives a user a zone, and with it the links that everybody begins with.
async fn settle(ctx: &Ctx, user: &DemoUser) -> Result<()> {
    let slug = slug_of(user)?;
    ctx.write(&user.actor, move |tx| {
        let request = UpdateBookingProfile {
            user_slug: slug.clone(),
            default_link_id: None,
            time_zone: ZONE.to_owned(),
        };
        profile::update(tx, &request)
    })
    .await?;
    Ok(())
}

/// The first part of the addresses of a user's links: the first name.
fn slug_of(user: &DemoUser) -> Result<String> {
    let first = user.name.split_whitespace().next().context("a user has a name")?;
    Ok(first.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase())
}

async fn links_of(ctx: &Ctx, company: &Company, ana: &DemoUser) -> Result<()> {
    let hosts: Vec<UserId> = company.users.iter().take(4).map(|user| user.id).collect();
    ctx.write(&ana.actor, move |tx| {
        let mine = ListBookingLinks { mine: Some(true), ..ListBookingLinks::default() };
        let plain = links::list(tx, &mine)?.items.into_iter().next().map(|link| link.settings);
        let plain = plain.ok_or(platform::Error::NotFound)?;
        let host = |user_id: &UserId, weight| BookingLinkHost { user_id: *user_id, weight };
        let all: Vec<BookingLinkHost> = hosts.iter().skip(1).map(|id| host(id, 1)).collect();
        let two: Vec<BookingLinkHost> = hosts.iter().take(2).map(|id| host(id, 1)).collect();
        let own: Vec<BookingLinkHost> = hosts.iter().take(1).map(|id| host(id, 1)).collect();
        let made = [
            ("intro", BookingLinkKind::Personal, own, introduction(&plain)),
            ("showroom", BookingLinkKind::RoundRobin, all, showroom(&plain)),
            ("workshop", BookingLinkKind::Group, two, workshop(&plain)),
        ];
        for (slug, kind, hosts, settings) in made {
            let request = CreateBookingLink { kind, slug: Some(slug.to_owned()), hosts, settings };
            links::create(tx, &request)?;
        }
        Ok(())
    })
    .await?;
    Ok(())
}

fn introduction(plain: &BookingLinkSettings) -> BookingLinkSettings {
    let question = |key: &str, property: Option<&str>, label: &str, kind, is_required| FormField {
        key: key.to_owned(),
        property: property.map(str::to_owned),
        label: label.to_owned(),
        kind,
        options: Vec::new(),
        is_required,
    };
    BookingLinkSettings {
        internal_name: "First conversation".to_owned(),
        title: "Talk about a piece of furniture".to_owned(),
        durations_minutes: vec![15, 30, 60],
        location: Some("We call you".to_owned()),
        invitation_subject: "Atelier Sud and {{contact.name}}".to_owned(),
        invitation_description: Some(
            "What it is for, where it will stand, and what it may cost. Photographs help.".to_owned(),
        ),
        form: vec![
            question("company", Some("company"), "Company", AnswerKind::Line, false),
            question("phone", Some("phone"), "Telephone", AnswerKind::Line, false),
            question("about", None, "What would you like to have made?", AnswerKind::Lines, true),
        ],
        allows_guests: true,
        ..plain.clone()
    }
}

fn showroom(plain: &BookingLinkSettings) -> BookingLinkSettings {
    BookingLinkSettings {
        internal_name: "Visit of the showroom".to_owned(),
        title: "Visit our showroom".to_owned(),
        durations_minutes: vec![30],
        location: Some("12 quai des Menuisiers, Sète".to_owned()),
        invitation_subject: "Visit of {{contact.name}}".to_owned(),
        ..plain.clone()
    }
}

fn workshop(plain: &BookingLinkSettings) -> BookingLinkSettings {
    BookingLinkSettings {
        internal_name: "Tour of the workshop".to_owned(),
        title: "See how it is made".to_owned(),
        durations_minutes: vec![60],
        location: Some("12 quai des Menuisiers, Sète".to_owned()),
        requires_confirmation: true,
        ..plain.clone()
    }
}

/// Books one meeting, as its guest did a few days before it.
async fn book(
    ctx: &Ctx,
    clock: &Clock,
    user_slug: &str,
    now: Timestamp,
    (number, booking): (usize, &(&'static str, i64, usize, &'static str, &'static str, &'static str)),
) -> Result<()> {
    let &(link, days, nth, name, company, words) = booking;
    let day = now.plus_seconds(days * DAY_SECONDS);
    // What is to come was booked yesterday at the latest.
    clock.set(std::cmp::min(day, now).plus_seconds(-3 * DAY_SECONDS + 60 * i64::try_from(number)?));
    let visitor = Actor::Anonymous { address: IpAddr::V4(Ipv4Addr::LOCALHOST) };
    let path = BookingPagePath { user_slug: user_slug.to_owned(), link_slug: link.to_owned() };
    let minutes = if link == "workshop" { 60 } else { 30 };
    ctx.write(&visitor, move |tx| {
        let query = ListPageSlots {
            from: day,
            until: day.plus_seconds(5 * DAY_SECONDS),
            duration_minutes: minutes,
            moves: None,
            hold_token: None,
        };
        let slots = pages::slots(tx, &path, &query)?.items;
        let starts_at = slots.get(nth).ok_or(platform::Error::NotFound)?.starts_at;
        let (first_name, last_name) = name.split_once(' ').unwrap_or((name, name));
        let answer = |key: &str, value: &str| Answer { key: key.to_owned(), value: value.to_owned() };
        let mut answers = Vec::new();
        if link == "intro" {
            answers.push(answer("about", words));
            if !company.is_empty() {
                answers.push(answer("company", company));
            }
        }
        let request = BookMeeting {
            starts_at,
            duration_minutes: minutes,
            hold_token: None,
            time_zone: ZONE.to_owned(),
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            email: format!("{}@example.org", first_name.to_lowercase()),
            answers,
            guests: Vec::new(),
            has_consented: true,
            code: None,
        };
        pages::book(tx, &path, &request)
    })
    .await?;
    Ok(())
}

/// Says what came of the meetings of the past.
async fn outcomes(ctx: &Ctx, ana: &DemoUser, now: Timestamp) -> Result<()> {
    ctx.write(&ana.actor, move |tx| {
        let past = ListMeetings { until: Some(now.plus_seconds(-DAY_SECONDS)), ..ListMeetings::default() };
        for (number, meeting) in meetings::list(tx, &past)?.items.into_iter().enumerate() {
            let outcome = Some(if number == 1 { MeetingOutcome::NoShow } else { MeetingOutcome::Completed });
            meetings::set_outcome(tx, meeting.id, &SetMeetingOutcome { outcome })?;
        }
        Ok(())
    })
    .await?;
    Ok(())
}
