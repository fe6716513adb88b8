//! How long before a meeting its contact is reminded, as people say it.

use leptos_i18n::t_string;

use crate::texts::I18n;

const HOUR: u32 = 60;
const DAY: u32 = 24 * HOUR;

/// What can be chosen, in minutes: the contract allows anything from 5 minutes to 4 weeks.
pub const CHOICES: [u32; 8] = [15, 30, HOUR, 2 * HOUR, DAY, 2 * DAY, 3 * DAY, 7 * DAY];

/// "3 days before", "1 hour before".
pub fn reminder_text(i18n: I18n, minutes: u32) -> String {
    match minutes {
        DAY => t_string!(i18n, meetings.one_day_before).to_owned(),
        HOUR => t_string!(i18n, meetings.one_hour_before).to_owned(),
        days if days % DAY == 0 => t_string!(i18n, meetings.days_before, count = days / DAY).to_string(),
        hours if hours % HOUR == 0 => {
            t_string!(i18n, meetings.hours_before, count = hours / HOUR).to_string()
        }
        minutes => t_string!(i18n, meetings.minutes_before, count = minutes).to_string(),
    }
}
