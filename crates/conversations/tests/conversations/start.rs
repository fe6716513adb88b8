//! What every test here starts from.

use std::collections::BTreeSet;
use std::sync::Arc;

use accounts::content::Content;
use conversations::{Incoming, Received, receive_message};
use db::testing::TestDatabase;
use platform::{Actor, Ctx, Engine, Error, Grants, Result, UserActor, testing};
use types::accounts::User;
use types::conversations::{ChannelKind, CreateMessage, Inbox, ListMessages, Message, SaveInbox};
use types::{BuiltinRole, ContactId, InboxId, SessionId, ThreadId, UserId, VisitorId};

pub const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// An account with two inboxes: Ann works in the first, Bob in both, Eve in none.
pub struct Account {
    pub ctx: Ctx,
    pub ann: User,
    pub bob: User,
    pub eve: User,
    pub sales: Inbox,
    pub support: Inbox,
    _database: TestDatabase,
}

impl Account {
    pub async fn new(engine: Engine) -> Self {
        let database = TestDatabase::new(engine).unwrap();
        let builder = testing::builder(&database).unwrap().subscribers(conversations::subscribers());
        let ctx = conversations::jobs(builder).build().await.unwrap();
        let add = |name: &'static str, role: BuiltinRole| {
            let ctx = ctx.clone();
            async move {
                let new = move || accounts::users::NewUser {
                    name: name.to_owned(),
                    email: format!("{name}@example.org"),
                    role,
                    password_hash: "x".to_owned(),
                };
                ctx.write(&Actor::System, move |tx| accounts::users::add(tx, new())).await.unwrap()
            }
        };
        let (ann, bob) = (add("Ann", BuiltinRole::Agent).await, add("Bob", BuiltinRole::Agent).await);
        let eve = add("Eve", BuiltinRole::Agent).await;
        let sales = inbox(&ctx, "Sales", vec![ann.id, bob.id]).await;
        let support = inbox(&ctx, "Support", vec![bob.id]).await;
        Self { ctx, ann, bob, eve, sales, support, _database: database }
    }

    /// An agent of these inboxes.
    pub fn agent(&self, user: &User, inboxes: &[InboxId]) -> Actor {
        actor(user, BuiltinRole::Agent, inboxes)
    }

    pub fn as_ann(&self) -> Actor {
        self.agent(&self.ann, &[self.sales.id])
    }

    pub fn as_bob(&self) -> Actor {
        self.agent(&self.bob, &[self.sales.id, self.support.id])
    }

    pub fn as_eve(&self) -> Actor {
        self.agent(&self.eve, &[])
    }

    /// A visitor with a contact of the same number.
    pub async fn visitor(&self, number: i64) {
        let create = move |tx: &mut platform::Tx<'_>| {
            let name = format!("Visitor {number}");
            let new = crm::visitors::NewVisitorContact {
                id: ContactId(number),
                name: &name,
                language: Some("en"),
                time_zone: None,
            };
            crm::visitors::create(tx, new)
        };
        self.ctx.write(&Actor::System, create).await.unwrap();
    }

    /// Has a visitor write into an inbox.
    pub async fn says(&self, visitor: i64, inbox: InboxId, text: &str) -> Received {
        let incoming = said(visitor, inbox, text);
        self.ctx.write(&Actor::System, move |tx| receive_message(tx, &incoming)).await.unwrap()
    }

    /// Has a user reply.
    pub async fn replies(&self, actor: &Actor, thread: ThreadId, request: CreateMessage) -> Result<Message> {
        let content = Content::from_html("html", &request.html).unwrap();
        self.ctx.write(actor, move |tx| conversations::messages::create(tx, thread, &request, &content)).await
    }

    /// The newest entries of a thread.
    pub async fn entries(&self, thread: ThreadId) -> Vec<Message> {
        let all = ListMessages { limit: Some(200), ..ListMessages::default() };
        self.ctx
            .read(&Actor::System, move |tx| conversations::messages::list(tx, thread, &all))
            .await
            .unwrap()
            .items
    }
}

pub fn actor(user: &User, role: BuiltinRole, inboxes: &[InboxId]) -> Actor {
    let permissions = role.permissions();
    Actor::User(UserActor {
        id: user.id,
        name: user.name.as_str().into(),
        session_id: SessionId(1),
        grants: Arc::new(Grants {
            all_inboxes: permissions.contains(&types::Permission::AccessAllInboxes),
            permissions,
            inboxes: inboxes.iter().copied().collect::<BTreeSet<_>>(),
            ..Grants::default()
        }),
    })
}

pub async fn inbox(ctx: &Ctx, name: &str, member_ids: Vec<UserId>) -> Inbox {
    let save = SaveInbox { name: name.to_owned(), member_ids };
    ctx.write(&Actor::System, move |tx| conversations::inboxes::create(tx, &save)).await.unwrap()
}

pub fn said(visitor: i64, inbox: InboxId, text: &str) -> Incoming {
    Incoming {
        inbox_id: inbox,
        channel: ChannelKind::Chat,
        widget_id: None,
        visitor_id: VisitorId(visitor),
        contact_id: ContactId(visitor),
        author_name: format!("Visitor {visitor}"),
        content: Content::from_text("text", text).unwrap(),
        attachment_ids: Vec::new(),
        client_id: None,
        started_from: Some("https://shop.example/prices".to_owned()),
    }
}

pub fn reply(text: &str) -> CreateMessage {
    CreateMessage {
        html: format!("<p>{text}</p>"),
        attachment_ids: Vec::new(),
        client_id: None,
        seen_seq: None,
        send_anyway: false,
    }
}

/// The fields that an error names.
pub fn fields(error: &Error) -> Vec<&str> {
    match error {
        Error::Invalid(errors) => errors.iter().map(|error| error.field.as_str()).collect(),
        other => panic!("not about fields: {other}"),
    }
}
