//! Changing what a meeting is about, without moving it.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::booking::UpdateMeeting;
use ui::{Banner, Field, Select, SelectOption, TextArea, TextInput};

use super::use_meeting;
use crate::context::App;
use crate::forms::{FormDialog, Submission};
use crate::remote::Remote;
use crate::texts::text;

/// The kinds of meetings, and none.
pub fn meeting_types(app: App) -> Signal<Vec<SelectOption>> {
    let types = Remote::new(move || async move { app.api().list_meeting_types().await });
    Signal::derive(move || {
        let none =
            SelectOption { value: String::new(), label: t_string!(app.i18n, records.not_set).to_owned() };
        let known = types.get().map(|types| types.items).unwrap_or_default().into_iter();
        let named = known.map(|kind| SelectOption { value: kind.id.to_string(), label: kind.name });
        std::iter::once(none).chain(named).collect::<Vec<_>>()
    })
}

/// What was typed; nothing for blanks.
pub fn given(text: RwSignal<String>) -> Option<String> {
    let text = text.with_untracked(|text| text.trim().to_owned());
    Some(text).filter(|text| !text.is_empty())
}

/// Asks for title, description, place and kind.
#[component]
pub fn EditDialog(dialog_open: RwSignal<bool>) -> impl IntoView {
    let open = use_meeting();
    let i18n = open.app.i18n;
    let submission = Submission::new();
    let text = || RwSignal::new(String::new());
    let (title, description, location, kind) = (text(), text(), text(), text());
    Effect::new(move |_| {
        if dialog_open.get()
            && let Some(meeting) = untrack(|| open.meeting.get())
        {
            title.set(meeting.title);
            description.set(meeting.description.unwrap_or_default());
            location.set(meeting.location.unwrap_or_default());
            kind.set(meeting.meeting_type_id.map(|id| id.to_string()).unwrap_or_default());
        }
    });
    let submit = move |()| {
        let request = UpdateMeeting {
            title: title.get_untracked(),
            description: given(description),
            location: given(location),
            meeting_type_id: kind.with_untracked(|id| id.parse().ok()),
        };
        let send = async move { open.app.api().update_meeting(&open.path(), &request).await };
        submission.run(send, move |meeting| {
            dialog_open.set(false);
            open.take(meeting);
            open.app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    let effect = move || match open.meeting.get() {
        Some(meeting) if meeting.description_reaches_contact => t_string!(i18n, meetings.edit_effect),
        _ => t_string!(i18n, meetings.edit_effect_here),
    };
    view! {
        <FormDialog open=dialog_open title=text!(i18n, meetings.edit) submit_label=text!(i18n, words.save) submission on_submit=submit>
            <Field label=text!(i18n, calls.title) error=submission.field("title")>
                <TextInput value=title required=true />
            </Field>
            <Field label=text!(i18n, meetings.description) error=submission.field("description")>
                <TextArea value=description rows=4 />
            </Field>
            <Field label=text!(i18n, meetings.location) error=submission.field("location")>
                <TextInput value=location />
            </Field>
            <Field label=text!(i18n, meetings.kind) error=submission.field("meeting_type_id")>
                <Select value=kind options=meeting_types(open.app) />
            </Field>
            <Banner>{effect}</Banner>
        </FormDialog>
    }
    .into_any()
}
