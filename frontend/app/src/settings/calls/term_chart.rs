//! How often a term was said, week by week.

use leptos::prelude::*;
use leptos_i18n::t_string;
use state::terms::weekly_counts;
use types::calls::{CountInterval, CountTrackedTerm, TrackedTermPath};
use types::{Timestamp, TrackedTermId};

use crate::browser;
use crate::context::use_app;
use crate::remote::Remote;

/// How many weeks are shown.
const WEEKS: usize = 13;
/// The width of a week's bar with the gap beside it, and the height of the highest bar, in units of the drawing.
const BAR: usize = 8;
const GAP: usize = 2;
const HEIGHT: i64 = 28;

/// A bar for each of the last weeks, and the sum in words.
#[component]
pub fn TermChart(
    /// The term.
    term_id: TrackedTermId,
    /// What it is called.
    name: String,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let now = Timestamp((browser::now_ms() * 1000.0) as i64);
    let counts = Remote::new(move || async move {
        let query = CountTrackedTerm { interval: Some(CountInterval::Week), from: None, until: None };
        app.api().count_tracked_term(&TrackedTermPath { term_id }, &query).await
    });
    let weeks = Memo::new(move |_| {
        let counts = counts.get().map(|counts| counts.items).unwrap_or_default();
        weekly_counts(&counts, now, WEEKS)
    });
    let said = move || {
        if counts.error().is_some() {
            return t_string!(i18n, errors.failed_title).to_owned();
        }
        let sum: i64 = weeks.with(|weeks| weeks.iter().sum());
        t_string!(i18n, call_settings.said_count, count = sum, weeks = WEEKS).to_string()
    };
    let label = move || format!("{name}: {}", said());
    let bars = move || {
        weeks.with(|weeks| {
            let most = weeks.iter().copied().max().unwrap_or_default().max(1);
            let bar = |(index, count): (usize, &i64)| {
                let height = count * HEIGHT / most;
                view! { <rect x=index * BAR y=HEIGHT - height width=BAR - GAP height=height /> }
            };
            weeks.iter().enumerate().map(bar).collect_view()
        })
    };
    view! {
        <span class="term-chart">
            <svg viewBox=format!("0 0 {} {HEIGHT}", WEEKS * BAR) role="img" aria-label=label>{bars}</svg>
            <span class="num muted">{said}</span>
        </span>
    }
}
