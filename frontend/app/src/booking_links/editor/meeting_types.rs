//! The kind of meeting: choosing one, adding one, deleting one (MEET-42).

use leptos::prelude::*;
use types::booking::{MeetingTypePath, SaveMeetingType};
use ui::{Button, ButtonKind, Field, IconName, Select, SelectOption, TextInput};

use super::Editor;
use crate::forms::{DialogFor, FormDialog, Submission, act};
use crate::remote::Remote;
use crate::texts::text;

/// The choice, and buttons for the list of choices.
#[component]
pub fn MeetingTypeField(editor: Editor) -> impl IntoView {
    let (app, draft) = (editor.app, editor.draft);
    let i18n = app.i18n;
    let types =
        Remote::new(move || async move { app.api().list_meeting_types().await.map(|types| types.items) });
    let options = Signal::derive(move || {
        let none = leptos_i18n::t_string!(i18n, booking_links.type_none).to_owned();
        let none = SelectOption { value: String::new(), label: none };
        let known = types.get().unwrap_or_default().into_iter();
        let known = known.map(|one| SelectOption { value: one.id.to_string(), label: one.name });
        std::iter::once(none).chain(known).collect::<Vec<_>>()
    });
    let adding = DialogFor::new();
    let delete = move |_| {
        let Ok(meeting_type_id) = draft.meeting_type.get_untracked().parse() else { return };
        let path = MeetingTypePath { meeting_type_id };
        act(app, async move { app.api().delete_meeting_type(&path).await }, move |()| {
            draft.meeting_type.set(String::new());
            types.reload();
            leptos_i18n::t_string!(i18n, booking_links.type_deleted).to_owned()
        });
    };
    view! {
        <Field label=text!(i18n, booking_links.meeting_type) error=editor.error("meeting_type_id")>
            <Select value=draft.meeting_type options />
        </Field>
        <div class="token-menu">
            <Button kind=ButtonKind::Quiet icon=IconName::Plus on_press=move |_| adding.show(())>
                {text!(i18n, booking_links.type_add)}
            </Button>
            <Show when=move || !draft.meeting_type.get().is_empty()>
                <Button kind=ButtonKind::Quiet icon=IconName::Trash on_press=delete>
                    {text!(i18n, booking_links.type_delete)}
                </Button>
            </Show>
        </div>
        <AddDialog editor adding types=Callback::new(move |()| types.reload()) />
    }
    .into_any()
}

#[component]
fn AddDialog(editor: Editor, adding: DialogFor<()>, types: Callback<()>) -> impl IntoView {
    let (app, draft) = (editor.app, editor.draft);
    let i18n = app.i18n;
    let submission = Submission::new();
    let name = RwSignal::new(String::new());
    let add = move |()| {
        let request = SaveMeetingType { name: name.get_untracked() };
        submission.run(async move { app.api().create_meeting_type(&request).await }, move |made| {
            adding.open.set(false);
            name.set(String::new());
            types.run(());
            draft.meeting_type.set(made.id.to_string());
        });
    };
    view! {
        <FormDialog
            open=adding.open
            title=text!(i18n, booking_links.type_add)
            submit_label=text!(i18n, booking_links.type_add)
            submission
            on_submit=add
        >
            <Field label=text!(i18n, booking_links.type_name) error=submission.field("name")>
                <TextInput value=name required=true />
            </Field>
        </FormDialog>
    }
}
