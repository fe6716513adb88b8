//! What stands in a host's calendar takes their time, and a calendar that cannot be read closes their links.

use rapport_tests::{test_on_both, until};
use types::accounts::ListMails;
use types::booking::*;

use super::calendars::{connect, refresh, server};
use super::desk::{Desk, of, on_day, page};

const NINE: &str = "DTSTART:20310325T090000Z\nDTEND:20310325T100000Z\nSUMMARY:Dentist";

test_on_both!(
    /// Busy events take time, those marked free do not, and what is deleted gives its time back.
    busy_events_take_time,
    async |app| {
        app.shows(&["MEET-03", "MEET-11"]);
        let radicale = server(app, &["work"]).await;
        radicale.put("work", "busy", NINE).await;
        let free = "DTSTART:20310325T110000Z\nDTEND:20310325T120000Z\nTRANSP:TRANSPARENT";
        radicale.put("work", "free", free).await;
        let weekly = "DTSTART:20310318T140000Z\nDTEND:20310318T150000Z\nRRULE:FREQ=WEEKLY";
        radicale.put("work", "weekly", weekly).await;
        let Desk { ana, link, .. } = Desk::open(app).await;
        assert_eq!(on_day(app, &link, "2031-03-25").await.len(), 16);
        let account = connect(&ana, &radicale).await;
        let day = on_day(app, &link, "2031-03-25").await;
        assert_eq!(day.len(), 12, "{day:?}");
        assert!(!day.iter().any(|time| ["09:00", "09:30", "14:00", "14:30"].contains(&time.as_str())));
        assert!(day.contains(&"11:00".to_owned()));
        assert!(!on_day(app, &link, "2031-04-08").await.contains(&"14:00".to_owned()));
        radicale.put("work", "busy", &NINE.replace("T09", "T15").replace("T10", "T16")).await;
        radicale.delete("work", "weekly").await;
        refresh(&ana, account.id).await;
        let day = on_day(app, &link, "2031-03-25").await;
        assert!(day.contains(&"09:00".to_owned()) && day.contains(&"14:00".to_owned()), "{day:?}");
        assert!(!day.contains(&"15:00".to_owned()) && day.len() == 14, "{day:?}");
        // Every few minutes it is read without being asked.
        radicale.delete("work", "busy").await;
        app.clock().advance(6 * 60);
        until("it is read", async || on_day(app, &link, "2031-03-25").await.len() == 16).await;
        let path = CalendarAccountPath { calendar_account_id: account.id };
        ana.delete_calendar_account(&path).await.unwrap();
        assert_eq!(on_day(app, &link, "2031-03-25").await.len(), 16);
    }
);

test_on_both!(
    /// A server that does not answer closes the link; its owner is told once; reading it again clears that.
    an_unreachable_server_closes_the_link,
    async |app| {
        app.shows(&["MEET-97", "MEET-98", "MEET-100", "MEET-101", "MEET-103"]);
        let mut radicale = server(app, &["work"]).await;
        let Desk { ana, link, .. } = Desk::open(app).await;
        let account = connect(&ana, &radicale).await;
        assert_eq!(on_day(app, &link, "2031-03-25").await.len(), 16);
        radicale.pause();
        let failing = refresh(&ana, account.id).await;
        assert_eq!(failing.state, CalendarState::Unreachable);
        assert_eq!(failing.calendars[0].state, CalendarState::Unreachable);
        assert!(failing.error.is_some(), "{failing:?}");
        let shown = ana.get_booking_link(&of(link.id)).await.unwrap();
        assert_eq!(shown.state, BookingLinkState::Unreachable);
        let seen = app.anonymous().get_booking_page(&page(&link), &GetBookingPage::default()).await.unwrap();
        assert_eq!(seen.state, BookingPageState::Request);
        for _ in 0..2 {
            app.clock().advance(10 * 60 + 1);
            let ana = app.sign_in(&ana.profile).await;
            refresh(&ana, account.id).await;
        }
        let admin = app.sign_in(&app.super_admin().profile).await;
        let mails = admin.list_mails(&ListMails::default()).await.unwrap().items;
        let alerts: Vec<_> = mails.iter().filter(|mail| mail.purpose == "calendar_unreachable").collect();
        let [alert] = &alerts[..] else { panic!("{mails:?}") };
        assert_eq!(alert.to, ana.profile.email);
        assert!(alert.subject.starts_with("Your calendar ") && alert.text.contains("/settings/calendars"), "{alert:?}");
        radicale.resume().await;
        let ana = app.sign_in(&ana.profile).await;
        let again = refresh(&ana, account.id).await;
        assert_eq!((again.state, again.error), (CalendarState::Ok, None));
        assert_eq!(on_day(app, &link, "2031-03-25").await.len(), 16);
    }
);
