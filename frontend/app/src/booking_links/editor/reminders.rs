//! Reminders: whether, when, and how they will read (MEET-52 to MEET-57).

use leptos::prelude::*;
use leptos_i18n::t_string;
use state::booking_links::{Span, minutes_of};
use types::booking::PreviewReminder;
use ui::{
    Button, ButtonKind, Checkbox, Dialog, Field, IconButton, IconName, Select, SelectOption, TextInput,
};

use super::Editor;
use crate::booking_links::words::span_text;
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// The most reminders of a link (MEET-55).
const MOST: usize = 3;

/// Whether reminders are sent, their times, and what they repeat.
#[component]
pub fn RemindersFields(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let previewing = RwSignal::new(false);
    let line = move |minutes: u32| {
        let before =
            move || t_string!(i18n, booking_links.before, span = span_text(i18n, minutes)).to_string();
        let remove = move || t_string!(i18n, booking_links.remove_reminder, name = before()).to_string();
        view! {
            <li>
                <span>{before}</span>
                <IconButton
                    label=remove
                    icon=IconName::Close
                    on_press=move |_| draft.reminders.update(|all| all.retain(|one| *one != minutes))
                />
            </li>
        }
    };
    view! {
        <Checkbox label=text!(i18n, booking_links.reminds) hint=text!(i18n, booking_links.reminds_hint) checked=draft.reminds />
        <Show when=move || draft.reminds.get()>
            <div class="field" role="group" aria-label=text!(i18n, booking_links.reminders)>
                <ul class="chips" aria-label=text!(i18n, booking_links.reminders)>
                    <For each=move || draft.reminders.get() key=|minutes| *minutes children=line />
                </ul>
                <AddReminder editor />
            </div>
            <Checkbox label=text!(i18n, booking_links.reminds_description) checked=draft.reminds_description />
            <Button kind=ButtonKind::Quiet icon=IconName::Eye on_press=move |_| previewing.set(true)>
                {text!(i18n, booking_links.preview_reminder)}
            </Button>
        </Show>
        <Dialog open=previewing title=text!(i18n, booking_links.preview_reminder) close_label=text!(i18n, words.close)>
            <ReminderPreview editor />
        </Dialog>
    }
    .into_any()
}

#[component]
fn AddReminder(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let (count, unit) = (RwSignal::new(String::new()), RwSignal::new("hours".to_owned()));
    let units = Signal::derive(move || {
        let option =
            |value: &str, label: &str| SelectOption { value: value.to_owned(), label: label.to_owned() };
        vec![
            option("days", t_string!(i18n, booking_links.unit_days)),
            option("hours", t_string!(i18n, booking_links.unit_hours)),
            option("minutes", t_string!(i18n, booking_links.unit_minutes)),
        ]
    });
    let add = move |_| {
        let Ok(number) = count.get_untracked().trim().parse::<u32>() else { return };
        let span = match unit.get_untracked().as_str() {
            "days" => Span::Days(number),
            "hours" => Span::Hours(number),
            _ => Span::Minutes(number),
        };
        let minutes = minutes_of(span);
        draft.reminders.update(|all| {
            if !all.contains(&minutes) {
                all.push(minutes);
                all.sort_unstable_by(|one, other| other.cmp(one));
            }
        });
        count.set(String::new());
    };
    let is_full = move || draft.reminders.with(Vec::len) >= MOST;
    view! {
        <Show when=move || !is_full() fallback=move || view! { <p class="muted">{text!(i18n, booking_links.most_reminders)}</p> }>
            <div class="inline-fields">
                <Field label=text!(i18n, booking_links.reminder_count) error=editor.error("reminders")>
                    <TextInput value=count kind="number" placeholder="1" />
                </Field>
                <Field label=text!(i18n, booking_links.reminder_unit)><Select value=unit options=units /></Field>
                <Button icon=IconName::Plus on_press=add>{text!(i18n, booking_links.add_reminder)}</Button>
            </div>
        </Show>
    }
    .into_any()
}

/// A reminder as the server would send it.
#[component]
fn ReminderPreview(editor: Editor) -> impl IntoView {
    let (app, i18n) = (editor.app, editor.app.i18n);
    let preview = Remote::new(move || {
        let request = PreviewReminder { settings: untrack(|| editor.draft.settings()) };
        async move { app.api().preview_reminder(&request).await }
    });
    view! {
        <RemoteView remote=preview>
            {move || preview.get().map(|mail| view! {
                <dl class="mail-preview">
                    <dt>{text!(i18n, booking_links.mail_from)}</dt>
                    <dd>{mail.from_name}</dd>
                    <dt>{text!(i18n, booking_links.mail_subject)}</dt>
                    <dd>{mail.subject}</dd>
                </dl>
                <pre class="mail-text">{mail.text}</pre>
            })}
        </RemoteView>
    }
    .into_any()
}
