//! Making, renaming and deleting a folder of clips.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use types::ClipFolderId;
use types::clips::{ClipFolderPath, SaveClipFolder};
use ui::{ConfirmDialog, Field, TextInput};

use super::Library;
use crate::context::use_app;
use crate::forms::{FormDialog, FormError, Submission};
use crate::texts::text;

/// Makes a folder, or renames one.
#[component]
pub fn FolderDialog(library: Library) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let dialog = library.editing_folder;
    let submission = Submission::new();
    let name = RwSignal::new(String::new());
    Effect::new(move |_| {
        if dialog.open.get() {
            name.set(dialog.get().flatten().map(|folder| folder.name).unwrap_or_default());
        }
    });
    let save = move |()| {
        let clip_folder_id = dialog.get_untracked().flatten().map(|folder| folder.id);
        let request = SaveClipFolder { name: name.get_untracked() };
        let send = async move {
            match clip_folder_id {
                Some(clip_folder_id) => {
                    app.api().update_clip_folder(&ClipFolderPath { clip_folder_id }, &request).await
                }
                None => app.api().create_clip_folder(&request).await,
            }
        };
        submission.run(send, move |_| {
            dialog.open.set(false);
            library.folders.reload();
        });
    };
    let is_new = move || dialog.get().flatten().is_none();
    let title = move || match is_new() {
        true => t_string!(i18n, clips.create_folder),
        false => t_string!(i18n, clips.rename_folder),
    };
    let submit_label = move || match is_new() {
        true => t_string!(i18n, clips.create_folder),
        false => t_string!(i18n, words.save),
    };
    view! {
        <FormDialog open=dialog.open title submit_label submission on_submit=save>
            <Field label=text!(i18n, forms.name) error=submission.field("name")>
                <TextInput value=name required=true />
            </Field>
        </FormDialog>
    }
    .into_any()
}

/// Deletes a folder; its clips stay.
#[component]
pub fn DeleteFolder(library: Library, folder: Signal<Option<ClipFolderId>>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let dialog = library.deleting_folder;
    let submission = Submission::new();
    let navigate = use_navigate();
    let confirm = Callback::new(move |()| {
        let Some(deleted) = dialog.get_untracked() else { return };
        let path = ClipFolderPath { clip_folder_id: deleted.id };
        let navigate = navigate.clone();
        submission.run(async move { app.api().delete_clip_folder(&path).await }, move |()| {
            dialog.open.set(false);
            library.folders.reload();
            if folder.get_untracked() == Some(deleted.id) {
                navigate("/clips", NavigateOptions::default());
            }
        });
    });
    let title = move || {
        let name = dialog.of(|folder| folder.name.clone());
        t_string!(i18n, clips.delete_folder_title, name = name).to_string()
    };
    view! {
        <ConfirmDialog
            open=dialog.open
            title
            confirm_label=text!(i18n, clips.delete_folder)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, clips.delete_folder_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
