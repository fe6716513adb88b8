//! Messages of the visitor.

use types::channels::VisitorMessage;
use visitor_kit::backoff::Backoff;
use visitor_kit::browser::api::Failure;
use visitor_kit::browser::clock::{now, sleep};
use visitor_kit::browser::page;
use visitor_kit::browser::task::spawn;
use visitor_kit::outbox::Outgoing;

use crate::attachments::Attachment;
use crate::chat::{Chat, Draft, Link};

impl Draft {
    /// Whether there is something to send, and nothing that has to be waited for.
    pub fn can_be_sent(&self, limit: u32) -> bool {
        let is_settled = self.attachments.iter().all(Attachment::is_settled) && !self.is_too_long(limit);
        is_settled && (!self.text.trim().is_empty() || self.attachments.iter().any(Attachment::is_stored))
    }

    /// Whether more is written than the characters that a message may hold.
    pub fn is_too_long(&self, limit: u32) -> bool {
        let limit = limit as usize;
        // A character is at least a byte: counting is for long texts only.
        self.text.len() > limit && self.text.chars().count() > limit
    }
}

impl Chat {
    /// Sends what has been written, once it can be.
    pub fn send(self) {
        let limit = self.config.limits.message_characters;
        if self.config.preview || !self.draft.peek(|draft| draft.can_be_sent(limit)) {
            return;
        }
        if self.state.peek(|state| state.conversation.is_ended() || state.link == Link::Ended) {
            self.start_again();
        }
        let draft = self.draft.change(std::mem::take);
        let outgoing = Outgoing {
            client_id: page::unique_name(),
            text: draft.text.trim().to_owned(),
            attachments: draft.attachments.into_iter().filter_map(Attachment::into_stored).collect(),
            page_url: self.page_url.borrow().clone(),
            created_at: now(),
            refusal: None,
        };
        self.state.change(|state| {
            state.notice = None;
            state.outbox.add(outgoing, &*self.store);
        });
        self.stop_typing();
        self.send_waiting();
    }

    /// Sends a refused message again.
    pub fn retry(self, client_id: &str) {
        self.state.change(|state| state.outbox.set_refusal(client_id, None, &*self.store));
        self.send_waiting();
    }

    /// Sends what waits, one message after the other, for as long as it takes.
    pub(crate) fn send_waiting(self) {
        if self.sends.replace(true) {
            return;
        }
        spawn(async move {
            let mut backoff = Backoff::default();
            while let Some(next) = self.state.peek(|state| state.outbox.next().cloned()) {
                // Asked before, as the event may come before the reply.
                let is_first = self.state.peek(|state| state.conversation.thread().is_none());
                match self.post(&next).await {
                    Ok(message) => {
                        backoff.reset();
                        self.take_reply(message, is_first);
                    }
                    Err(failure) => self.wait_after(failure, &next.client_id, &mut backoff).await,
                }
            }
            self.sends.set(false);
        });
    }

    async fn post(self, outgoing: &Outgoing) -> Result<VisitorMessage, Failure> {
        self.ensure_session().await?;
        self.api.create_message(&outgoing.request()).await
    }

    async fn wait_after(self, failure: Failure, client_id: &str, backoff: &mut Backoff) {
        match failure {
            Failure::SessionEnded => {
                // The visitor wants to say something, so a new conversation starts at once.
                self.lose_session();
                self.start_again();
                sleep(backoff.next(1.0)).await;
            }
            Failure::RateLimited { seconds } => {
                self.show_failure(&failure);
                sleep(seconds.max(1).saturating_mul(1000)).await;
                self.say(None);
            }
            Failure::Refused { detail, .. } => {
                self.state.change(|state| state.outbox.set_refusal(client_id, Some(detail), &*self.store));
            }
            _ => {
                self.set_link(Link::Lost);
                sleep(backoff.next(js_sys::Math::random())).await;
            }
        }
    }

    fn take_reply(self, message: VisitorMessage, is_first: bool) {
        let client_id = message.client_id.clone().unwrap_or_default();
        let thread_id = message.thread_id.to_string();
        self.state.change(|state| state.conversation.add_stored(message));
        self.acknowledge(&client_id);
        if is_first {
            self.tell_host("conversation_started", ("thread_id", &thread_id));
            self.load();
            self.ask_identity();
        }
        self.tell_host("message", ("author", "visitor"));
        if self.state.peek(|state| state.link) == Link::Lost {
            self.hurry();
        }
    }

    /// Forgets a message that the server has stored.
    pub(crate) fn acknowledge(self, client_id: &str) {
        if self.state.peek(|state| state.outbox.message(client_id).is_some()) {
            self.state.change(|state| {
                state.outbox.acknowledge(client_id, &*self.store);
            });
        }
    }

    /// Keeps what is being written, for the next page.
    pub(crate) fn keep_draft(self) {
        self.draft.read(|draft| match draft.text.as_str() {
            "" => self.store.remove("draft"),
            text => self.store.set("draft", text),
        });
    }
}
