//! Choosing recordings to upload, and what is known of their calls.

use leptos::{
    ev::{DragEvent, Event},
    prelude::*,
};
use leptos_i18n::t_string;
use state::uploads::{may_be_recording, title_of};
use types::calls::{AddParticipant, CallDirection, CreateCall};
use types::crm::ObjectKind;
use types::{ContactId, Permission, UserId};
use ui::{Checkbox, Field, Icon, IconButton, IconName, Select, SelectOption, TextInput};
use wasm_bindgen::JsCast;
use web_sys::{File, FileList, HtmlInputElement};

use super::sending;
use crate::calls::words::direction_name;
use crate::context::use_app;
use crate::forms::{FormDialog, Submission, instant, local_minute};
use crate::records::{RecordField, owners};
use crate::texts::{I18n, size_text, text};

/// What the dialog of files accepts.
pub const ACCEPTED: &str = "audio/*,video/mp4,video/webm,.wav,.mp3,.m4a,.mp4,.ogg,.oga,.opus,.webm";

/// A file that was chosen, with the facts that no other file shares.
#[derive(Clone)]
struct Chosen {
    number: u32,
    file: File,
    title: String,
    /// When the call began, as the browser's field writes it.
    started: String,
}

/// The files that were chosen and are not sent yet.
#[derive(Clone, Copy)]
pub struct ChosenFiles {
    files: RwSignal<Vec<Chosen>, LocalStorage>,
    /// The names of files that cannot be recordings.
    refused: RwSignal<Vec<String>>,
    /// Whether the user wanted to go on without any.
    missing: RwSignal<bool>,
    next_number: StoredValue<u32>,
}

impl ChosenFiles {
    /// None yet.
    pub fn new() -> Self {
        Self {
            files: RwSignal::new_local(Vec::new()),
            refused: RwSignal::new(Vec::new()),
            missing: RwSignal::new(false),
            next_number: StoredValue::new(0),
        }
    }

    /// Takes files that were chosen or dropped; those that cannot be recordings are named instead.
    pub fn add(self, list: &FileList) {
        let files = (0..list.length()).filter_map(|index| list.get(index));
        let (good, bad): (Vec<File>, Vec<File>) =
            files.partition(|file| may_be_recording(&file.name()) && file.size() > 0.0);
        self.refused.set(bad.iter().map(File::name).collect());
        self.missing.set(false);
        self.files.update(|chosen| chosen.extend(good.into_iter().map(|file| self.chosen(file))));
    }

    fn chosen(self, file: File) -> Chosen {
        let number = self.next_number.get_value();
        self.next_number.set_value(number + 1);
        // A recording is written when the call ends: without its length this is the nearest guess.
        let started = local_minute(file.last_modified());
        Chosen { number, title: title_of(&file.name()), started, file }
    }

    fn change(self, number: u32, change: impl FnOnce(&mut Chosen)) {
        self.files.update_untracked(|files| {
            if let Some(chosen) = files.iter_mut().find(|chosen| chosen.number == number) {
                change(chosen);
            }
        });
    }

    fn remove(self, number: u32) {
        self.files.update(|files| files.retain(|chosen| chosen.number != number));
    }

    fn clear(self) {
        self.files.set(Vec::new());
        self.refused.set(Vec::new());
        self.missing.set(false);
    }

    fn is_empty(self) -> bool {
        self.files.with(Vec::is_empty)
    }
}

/// The files that were dropped, if any were.
pub fn dropped(event: &DragEvent) -> Option<FileList> {
    event.prevent_default();
    event.data_transfer()?.files().filter(|files| files.length() > 0)
}

/// What all chosen recordings have in common.
#[derive(Clone, Copy)]
struct Shared {
    direction: RwSignal<String>,
    owner: RwSignal<String>,
    contact: RwSignal<String>,
    private: RwSignal<bool>,
}

/// Uploads recordings. It closes at once: the panel of uploads shows the rest.
#[component]
pub fn UploadDialog(
    /// Whether it is open, both ways.
    open: RwSignal<bool>,
    /// What was chosen before it opened, such as by dropping files onto the list.
    chosen: ChosenFiles,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let my_id = move || app.peek(state::State::my_id).map(|id| id.to_string()).unwrap_or_default();
    let shared = Shared {
        direction: RwSignal::new(CallDirection::Inbound.to_string()),
        owner: RwSignal::new(my_id()),
        contact: RwSignal::new(String::new()),
        private: RwSignal::new(false),
    };
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if !is_open && was_open == Some(true) {
            chosen.clear();
            shared.contact.set(String::new());
        }
        is_open
    });
    let begin = move |()| {
        let files = chosen.files.get_untracked();
        if files.is_empty() {
            chosen.missing.set(true);
            return;
        }
        for file in files {
            app.uploads.add_new(file.file.clone(), request(&file, shared));
        }
        open.set(false);
        sending::start_waiting(app);
    };
    let submit_label = move || match chosen.files.with(Vec::len) {
        0 | 1 => t_string!(i18n, calls.upload_one).to_owned(),
        count => t_string!(i18n, calls.upload_many, count = count).to_string(),
    };
    view! {
        <FormDialog open title=text!(i18n, calls.upload) submit_label submission on_submit=begin wide=true>
            <DropZone chosen />
            <ul class="chosen-files">
                <For
                    each=move || chosen.files.get()
                    key=|file| file.number
                    children=move |file| view! { <FileFacts chosen file /> }
                />
            </ul>
            <Show when=move || !chosen.is_empty()>
                <SharedFacts shared />
            </Show>
        </FormDialog>
    }
    .into_any()
}

/// The call of a file.
fn request(chosen: &Chosen, shared: Shared) -> CreateCall {
    let owner_id = shared.owner.with_untracked(|id| id.parse::<UserId>().ok());
    let contact_id = shared.contact.with_untracked(|id| id.parse::<ContactId>().ok());
    let nobody = AddParticipant { user_id: None, contact_id: None, name: None, email: None, phone: None };
    let owner = owner_id.map(|id| AddParticipant { user_id: Some(id), ..nobody.clone() });
    let contact = contact_id.map(|id| AddParticipant { contact_id: Some(id), ..nobody });
    let title = Some(chosen.title.trim().to_owned()).filter(|title| !title.is_empty());
    CreateCall {
        title: title.unwrap_or_else(|| title_of(&chosen.file.name())),
        direction: shared.direction.with_untracked(|text| text.parse().unwrap_or(CallDirection::Inbound)),
        source: None,
        external_id: None,
        started_at: instant(&chosen.started).unwrap_or_else(|| at(chosen.file.last_modified())),
        duration_ms: None,
        owner_id,
        outcome: None,
        private: shared.private.get_untracked(),
        participants: owner.into_iter().chain(contact).collect(),
        recording_sha256: None,
    }
}

fn at(unix_ms: f64) -> types::Timestamp {
    types::Timestamp(unix_ms as i64 * 1000)
}

/// Where files are dropped or chosen.
#[component]
fn DropZone(chosen: ChosenFiles) -> impl IntoView {
    let i18n = use_app().i18n;
    let dragging = RwSignal::new(false);
    let drop = move |event: DragEvent| {
        dragging.set(false);
        if let Some(files) = dropped(&event) {
            event.stop_propagation();
            chosen.add(&files);
        }
    };
    let choose = move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        if let Some(files) = input.files() {
            chosen.add(&files);
        }
        input.set_value("");
    };
    let problem = move || {
        if chosen.missing.get() {
            return Some(t_string!(i18n, calls.no_file).to_owned());
        }
        let names = chosen.refused.get().join(", ");
        (!names.is_empty()).then(|| t_string!(i18n, calls.refused_files, names = names).to_string())
    };
    view! {
        <label
            class="drop-zone"
            class:dragging=move || dragging.get()
            on:dragover=move |event: DragEvent| { event.prevent_default(); dragging.set(true) }
            on:dragleave=move |_| dragging.set(false)
            on:drop=drop
        >
            <Icon name=IconName::Phone />
            <span>{text!(i18n, calls.drop_here)}</span>
            <span class="muted">{text!(i18n, calls.kinds_of_files)}</span>
            <input type="file" class="sr-only" multiple=true accept=ACCEPTED on:change=choose />
        </label>
        <p class="form-error" role="alert">{problem}</p>
    }
}

/// What is known of one file.
#[component]
fn FileFacts(chosen: ChosenFiles, file: Chosen) -> impl IntoView {
    let i18n = use_app().i18n;
    let number = file.number;
    let (title, started) = (RwSignal::new(file.title), RwSignal::new(file.started));
    Effect::new(move |_| {
        let (title, started) = (title.get(), started.get());
        chosen.change(number, |chosen| (chosen.title, chosen.started) = (title, started));
    });
    let name = StoredValue::new(file.file.name());
    let bytes = file.file.size() as i64;
    view! {
        <li>
            <Field label=text!(i18n, calls.title)>
                <TextInput value=title required=true />
            </Field>
            <Field label=text!(i18n, calls.started_at)>
                <TextInput value=started kind="datetime-local" required=true />
            </Field>
            <IconButton
                label=move || t_string!(i18n, calls.leave_out, name = name.get_value()).to_string()
                icon=IconName::Close
                on_press=move |_| chosen.remove(number)
            />
            <span class="hint muted num">{name.get_value()} " · " {move || size_text(i18n, bytes)}</span>
        </li>
    }
}

/// What all of them have in common.
#[component]
fn SharedFacts(shared: Shared) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let may_read_contacts = app.may(Permission::ReadContacts);
    view! {
        <div class="shared-facts">
            <Field label=text!(i18n, calls.direction)>
                <Select value=shared.direction options=directions(i18n) />
            </Field>
            <Field label=text!(i18n, inbox.owner)>
                <Select value=shared.owner options=owners(app) />
            </Field>
            <Show when=move || may_read_contacts.get()>
                <RecordField kind=ObjectKind::Contact label=text!(i18n, calls.contact) value=shared.contact />
            </Show>
        </div>
        <Checkbox label=text!(i18n, calls.private) hint=text!(i18n, calls.private_hint) checked=shared.private />
    }
}

fn directions(i18n: I18n) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let option = |direction: &CallDirection| SelectOption {
            value: direction.to_string(),
            label: direction_name(i18n, *direction).to_owned(),
        };
        CallDirection::ALL.iter().map(option).collect()
    })
}
