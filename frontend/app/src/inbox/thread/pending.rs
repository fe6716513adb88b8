//! What was sent and the server has not confirmed.

use leptos::prelude::*;
use state::PendingMessage;
use types::ThreadId;
use types::conversations::AuthorKind;
use ui::{Button, ButtonKind, Icon, IconName};

use super::attachments::Attachments;
use super::bubble::bubble_class;
use crate::context::use_app;
use crate::inbox::composer;
use crate::texts::text;

/// A reply or comment on its way; when it failed, with what to do.
#[component]
pub fn PendingBubble(thread: ThreadId, message: PendingMessage) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let PendingMessage { client_id, kind, text, attachments, failed, .. } = message;
    let class = format!("{} pending", bubble_class(kind, AuthorKind::User));
    let (retry_id, discard_id) = (client_id.clone(), client_id);
    let is_waiting = failed.is_none();
    let has_text = !text.is_empty();
    view! {
        <article class=class>
            <div class="message">
                <div class="head">
                    {is_waiting.then(|| view! { <span class="delivery">{text!(i18n, inbox.sending)}</span> })}
                </div>
                {has_text.then(|| view! { <div class="bubble plain">{text}</div> })}
                <Attachments files=attachments />
                {failed.map(|failure| view! {
                    <div class="failure" role="alert">
                        <Icon name=IconName::Warning />
                        <span>{failure}</span>
                        <Button kind=ButtonKind::Quiet icon=IconName::Refresh on_press=move |_| composer::retry(app, thread, &retry_id)>
                            {text!(i18n, words.try_again)}
                        </Button>
                        <Button kind=ButtonKind::Quiet on_press=move |_| composer::discard(app, thread, &discard_id)>
                            {text!(i18n, inbox.discard)}
                        </Button>
                    </div>
                })}
            </div>
        </article>
    }
}
