//! Contacts and companies on both engines: search, unique addresses, identities, companies that go.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

use crm::{companies, contacts, identities, visitors};
use db::testing::TestDatabase;
use platform::{Actor, Ctx, Engine, Error, Result, Tx, testing};
use types::ContactId;
use types::crm::{Contact, CreateContact, ListContacts, SaveCompany, UpdateContact};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

async fn account(engine: Engine) -> (TestDatabase, Ctx) {
    let database = TestDatabase::new(engine).unwrap();
    let ctx = testing::builder(&database).unwrap().build().await.unwrap();
    (database, ctx)
}

async fn write<T: Send + 'static>(
    ctx: &Ctx,
    op: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    ctx.write(&Actor::System, op).await
}

fn named(name: &str, email: Option<&str>) -> CreateContact {
    CreateContact { name: name.to_owned(), email: email.map(str::to_owned), ..CreateContact::default() }
}

async fn add(ctx: &Ctx, name: &str, email: Option<&str>) -> Result<Contact> {
    let request = named(name, email);
    write(ctx, move |tx| contacts::create(tx, &request)).await
}

async fn visitor(ctx: &Ctx, id: i64) -> Contact {
    let id = ContactId(id);
    let new = visitors::NewVisitorContact { id, name: "Visitor", language: None, time_zone: None };
    write(ctx, move |tx| visitors::create(tx, new)).await.unwrap()
}

fn is_taken(error: &Error, field: &str) -> bool {
    matches!(error, Error::Invalid(fields) if fields[0].field == field && fields[0].code == "taken")
}

#[tokio::test]
async fn contacts_are_found_by_the_beginning_of_name_or_address() {
    for engine in ENGINES {
        let (_database, ctx) = account(engine).await;
        for (name, email) in
            [("Émile Zola", "nana@example.org"), ("emil Nolde", "sea@example.org"), ("Zoë", "em@example.org")]
        {
            add(&ctx, name, Some(email)).await.unwrap();
        }
        let mut names = Vec::new();
        let mut cursor = None;
        loop {
            let query = ListContacts {
                cursor,
                limit: Some(1),
                q: Some("EMÍL".to_owned()),
                ..ListContacts::default()
            };
            let page = ctx.read(&Actor::System, move |tx| contacts::list(tx, &query)).await.unwrap();
            names.extend(page.items.into_iter().map(|contact| contact.name));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(names, ["emil Nolde", "Émile Zola"], "{engine:?}");
        let query = ListContacts { q: Some("em@".to_owned()), ..ListContacts::default() };
        let page = ctx.read(&Actor::System, move |tx| contacts::list(tx, &query)).await.unwrap();
        assert_eq!(page.items.len(), 1);
    }
}

#[tokio::test]
async fn an_address_belongs_to_one_verified_contact() {
    for engine in ENGINES {
        let (_database, ctx) = account(engine).await;
        let ann = add(&ctx, "Ann", Some("Ann@Example.org")).await.unwrap();
        assert!(ann.verified && ann.email.as_deref() == Some("ann@example.org"));
        let refused = add(&ctx, "Another", Some("ann@example.org")).await.unwrap_err();
        assert!(is_taken(&refused, "email"), "{refused}");
        let bob = add(&ctx, "Bob", None).await.unwrap();
        let change = UpdateContact {
            name: "Bob".to_owned(),
            email: Some("ann@example.org".to_owned()),
            ..UpdateContact::default()
        };
        let refused = write(&ctx, move |tx| contacts::update(tx, bob.id, &change)).await.unwrap_err();
        assert!(is_taken(&refused, "email"), "{refused}");

        // A visitor may claim it; that proves nothing and touches nobody.
        let visitor = visitor(&ctx, 1).await;
        let claimed =
            write(&ctx, move |tx| visitors::claim(tx, visitor.id, Some("Boss"), Some("ann@example.org")))
                .await
                .unwrap();
        assert!(!claimed.verified && claimed.email.as_deref() == Some("ann@example.org"));
        let bound = write(&ctx, move |tx| {
            identities::bind_external(tx, visitor.id, "1:sub", None, Some("ann@example.org"))
        })
        .await
        .unwrap();
        assert!(bound.verified && bound.email.is_none(), "a claimed address became a fact");
        let found = ctx.read(&Actor::System, |tx| identities::find_external(tx, "1:sub")).await.unwrap();
        assert_eq!(found, Some(visitor.id));
        let again = write(&ctx, move |tx| visitors::claim(tx, visitor.id, Some("Other"), None)).await;
        assert!(matches!(again, Err(Error::Conflict { .. })));
    }
}

#[tokio::test]
async fn an_identity_moves_with_a_merge_and_ids_lead_on() {
    for engine in ENGINES {
        let (_database, ctx) = account(engine).await;
        for id in [1, 2, 3] {
            visitor(&ctx, id).await;
        }
        write(&ctx, |tx| identities::bind_external(tx, ContactId(3), "1:a", Some("Ann"), None))
            .await
            .unwrap();
        write(&ctx, |tx| visitors::merge(tx, ContactId(1), ContactId(2))).await.unwrap();
        write(&ctx, |tx| visitors::merge(tx, ContactId(2), ContactId(3))).await.unwrap();
        let read = |id| ctx.read(&Actor::System, move |tx| contacts::get(tx, ContactId(id)));
        for id in [1, 2, 3] {
            assert_eq!(read(id).await.unwrap().name, "Ann");
        }
        let verified = write(&ctx, |tx| visitors::merge(tx, ContactId(3), ContactId(3))).await;
        assert!(verified.is_err());
        let list = |tx: &mut Tx<'_>| contacts::list(tx, &ListContacts::default());
        assert_eq!(ctx.read(&Actor::System, list).await.unwrap().items.len(), 1);
    }
}

#[tokio::test]
async fn a_company_that_goes_leaves_its_contacts() {
    for engine in ENGINES {
        let (_database, ctx) = account(engine).await;
        let save = |domain: &str| SaveCompany {
            name: "Acme".to_owned(),
            domain: Some(domain.to_owned()),
            ..SaveCompany::default()
        };
        let request = save("ACME.example.");
        let acme = write(&ctx, move |tx| companies::create(tx, &request)).await.unwrap();
        assert_eq!(acme.domain.as_deref(), Some("acme.example"));
        let request = save("acme.example");
        let refused = write(&ctx, move |tx| companies::create(tx, &request)).await.unwrap_err();
        assert!(is_taken(&refused, "domain"), "{refused}");
        let request = CreateContact { company_id: Some(acme.id), ..named("Ann", None) };
        let ann = write(&ctx, move |tx| contacts::create(tx, &request)).await.unwrap();
        let read = ctx.read(&Actor::System, move |tx| companies::get(tx, acme.id)).await.unwrap();
        assert_eq!(read.contact_count, 1);
        write(&ctx, move |tx| companies::delete(tx, acme.id)).await.unwrap();
        let ann = ctx.read(&Actor::System, move |tx| contacts::get(tx, ann.id)).await.unwrap();
        assert_eq!(ann.company_id, None);
    }
}
