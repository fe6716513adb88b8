//! Files in an S3-compatible store in place of a directory.

use client::Upload;
use rapport_tests::{ObjectStore, test_on_both, until};
use reqwest::{Method, StatusCode};
use types::channels::CreateVisitorMessage;
use types::conversations::ThreadPath;
use types::crm::{ContactPath, EraseContact};

/// More than one part of a multipart upload.
const SIZE: usize = 6 * 1024 * 1024 + 7;

fn file(name: &str, bytes: Vec<u8>) -> Upload {
    Upload { name: name.to_owned(), content_type: "text/plain".to_owned(), bytes }
}

test_on_both!(
    /// B: an attachment goes into the bucket, comes back by its signed link, whole and in part, is in a copy made by
    /// `rapport backup`, and leaves the bucket when its contact is erased.
    an_attachment_lives_in_a_bucket,
    async |app| {
        let store = ObjectStore::start().await;
        app.restart(|config| store.configure(config)).await;
        let widget = app.widget(&app.inbox("Sales", &[]).await).await;
        let visitor = app.visitor(&widget).await;
        let content: Vec<u8> = (0..SIZE).map(|at| b'a' + (at % 23) as u8).collect();
        let uploaded = visitor.create_visitor_file(&file("long.txt", content.clone())).await.unwrap();
        let message = CreateVisitorMessage {
            text: "See this".to_owned(),
            attachment_ids: vec![uploaded.id],
            client_id: "long".to_owned(),
            page_url: None,
        };
        let thread_id = visitor.create_visitor_message(&message).await.unwrap().thread_id;
        let keys = store.keys().await;
        assert_eq!(keys.len(), 1, "{keys:?}");

        let url = app.super_admin().entries(thread_id).await[0].attachments[0].url.clone();
        let whole = app.raw(Method::GET, &url).send().await.unwrap();
        assert_eq!(whole.status(), StatusCode::OK);
        assert!(whole.bytes().await.unwrap() == content, "the content is another one");
        let part = app.raw(Method::GET, &url).header("Range", "bytes=5242870-5242890").send().await.unwrap();
        assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
        assert_eq!(part.bytes().await.unwrap(), &content[5_242_870..=5_242_890]);

        let mut config = app.config().clone();
        store.configure(&mut config);
        let copy = app.files().with_file_name("copy");
        server::backup(&config, &copy).await.unwrap();
        let copied = std::fs::read(copy.join("files").join(&keys[0])).unwrap();
        assert!(copied == content, "the copy is another one");

        let contact_id =
            app.super_admin().get_thread(&ThreadPath { thread_id }).await.unwrap().thread.contact_id;
        let path = ContactPath { contact_id };
        let confirm_name = app.super_admin().get_contact(&path).await.unwrap().name;
        app.super_admin().erase_contact(&path, &EraseContact { confirm_name }).await.unwrap();
        until("the object is deleted", async || store.keys().await.is_empty()).await;
        assert_eq!(app.raw(Method::GET, &url).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    }
);

test_on_both!(
    /// While the store is away, uploads and downloads are refused as something to try again; the rest goes on.
    a_store_that_is_away_stops_files_alone,
    async |app| {
        let mut store = ObjectStore::start().await;
        app.restart(|config| store.configure(config)).await;
        let widget = app.widget(&app.inbox("Sales", &[]).await).await;
        let visitor = app.visitor(&widget).await;
        visitor.create_visitor_file(&file("a.txt", b"here".to_vec())).await.unwrap();
        store.kill();
        let refused = visitor.create_visitor_file(&file("b.txt", b"gone".to_vec())).await.unwrap_err();
        assert_eq!(refused.status(), Some(503));
        assert_eq!(visitor.says("Still here").await.text, "Still here");
    }
);
