//! The note of the call, which people write together.

use std::time::Duration;

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use state::recording::clock;
use types::ErrorCode;
use types::calls::{CallNote, SaveCallNote};
use ui::{Banner, Button, ButtonKind, IconName, RelativeTime, RichText, RichTextHandle, Tone};

use super::open_call::{OpenCall, use_call};
use super::time_links::RichContent;
use crate::browser;
use crate::errors::error_text;
use crate::inbox::DRAFTS;
use crate::remote::{Remote, RemoteView};
use crate::texts::text;
use crate::writing::{LinkDialog, Toolbar};

/// A draft is kept this long after the last key.
const KEEP_AFTER: Duration = Duration::from_millis(300);

/// The note, to read or to edit.
#[derive(Clone, Copy)]
struct NoteState {
    open: OpenCall,
    note: Remote<CallNote>,
    editor: RichTextHandle,
    editing: RwSignal<bool>,
    /// What is written and not saved.
    draft: RwSignal<String>,
    /// The version that the draft was begun with.
    version: RwSignal<i64>,
    /// What somebody else has written meanwhile.
    newer: RwSignal<Option<CallNote>>,
    error: RwSignal<Option<ClientError>>,
    busy: RwSignal<bool>,
}

impl NoteState {
    fn new(open: OpenCall) -> Self {
        let revision = Memo::new(move |_| open.app.read(|s| (s.calls.note_revision(open.id), s.refreshes)));
        let note = Remote::new(move || {
            revision.get();
            async move { open.app.api().get_call_note(&open.path()).await }
        });
        let state = Self {
            open,
            note,
            editor: RichTextHandle::new(),
            editing: RwSignal::new(false),
            draft: RwSignal::new(String::new()),
            version: RwSignal::new(0),
            newer: RwSignal::new(None),
            error: RwSignal::new(None),
            busy: RwSignal::new(false),
        };
        state.take_draft();
        state.keep_draft();
        state
    }

    fn name(self) -> String {
        let user = self.open.app.peek(state::State::my_id).map_or(0, |id| id.0);
        format!("{DRAFTS}{user}.note.{}", self.open.id)
    }

    /// Goes on with what was written before and not saved: its version and its text.
    fn take_draft(self) {
        let Some(stored) = browser::stored(&self.name()) else { return };
        if let Some((version, html)) = stored.split_once('\n') {
            self.begin(html, version.parse().unwrap_or_default());
        }
    }

    fn keep_draft(self) {
        let timer = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |_| {
            let text = self.editing.get().then(|| format!("{}\n{}", self.version.get(), self.draft.get()));
            if let Some(timer) = timer.get_value() {
                timer.clear();
            }
            let name = self.name();
            let keep = move || browser::store(&name, text.as_deref());
            timer.set_value(set_timeout_with_handle(keep, KEEP_AFTER).ok());
        });
    }

    fn begin(self, html: &str, version: i64) {
        self.editor.set_html(html);
        self.draft.set(html.to_owned());
        self.version.set(version);
        self.newer.set(None);
        self.error.set(None);
        self.editing.set(true);
    }

    fn edit(self) {
        if let Some(note) = untrack(|| self.note.get()) {
            self.begin(&note.html, note.version);
        }
    }

    fn end(self) {
        self.editing.set(false);
        browser::store(&self.name(), None);
    }

    /// Saves over a version: the one that was edited, or the newer one that was shown.
    fn save(self, version: i64) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        let request = SaveCallNote { html: self.draft.get_untracked(), version };
        spawn_local(async move {
            let reply = self.open.app.api().save_call_note(&self.open.path(), &request).await;
            self.busy.try_set(false);
            match reply {
                Ok(note) => {
                    self.note.update(|known| *known = note);
                    self.end();
                }
                Err(error) => match newer_note(&error) {
                    Some(note) => self.newer.set(Some(note)),
                    None => self.error.set(Some(error)),
                },
            }
        });
    }
}

/// The other text, when somebody has written meanwhile.
fn newer_note(error: &ClientError) -> Option<CallNote> {
    match error {
        ClientError::Problem(problem) if problem.code == ErrorCode::NewerNote => {
            types::json::read(problem.extra.as_ref()?.get("note")?.clone()).ok()
        }
        _ => None,
    }
}

/// The tab of the note.
#[component]
pub fn Notes() -> impl IntoView {
    let open = use_call();
    let state = NoteState::new(open);
    view! {
        <RemoteView remote=state.note>
            <Show when=move || state.editing.get() fallback=move || view! { <Reading state /> }>
                <Writing state />
            </Show>
        </RemoteView>
    }
    .into_any()
}

#[component]
fn Reading(state: NoteState) -> impl IntoView {
    let open = state.open;
    let i18n = open.app.i18n;
    let html = Memo::new(move |_| state.note.get().map(|note| note.html).unwrap_or_default());
    let is_empty = Memo::new(move |_| html.with(String::is_empty));
    let by = move || {
        let note = state.note.get()?;
        let at = note.updated_at?;
        let name = note.updated_by.and_then(|id| open.app.read(|s| s.user_name(id).map(ToOwned::to_owned)));
        Some(
            view! { <p class="faint note-by">{name} " · " <RelativeTime unix_ms=at.0 as f64 / 1000.0 /></p> },
        )
    };
    let action = move || {
        if is_empty.get() { t_string!(i18n, call.write_note) } else { t_string!(i18n, call.edit_note) }
    };
    let empty = move || view! { <p class="muted">{text!(i18n, call.no_note)}</p> };
    view! {
        <Show when=move || !is_empty.get() fallback=empty><RichContent open html /></Show>
        {by}
        <Show when=move || open.may_edit.get()>
            <Button icon=IconName::Edit on_press=move |_| state.edit()>{action}</Button>
        </Show>
    }
}

#[component]
fn Writing(state: NoteState) -> impl IntoView {
    let open = state.open;
    let i18n = open.app.i18n;
    let link_open = RwSignal::new(false);
    let insert_time = move |_| {
        let ms = open.player.position_ms.get_untracked();
        state.editor.insert_time(ms, &clock(ms));
    };
    let message = move || state.error.with(|error| error.as_ref().map(|error| error_text(i18n, error)));
    view! {
        <div class="editor note-editor">
            <Newer state />
            <RichText
                handle=state.editor
                label=text!(i18n, call.note)
                placeholder=text!(i18n, call.note_hint)
                loading_label=text!(i18n, words.loading)
                failed_title=text!(i18n, inbox.editor_failed)
                retry_label=text!(i18n, words.try_again)
                time_links=open.has_intelligence
                on_change=move |(html, _)| state.draft.set(html)
                on_submit=move |()| state.save(state.version.get_untracked())
                on_link=move |()| link_open.set(true)
            />
            <p class="form-error" role="alert">{message}</p>
            <footer>
                <Toolbar editor=state.editor link_open />
                <Show when=move || open.has_intelligence.get()>
                    <Button kind=ButtonKind::Quiet icon=IconName::Clock on_press=insert_time>{text!(i18n, call.insert_time)}</Button>
                </Show>
                <span class="push"></span>
                <Button on_press=move |_| state.end()>{text!(i18n, forms.discard)}</Button>
                <Button kind=ButtonKind::Primary kbd="Ctrl ↵" busy=state.busy on_press=move |_| state.save(state.version.get_untracked())>
                    {text!(i18n, words.save)}
                </Button>
            </footer>
            <LinkDialog open=link_open editor=state.editor />
        </div>
    }
    .into_any()
}

/// What somebody else wrote meanwhile, and the choice between the two.
#[component]
fn Newer(state: NoteState) -> impl IntoView {
    let i18n = state.open.app.i18n;
    let html = Memo::new(move |_| state.newer.get().map(|note| note.html).unwrap_or_default());
    let take = move |_| {
        if let Some(note) = state.newer.get_untracked() {
            state.begin(&note.html, note.version);
        }
    };
    let overwrite = move |_| {
        if let Some(note) = state.newer.get_untracked() {
            state.version.set(note.version);
            state.newer.set(None);
            state.save(note.version);
        }
    };
    let action = move || {
        view! {
            <Button on_press=take>{text!(i18n, call.take_newer_note)}</Button>
            <Button on_press=overwrite>{text!(i18n, call.overwrite_note)}</Button>
        }
    };
    view! {
        <Show when=move || state.newer.with(Option::is_some)>
            <Banner tone=Tone::Warn icon=IconName::Warning action>{text!(i18n, call.newer_note)}</Banner>
            <blockquote class="newer-note"><RichContent open=state.open html /></blockquote>
        </Show>
    }
}
