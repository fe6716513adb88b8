use client::Upload;
use rapport_tests::{TestApp, User, test_on_both};
use types::FileId;
use types::crm::*;
use types::page::PageQuery;

use super::desk::{contact, wrong_fields};

async fn upload(by: &User, content: &[u8]) -> FileId {
    let upload = Upload {
        name: "people.csv".to_owned(),
        content_type: "text/csv".to_owned(),
        bytes: content.to_vec(),
    };
    by.create_file(&upload).await.unwrap().id
}

fn columns(pairs: &[(&str, &str)]) -> Vec<ImportColumn> {
    let column = |(column, field): &(&str, &str)| ImportColumn {
        column: (*column).to_owned(),
        field: (*field).to_owned(),
    };
    pairs.iter().map(column).collect()
}

/// An import that was checked.
async fn checked(app: &TestApp, content: &[u8], key: ImportKey, pairs: &[(&str, &str)]) -> Import {
    let admin = app.super_admin();
    let file_id = upload(admin, content).await;
    let request = CreateImport { object: ObjectKind::Contact, file_id, columns: columns(pairs), key };
    let made = admin.create_import(&request).await.unwrap();
    app.run_jobs().await;
    rapport_tests::until("it is checked", async || finished(admin, made.id, ImportState::Checking).await)
        .await;
    admin.get_import(&ImportPath { import_id: made.id }).await.unwrap()
}

async fn finished(by: &User, import_id: types::ImportId, unless: ImportState) -> bool {
    by.get_import(&ImportPath { import_id }).await.unwrap().state != unless
}

async fn started(app: &TestApp, import: &Import) -> Import {
    let admin = app.super_admin();
    let path = ImportPath { import_id: import.id };
    admin.start_import(&path).await.unwrap();
    rapport_tests::until("it is done", async || finished(admin, import.id, ImportState::Running).await).await;
    admin.get_import(&path).await.unwrap()
}

async fn names(by: &User) -> Vec<String> {
    let page = by.list_contacts(&ListContacts::default()).await.unwrap();
    page.items.into_iter().map(|contact| contact.name).collect()
}

const MAPPING: &[(&str, &str)] = &[("Name", "name"), ("E-mail", "email"), ("Telefon", "phone")];

test_on_both!(
    /// A file is checked before anything is written; then rows that break no rule are written, once, and the others told.
    a_file_is_checked_and_then_imported,
    async |app| {
        let admin = app.super_admin();
        contact(admin, "Carla", None).await;
        let content = "\u{feff}Name;E-mail;Telefon;Unused\r\n\
            \"Zoë; Müller\";zoe@import.example;+33 1;x\r\n\
            Carla New;carla@customer.example;;\r\n\
            ;nobody@import.example;;\r\n\
            Wrong;not an address;;\r\n";
        let import = checked(app, content.as_bytes(), ImportKey::Email, MAPPING).await;
        assert_eq!((import.state, import.row_count, import.refused_count), (ImportState::Checked, Some(4), 2));
        assert_eq!(names(admin).await, ["Carla"]);
        let path = ImportPath { import_id: import.id };
        let problems = admin.list_import_problems(&path, &PageQuery::default()).await.unwrap().items;
        let places: Vec<_> = problems.iter().map(|problem| (problem.row, problem.column.as_deref())).collect();
        assert_eq!(places, [(3, Some("Name")), (4, Some("E-mail"))]);
        let done = started(app, &import).await;
        assert_eq!(done.state, ImportState::Done);
        assert_eq!((done.created_count, done.updated_count, done.refused_count), (1, 1, 2));
        assert_eq!(names(admin).await, ["Carla New", "Zoë; Müller"]);
        // An empty cell leaves what is there; starting again changes nothing.
        assert_eq!(started(app, &import).await, done);
        let refused = app.raw(reqwest::Method::GET, &format!("/v1/imports/{}/refused", import.id));
        let refused = refused.bearer_auth(&admin.token).send().await.unwrap().text().await.unwrap();
        assert_eq!(refused.lines().count(), 3);
        assert!(refused.contains("4,") && refused.contains("not an address"), "{refused}");
        // The same file again updates what it made.
        let again = checked(app, content.as_bytes(), ImportKey::Email, MAPPING).await;
        let again = started(app, &again).await;
        assert_eq!((again.created_count, again.updated_count), (0, 2));
    }
);

test_on_both!(
    /// What cannot be imported is told where it is asked for.
    wrong_imports_are_refused,
    async |app| {
        let (admin, other) = (app.super_admin(), app.agent("Otto").await);
        let file_id = upload(&other, b"Name\nA").await;
        let mut request = CreateImport {
            object: ObjectKind::Contact,
            file_id,
            columns: columns(&[("Name", "name")]),
            key: ImportKey::None,
        };
        assert_eq!(wrong_fields(admin.create_import(&request).await), ["file_id"]);
        assert_eq!(wrong_fields(admin.preview_csv(&PreviewCsv { file_id }).await), ["file_id"]);
        request.columns = columns(&[("Name", "name"), ("Other", "name"), ("Made", "created_at")]);
        request.key = ImportKey::Email;
        let wrong = wrong_fields(admin.create_import(&request).await);
        assert_eq!(wrong, ["columns.1.field", "columns.2.field", "key"]);
        let lost = checked(app, b"Name\nA", ImportKey::None, &[("Nom", "name")]).await;
        assert_eq!(lost.state, ImportState::Failed);
        assert_eq!(lost.failure.as_deref(), Some("the file has no column \"Nom\""));
        let binary = checked(app, b"\xff\xd8\xff\xe0", ImportKey::None, &[("Name", "name")]).await;
        assert_eq!(binary.state, ImportState::Failed);
        let path = ImportPath { import_id: lost.id };
        assert_eq!(admin.start_import(&path).await.unwrap_err().status(), Some(409));
        assert_eq!(other.get_import(&path).await.unwrap_err().status(), Some(404));
        let preview = other.preview_csv(&PreviewCsv { file_id }).await.unwrap();
        assert_eq!((preview.columns, preview.rows), (vec!["Name".to_owned()], vec![vec!["A".to_owned()]]));
    }
);

test_on_both!(
    /// A table that was exported holds what the list holds, defused, and comes back as it was.
    an_export_comes_back,
    async |app| {
        let admin = app.super_admin();
        let evil = CreateContact {
            name: "=HYPERLINK(\"http://evil.example\")".to_owned(),
            phone: Some("+33 4".to_owned()),
            email: Some("evil@customer.example".to_owned()),
            ..CreateContact::default()
        };
        let evil = admin.create_contact(&evil).await.unwrap();
        for number in 0..450 {
            let request = CreateContact { name: format!("Contact {number:03}"), ..CreateContact::default() };
            admin.create_contact(&request).await.unwrap();
        }
        let export = |query: &str| {
            let request = app.raw(reqwest::Method::GET, &format!("/v1/records/export?{query}"));
            request.bearer_auth(&admin.token)
        };
        let table = export("object=contact&columns=id,name,phone").send().await.unwrap().text().await.unwrap();
        assert_eq!(table.lines().count(), 452);
        assert!(table.contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\",'+33 4"), "{}", &table[..200]);
        let filtered = export("object=contact&q=Contact%20001").send().await.unwrap().text().await.unwrap();
        assert_eq!(filtered.lines().count(), 2);
        for wrong in ["object=contact&columns=password", "object=call", "object=contact&properties=x"] {
            assert_eq!(export(wrong).send().await.unwrap().status(), 422, "{wrong}");
        }
        let mapping = [("id", "id"), ("name", "name"), ("phone", "phone")];
        let back = checked(app, table.as_bytes(), ImportKey::Id, &mapping).await;
        let back = started(app, &back).await;
        assert_eq!((back.updated_count, back.created_count, back.refused_count), (451, 0, 0));
        let after = admin.get_contact(&ContactPath { contact_id: evil.id }).await.unwrap();
        assert_eq!((after.name, after.phone), (evil.name, evil.phone));
    }
);
