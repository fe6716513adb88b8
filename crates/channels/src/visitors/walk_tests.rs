//! Visitors and a rep hold conversations, on the operations themselves and on both engines.

use std::future::Future;
use std::sync::Arc;

use accounts::content::Content;
use db::schema::{contacts, events, threads};
use db::testing::TestDatabase;
use db::{Engine, Json};
use diesel::prelude::*;
use jsonwebtoken::{EncodingKey, Header, encode};
use platform::{Actor, Ctx, Error, Grants, Result, Tx, UserActor, VisitorActor};
use serde_json::json;
use types::accounts::User;
use types::channels::{
    ChatWidget, CreateChatWidget, CreateVisitorMessage, CreateVisitorSession, IdentifyVisitor,
    ListVisitorMessages, UpdateChatWidget, Visitor, VisitorIdentity, VisitorMessage,
};
use types::conversations::{CreateComment, CreateMessage, DeliveryState, Message, SaveInbox, ThreadStatus};
use types::crm::CreateContact;
use types::{BuiltinRole, ContactId, ErrorCode, Permission, SessionId, ThreadId, VisitorEvent, VisitorId};

use super::{create_message, create_session, end, identify, list_messages, store};
use crate::chat_widgets::{self, renew_identity_secret};

struct Office {
    ctx: Ctx,
    rep: Actor,
    widget: ChatWidget,
    _database: TestDatabase,
}

impl Office {
    async fn open(engine: Engine) -> Self {
        let database = TestDatabase::new(engine).unwrap();
        let ctx = platform::testing::builder(&database)
            .unwrap()
            .subscribers(conversations::subscribers())
            .subscribers(crate::subscribers())
            .build()
            .await
            .unwrap();
        let (user, widget) = ctx
            .write(&Actor::System, |tx| {
                let user = accounts::users::add(
                    tx,
                    accounts::users::NewUser {
                        name: "Ana".to_owned(),
                        email: "ana@example.org".to_owned(),
                        role: BuiltinRole::SuperAdministrator,
                        password_hash: String::new(),
                    },
                )?;
                let inbox = SaveInbox { name: "Shop".to_owned(), member_ids: vec![user.id] };
                let inbox_id = conversations::inboxes::create(tx, &inbox)?.id;
                let new = CreateChatWidget { name: "Site".to_owned(), inbox_id };
                Ok((user, chat_widgets::create(tx, &new)?))
            })
            .await
            .unwrap();
        Self { ctx, rep: rep(&user), widget, _database: database }
    }

    async fn as_rep<T: Send + 'static>(
        &self,
        op: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.ctx.write(&self.rep, op).await
    }

    async fn visitor(&self) -> Browser<'_> {
        let new = CreateVisitorSession {
            widget_id: self.widget.id,
            language: Some("fr".to_owned()),
            time_zone: None,
        };
        let session = self.as_rep(move |tx| create_session(tx, &new)).await.unwrap();
        let hash = accounts::token::hash_token(&session.token);
        let found = self.as_rep(move |tx| store::find_session(tx, &hash, types::Timestamp(0))).await;
        Browser { office: self, actor: found.unwrap().unwrap().0 }
    }

    async fn reply(&self, thread: ThreadId, html: &str) -> Message {
        self.try_reply(thread, html).await.unwrap()
    }

    async fn try_reply(&self, thread: ThreadId, html: &str) -> Result<Message> {
        let content = Content::from_html("html", html).unwrap();
        let request = CreateMessage {
            html: html.to_owned(),
            attachment_ids: Vec::new(),
            client_id: None,
            seen_seq: None,
            send_anyway: true,
        };
        self.as_rep(move |tx| conversations::messages::create(tx, thread, &request, &content)).await
    }

    /// Changes the widget's settings.
    async fn set(&self, enabled: bool, require_signed_identity: bool) {
        let (id, widget) = (self.widget.id, self.widget.clone());
        let new = UpdateChatWidget {
            name: widget.name,
            inbox_id: widget.inbox_id,
            enabled,
            style: widget.style,
            allowed_origins: Vec::new(),
            require_signed_identity,
        };
        self.as_rep(move |tx| chat_widgets::update(tx, id, &new)).await.unwrap();
    }

    /// How far a message has come, as the team sees it.
    async fn delivery(&self, message: &Message) -> DeliveryState {
        let id = message.id;
        self.as_rep(move |tx| conversations::messages::get(tx, id)).await.unwrap().delivery.unwrap()
    }

    async fn contact_count(&self) -> i64 {
        self.as_rep(|tx| Ok(contacts::table.count().get_result(tx.conn())?)).await.unwrap()
    }

    /// A token that the site signs for one of its users.
    async fn signed(&self, subject: &str) -> IdentifyVisitor {
        let id = self.widget.id;
        let secret = self
            .as_rep(move |tx| {
                let widget = crate::access::read_widget(tx, id)?;
                renew_identity_secret::open(tx.ctx().secrets(), &widget)
            })
            .await
            .unwrap();
        let until = self.ctx.now().0 / types::Timestamp::SECOND + 60;
        let claims = json!({ "sub": subject, "exp": until, "name": "Bea", "email": "bea@example.org" });
        let token =
            encode(&Header::default(), &claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap();
        IdentifyVisitor { token: Some(token), name: None, email: None }
    }
}

fn rep(user: &User) -> Actor {
    let grants = Grants {
        permissions: Permission::ALL.iter().copied().collect(),
        all_inboxes: true,
        ..Grants::default()
    };
    Actor::User(UserActor {
        id: user.id,
        name: user.name.as_str().into(),
        session_id: SessionId(1),
        grants: Arc::new(grants),
    })
}

/// A visitor in one browser.
struct Browser<'a> {
    office: &'a Office,
    actor: VisitorActor,
}

impl Browser<'_> {
    async fn act<T: Send + 'static>(
        &self,
        op: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.office.ctx.write(&Actor::Visitor(self.actor), op).await
    }

    async fn try_write(&self, text: &str) -> Result<VisitorMessage> {
        let content = Content::from_text("text", text)?;
        let new = CreateVisitorMessage {
            text: text.to_owned(),
            attachment_ids: Vec::new(),
            client_id: text.to_owned(),
            page_url: None,
        };
        self.act(move |tx| create_message(tx, &new, &content)).await
    }

    async fn write(&self, text: &str) -> VisitorMessage {
        self.try_write(text).await.unwrap()
    }

    async fn identify(&self, claim: IdentifyVisitor) -> Result<Visitor> {
        self.act(move |tx| identify::identify(tx, &claim)).await
    }

    async fn end(&self) -> Visitor {
        self.act(end::end).await.unwrap()
    }

    /// The texts that the visitor reads.
    async fn texts(&self) -> Vec<String> {
        let page = self.act(|tx| list_messages::list(tx, &ListVisitorMessages::default())).await.unwrap();
        page.items.into_iter().map(|message| message.text).collect()
    }

    async fn contact_id(&self) -> ContactId {
        let id = self.actor.id;
        self.act(move |tx| store::find(tx, id)).await.unwrap().unwrap().contact_id
    }

    /// Everything that the visitor was told of by events, oldest first.
    async fn events(&self) -> Vec<VisitorEvent> {
        let topic = format!("visitor:{}", self.actor.id);
        let rows: Vec<Json<VisitorEvent>> = self
            .act(move |tx| {
                let of_visitor = events::table.filter(events::topic.eq(&topic)).order(events::id);
                Ok(of_visitor.select(events::payload).load(tx.conn())?)
            })
            .await
            .unwrap();
        rows.into_iter().map(|row| row.0).collect()
    }
}

fn unsigned(name: &str, email: &str) -> IdentifyVisitor {
    IdentifyVisitor { token: None, name: Some(name.to_owned()), email: Some(email.to_owned()) }
}

fn code(result: Result<impl std::fmt::Debug>) -> ErrorCode {
    match result {
        Err(Error::Conflict { code, .. }) => code,
        other => panic!("{other:?}"),
    }
}

fn on<F: Future<Output = ()>>(engine: Engine, test: impl FnOnce(Office) -> F) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async { test(Office::open(engine).await).await });
}

macro_rules! on_both {
    ($($name:ident,)+) => { $(
        mod $name {
            #[test]
            fn sqlite() { super::on(db::Engine::Sqlite, super::walks::$name); }
            #[test]
            fn postgres() { super::on(db::Engine::Postgres, super::walks::$name); }
        }
    )+ };
}

on_both! {
    a_contact_appears_with_the_first_message,
    only_messages_reach_the_visitor,
    what_cannot_be_delivered_fails_and_can_be_sent_again,
    an_ended_conversation_stays_ended,
    the_team_may_take_an_ended_conversation_up_again,
    a_claim_touches_nobody_else,
    a_signature_makes_the_visitor_that_contact,
    a_proved_visitor_never_becomes_somebody_else,
    an_erased_contact_leaves_no_visitor,
}

mod walks {
    use super::*;

    pub(super) async fn a_contact_appears_with_the_first_message(office: Office) {
        let browser = office.visitor().await;
        assert_eq!(office.contact_count().await, 0);
        let first = browser.write("Hello").await;
        assert_eq!(office.contact_count().await, 1);
        let again = browser.write("Hello").await;
        assert_eq!((again.id, again.seq), (first.id, first.seq));
        browser.write("Anybody there?").await;
        assert_eq!(browser.texts().await, ["Hello", "Anybody there?"]);
        let stranger = office.visitor().await;
        assert_eq!(stranger.texts().await, [""; 0]);
    }

    pub(super) async fn only_messages_reach_the_visitor(office: Office) {
        let browser = office.visitor().await;
        let thread = browser.write("Hello").await.thread_id;
        office.reply(thread, "<p>Hi!</p>").await;
        let content = Content::from_html("html", "<p>secret</p>").unwrap();
        let comment = CreateComment {
            html: "<p>secret</p>".to_owned(),
            mentioned_user_ids: Vec::new(),
            attachment_ids: Vec::new(),
            client_id: None,
        };
        let commented =
            move |tx: &mut Tx<'_>| conversations::messages::comment(tx, thread, &comment, &content);
        office.as_rep(commented).await.unwrap();
        office.as_rep(move |tx| conversations::threads::close(tx, thread)).await.unwrap();
        assert_eq!(browser.texts().await, ["Hello", "Hi!"]);
        let told = browser.events().await;
        let texts: Vec<_> = told
            .iter()
            .filter_map(|event| match event {
                VisitorEvent::MessageCreated { message, .. } => Some(message.text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["Hello", "Hi!"]);
        assert!(!serde_json::to_string(&told).unwrap().contains("secret"));
        let Some(VisitorEvent::ThreadChanged { thread }) = told.last() else { panic!("{told:?}") };
        assert_eq!((thread.status, thread.unread), (ThreadStatus::Closed, 1));
        assert_eq!(thread.answered_by.as_deref(), Some("Ana"));
    }

    pub(super) async fn what_cannot_be_delivered_fails_and_can_be_sent_again(office: Office) {
        let browser = office.visitor().await;
        let thread = browser.write("Hello").await.thread_id;
        office.set(false, false).await;
        assert!(matches!(browser.try_write("Still here").await, Err(Error::NotFound)));
        let lost = office.reply(thread, "<p>Too late</p>").await;
        assert_eq!(office.delivery(&lost).await, DeliveryState::Failed);
        office.set(true, false).await;
        assert_eq!(browser.texts().await, ["Hello"]);
        let id = lost.id;
        office.as_rep(move |tx| conversations::messages::retry(tx, id)).await.unwrap();
        assert_eq!(office.delivery(&lost).await, DeliveryState::Sent);
        assert_eq!(browser.texts().await, ["Hello", "Too late"]);
    }

    pub(super) async fn an_ended_conversation_stays_ended(office: Office) {
        let browser = office.visitor().await;
        let first = browser.write("One").await.thread_id;
        assert_eq!(browser.end().await.thread, None);
        assert_eq!(browser.texts().await, [""; 0]);
        let second = browser.write("Two").await.thread_id;
        assert_ne!(first, second);
        assert_eq!(code(office.try_reply(first, "<p>About one</p>").await), ErrorCode::Conflict);
        assert_eq!(browser.texts().await, ["Two"]);
    }

    pub(super) async fn the_team_may_take_an_ended_conversation_up_again(office: Office) {
        let browser = office.visitor().await;
        let thread = browser.write("One").await.thread_id;
        browser.end().await;
        let more = office.reply(thread, "<p>One more thing</p>").await;
        assert_eq!(office.delivery(&more).await, DeliveryState::Sent);
        assert_eq!(browser.texts().await, ["One", "One more thing"]);
    }

    pub(super) async fn a_claim_touches_nobody_else(office: Office) {
        let boss = CreateContact {
            name: "The Boss".to_owned(),
            email: Some("boss@example.org".to_owned()),
            ..CreateContact::default()
        };
        let boss = office.as_rep(move |tx| crm::contacts::create(tx, &boss)).await.unwrap();
        let browser = office.visitor().await;
        let visitor = browser.identify(unsigned("Mallory", "boss@example.org")).await.unwrap();
        assert_eq!(
            (visitor.identity, visitor.name.as_deref()),
            (VisitorIdentity::Unverified, Some("Mallory"))
        );
        assert_ne!(browser.contact_id().await, boss.id);
        let after = office.as_rep(move |tx| crm::contacts::find(tx, boss.id)).await.unwrap();
        assert_eq!(after, boss);
        office.set(true, true).await;
        assert_eq!(code(browser.identify(unsigned("Bea", "")).await), ErrorCode::IdentityRefused);
    }

    pub(super) async fn a_signature_makes_the_visitor_that_contact(office: Office) {
        let phone = office.visitor().await;
        phone.write("From my phone").await;
        let visitor = phone.identify(office.signed("u1").await).await.unwrap();
        assert_eq!((visitor.identity, visitor.name.as_deref()), (VisitorIdentity::Verified, Some("Bea")));
        let desk = office.visitor().await;
        let thread = desk.write("From my desk").await.thread_id;
        let own = desk.contact_id().await;
        desk.identify(office.signed("u1").await).await.unwrap();
        assert_eq!(desk.contact_id().await, phone.contact_id().await);
        // The conversation moved along, and what was said in the other browser stays there.
        let holder = office
            .as_rep(move |tx| {
                Ok(threads::table.find(thread).select(threads::contact_id).first::<ContactId>(tx.conn())?)
            })
            .await
            .unwrap();
        assert_eq!(holder, phone.contact_id().await);
        assert_eq!(desk.texts().await, ["From my desk"]);
        let merged = office.as_rep(move |tx| crm::contacts::find(tx, own)).await.unwrap();
        assert_eq!(merged.id, holder);
        desk.write("Again").await;
    }

    pub(super) async fn a_proved_visitor_never_becomes_somebody_else(office: Office) {
        let browser = office.visitor().await;
        browser.identify(office.signed("u1").await).await.unwrap();
        browser.identify(office.signed("u1").await).await.unwrap();
        assert_eq!(code(browser.identify(office.signed("u2").await).await), ErrorCode::Conflict);
        assert_eq!(
            code(browser.identify(unsigned("Mallory", "m@example.org")).await),
            ErrorCode::IdentityRefused
        );
        let forged = IdentifyVisitor { token: Some("a.b.c".to_owned()), name: None, email: None };
        assert_eq!(code(browser.identify(forged).await), ErrorCode::IdentityRefused);
    }

    pub(super) async fn an_erased_contact_leaves_no_visitor(office: Office) {
        let browser = office.visitor().await;
        browser.write("Forget me").await;
        let (contact, visitor): (ContactId, VisitorId) = (browser.contact_id().await, browser.actor.id);
        office
            .as_rep(move |tx| {
                let name = crm::contacts::find(tx, contact)?.name;
                crm::contacts::erase(tx, contact, &types::crm::EraseContact { confirm_name: name })
            })
            .await
            .unwrap();
        let found = office.as_rep(move |tx| store::find(tx, visitor)).await.unwrap();
        assert!(found.is_none());
        assert!(matches!(browser.try_write("Hello").await, Err(Error::Unauthenticated)));
    }
}
