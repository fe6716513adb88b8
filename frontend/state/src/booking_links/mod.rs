//! What the editor of a booking link computes: hours, steps and what is wrong with them, addresses, lengths of time, colours.

mod check;
mod colors;
mod form;
mod hours;
mod slugs;
mod spans;

pub use check::{Issue, Rule, Step, check, step_of_field};
pub use colors::{contrast, ink_on, is_color};
pub use form::{answer_kind_of, free_key, move_field};
pub use hours::{
    MINUTES_OF_DAY, Week, clock_of, copy_day, is_open, month_days, next_range, overlap, range_of, week_of,
    weekday_of, weekly_of,
};
pub use slugs::{MOST_SLUG_LENGTH, is_slug, link_slug_of, slug_of};
pub use spans::{Span, minutes_of, span_of};
