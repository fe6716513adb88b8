//! The visitor's page as it will look, while the link is edited. Times are examples: calendars are not asked.

use leptos::prelude::*;
use leptos_i18n::t_string;
use state::booking_links::{is_open, month_days, weekday_of};
use types::Date;
use types::accounts::Locale;
use types::booking::{AnswerKind, BookingLinkKind, FormField};
use types::crm::{ConsentKind, ConsentSettings, EffectiveConsent};
use ui::{Avatar, AvatarSize, Icon, IconName};

use super::Editor;
use crate::booking_links::picture::Picture;
use crate::booking_links::words::{span_text, user_names, weekday_name};
use crate::browser;
use crate::preferences;
use crate::texts::text;

/// Title, hosts, durations, the month and the form.
#[component]
pub fn Preview(editor: Editor) -> impl IntoView {
    let (app, draft) = (editor.app, editor.draft);
    let i18n = app.i18n;
    let hosts = Memo::new(move |_| user_names(app, draft.hosts.get().into_iter().map(|host| host.user_id)));
    let shows_hosts = move || draft.link_kind() != BookingLinkKind::RoundRobin;
    let title = move || {
        let typed = draft.title.get();
        if typed.trim().is_empty() { t_string!(i18n, booking_links.title).to_owned() } else { typed }
    };
    let durations = move || {
        let item = |minutes: u16| view! { <li>{move || span_text(i18n, u32::from(minutes))}</li> };
        draft.durations.get().into_iter().map(item).collect_view()
    };
    let location = move || Some(draft.location.get()).filter(|location| !location.is_empty());
    view! {
        <aside class="link-preview" aria-label=text!(i18n, booking_links.preview)>
            <h2>{text!(i18n, booking_links.preview)}</h2>
            <div class="preview-page">
                <Show
                    when=move || draft.photo_url.get().is_some()
                    fallback=move || view! { <Avatar name=hosts size=AvatarSize::Large /> }
                >
                    <Picture url=draft.photo_url />
                </Show>
                <Show when=shows_hosts><span class="muted">{move || hosts.get()}</span></Show>
                <h3>{title}</h3>
                <ul class="chips" aria-label=text!(i18n, booking_links.durations)>{durations}</ul>
                {move || location().map(|location| view! { <span class="muted">{location}</span> })}
                <Show when=move || !draft.conference.get().is_empty()>
                    <span class="line muted"><Icon name=IconName::Video /> {text!(i18n, booking_links.conference)}</span>
                </Show>
                <Month editor />
                <Questions editor />
                <Consent editor />
            </div>
        </aside>
    }
    .into_any()
}

/// Today, by the clock of the browser.
fn today() -> Date {
    let local = crate::forms::local_minute(browser::now_ms());
    local.get(..10).and_then(|day| day.parse().ok()).unwrap_or(Date(0))
}

/// The month of the first day that can be booked; open days stand out.
#[component]
fn Month(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let today = today();
    let first = Memo::new(move |_| {
        let availability = draft.availability();
        let from = availability.date_range.map_or(today, |range| range.from.max(today));
        (from.0..from.0 + 62).map(Date).find(|day| is_open(&availability, *day, today)).unwrap_or(from)
    });
    let title = move || {
        let style = [("month", "long"), ("year", "numeric"), ("timeZone", "UTC")];
        browser::date_text(preferences::tag(i18n.get_locale()), first.get().0 as f64 * 86_400_000.0, &style)
    };
    let days = move || {
        let availability = draft.availability();
        let all = month_days(first.get());
        let blank = all.first().map_or(0, |day| weekday_of(*day));
        let day = |date: Date| {
            let is_open = is_open(&availability, date, today);
            let number = date.to_string().get(8..).map(|day| day.trim_start_matches('0').to_owned());
            let open = is_open.then(
                || view! { <span class="sr-only">" " {text!(i18n, booking_links.can_be_booked)}</span> },
            );
            view! { <li class:open=is_open>{number} {open}</li> }
        };
        let blanks = (0..blank).map(|_| view! { <li aria-hidden="true"></li> }).collect_view();
        view! { {blanks} {all.into_iter().map(day).collect_view()} }
    };
    let heads =
        move || (0..7).map(|day| view! { <span>{weekday_name(i18n, day, "narrow")}</span> }).collect_view();
    view! {
        <div class="preview-month">
            <h4>{title}</h4>
            <div class="week-head" aria-hidden="true">{heads}</div>
            <ol>{days}</ol>
        </div>
    }
    .into_any()
}

/// The form, with fields that take nothing.
#[component]
fn Questions(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let line = |label: String, kind: AnswerKind, is_required: bool| {
        let mark = is_required.then_some(" *");
        let class = if kind == AnswerKind::Lines { "blank tall" } else { "blank" };
        view! { <li><span>{label}{mark}</span><span class=class></span></li> }
    };
    let fixed = move || {
        [
            t_string!(i18n, booking_links.first_name),
            t_string!(i18n, booking_links.last_name),
            t_string!(i18n, booking_links.email),
        ]
        .map(|label| line(label.to_owned(), AnswerKind::Line, true))
    };
    let own = move || {
        let one = |field: FormField| line(field.label, field.kind, field.is_required);
        draft.form.get().into_iter().map(one).collect_view()
    };
    view! { <ul class="preview-form" aria-label=text!(i18n, booking_links.step_form)>{fixed} {own}</ul> }
        .into_any()
}

/// What the page says of the visitor's data before they book: the link's own texts, or the account's in its language (MEET-83).
#[component]
fn Consent(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let shown = Memo::new(move |_| {
        let account = editor.privacy.get()?;
        let consent = draft.consent.get().unwrap_or_else(|| ConsentSettings::for_new_link(&account));
        consent.effective(&account, draft.language.get().parse().unwrap_or(Locale::English))
    });
    let said = move |shown: EffectiveConsent| {
        let is_asked = shown.kind == ConsentKind::NoticeAndConsent;
        let policy = shown.privacy_policy_text.map(|policy| view! { <p class="muted">{policy}</p> });
        let whole = shown.privacy_policy_url.map(|_| {
            view! { <p class="line muted">{text!(i18n, consent.read_policy)} <Icon name=IconName::External /></p> }
        });
        view! {
            <div class="preview-consent" role="group" aria-label=text!(i18n, consent.title) lang=shown.language.to_string()>
                <p class:asked=is_asked>{shown.text}</p>
                {policy}
                {whole}
            </div>
        }
    };
    move || shown.get().map(said)
}
