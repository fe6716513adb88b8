use std::path::Path;
use std::time::Duration;

use client::Upload;
use diesel::prelude::*;
use diesel::sql_types::Text;
use rapport_tests::{Engine, TestApp, User, test_on_both, until};
use types::calls::{
    AddParticipant, CallDirection, CallPath, CreateCall, CreateCallComment, ImportTranscript, SaveCallNote,
};
use types::channels::{CreateVisitorMessage, IdentifyVisitor};
use types::conversations::{AssignThread, CreateComment, ThreadPath};
use types::crm::{
    ConsentBasis, ContactPath, CreateImport, CreateProperty, EraseContact, ImportColumn, ImportKey,
    ImportPath, ImportState, ObjectKind, PropertyType, RecordConsent,
};
use types::{ContactId, SubscriptionTypeId};

/// In everything that the contact says and is called.
const SECRET: &str = "Quetzalcoatlus";

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Where the secret still stands: files of the server's folders, or rows of the tables.
fn places(app: &TestApp) -> Vec<String> {
    let mut found = in_files(&app.files());
    match app.engine() {
        Engine::Sqlite => found.extend(in_files(app.database().directory().unwrap())),
        Engine::Postgres => found.extend(in_tables(app)),
    }
    found
}

fn in_files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(in_files(&path));
        } else if contains(&std::fs::read(&path).unwrap()) {
            found.push(path.display().to_string());
        }
    }
    found
}

fn contains(bytes: &[u8]) -> bool {
    let lower = bytes.to_ascii_lowercase();
    let secret = SECRET.to_ascii_lowercase();
    lower.windows(secret.len()).any(|window| window == secret.as_bytes())
}

fn in_tables(app: &TestApp) -> Vec<String> {
    let mut conn = db::testing::connect(app.database().settings()).unwrap();
    let tables =
        "SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = 'public'";
    let tables: Vec<Line> = diesel::sql_query(tables).load(&mut conn).unwrap();
    let mut found = Vec::new();
    for table in tables {
        let rows = format!("SELECT t::text AS line FROM \"{}\" t", table.line);
        let rows: Vec<Line> = diesel::sql_query(rows).load(&mut conn).unwrap();
        found.extend(rows.into_iter().filter(|row| contains(row.line.as_bytes())).map(|row| row.line));
    }
    found
}

/// Has a property's value, and a file that was imported, hold the secret.
async fn keep_in_crm(app: &TestApp, contact_id: ContactId) {
    let admin = app.super_admin();
    let property = CreateProperty {
        object: ObjectKind::Contact,
        key: "note".to_owned(),
        label: "Note".to_owned(),
        property_type: PropertyType::Text,
        options: Vec::new(),
        position: 0,
    };
    admin.create_property(&property).await.unwrap();
    let table = format!("Id;Note\n{contact_id};{SECRET} likes oak\nnobody;{SECRET}");
    let file = Upload {
        name: "notes.csv".to_owned(),
        content_type: "text/csv".to_owned(),
        bytes: table.into_bytes(),
    };
    let file_id = admin.create_file(&file).await.unwrap().id;
    let consent = RecordConsent {
        subscription_type_id: SubscriptionTypeId::ONE_TO_ONE,
        basis: ConsentBasis::Consent,
        text: Some(format!("We may write to {SECRET}")),
        source: format!("{SECRET} said so"),
        language: None,
    };
    admin.record_contact_consent(&ContactPath { contact_id }, &consent).await.unwrap();
    let columns = [("Id", "id"), ("Note", "property.note")]
        .map(|(column, field)| ImportColumn { column: column.to_owned(), field: field.to_owned() });
    let (object, key) = (ObjectKind::Contact, ImportKey::Id);
    let import = CreateImport { object, file_id, columns: columns.to_vec(), key };
    let import = ImportPath { import_id: admin.create_import(&import).await.unwrap().id };
    let is = async |state| admin.get_import(&import).await.unwrap().state == state;
    until("it is checked", async || is(ImportState::Checked).await).await;
    admin.start_import(&import).await.unwrap();
    until("it is imported", async || is(ImportState::Done).await).await;
    let contact = admin.get_contact(&ContactPath { contact_id }).await.unwrap();
    assert!(contact.properties["note"].to_string().contains(SECRET));
}

/// Has a call of the contact, its note, a comment that mentions somebody and what was said hold the secret.
async fn keep_in_calls(app: &TestApp, contact_id: ContactId, ana: &User) {
    let admin = app.super_admin();
    let somebody =
        AddParticipant { user_id: None, contact_id: Some(contact_id), name: None, email: None, phone: None };
    let call = CreateCall {
        external_id: Some(SECRET.to_owned()),
        participants: vec![somebody],
        ..CreateCall::new(format!("Call of {SECRET}"), CallDirection::Inbound, app.clock().now())
    };
    let call = CallPath { call_id: admin.create_call(&call).await.unwrap().id };
    let note = SaveCallNote { html: format!("<p>{SECRET} was angry</p>"), version: 0 };
    admin.save_call_note(&call, &note).await.unwrap();
    let comment = CreateCallComment {
        html: format!("<p>Why was {SECRET} angry?</p>"),
        at_ms: None,
        parent_id: None,
        mentioned_user_ids: vec![ana.id()],
    };
    admin.create_call_comment(&call, &comment).await.unwrap();
    let content = format!("WEBVTT\n\n00:00.500 --> 00:03.000\n<v {SECRET}>I am {SECRET}\n");
    admin.import_transcript(&call, &ImportTranscript { content, language: None }).await.unwrap();
}

test_on_both!(
    /// Secrets and erasure: after a contact was erased, what it said, was called and sent stands nowhere any more.
    an_erased_contact_is_gone_from_the_disk,
    async |app| {
        let ana = app.agent("Ana").await;
        let widget = app.widget(&app.inbox("Sales", &[ana.id()]).await).await;
        let visitor = app.visitor(&widget).await;
        let claim = IdentifyVisitor {
            token: None,
            name: Some(format!("{SECRET} Customer")),
            email: Some(format!("{SECRET}@example.org")),
        };
        visitor.identify_visitor(&claim).await.unwrap();
        let content = format!("{SECRET} in a file").into_bytes();
        let name = format!("{SECRET}.txt");
        let file = Upload { name, content_type: "text/plain".to_owned(), bytes: content };
        let file = visitor.create_visitor_file(&file).await.unwrap();
        let message = CreateVisitorMessage {
            text: format!("I am {SECRET}"),
            attachment_ids: vec![file.id],
            client_id: "secret".to_owned(),
            page_url: Some(format!("https://example.org/{SECRET}")),
        };
        let keyed = visitor.with_idempotency_key("secret-1");
        let thread_id = keyed.create_visitor_message(&message).await.unwrap().thread_id;
        let path = ThreadPath { thread_id };
        ana.reply(thread_id, &format!("<p>Hello {SECRET}</p>")).await;
        let comment = CreateComment {
            html: format!("<p>{SECRET} again</p>"),
            mentioned_user_ids: vec![ana.id()],
            attachment_ids: Vec::new(),
            client_id: None,
        };
        app.super_admin().create_comment(&path, &comment).await.unwrap();
        let assign = AssignThread { user_id: Some(ana.id()), team_id: None };
        app.super_admin().assign_thread(&path, &assign).await.unwrap();
        let contact_id = ana.get_thread(&path).await.unwrap().thread.contact_id;
        keep_in_crm(app, contact_id).await;
        keep_in_calls(app, contact_id, &ana).await;
        app.run_jobs().await;
        assert!(!places(app).is_empty());
        let contact = ContactPath { contact_id };
        let wrong = EraseContact { confirm_name: "somebody".to_owned() };
        assert!(app.super_admin().erase_contact(&contact, &wrong).await.unwrap_err().field("confirm_name").is_some());
        let erase = EraseContact { confirm_name: format!("{SECRET} Customer") };
        app.super_admin().erase_contact(&contact, &erase).await.unwrap();
        app.run_jobs().await;
        let emptied = ana.get_thread(&path).await.unwrap().thread;
        assert_eq!((emptied.contact_name.contains(SECRET), emptied.preview.as_str()), (false, ""));
        assert!(ana.entries(thread_id).await.iter().all(|entry| entry.attachments.is_empty()));
        // The server's own runner may be at it too.
        let mut left = places(app);
        for _ in 0..50 {
            if left.is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            left = places(app);
        }
        assert!(left.is_empty(), "{left:?}");
    }
);
