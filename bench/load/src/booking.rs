//! A company whose ten hosts share a booking link, with calendars as full as those of people who have meetings.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use rusqlite::{Connection as Database, params};
use serde_json::{Value, json};
use types::booking::BookingLink;
use types::{Timestamp, UserId};

use crate::company::Company;
use crate::http::Connection;
use crate::servers::{Bench, database};

/// Who can be booked.
pub const HOSTS: i64 = 10;
/// How many entries of the next 30 days each host's calendar has.
const BUSY_TIMES: i64 = 60;
/// Made-up ids begin here, where the ids that Rapport makes do not reach.
const FIRST_ID: i64 = 1 << 40;
/// Microseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1_000_000;
/// Microseconds of half an hour.
const HALF_HOUR: i64 = 30 * 60 * 1_000_000;

const USERS: &str = "
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
    INSERT INTO users (id, email, name, role_id, state, preferences, totp_enabled, totp_last_step, created_at)
    SELECT ?2 + i, 'host' || i || '@example.org', 'Host ' || i, role_id, 'active', preferences, 0, 0, ?3
    FROM n, (SELECT role_id, preferences FROM users ORDER BY id LIMIT 1)";

// Nobody reads these calendars while it is measured: they were read just now, and are read again in a month.
const ACCOUNTS: &str = "
    INSERT INTO calendar_accounts (id, user_id, provider, name, url, state, created_at, updated_at)
    SELECT id, id, 'feed', name, 'https://calendars.example.org/' || id, 'ok', ?1, ?1 FROM users WHERE id >= ?2";

const CALENDARS: &str = "
    INSERT INTO calendars (id, account_id, user_id, external_id, name, is_owned, is_writable, is_added, is_default,
      is_two_way, state, synced_at, synced_until, next_sync_at)
    SELECT id, id, user_id, 'feed', name, 1, 0, 1, 0, 0, 'ok', ?1, ?2, ?2 FROM calendar_accounts WHERE id >= ?3";

// Two entries a day of half an hour to two hours, on half hours between 7 and 17 o'clock UTC that differ from host to host.
const EVENTS: &str = "
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1 * ?2)
    INSERT INTO calendar_events (id, calendar_id, user_id, external_id, instance, uid, starts_at, ends_at, is_busy)
    SELECT ?3 + i, ?3 + i / ?2, ?3 + i / ?2, 'e' || i, '', 'e' || i, start, start + ?5 * (1 + i % 4), 1
    FROM (SELECT i, ?4 + (i % ?2) / 2 * ?6 + ?5 * (14 + (i * 7919) % 20) AS start FROM n)";

/// What the clock says.
///
/// # Errors
/// When it is before 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "the server under measurement goes by the clock of the machine"
)]
pub fn now() -> Result<Timestamp> {
    Ok(Timestamp(i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_micros())?))
}

/// A data folder with such a company, made anew, since what can be booked depends on today.
///
/// # Errors
/// When the server or the database fails.
pub async fn found(bench: &Bench) -> Result<PathBuf> {
    let data = bench.fresh_data("booking")?;
    let rapport = bench.rapport(&data).await?;
    Company::found(rapport.address()).await?;
    rapport.stop().await?;
    fill(&Database::open(database(&data))?)?;
    Ok(data)
}

fn fill(conn: &Database) -> Result<()> {
    let Timestamp(now) = now()?;
    let today = now - now % DAY;
    conn.execute_batch("BEGIN IMMEDIATE")?;
    conn.execute(USERS, params![HOSTS, FIRST_ID, now])?;
    conn.execute(ACCOUNTS, params![now, FIRST_ID])?;
    conn.execute(CALENDARS, params![now, now + 90 * DAY, FIRST_ID])?;
    conn.execute(EVENTS, params![HOSTS, BUSY_TIMES, FIRST_ID, today, HALF_HOUR, DAY])?;
    conn.execute_batch("COMMIT")?;
    Ok(())
}

/// Makes a round-robin link of all hosts: half an hour, on weekdays from 9 to 17 in Paris.
///
/// # Errors
/// When the server refuses it.
pub async fn link(company: &Company) -> Result<BookingLink> {
    let hosts: Vec<Value> =
        (0..HOSTS).map(|host| json!({ "user_id": UserId(FIRST_ID + host), "weight": 1 })).collect();
    let weekly: Vec<Value> = (0..5)
        .map(|day| json!({ "weekday": day, "ranges": [{ "from_minute": 540, "until_minute": 1020 }] }))
        .collect();
    let body = json!({
        "kind": "round_robin",
        "slug": "bench",
        "hosts": hosts,
        "settings": {
            "internal_name": "Bench",
            "title": "A look at your room",
            "durations_minutes": [30],
            "invitation_subject": "A look at your room",
            "language": "en",
            "country": "GB",
            "reminders": { "is_enabled": false, "includes_description": false, "minutes_before": [] },
            "availability": {
                "time_zone": "Europe/Paris",
                "weekly": weekly,
                "rolling_weeks": 5,
                "notice_minutes": 0,
                "buffer_before_minutes": 0,
                "buffer_after_minutes": 15,
            },
        },
    });
    let request = company.post("/v1/booking_links", &body)?;
    Connection::open(company.address).await?.call(&request).await.context("the link was refused")
}
