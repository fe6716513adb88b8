//! Sharing the call or a part of it: with colleagues by mail, by link, and with people outside.

mod bounds;
mod outside;
mod recipients;
mod shown_clip;

use std::collections::BTreeSet;

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use state::recording::Bounds;
use types::UserId;
use types::clips::{Clip, ClipPath, CreateClip, ShareClip};
use ui::{Button, ButtonKind, Dialog, Field, IconName, TextArea};

use super::open_call::{OpenCall, use_call};
use crate::browser;
use crate::forms::{FormError, Submission};
use crate::texts::text;
use bounds::BoundsFields;
use outside::Outside;
use recipients::Recipients;
pub use shown_clip::ShownClip;

/// What is being shared.
#[derive(Clone, Copy)]
struct Sharing {
    open: OpenCall,
    submission: Submission,
    recipients: RwSignal<BTreeSet<UserId>>,
    message: RwSignal<String>,
    /// The clip that was made for these bounds and this message, so that no press makes it twice.
    made: RwSignal<Option<(Bounds, String, Clip)>>,
}

impl Sharing {
    fn new(open: OpenCall) -> Self {
        Self {
            open,
            submission: Submission::new(),
            recipients: RwSignal::new(BTreeSet::new()),
            message: RwSignal::new(String::new()),
            made: RwSignal::new(None),
        }
    }

    fn reset(self) {
        self.submission.clear();
        self.recipients.set(BTreeSet::new());
        self.message.set(String::new());
        self.made.set(None);
    }

    /// The clip as it was made before for the same bounds and message. Tracked.
    fn made(self) -> Option<Clip> {
        let (bounds, message) = (self.open.bounds.get(), self.message.get());
        self.made.with(|made| {
            let (of_bounds, of_message, clip) = made.as_ref()?;
            (*of_bounds == bounds && *of_message == message).then(|| clip.clone())
        })
    }

    /// The clip, made if it is not there yet, and sent to these users.
    async fn clip(self, recipient_ids: Vec<UserId>) -> Result<Clip, ClientError> {
        let api = self.open.app.api();
        let (bounds, message) = (self.open.bounds.get_untracked(), self.message.get_untracked());
        let clip = match untrack(|| self.made()) {
            Some(clip) if recipient_ids.is_empty() => clip,
            Some(clip) => {
                api.share_clip(&ClipPath { clip_id: clip.id }, &ShareClip { recipient_ids }).await?
            }
            None => {
                let request = CreateClip {
                    from_ms: bounds.from_ms,
                    until_ms: bounds.until_ms,
                    title: None,
                    message: Some(message.trim().to_owned()).filter(|message| !message.is_empty()),
                    folder_id: None,
                    recipient_ids,
                };
                let api = api.with_idempotency_key(browser::unique_name());
                api.create_clip(&self.open.path(), &request).await?
            }
        };
        self.made.set(Some((bounds, message, clip.clone())));
        Ok(clip)
    }
}

/// Chooses colleagues, says why, trims; sends, or copies the link.
#[component]
pub fn ShareDialog(dialog_open: RwSignal<bool>) -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let sharing = Sharing::new(open);
    Effect::new(move |_| {
        if dialog_open.get() {
            sharing.reset();
        }
    });
    let may_clip = move || open.has_intelligence.get() && open.player.is_ready();
    view! {
        <Dialog open=dialog_open title=text!(i18n, call.share_title) close_label=text!(i18n, words.close) wide=true>
            <Show when=may_clip fallback=move || view! { <WholeCall open /> }>
                <WithColleagues sharing dialog_open />
                <Outside sharing />
            </Show>
        </Dialog>
    }
    .into_any()
}

/// The link to the call, for whoever may not make clips of it.
#[component]
fn WholeCall(open: OpenCall) -> impl IntoView {
    let i18n = open.app.i18n;
    view! {
        <ui::CopyField
            value=Signal::stored(link_to_call(open))
            label=text!(i18n, call.link_to_call)
            copy_label=text!(i18n, call.copy_link)
            copied_label=text!(i18n, words.copied)
        />
        <p class="muted">{text!(i18n, call.link_hint)}</p>
    }
}

fn link_to_call(open: OpenCall) -> String {
    browser::address_of(&format!("/calls/{}", open.id))
}

#[component]
fn WithColleagues(sharing: Sharing, dialog_open: RwSignal<bool>) -> impl IntoView {
    let open = sharing.open;
    let (i18n, submission) = (open.app.i18n, sharing.submission);
    let is_whole = move || open.bounds.get().is_whole();
    let nobody = Signal::derive(move || sharing.recipients.with(BTreeSet::is_empty));
    let share = move |_| {
        let recipients: Vec<UserId> = sharing.recipients.get_untracked().into_iter().collect();
        let count = recipients.len();
        submission.run(sharing.clip(recipients), move |_| {
            dialog_open.set(false);
            open.app.toasts.show(t_string!(i18n, call.shared, count = count).to_string());
        });
    };
    let copy = move |_| copy_link(sharing);
    let error = Signal::derive(move || {
        submission.field_where(|field| field.starts_with("recipient")).map(|e| e.detail)
    });
    view! {
        <div class="form">
            <Recipients sharing error />
            <Field label=text!(i18n, call.message) hint=text!(i18n, call.message_hint) error=submission.field("message")>
                <TextArea value=sharing.message rows=2 />
            </Field>
            <BoundsFields open submission />
            <p class="muted">
                {move || if is_whole() { t_string!(i18n, call.whole_is_shared) } else { t_string!(i18n, call.clip_is_shared) }}
            </p>
            <FormError submission />
            <div class="actions">
                <Button icon=IconName::Link on_press=copy>{text!(i18n, call.copy_link)}</Button>
                <Button kind=ButtonKind::Primary icon=IconName::Send disabled=nobody busy=submission.busy on_press=share>
                    {text!(i18n, call.share)}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

/// Copies the link to the call, or to the clip, which is made for it.
fn copy_link(sharing: Sharing) {
    let open = sharing.open;
    if open.bounds.get_untracked().is_whole() {
        spawn_local(copy(open, link_to_call(open)));
        return;
    }
    sharing
        .submission
        .run(sharing.clip(Vec::new()), move |clip| spawn_local(copy(open, absolute(&clip.url))));
}

/// A link as it is shared: the server gives it with or without its own address.
fn absolute(url: &str) -> String {
    if url.starts_with('/') { browser::address_of(url) } else { url.to_owned() }
}

async fn copy(open: OpenCall, link: String) {
    let i18n = open.app.i18n;
    if browser::copy(&link).await {
        open.app.toasts.show(untrack(|| t_string!(i18n, inbox.link_copied)));
    } else {
        let said = untrack(|| t_string!(i18n, inbox.link_not_copied));
        open.app.toasts.show_error(format!("{said} {link}"));
    }
}
