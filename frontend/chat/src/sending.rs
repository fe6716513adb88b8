//! Messages of the visitor.

use leptos::prelude::*;
use types::channels::VisitorMessage;
use visitor_kit::backoff::Backoff;
use visitor_kit::browser::api::Failure;
use visitor_kit::browser::clock::{now, sleep};
use visitor_kit::browser::page;
use visitor_kit::outbox::Outgoing;
use wasm_bindgen_futures::spawn_local;

use crate::attachments::Attachment;
use crate::chat::{Chat, Link};

impl Chat {
    /// Whether there is something to send, and nothing that has to be waited for.
    pub fn can_send(self) -> bool {
        let attachments = self.attachments.read();
        let is_ready = attachments.iter().all(Attachment::is_settled) && !self.is_too_long();
        is_ready && (!self.draft.read().trim().is_empty() || attachments.iter().any(Attachment::is_stored))
    }

    /// Whether more is written than a message may hold.
    pub fn is_too_long(self) -> bool {
        let limit = self.parts().config.limits.message_characters as usize;
        let draft = self.draft.read();
        // A character is at least a byte: counting is for long texts only.
        draft.len() > limit && draft.chars().count() > limit
    }

    /// Sends what has been written, once it can be.
    pub fn send(self) {
        if !untrack(|| self.can_send()) || self.parts().config.preview {
            return;
        }
        if self.conversation.with_untracked(|conversation| conversation.is_ended())
            || self.link.get_untracked() == Link::Ended
        {
            self.start_again();
        }
        let parts = self.parts();
        let attachments = self.attachments.try_update(std::mem::take).unwrap_or_default();
        let outgoing = Outgoing {
            client_id: page::unique_name(),
            text: self.draft.get_untracked().trim().to_owned(),
            attachments: attachments.into_iter().filter_map(Attachment::into_stored).collect(),
            page_url: parts.page_url.borrow().clone(),
            created_at: now(),
            refusal: None,
        };
        self.draft.set(String::new());
        self.notice.set(None);
        self.outbox.update(|outbox| outbox.add(outgoing, &*parts.store));
        self.stop_typing();
        self.send_waiting();
    }

    /// Sends a refused message again.
    pub fn retry(self, client_id: &str) {
        let parts = self.parts();
        self.outbox.update(|outbox| outbox.set_refusal(client_id, None, &*parts.store));
        self.send_waiting();
    }

    /// Sends what waits, one message after the other, for as long as it takes.
    pub(crate) fn send_waiting(self) {
        let parts = self.parts();
        if parts.sends.replace(true) {
            return;
        }
        spawn_local(async move {
            let mut backoff = Backoff::default();
            while let Some(next) = self.outbox.with_untracked(|outbox| outbox.next().cloned()) {
                match self.post(&next).await {
                    Ok(message) => {
                        backoff.reset();
                        self.take_reply(message);
                    }
                    Err(Failure::SessionEnded) => {
                        // The visitor wants to say something, so a new conversation starts at once.
                        self.lose_session();
                        self.start_again();
                        sleep(backoff.next(1.0)).await;
                    }
                    Err(failure @ Failure::RateLimited { seconds }) => {
                        self.show_failure(&failure);
                        sleep(seconds.max(1).saturating_mul(1000)).await;
                        self.notice.set(None);
                    }
                    Err(Failure::Refused { detail, .. }) => self.outbox.update(|outbox| {
                        outbox.set_refusal(&next.client_id, Some(detail), &*self.parts().store);
                    }),
                    Err(_) => {
                        if self.link.get_untracked() != Link::Loading {
                            self.link.set(Link::Lost);
                        }
                        sleep(backoff.next(js_sys::Math::random())).await;
                    }
                }
            }
            parts.sends.set(false);
        });
    }

    async fn post(self, outgoing: &Outgoing) -> Result<VisitorMessage, Failure> {
        self.ensure_session().await?;
        let parts = self.parts();
        let reply = parts.api.client().create_visitor_message(&outgoing.request()).await;
        reply.map_err(|error| self.failure(error))
    }

    fn take_reply(self, message: VisitorMessage) {
        let client_id = message.client_id.clone().unwrap_or_default();
        let thread_id = message.thread_id.to_string();
        let is_first = self.conversation.with_untracked(|known| known.thread().is_none());
        self.conversation.update(|conversation| {
            conversation.add_message(message);
        });
        self.acknowledge(&client_id);
        if let Some(host) = &self.parts().host {
            if is_first {
                host.event("conversation_started", ("thread_id", &thread_id));
            }
            host.event("message", ("author", "visitor"));
        }
        if is_first {
            self.load();
            self.ask_identity();
        }
        if self.link.get_untracked() == Link::Lost {
            self.hurry();
        }
    }

    /// Forgets a message that the server has stored.
    pub(crate) fn acknowledge(self, client_id: &str) {
        let parts = self.parts();
        if self.outbox.with_untracked(|outbox| outbox.message(client_id).is_some()) {
            self.outbox.update(|outbox| {
                outbox.acknowledge(client_id, &*parts.store);
            });
        }
    }

    /// Keeps what is being written, for the next page.
    pub(crate) fn keep_draft(self) {
        Effect::new(move |_| {
            let store = self.parts().store.clone();
            self.draft.with(|draft| match draft.is_empty() {
                true => store.remove("draft"),
                false => store.set("draft", draft),
            });
        });
    }
}
