//! Changing and deleting a clip.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::clips::{Clip, ClipLinkState, ClipPath, UpdateClip};
use ui::{ConfirmDialog, Field, Select, SelectOption, TextArea, TextInput};

use super::Library;
use crate::context::use_app;
use crate::forms::{FormDialog, FormError, Submission};
use crate::texts::text;

/// Its title, its message and its folder.
#[component]
pub fn EditClip(library: Library) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let dialog = library.editing;
    let submission = Submission::new();
    let text = || RwSignal::new(String::new());
    let (title, message, folder) = (text(), text(), text());
    Effect::new(move |_| {
        if let Some(clip) = dialog.open.get().then(|| dialog.get()).flatten() {
            title.set(clip.title);
            message.set(clip.message.unwrap_or_default());
            folder.set(clip.folder_id.map(|id| id.to_string()).unwrap_or_default());
        }
    });
    let save = move |()| {
        let Some(clip) = dialog.get_untracked() else { return };
        let message = message.get_untracked().trim().to_owned();
        let request = UpdateClip {
            title: title.get_untracked(),
            message: Some(message).filter(|message| !message.is_empty()),
            folder_id: folder.with_untracked(|id| id.parse().ok()),
        };
        let path = ClipPath { clip_id: clip.id };
        submission.run(async move { app.api().update_clip(&path, &request).await }, move |_| {
            dialog.open.set(false);
            library.reload();
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    let folders = Signal::derive(move || {
        let none = SelectOption { value: String::new(), label: t_string!(i18n, clips.no_folder).to_owned() };
        let folders = library.folders.get().unwrap_or_default().into_iter();
        let named = folders.map(|folder| SelectOption { value: folder.id.to_string(), label: folder.name });
        std::iter::once(none).chain(named).collect::<Vec<_>>()
    });
    view! {
        <FormDialog
            open=dialog.open
            title=text!(i18n, clips.edit)
            submit_label=text!(i18n, words.save)
            submission
            on_submit=save
        >
            <Field label=text!(i18n, calls.title) error=submission.field("title")>
                <TextInput value=title required=true />
            </Field>
            <Field label=text!(i18n, clips.message) error=submission.field("message")>
                <TextArea value=message rows=4 />
            </Field>
            <Field label=text!(i18n, clips.folder) error=submission.field("folder_id")>
                <Select value=folder options=folders />
            </Field>
        </FormDialog>
    }
    .into_any()
}

/// Deletes a clip, its links with it.
#[component]
pub fn DeleteClip(library: Library) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let dialog = library.deleting;
    let submission = Submission::new();
    let confirm = move |()| {
        let Some(clip) = dialog.get_untracked() else { return };
        let path = ClipPath { clip_id: clip.id };
        submission.run(async move { app.api().delete_clip(&path).await }, move |()| {
            dialog.open.set(false);
            library.reload();
            app.toasts.show(t_string!(i18n, clips.deleted, name = clip.title).to_string());
        });
    };
    let title =
        move || t_string!(i18n, clips.delete_title, name = dialog.of(|clip| clip.title.clone())).to_string();
    let open_links = move || dialog.of(open_links);
    let effect = move || match open_links() {
        0 => t_string!(i18n, clips.delete_effect).to_owned(),
        count => t_string!(i18n, clips.delete_links_effect, count = count).to_string(),
    };
    view! {
        <ConfirmDialog
            open=dialog.open
            title
            confirm_label=text!(i18n, clips.delete)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{effect}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}

/// How many links open the clip for people outside.
fn open_links(clip: &Clip) -> usize {
    clip.links.iter().filter(|link| link.state == ClipLinkState::Active).count()
}
