//! Files that go with a message: uploaded when they are chosen, named when it is sent.

use leptos::prelude::*;
use types::files::File as StoredFile;
use visitor_kit::browser::api::Failure;
use visitor_kit::browser::page;
use visitor_kit::browser::upload::upload;
use visitor_kit::config::readable_size;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, FileList};

use crate::chat::Chat;

/// A file beside the text that is being written.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    /// What tells it apart.
    pub key: String,
    /// The file's name.
    pub name: String,
    /// How far it has come.
    pub state: Upload,
}

/// How far a file has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Upload {
    /// This many percent are sent.
    Running(u32),
    /// The server has it.
    Stored(StoredFile),
    /// It did not arrive, for this reason.
    Failed(String),
}

impl Attachment {
    /// Whether nothing more will happen to it.
    pub fn is_settled(&self) -> bool {
        !matches!(self.state, Upload::Running(_))
    }

    /// Whether the server has it.
    pub fn is_stored(&self) -> bool {
        matches!(self.state, Upload::Stored(_))
    }

    /// What the server has of it.
    pub fn into_stored(self) -> Option<StoredFile> {
        match self.state {
            Upload::Stored(file) => Some(file),
            Upload::Running(_) | Upload::Failed(_) => None,
        }
    }
}

impl Chat {
    /// Attaches files that were chosen, dropped or pasted.
    pub fn attach(self, files: Option<FileList>) {
        let Some(files) = files.filter(|_| !self.parts().config.preview) else { return };
        self.notice.set(None);
        for file in (0..files.length()).filter_map(|index| files.get(index)) {
            self.attach_one(file);
        }
    }

    fn attach_one(self, file: File) {
        let parts = self.parts();
        let limits = parts.config.limits;
        if self.attachments.read_untracked().len() >= limits.attachments_per_message as usize {
            let text = self.fill("attachments_too_many", "count", &limits.attachments_per_message.to_string());
            return self.notice.set(Some(text));
        }
        let (key, name) = (page::unique_name(), file.name());
        let is_too_large = file.size() > f64::from(limits.attachment_bytes);
        let state = if is_too_large { Upload::Failed(self.too_large(&name)) } else { Upload::Running(0) };
        self.attachments
            .update(|attachments| attachments.push(Attachment { key: key.clone(), name: name.clone(), state }));
        if !is_too_large {
            spawn_local(self.upload(key, name, file));
        }
    }

    async fn upload(self, key: String, name: String, file: File) {
        let parts = self.parts();
        let stored = match self.ensure_session().await {
            Ok(()) => {
                let token = parts.token.borrow().clone().unwrap_or_default();
                let shown = key.clone();
                let progress = move |percent| self.set_upload(&shown, Upload::Running(percent));
                upload(&parts.config.api_base, &token, &file, progress).await
            }
            Err(failure) => Err(failure),
        };
        let state = match stored {
            Ok(file) => Upload::Stored(file),
            Err(Failure::Refused { status: 413, .. }) => Upload::Failed(self.too_large(&name)),
            Err(failure) => {
                if failure == Failure::SessionEnded {
                    self.lose_session();
                }
                Upload::Failed(self.fill("attachment_failed", "name", &name))
            }
        };
        self.set_upload(&key, state);
    }

    /// Takes a file away again.
    pub fn remove_attachment(self, key: &str) {
        self.attachments.update(|attachments| attachments.retain(|attachment| attachment.key != key));
    }

    fn set_upload(self, key: &str, state: Upload) {
        self.attachments.update(|attachments| {
            if let Some(attachment) = attachments.iter_mut().find(|attachment| attachment.key == key) {
                attachment.state = state;
            }
        });
    }

    fn too_large(self, name: &str) -> String {
        let limit = readable_size(self.parts().config.limits.attachment_bytes);
        self.fill("attachment_too_large", "name", name).replace("{limit}", &limit)
    }
}
