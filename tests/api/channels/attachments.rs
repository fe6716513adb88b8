use client::Upload;
use rapport_tests::test_on_both;
use reqwest::{Method, StatusCode};
use types::channels::{CreateVisitorMessage, ListVisitorMessages};

fn file(name: &str, content_type: &str, bytes: &[u8]) -> Upload {
    Upload { name: name.to_owned(), content_type: content_type.to_owned(), bytes: bytes.to_vec() }
}

test_on_both!(
    /// H: what an upload claims to be counts for nothing; it is served as a download that runs no script; tricks with
    /// paths and headers on the way back find nothing.
    a_file_is_what_it_is,
    async |app| {
        let widget = app.widget(&app.inbox("Sales", &[]).await).await;
        let visitor = app.visitor(&widget).await;
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
        let split = file("a\r\nX-A: b.svg", "image/png", svg);
        assert_eq!(visitor.create_visitor_file(&split).await.unwrap_err().status(), Some(400));
        let hostile = file("../../etc/\"X-A: b;/pic.svg", "image/png", svg);
        let uploaded = visitor.create_visitor_file(&hostile).await.unwrap();
        assert!(!uploaded.is_image, "{uploaded:?}");
        assert!(!uploaded.name.contains(['/', '\r', '\n']), "{}", uploaded.name);
        let message = CreateVisitorMessage {
            text: String::new(),
            attachment_ids: vec![uploaded.id],
            client_id: "file".to_owned(),
            page_url: None,
        };
        visitor.create_visitor_message(&message).await.unwrap();
        let seen = visitor.list_visitor_messages(&ListVisitorMessages::default()).await.unwrap().items;
        let url = seen[0].attachments[0].url.clone();
        let reply = app.raw(Method::GET, &url).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK);
        let header = |name: &str| reply.headers()[name].to_str().unwrap().to_owned();
        assert!(header("content-disposition").starts_with("attachment"), "{}", header("content-disposition"));
        assert!(header("content-security-policy").contains("sandbox"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert!(!reply.headers().contains_key("x-a"));
        let unsigned = url.split('?').next().unwrap();
        for path in [
            unsigned.to_owned(),
            url.replace("/content", "/..%2f..%2f..%2fetc%2fpasswd"),
            url.replace("/content", "%2f..%2fcontent"),
            format!("{url}0"),
        ] {
            let status = app.raw(Method::GET, &path).send().await.unwrap().status();
            assert!(matches!(status.as_u16(), 400..=404 | 422), "{path}: {status}");
        }
        let part = app.raw(Method::GET, &url).header("Range", "bytes=1-3").send().await.unwrap();
        assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
        assert_eq!(part.bytes().await.unwrap(), &svg[1..4]);
        for range in ["bytes=99999-", "bytes=5-1", "bytes=-0", "lines=1-2", "bytes=0-0,2-2"] {
            let status = app.raw(Method::GET, &url).header("Range", range).send().await.unwrap().status();
            assert!(matches!(status.as_u16(), 200 | 206 | 416), "{range}: {status}");
        }
    }
);

test_on_both!(
    /// A file belongs to whoever uploaded it, until it is part of a message.
    nobody_sends_the_file_of_another,
    async |app| {
        let widget = app.widget(&app.inbox("Sales", &[]).await).await;
        let (one, other) = (app.visitor(&widget).await, app.visitor(&widget).await);
        let uploaded = one.create_visitor_file(&file("a.txt", "text/plain", b"secret")).await.unwrap();
        let message = CreateVisitorMessage {
            text: "Mine".to_owned(),
            attachment_ids: vec![uploaded.id],
            client_id: "theft".to_owned(),
            page_url: None,
        };
        let refused = other.create_visitor_message(&message).await.unwrap_err();
        assert!(refused.field("attachment_ids").is_some(), "{refused:?}");
        one.create_visitor_message(&message).await.unwrap();
    }
);
