//! Who the visitor is: said by the host page, or by the visitor.

use types::channels::IdentifyVisitor;
use visitor_kit::browser::api::Failure;
use visitor_kit::browser::task::spawn;
use visitor_kit::conversation::Conversation;

use crate::chat::Chat;

/// What is kept once the visitor did not want to be asked.
const ASKED: &str = "asked";

impl Chat {
    /// The host page says who the visitor is.
    pub(crate) fn identify(self, identity: IdentifyVisitor) {
        spawn(async move {
            let mut reply = self.post_identity(&identity).await;
            if reply == Err(Failure::OtherIdentity) {
                // Two people at one browser: the former one's conversation is not for the other.
                self.end_session().await;
                self.state.change(|state| state.conversation = Conversation::default());
                reply = self.post_identity(&identity).await;
            }
            if let Err(failure) = reply {
                self.show_failure(&failure);
            }
        });
    }

    /// The visitor gives name and address, either of which may be empty. Answers whether the address is one.
    pub fn introduce(self, name: String, email: String) -> bool {
        let is_address =
            || email.split_once('@').is_some_and(|(mailbox, host)| !mailbox.is_empty() && host.contains('.'));
        if !email.is_empty() && !is_address() {
            return false;
        }
        self.skip_identity();
        let shown = if name.is_empty() { email.clone() } else { name.clone() };
        if shown.is_empty() {
            return true;
        }
        let given = |text: String| Some(text).filter(|text| !text.is_empty());
        let identity = IdentifyVisitor { token: None, name: given(name), email: given(email) };
        spawn(async move {
            match self.post_identity(&identity).await {
                Ok(()) => self.say(Some(self.fill("identify_saved", "name", &shown))),
                Err(failure) => self.show_failure(&failure),
            }
        });
        true
    }

    /// Asks for name and address, once, where nothing is known.
    pub(crate) fn ask_identity(self) {
        if self.state.peek(|state| state.conversation.is_anonymous()) && self.store.get(ASKED).is_none() {
            self.state.change(|state| state.asks_identity = true);
        }
    }

    /// Asks no more.
    pub fn skip_identity(self) {
        self.store.set(ASKED, "1");
        self.state.change(|state| state.asks_identity = false);
    }

    async fn post_identity(self, identity: &IdentifyVisitor) -> Result<(), Failure> {
        self.ensure_session().await?;
        let visitor = self.api.identify(identity).await?;
        self.state.change(|state| {
            state.asks_identity = false;
            state.conversation.set_visitor(visitor);
        });
        Ok(())
    }
}
