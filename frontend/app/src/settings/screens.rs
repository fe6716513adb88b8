//! The settings of booking and of privacy: a part of their own, which the other settings do without.

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use super::{booking, calendars, privacy};
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
