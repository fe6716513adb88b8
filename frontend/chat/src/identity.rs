//! Who the visitor is: said by the host page, or by the visitor.

use leptos::prelude::*;
use types::channels::IdentifyVisitor;
use visitor_kit::browser::api::Failure;
use visitor_kit::conversation::Conversation;
use wasm_bindgen_futures::spawn_local;

use crate::chat::Chat;

/// What is kept once the visitor did not want to be asked.
const ASKED: &str = "asked";

impl Chat {
    /// The host page says who the visitor is.
    pub(crate) fn identify(self, identity: IdentifyVisitor) {
        spawn_local(async move {
            let mut reply = self.post_identity(&identity).await;
            if reply == Err(Failure::OtherIdentity) {
                // Two people at one browser: the former one's conversation is not for the other.
                self.end_session().await;
                self.conversation.set(Conversation::default());
                reply = self.post_identity(&identity).await;
            }
            if let Err(failure) = reply {
                self.show_failure(&failure);
            }
        });
    }

    /// The visitor gives name and address. Answers whether the address is one.
    pub fn introduce(self, name: String, email: String) -> bool {
        let is_address = email.split_once('@').is_some_and(|(mailbox, host)| !mailbox.is_empty() && host.contains('.'));
        if !email.is_empty() && !is_address {
            return false;
        }
        let given = |text: &String| (!text.is_empty()).then(|| text.clone());
        let identity = IdentifyVisitor { token: None, name: given(&name), email: given(&email) };
        self.skip_identity();
        if identity.name.is_none() && identity.email.is_none() {
            return true;
        }
        spawn_local(async move {
            match self.post_identity(&identity).await {
                Ok(()) => {
                    let shown = if name.is_empty() { email } else { name };
                    self.notice.set(Some(self.fill("identify_saved", "name", &shown)));
                }
                Err(failure) => self.show_failure(&failure),
            }
        });
        true
    }

    /// Asks for name and address, once, where nothing is known.
    pub(crate) fn ask_identity(self) {
        let is_anonymous = self.conversation.with_untracked(Conversation::is_anonymous);
        if is_anonymous && self.parts().store.get(ASKED).is_none() {
            self.asks_identity.set(true);
        }
    }

    /// Asks no more.
    pub fn skip_identity(self) {
        self.parts().store.set(ASKED, "1");
        self.asks_identity.set(false);
    }

    async fn post_identity(self, identity: &IdentifyVisitor) -> Result<(), Failure> {
        self.ensure_session().await?;
        let parts = self.parts();
        let reply = parts.api.client().identify_visitor(identity).await;
        let visitor = reply.map_err(|error| self.failure(error))?;
        self.asks_identity.set(false);
        self.conversation.update(|conversation| conversation.set_visitor(visitor));
        Ok(())
    }
}
