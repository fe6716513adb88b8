//! Connecting calendars, and how each is used. The server is Radicale.

use rapport_tests::radicale::{PASSWORD, USER};
use rapport_tests::{ClientError, Radicale, TestApp, User, test_on_both};
use types::booking::*;
use types::{CalendarAccountId, ConnectionId, ErrorCode};

use super::desk::{TODAY, at, code_of};
use crate::crm::desk::wrong_fields;

/// Starts a server with these calendars, which the app may ask.
pub async fn server(app: &TestApp, calendars: &[&str]) -> Radicale {
    let radicale = Radicale::start(calendars).await;
    let address = radicale.address().parse().unwrap();
    app.restart(|config| config.outgoing.allowed_private = vec![address]).await;
    radicale
}

/// What connects the server.
pub fn caldav(radicale: &Radicale, password: &str) -> ConnectCalendars {
    ConnectCalendars::CalDav {
        url: radicale.url(),
        user_name: USER.to_owned(),
        password: password.to_owned(),
    }
}

/// Connects it, and has it read.
pub async fn connect(user: &User, radicale: &Radicale) -> CalendarAccount {
    let account = user.connect_calendars(&caldav(radicale, PASSWORD)).await.unwrap();
    refresh(user, account.id).await
}

pub async fn refresh(user: &User, calendar_account_id: CalendarAccountId) -> CalendarAccount {
    user.refresh_calendar_account(&CalendarAccountPath { calendar_account_id }).await.unwrap()
}

/// Says how a calendar is used: whether it is added, the default, and kept the same both ways.
pub async fn using(
    user: &User,
    calendar: &Calendar,
    (is_added, is_default, is_two_way): (bool, bool, bool),
) -> Result<CalendarAccount, ClientError> {
    let path = CalendarPath { calendar_id: calendar.id };
    user.update_calendar(&path, &UpdateCalendar { is_added, is_default, is_two_way }).await
}

/// Names with what they are used for.
fn uses(account: &CalendarAccount) -> Vec<(&str, bool, bool)> {
    account.calendars.iter().map(|one| (one.name.as_str(), one.is_added, one.is_default)).collect()
}

test_on_both!(
    /// The server is asked before anything is written down, and an answer names the field that is to blame.
    only_what_answers_is_connected,
    async |app| {
        app.shows(&["MEET-02"]);
        let radicale = server(app, &["work"]).await;
        app.clock().set(at(TODAY));
        let ana = app.agent("Ana").await;
        let wrong = ana.connect_calendars(&caldav(&radicale, "wrong")).await;
        assert_eq!(wrong_fields(wrong), ["password"]);
        let elsewhere = |url: &str| ConnectCalendars::CalDav {
            url: url.to_owned(),
            user_name: USER.to_owned(),
            password: PASSWORD.to_owned(),
        };
        // What the settings do not list is asked for nothing: this server itself is at such an address.
        for url in [app.base(), "http://10.0.0.1/", "ftp://127.0.0.1/", "nonsense", ""] {
            assert_eq!(wrong_fields(ana.connect_calendars(&elsewhere(url)).await), ["url"], "{url}");
        }
        let feed = ConnectCalendars::Feed { url: radicale.feed("none"), name: "None".to_owned() };
        assert_eq!(wrong_fields(ana.connect_calendars(&feed).await), ["url"]);
        let google = ConnectCalendars::Google { connection_id: ConnectionId(1) };
        assert_eq!(wrong_fields(ana.connect_calendars(&google).await), ["connection_id"]);
        assert!(ana.list_calendar_accounts().await.unwrap().items.is_empty());
        let account = connect(&ana, &radicale).await;
        assert_eq!((account.name.as_str(), account.state), (USER, CalendarState::Ok));
        // Connecting it again renews the sign-in, and makes no second account.
        let again = ana.connect_calendars(&caldav(&radicale, PASSWORD)).await.unwrap();
        assert_eq!(again.id, account.id);
        let otto = app.agent("Otto").await;
        assert!(otto.list_calendar_accounts().await.unwrap().items.is_empty());
        let path = CalendarAccountPath { calendar_account_id: account.id };
        assert_eq!(code_of(otto.delete_calendar_account(&path).await), ErrorCode::NotFound);
        let used = using(&otto, &account.calendars[0], (true, true, false)).await;
        assert_eq!(code_of(used), ErrorCode::NotFound);
    }
);

test_on_both!(
    /// Of what was connected one calendar is added, and is the default; others can be. There is one default as long as there is
    /// a calendar that can be one.
    one_calendar_is_the_default,
    async |app| {
        app.shows(&["MEET-08", "MEET-09", "MEET-102"]);
        let radicale = server(app, &["home", "work"]).await;
        app.clock().set(at(TODAY));
        let ana = app.agent("Ana").await;
        let account = connect(&ana, &radicale).await;
        let added = account.calendars.iter().filter(|one| one.is_added && one.is_default).count();
        assert_eq!((account.calendars.len(), added), (2, 1), "{account:?}");
        let (first, second) = match account.calendars[0].is_added {
            true => (&account.calendars[0], &account.calendars[1]),
            false => (&account.calendars[1], &account.calendars[0]),
        };
        assert!(!second.is_added && first.is_owned && first.is_writable, "{account:?}");
        assert_eq!(wrong_fields(using(&ana, second, (false, true, false)).await), ["is_default"]);
        assert_eq!(wrong_fields(using(&ana, first, (true, false, false)).await), ["is_default"]);
        assert_eq!(wrong_fields(using(&ana, second, (false, false, true)).await), ["is_two_way"]);
        let after = using(&ana, second, (true, true, false)).await.unwrap();
        let defaults: Vec<_> = after.calendars.iter().filter(|one| one.is_default).map(|one| one.id).collect();
        assert_eq!(defaults, [second.id]);
        let after = using(&ana, second, (false, false, false)).await.unwrap();
        let expected: Vec<_> =
            after.calendars.iter().map(|one| (one.name.as_str(), one.id == first.id, one.id == first.id)).collect();
        assert_eq!(uses(&after), expected);
        let feed = ConnectCalendars::Feed { url: radicale.feed("work"), name: "Published".to_owned() };
        let feed = ana.connect_calendars(&feed).await.unwrap();
        assert_eq!((uses(&feed), feed.can_two_way), (vec![("Published", true, false)], false));
        assert_eq!(wrong_fields(using(&ana, &feed.calendars[0], (true, true, false)).await), ["is_default"]);
        assert_eq!(wrong_fields(using(&ana, &feed.calendars[0], (true, false, true)).await), ["is_two_way"]);
        assert_eq!(refresh(&ana, feed.id).await.state, CalendarState::Ok);
        for calendar_account_id in [account.id, feed.id] {
            ana.delete_calendar_account(&CalendarAccountPath { calendar_account_id }).await.unwrap();
        }
        assert!(ana.list_calendar_accounts().await.unwrap().items.is_empty());
    }
);
