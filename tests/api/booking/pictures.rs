//! Pictures of pages: uploaded once, seen again in the editor, and picked for other pages.

use client::Upload;
use rapport_tests::{User, test_on_both};
use types::booking::*;
use types::{ErrorCode, FileId};

use super::desk::{Desk, change, code_of, link, of, page, settings};

/// A PNG of one pixel.
const PIXEL: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\
\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

async fn upload(by: &User, name: &str) -> FileId {
    let upload =
        Upload { name: name.to_owned(), content_type: "image/png".to_owned(), bytes: PIXEL.to_vec() };
    by.create_file(&upload).await.unwrap().id
}

fn logo(logo_file_id: Option<FileId>) -> UpdateBookingSettings {
    UpdateBookingSettings { logo_file_id, accent_color: "#4b3fe4".to_owned(), domain: None }
}

async fn names(by: &User) -> Vec<String> {
    let pictures = by.list_booking_pictures().await.unwrap().items;
    pictures.into_iter().map(|picture| picture.name).collect()
}

test_on_both!(
    /// A logo is uploaded, or picked from the pictures that were uploaded before, and is on all pages.
    a_logo_is_uploaded_or_picked_and_is_on_all_pages,
    async |app| {
        app.shows(&["MEET-22"]);
        let Desk { admin, ana, link: first } = Desk::open(app).await;
        let second = link(&admin, settings()).await;
        assert_eq!(names(&ana).await, [""; 0]);
        let (old, new) = (upload(&admin, "old.png").await, upload(&admin, "new.png").await);
        admin.update_booking_settings(&logo(Some(old))).await.unwrap();
        let saved = admin.update_booking_settings(&logo(Some(new))).await.unwrap();
        assert_eq!((saved.logo_file_id, saved.logo_url.is_some()), (Some(new), true));
        assert_eq!(names(&ana).await, ["new.png", "old.png"]);
        let none = admin.update_booking_settings(&logo(None)).await.unwrap();
        assert_eq!((none.logo_file_id, none.logo_url), (None, None));
        // No page shows the old one: it is picked from the list, which colleagues share.
        let picked = ana.list_booking_pictures().await.unwrap().items.pop().unwrap();
        assert_eq!(picked.id, old);
        admin.update_booking_settings(&logo(Some(picked.id))).await.unwrap();
        assert_eq!(admin.get_booking_settings().await.unwrap().logo_url, Some(picked.url.clone()));
        for shown in [&first, &second] {
            let ask = GetBookingPage::default();
            let page = app.anonymous().get_booking_page(&page(shown), &ask).await.unwrap();
            assert_eq!(page.logo_url.as_ref(), Some(&picked.url));
        }
        assert_eq!(names(&admin).await, ["new.png", "old.png"]);
    }
);

test_on_both!(
    /// The photo of a link is changed, told with its address, and can be picked by colleagues; other files cannot.
    a_photo_is_told_with_its_address,
    async |app| {
        app.shows(&["MEET-37"]);
        let Desk { admin, ana, link: own } = Desk::open(app).await;
        assert_eq!(own.photo_url, None);
        let photo = upload(&ana, "photo.png").await;
        let changed = change(&ana, &own, |settings| settings.photo_file_id = Some(photo)).await.unwrap();
        assert!(changed.photo_url.is_some());
        assert_eq!(ana.get_booking_link(&of(own.id)).await.unwrap().photo_url, changed.photo_url);
        let shown = app.anonymous().get_booking_page(&page(&own), &GetBookingPage::default()).await.unwrap();
        assert_eq!(shown.photo_url, changed.photo_url);
        let without = change(&ana, &own, |settings| settings.photo_file_id = None).await.unwrap();
        assert_eq!(without.photo_url, None);
        let hers = BookingLinkSettings { photo_file_id: Some(photo), ..settings() };
        assert!(link(&admin, hers).await.photo_url.is_some());
        let kept_to_herself = upload(&ana, "private.png").await;
        assert_eq!(code_of(admin.update_booking_settings(&logo(Some(kept_to_herself))).await), ErrorCode::InvalidFields);
        assert_eq!(names(&admin).await, ["photo.png"]);
    }
);

test_on_both!(
    /// What a new link begins with is what everybody's first link began with.
    a_template_is_the_default_link,
    async |app| {
        let ana = app.agent("Ana").await;
        let template = ana.get_booking_template().await.unwrap();
        let links = ana.list_booking_links(&ListBookingLinks { mine: Some(true), ..Default::default() }).await;
        let mut first = links.unwrap().items.into_iter().find(|link| link.is_default).unwrap().settings;
        first.consent = None;
        assert_eq!(template, first);
    }
);
