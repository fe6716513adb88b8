//! Recordings on their way to the server. They go on while the user moves through the app, and after the network was
//! away; what a closed page has interrupted goes on when its file is chosen again.

mod checksum;
mod dialog;
mod of_call;
mod panel;
mod remembered;
mod sending;

use std::collections::BTreeMap;

use leptos::{ev, prelude::*, task::spawn_local};
use state::uploads::{Upload, UploadState};
use types::calls::CreateCall;
use types::{CallId, UserId};
use wasm_bindgen::JsCast;
use wasm_split_helpers::wasm_split;
use web_sys::{File, HtmlInputElement};

pub use dialog::{ChosenFiles, UploadDialog, dropped};
pub use of_call::UploadRecording;

use crate::browser;
use crate::context::App;
use crate::parts::{PartMissing, Screen};
use remembered::Remembered;

/// How many recordings are sent at the same time.
const AT_ONCE: usize = 3;

/// The panel of uploads.
#[wasm_split(calls, fallible)]
pub fn uploads_panel() -> Result<Screen, PartMissing> {
    Ok(|| view! { <panel::UploadsPanel /> }.into_any())
}

/// What an upload is made from.
#[derive(Clone)]
struct Source {
    /// Names it in this browser, in every tab.
    key: String,
    /// The file; none after the page was closed.
    file: Option<File>,
    /// The call to be created; none once it is there.
    call: Option<CreateCall>,
    /// Whether the call is made for the upload, and is given up with it.
    made_call: bool,
}

/// The uploads of this page.
#[derive(Clone, Copy)]
pub struct Uploads {
    items: RwSignal<Vec<Upload>>,
    sources: StoredValue<BTreeMap<u32, Source>, LocalStorage>,
    /// Those of which a part may be on its way: one that was paused and goes on is not sent twice.
    running: StoredValue<Vec<u32>>,
    next_id: StoredValue<u32>,
}

impl Uploads {
    /// No upload yet.
    pub fn new() -> Self {
        Self {
            items: RwSignal::new(Vec::new()),
            sources: StoredValue::new_local(BTreeMap::new()),
            running: StoredValue::new(Vec::new()),
            next_id: StoredValue::new(0),
        }
    }

    /// Asks before the tab is closed while something is sent. Lasts as long as the app.
    pub fn listen(self) {
        let closing = window_event_listener(ev::beforeunload, move |event| {
            if self.items.with_untracked(|items| items.iter().any(|upload| upload.state.is_active())) {
                event.prevent_default();
            }
        });
        on_cleanup(move || closing.remove());
    }

    /// Whether there is nothing to show. Tracked.
    pub fn is_empty(self) -> bool {
        self.items.with(Vec::is_empty)
    }

    /// The uploads, the oldest first. Tracked.
    pub fn items(self) -> Vec<Upload> {
        self.items.get()
    }

    /// Shows what this user has begun and no tab goes on with.
    pub fn recall(self, user: UserId) {
        for upload in remembered::all(user) {
            let lock = lock_name(&upload.key);
            // Waits for as long as another tab sends it.
            let work = async move {
                let is_known = self.sources.with_value(|all| all.values().any(|s| s.key == upload.key));
                if !is_known && remembered::all(user).contains(&upload) {
                    self.add_remembered(upload);
                }
            };
            spawn_local(async move { browser::exclusively(&lock, work).await });
        }
    }

    fn add_remembered(self, upload: Remembered) {
        let Remembered { key, call_id, made_call, title, file_name, bytes } = upload;
        let state = UploadState::FileNeeded;
        let upload = Upload { id: 0, title, file_name, bytes, sent: 0, state, call_id: Some(call_id) };
        self.add(upload, Source { key, file: None, call: None, made_call });
    }

    /// Adds a recording of a call that is to be created; [`sending::start_waiting`] sends it.
    fn add_new(self, file: File, call: CreateCall) {
        let upload = waiting(&file, call.title.clone());
        let key = browser::unique_name();
        self.add(upload, Source { key, file: Some(file), call: Some(call), made_call: true });
    }

    /// Adds the recording of a call that is there.
    fn add_to_call(self, app: App, file: File, (call_id, title): (CallId, String)) {
        let upload = waiting(&file, title);
        let key = browser::unique_name();
        let id = self.add(upload, Source { key, file: Some(file), call: None, made_call: false });
        self.set_call(app, id, call_id);
    }

    fn add(self, mut upload: Upload, source: Source) -> u32 {
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        upload.id = id;
        self.sources.update_value(|sources| {
            sources.insert(id, source);
        });
        self.items.update(|items| items.push(upload));
        id
    }

    /// Takes all uploads off the list, and stops them; this browser remembers for their user where to go on.
    pub fn clear(self) {
        self.sources.update_value(BTreeMap::clear);
        self.items.update(Vec::clear);
    }

    /// Takes an upload off the list, and what it is made from.
    fn remove(self, id: u32) {
        self.sources.update_value(|sources| {
            sources.remove(&id);
        });
        self.items.update(|items| items.retain(|upload| upload.id != id));
    }

    fn source(self, id: u32) -> Option<Source> {
        self.sources.with_value(|sources| sources.get(&id).cloned())
    }

    fn get(self, id: u32) -> Option<Upload> {
        self.items.with_untracked(|items| items.iter().find(|upload| upload.id == id).cloned())
    }

    fn change(self, id: u32, change: impl FnOnce(&mut Upload)) {
        // Nothing is drawn again for an upload that is gone.
        if self.get(id).is_some() {
            self.items.update(|items| {
                if let Some(upload) = items.iter_mut().find(|upload| upload.id == id) {
                    change(upload);
                }
            });
        }
    }

    fn set_state(self, id: u32, state: UploadState) {
        self.change(id, |upload| upload.state = state);
    }

    /// Shows that an upload has come further, unless the user has halted it meanwhile.
    fn advance(self, id: u32, state: UploadState) {
        self.change(id, |upload| {
            if upload.state.is_active() {
                upload.state = state;
            }
        });
    }

    /// The call of an upload is there: remember it until the recording is.
    fn set_call(self, app: App, id: u32, call_id: CallId) {
        self.change(id, |upload| upload.call_id = Some(call_id));
        let (Some(upload), Some(source), Some(user)) =
            (self.get(id), self.source(id), app.peek(state::State::my_id))
        else {
            return;
        };
        let Upload { title, file_name, bytes, .. } = upload;
        let Source { key, made_call, .. } = source;
        remembered::add(user, Remembered { key, call_id, made_call, title, file_name, bytes });
    }

    /// Forgets an upload that is done or given up.
    fn forget(self, app: App, id: u32) {
        if let (Some(source), Some(user)) = (self.source(id), app.peek(state::State::my_id)) {
            remembered::remove(user, &source.key);
        }
    }

    /// Goes on with an upload that was paused or has failed.
    fn resume(self, app: App, id: u32) {
        self.set_state(id, UploadState::Waiting);
        sending::start_waiting(app);
    }

    /// Goes on with an upload whose file was chosen again; whether it is the same file.
    fn resume_with(self, app: App, id: u32, file: File) -> bool {
        let is_same = self
            .get(id)
            .is_some_and(|upload| upload.file_name == file.name() && upload.bytes == file.size() as u64);
        if is_same {
            self.sources.update_value(|sources| {
                if let Some(source) = sources.get_mut(&id) {
                    source.file = Some(file);
                }
            });
            self.resume(app, id);
        }
        is_same
    }

    /// The next upload that may be sent now; it counts as running.
    fn start_next(self) -> Option<(u32, String)> {
        let running = self.running.get_value();
        if running.len() >= AT_ONCE {
            return None;
        }
        let id = self.items.with_untracked(|items| {
            let waits =
                |upload: &&Upload| upload.state == UploadState::Waiting && !running.contains(&upload.id);
            items.iter().find(waits).map(|upload| upload.id)
        })?;
        let key = self.source(id)?.key;
        self.running.update_value(|running| running.push(id));
        Some((id, key))
    }

    fn end(self, id: u32) {
        self.running.update_value(|running| running.retain(|other| *other != id));
    }
}

/// An upload that has not begun.
fn waiting(file: &File, title: String) -> Upload {
    let (file_name, bytes) = (file.name(), file.size() as u64);
    Upload { id: 0, title, file_name, bytes, sent: 0, state: UploadState::Waiting, call_id: None }
}

/// The file that was chosen in a field, which is ready for the same one again.
fn chosen_file(event: &ev::Event) -> Option<File> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let file = input.files()?.get(0);
    input.set_value("");
    file
}

/// The lock that a tab holds while it sends an upload.
fn lock_name(key: &str) -> String {
    format!("rapport.upload.{key}")
}
