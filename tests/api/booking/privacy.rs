//! What is known of contacts: who books learns nothing, and what is erased or merged goes along.

use db::schema::meetings;
use diesel::prelude::*;
use platform::Actor;
use rapport_tests::test_on_both;
use serde_json::json;
use types::booking::*;
use types::crm::{ContactPath, CreateContact, EraseContact, MergeContact};

use super::desk::{Desk, book, change, code_of, meeting, on_day, only_meeting, page, secret, tuesday};
use super::mails::outbox;

test_on_both!(
    /// Who types the address of somebody who is known learns nothing of them, and changes nothing.
    a_visitor_learns_nothing_of_a_known_contact,
    async |app| {
        let Desk { ana, link, .. } = Desk::open(app).await;
        let link = change(&ana, &link, |settings| {
            settings.invitation_subject = "{{contact.name}} of {{company.name}}".to_owned();
        })
        .await
        .unwrap();
        let known = CreateContact {
            name: "Victoria Known".to_owned(),
            email: Some("victoria@example.org".to_owned()),
            phone: Some("+33 1 99 99".to_owned()),
            job_title: Some("Head of Secrets".to_owned()),
            ..CreateContact::default()
        };
        let known = ana.create_contact(&known).await.unwrap();
        assert!(known.verified);
        let booked = book(app, &link, tuesday("09:00"), "victoria@example.org").await.unwrap();
        let shown = app.anonymous().get_booked_meeting(&secret(&booked)).await.unwrap();
        for reply in [json!(booked), json!(shown)] {
            let text = reply.to_string();
            for secret in ["Victoria", "Known", "99 99", "Secrets"] {
                assert!(!text.contains(secret), "{secret}: {text}");
            }
        }
        assert_eq!(booked.title, "Carla Customer of ");
        let seen = only_meeting(&ana, &link).await;
        assert_eq!((seen.contact_id, seen.contact_name.as_str()), (known.id, "Victoria Known"));
        let after = ana.get_contact(&ContactPath { contact_id: known.id }).await.unwrap();
        assert_eq!(after, known);
    }
);

test_on_both!(
    /// An erased contact leaves a time that was taken, and not a word of theirs.
    an_erased_contact_leaves_no_word,
    async |app| {
        let Desk { admin, ana, link } = Desk::open(app).await;
        let link = change(&ana, &link, |settings| settings.allows_guests = true).await.unwrap();
        let mut request = crate::booking::desk::booking(tuesday("09:00"), "carla@example.org");
        request.guests = vec![Guest { email: "guest@example.org".to_owned() }];
        let booked = app.anonymous().book_meeting(&page(&link), &request).await.unwrap();
        let seen = only_meeting(&ana, &link).await;
        let path = ContactPath { contact_id: seen.contact_id };
        let erase = EraseContact { confirm_name: "Carla Customer".to_owned() };
        admin.erase_contact(&path, &erase).await.unwrap();
        let left = admin.get_meeting(&meeting(seen.id)).await.unwrap();
        let text = json!(left).to_string().to_lowercase();
        for word in ["carla", "customer", "guest@", "paris"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
        assert_eq!(left.state, MeetingState::Cancelled);
        assert_eq!(on_day(app, &link, "2031-03-25").await[0], "09:00");
        let shown = app.anonymous().get_booked_meeting(&secret(&booked)).await.unwrap();
        assert!(!json!(shown).to_string().to_lowercase().contains("carla"));
        let typed = move |tx: &mut platform::Tx<'_>| {
            let row = meetings::table.find(seen.id).select((meetings::booker_name, meetings::booker_email));
            Ok(row.get_result::<(Option<String>, Option<String>)>(tx.conn())?)
        };
        assert_eq!(app.ctx().read(&Actor::System, typed).await.unwrap(), (None, None));
        // The address is that of somebody new.
        book(app, &link, tuesday("10:00"), "carla@example.org").await.unwrap();
        let again = crate::booking::desk::meetings_of(&ana, &link).await;
        assert_ne!(again[1].contact_id, seen.contact_id);
    }
);

test_on_both!(
    /// The meetings of a contact that is merged are those of the other one. Whoever booked sees and is written to at the address
    /// that they typed, not that of the other.
    a_merged_contact_takes_its_meetings_along,
    async |app| {
        let Desk { ana, link, .. } = Desk::open(app).await;
        let booked = book(app, &link, tuesday("09:00"), "carla@example.org").await.unwrap();
        let seen = only_meeting(&ana, &link).await;
        let known = CreateContact {
            name: "Boss".to_owned(),
            email: Some("boss@example.org".to_owned()),
            ..CreateContact::default()
        };
        let known = ana.create_contact(&known).await.unwrap();
        let merge = MergeContact { from_id: seen.contact_id };
        ana.merge_contact(&ContactPath { contact_id: known.id }, &merge).await.unwrap();
        let after = ana.get_meeting(&meeting(seen.id)).await.unwrap();
        assert_eq!((after.contact_id, after.contact_name.as_str()), (known.id, "Boss"));
        let of_contact = ListMeetings { contact_id: Some(known.id), ..ListMeetings::default() };
        assert_eq!(ana.list_meetings(&of_contact).await.unwrap().items, [after]);
        let off = CancelBookedMeeting { reason: None };
        let cancelled = app.anonymous().cancel_booked_meeting(&secret(&booked), &off).await.unwrap();
        assert_eq!((cancelled.state, cancelled.email.as_str()), (MeetingState::Cancelled, "carla@example.org"));
        let shown = app.anonymous().get_booked_meeting(&secret(&booked)).await.unwrap();
        assert_eq!(shown.email, "carla@example.org");
        let mails = outbox(app).await;
        let is_to = |email: &str| mails.iter().filter(|mail| mail.to == email).count();
        assert_eq!((is_to("carla@example.org"), is_to("boss@example.org")), (2, 0), "{mails:?}");
        assert!(mails.iter().all(|mail| mail.to != "carla@example.org" || mail.text.starts_with("Hello Carla Customer,")));
        let twice = app.anonymous().cancel_booked_meeting(&secret(&booked), &off).await;
        assert_eq!(code_of(twice), types::ErrorCode::Conflict);
    }
);
