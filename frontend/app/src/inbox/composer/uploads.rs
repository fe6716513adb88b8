//! Files on their way into a message.

use leptos::{prelude::*, task::spawn_local};
use types::files::File;
use ui::{Icon, IconButton, IconName, Spinner};
use web_sys::FileList;

use crate::browser;
use crate::context::{App, use_app};
use crate::texts::text;
use crate::upload::upload;

/// How far a file has come.
#[derive(Clone, PartialEq)]
enum Progress {
    OnItsWay,
    There(File),
    Failed(String),
}

/// A file that was added.
#[derive(Clone, PartialEq)]
struct Added {
    key: String,
    name: String,
    progress: Progress,
}

/// The files of one message that is being written.
#[derive(Clone, Copy)]
pub struct Uploads {
    added: RwSignal<Vec<Added>>,
}

impl Uploads {
    /// Begins with files that are there already.
    pub fn new(files: Vec<File>) -> Self {
        let uploads = Self { added: RwSignal::new(Vec::new()) };
        uploads.set(files);
        uploads
    }

    /// Replaces all files.
    pub fn set(self, files: Vec<File>) {
        let added = |file: File| Added {
            key: file.id.to_string(),
            name: file.name.clone(),
            progress: Progress::There(file),
        };
        self.added.set(files.into_iter().map(added).collect());
    }

    /// The files that are there. Tracked.
    pub fn files(self) -> Vec<File> {
        self.added.with(|added| {
            let there = |added: &Added| match &added.progress {
                Progress::There(file) => Some(file.clone()),
                Progress::OnItsWay | Progress::Failed(_) => None,
            };
            added.iter().filter_map(there).collect()
        })
    }

    /// Whether some are on their way. Tracked.
    pub fn are_pending(self) -> bool {
        self.added.with(|added| added.iter().any(|added| added.progress == Progress::OnItsWay))
    }

    /// Uploads files that were chosen, dropped or pasted.
    pub fn add(self, app: App, files: &FileList) {
        for file in (0..files.length()).filter_map(|index| files.get(index)) {
            let key = browser::unique_name();
            let added = Added { key: key.clone(), name: file.name(), progress: Progress::OnItsWay };
            self.added.update(|all| all.push(added));
            spawn_local(async move {
                let progress = match upload(app, &file).await {
                    Ok(file) => Progress::There(file),
                    Err(reason) => Progress::Failed(reason),
                };
                // The message may have been left in the meantime.
                let _ = self.added.try_update(|all| {
                    if let Some(added) = all.iter_mut().find(|added| added.key == key) {
                        added.progress = progress;
                    }
                });
            });
        }
    }

    fn remove(self, key: &str) {
        self.added.update(|all| all.retain(|added| added.key != key));
    }
}

/// The files below the text, each with a button that takes it away.
#[component]
pub fn UploadList(uploads: Uploads) -> impl IntoView {
    let app = use_app();
    view! {
        <ul class="uploads">
            <For
                each=move || uploads.added.get()
                key=|added| (added.key.clone(), std::mem::discriminant(&added.progress))
                children=move |added| chip(app, uploads, added)
            />
        </ul>
    }
}

fn chip(app: App, uploads: Uploads, added: Added) -> impl IntoView {
    let i18n = app.i18n;
    let Added { key, name, progress } = added;
    let title = name.clone();
    let (icon, note) = match progress {
        Progress::OnItsWay => (view! { <Spinner label=text!(i18n, inbox.uploading) /> }.into_any(), None),
        Progress::There(_) => (view! { <Icon name=IconName::File /> }.into_any(), None),
        Progress::Failed(reason) => (view! { <Icon name=IconName::Warning /> }.into_any(), Some(reason)),
    };
    let failed = note.is_some();
    view! {
        <li class="upload" class:bad=failed>
            {icon}
            <span class="trunc" title=title>{name}</span>
            {note.map(|note| view! { <span role="alert">{note}</span> })}
            <IconButton label=text!(i18n, inbox.remove_file) icon=IconName::Close on_press=move |_| uploads.remove(&key) />
        </li>
    }
}
