//! Files that go with a message: uploaded when they are chosen, named when it is sent.

use types::files::File as StoredFile;
use visitor_kit::browser::api::Failure;
use visitor_kit::browser::page;
use visitor_kit::browser::task::spawn;
use visitor_kit::browser::upload::upload;
use visitor_kit::config::{fill, readable_size};
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
        let Some(files) = files.filter(|files| files.length() > 0 && !self.config.preview) else { return };
        self.say(None);
        for file in (0..files.length()).filter_map(|index| files.get(index)) {
            self.attach_one(file);
        }
    }

    fn attach_one(self, file: File) {
        let limits = self.config.limits;
        if self.draft.peek(|draft| draft.attachments.len()) >= limits.attachments_per_message as usize {
            let count = limits.attachments_per_message.to_string();
            return self.say(Some(self.fill("attachments_too_many", "count", &count)));
        }
        let (key, name) = (page::unique_name(), file.name());
        let is_too_large = file.size() > f64::from(limits.attachment_bytes);
        let state = if is_too_large { Upload::Failed(self.too_large(&name)) } else { Upload::Running(0) };
        let attachment = Attachment { key: key.clone(), name: name.clone(), state };
        self.draft.change(|draft| draft.attachments.push(attachment));
        if !is_too_large {
            spawn(self.upload(key, name, file));
        }
    }

    async fn upload(self, key: String, name: String, file: File) {
        let state = match self.send_file(&key, &file).await {
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

    async fn send_file(self, key: &str, file: &File) -> Result<StoredFile, Failure> {
        self.ensure_session().await?;
        let token = self.token.borrow().clone().unwrap_or_default();
        let key = key.to_owned();
        let progress = move |percent| self.set_upload(&key, Upload::Running(percent));
        upload(&self.config.api_base, &token, file, progress).await
    }

    /// Takes a file away again.
    pub fn remove_attachment(self, key: &str) {
        self.draft.change(|draft| draft.attachments.retain(|attachment| attachment.key != key));
    }

    fn set_upload(self, key: &str, state: Upload) {
        self.draft.change(|draft| {
            if let Some(attachment) = draft.attachments.iter_mut().find(|attachment| attachment.key == key) {
                attachment.state = state;
            }
        });
    }

    fn too_large(self, name: &str) -> String {
        let limit = readable_size(self.config.limits.attachment_bytes);
        fill(&self.fill("attachment_too_large", "name", name), "limit", &limit)
    }
}
