//! The editor of one tab: text, files, formats, send.

use std::time::Duration;

use leptos::{ev::DragEvent, html, prelude::*};
use leptos_i18n::t_string;
use types::ThreadId;
use types::conversations::MessageKind;
use ui::{Banner, Button, ButtonKind, IconButton, IconName, RichText, RichTextHandle, Tone};
use web_sys::FileList;

use super::ComposerPlace;
use super::draft::Draft;
use super::sending;
use super::uploads::{UploadList, Uploads};
use crate::browser;
use crate::context::{App, use_app};
use crate::inbox::thread::show_typing;
use crate::texts::text;
use crate::writing::{
    Audience, InsertMenu, LinkDialog, MentionButton, Suggestions, Toolbar, insert_mention, mentioned,
};

/// Between two signs that the user is writing, in milliseconds.
const TYPING_MS: f64 = 4_000.0;
/// Drafts are kept this long after the last key.
const SAVE_AFTER: Duration = Duration::from_millis(300);

/// What is being written in one tab.
#[derive(Clone, Copy)]
struct Writing {
    app: App,
    id: ThreadId,
    kind: MessageKind,
    editor: RichTextHandle,
    /// HTML and plain text.
    content: RwSignal<(String, String)>,
    uploads: Uploads,
    /// There are newer messages than the writer had seen.
    has_newer: RwSignal<bool>,
    last_sign: StoredValue<f64>,
    save_timer: StoredValue<Option<TimeoutHandle>>,
}

impl Writing {
    fn start(app: App, id: ThreadId, kind: MessageKind) -> Self {
        let draft = Draft::load(app, id, kind);
        let writing = Self {
            app,
            id,
            kind,
            editor: RichTextHandle::new(),
            content: RwSignal::new((draft.html.clone(), draft.text)),
            uploads: Uploads::new(draft.attachments),
            has_newer: RwSignal::new(false),
            last_sign: StoredValue::new(0.0),
            save_timer: StoredValue::new(None),
        };
        writing.editor.set_html(&draft.html);
        writing.keep_draft();
        writing.take_back_refused();
        writing
    }

    fn draft(self) -> Draft {
        let (html, text) = self.content.get();
        let mentioned_user_ids = match self.kind {
            MessageKind::Comment => mentioned(self.app, Audience::Thread(self.id), &text),
            _ => Vec::new(),
        };
        Draft { html, text, attachments: self.uploads.files(), mentioned_user_ids }
    }

    fn keep_draft(self) {
        Effect::new(move |first: Option<()>| {
            let draft = self.draft();
            if first.is_none() {
                return;
            }
            let save = move || draft.save(self.app, self.id, self.kind);
            if let Some(timer) = self.save_timer.get_value() {
                timer.clear();
            }
            // Without a timer it is kept at once.
            self.save_timer.set_value(set_timeout_with_handle(save, SAVE_AFTER).ok());
        });
        on_cleanup(move || untrack(|| self.draft()).save(self.app, self.id, self.kind));
    }

    /// A reply that met newer messages comes back to be looked at again.
    fn take_back_refused(self) {
        let refused = self.app.inbox.refused;
        Effect::new(move |_| {
            let own =
                refused.get().filter(|(thread, message)| *thread == self.id && message.kind == self.kind);
            if let Some((_, message)) = own {
                self.fill(&message.html, &message.text);
                self.uploads.set(message.attachments);
                self.has_newer.set(true);
                refused.set(None);
            }
        });
    }

    fn fill(self, html: &str, text: &str) {
        self.editor.set_html(html);
        self.content.set((html.to_owned(), text.to_owned()));
    }

    fn on_change(self, html: String, text: String) {
        let has_text = !text.is_empty();
        self.content.set((html, text));
        let now = browser::now_ms();
        if has_text && self.kind == MessageKind::Message && now - self.last_sign.get_value() > TYPING_MS {
            self.last_sign.set_value(now);
            show_typing(self.app, self.id);
        }
    }

    fn cannot_send(self) -> bool {
        self.uploads.are_pending() || self.draft().is_empty()
    }

    fn send(self, anyway: bool) {
        if untrack(|| self.cannot_send()) {
            return;
        }
        let draft = untrack(|| self.draft());
        self.has_newer.set(false);
        self.fill("", "");
        self.uploads.set(Vec::new());
        self.last_sign.set_value(0.0);
        sending::send(self.app, self.id, self.kind, draft, anyway);
        self.editor.focus();
    }

    fn mention(self, name: &str) {
        // The editor writes the content anew while it inserts.
        let (_, text) = self.content.get_untracked();
        insert_mention(self.editor, &text, name);
    }
}

/// The editor of a tab.
#[component]
pub(super) fn Editor(id: ThreadId, kind: MessageKind, place: ComposerPlace) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let writing = Writing::start(app, id, kind);
    let (link_open, dragging) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        if place.wants_focus.get() && writing.editor.ready().get() {
            writing.editor.focus();
            place.wants_focus.set(false);
        }
    });
    let placeholder = move || match kind {
        MessageKind::Comment => t_string!(i18n, inbox.comment_hint),
        _ => t_string!(i18n, inbox.reply_hint),
    };
    let drop = move |event: DragEvent| {
        dragging.set(false);
        // The text takes what is dropped onto it, and says so.
        if event.default_prevented() {
            return;
        }
        event.prevent_default();
        if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
            writing.uploads.add(app, &files);
        }
    };
    let suggestions = (kind == MessageKind::Comment).then(|| {
        let text = Signal::derive(move || writing.content.with(|(_, text)| text.clone()));
        let on_choose = Callback::new(move |name: String| writing.mention(&name));
        view! { <Suggestions audience=Audience::Thread(id) text on_choose /> }
    });
    view! {
        <div
            class="editor"
            class:dragging=move || dragging.get()
            on:dragover=move |event: DragEvent| { event.prevent_default(); dragging.set(true) }
            on:dragleave=move |_| dragging.set(false)
            on:drop=drop
        >
            <NewerMessages writing />
            <div class="editor-text" style:height=move || format!("{}px", place.height.get() as i64)>
                <RichText
                    handle=writing.editor
                    label=placeholder
                    placeholder
                    loading_label=text!(i18n, words.loading)
                    failed_title=text!(i18n, inbox.editor_failed)
                    retry_label=text!(i18n, words.try_again)
                    on_change=move |(html, text)| writing.on_change(html, text)
                    on_submit=move |()| writing.send(false)
                    on_link=move |()| link_open.set(true)
                    on_files=move |files: FileList| writing.uploads.add(app, &files)
                />
            </div>
            {suggestions}
            <UploadList uploads=writing.uploads />
            <Foot writing link_open />
            <LinkDialog open=link_open editor=writing.editor />
        </div>
    }
}

#[component]
fn NewerMessages(writing: Writing) -> impl IntoView {
    let i18n = use_app().i18n;
    let action = move || {
        view! { <Button on_press=move |_| writing.send(true)>{text!(i18n, inbox.send_anyway)}</Button> }
    };
    view! {
        <Show when=move || writing.has_newer.get()>
            <Banner tone=Tone::Warn icon=IconName::Warning action>{text!(i18n, inbox.newer_messages)}</Banner>
        </Show>
    }
}

#[component]
fn Foot(writing: Writing, link_open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let input = NodeRef::<html::Input>::new();
    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(files) = input.files() {
            writing.uploads.add(app, &files);
        }
        // So that the same file can be chosen again.
        input.set_value("");
    };
    let is_comment = writing.kind == MessageKind::Comment;
    let send_text = move || match is_comment {
        true => t_string!(i18n, inbox.add_comment),
        false => t_string!(i18n, inbox.send),
    };
    let cannot_send = Signal::derive(move || writing.cannot_send());
    view! {
        <footer>
            <Toolbar editor=writing.editor link_open />
            <InsertMenu editor=writing.editor />
            <IconButton label=text!(i18n, inbox.attach) icon=IconName::Attach on_press=choose />
            <input node_ref=input type="file" multiple hidden tabindex="-1" aria-label=text!(i18n, inbox.attach) on:change=chosen />
            {is_comment.then(|| view! { <MentionButton audience=Audience::Thread(writing.id) on_choose=Callback::new(move |name: String| writing.mention(&name)) /> })}
            <span class="push"></span>
            <Button kind=ButtonKind::Primary kbd="Ctrl ↵" disabled=cannot_send on_press=move |_| writing.send(false)>{send_text}</Button>
        </footer>
    }
}
