//! Settings that are parts of their own, which the other settings do without: those of booking and privacy, and those of who
//! runs the machine.

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use super::{audit, booking, calendars, domains, jobs, privacy, tokens};
use crate::parts::{PartMissing, Screen};

/// Privacy and consent.
#[wasm_split(booking_settings, fallible)]
pub fn privacy_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <privacy::PrivacyPage /> }.into_any())
}

/// What all booking pages look like.
#[wasm_split(booking_settings, fallible)]
pub fn booking_pages_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <booking::BookingPagesPage /> }.into_any())
}

/// Domains of the account's own.
#[wasm_split(booking_settings, fallible)]
pub fn domains_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <domains::DomainsPage /> }.into_any())
}

/// The user's own links.
#[wasm_split(booking_settings, fallible)]
pub fn meeting_links_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <booking::MeetingLinksPage /> }.into_any())
}

/// The user's calendars.
#[wasm_split(booking_settings, fallible)]
pub fn calendars_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <calendars::CalendarsPage /> }.into_any())
}

/// API tokens.
#[wasm_split(system_settings, fallible)]
pub fn tokens_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <tokens::TokensPage /> }.into_any())
}

/// Background jobs that failed.
#[wasm_split(system_settings, fallible)]
pub fn jobs_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <jobs::JobsPage /> }.into_any())
}

/// The audit log.
#[wasm_split(system_settings, fallible)]
pub fn audit_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <audit::AuditPage /> }.into_any())
}
