//! Many who want the same time at once.

use futures_util::future::join_all;
use rapport_tests::{ClientError, Engine, HttpTransport, TestApp, test_on_both};
use types::ErrorCode;
use types::booking::{BookedMeeting, BookingLinkKind};

use super::desk::{Desk, booking, link, meetings_of, page, settings, shared_link, tuesday};

/// Insists that one of them got the time, and that all others were told to choose another.
fn one_of_fifty(outcomes: Vec<Result<BookedMeeting, ClientError>>) {
    assert_eq!(outcomes.len(), 50);
    let (won, lost): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1, "{lost:?}");
    for refused in lost {
        let refused = refused.unwrap_err();
        assert_eq!(
            (refused.status(), refused.code()),
            (Some(409), Some(ErrorCode::SlotTaken)),
            "{refused:?}"
        );
    }
}

/// A client without a credential of another node.
fn stranger_at(app: &TestApp, base: &str) -> rapport_tests::Client<HttpTransport> {
    rapport_tests::Client::new(HttpTransport::with_http(app.http().clone(), base, None))
}

test_on_both!(
    /// Of fifty who book one time at once, one gets it.
    of_fifty_who_book_one_time_one_does,
    async |app| {
        let Desk { ana, link, .. } = Desk::open(app).await;
        let outcomes = join_all((0..50).map(|number| {
            let link = &link;
            async move {
            let request = booking(tuesday("09:00"), &format!("visitor{number}@example.org"));
            app.anonymous().book_meeting(&page(link), &request).await
            }
        }))
        .await;
        one_of_fifty(outcomes);
        assert_eq!(meetings_of(&ana, &link).await.len(), 1);
    }
);

test_on_both!(
    /// Two links of one host, of other lengths and with buffers: of fifty whose times overlap, one gets theirs.
    of_fifty_through_two_links_one_does,
    async |app| {
        let Desk { ana, link: half_an_hour, .. } = Desk::open(app).await;
        let mut hour = settings();
        hour.durations_minutes = vec![60];
        hour.availability.buffer_before_minutes = 30;
        hour.availability.interval_minutes = Some(30);
        let hour = shared_link(&ana, BookingLinkKind::Group, &[(&ana, 1)], hour).await;
        let outcomes = join_all((0..50).map(|number| {
            let (half_an_hour, hour) = (&half_an_hour, &hour);
            async move {
                let email = format!("visitor{number}@example.org");
                let (link, mut request) = if number % 2 == 0 {
                    (half_an_hour, booking(tuesday("10:30"), &email))
                } else {
                    (hour, booking(tuesday("10:00"), &email))
                };
                request.duration_minutes = link.settings.durations_minutes[0];
                app.anonymous().book_meeting(&page(link), &request).await
            }
        }))
        .await;
        one_of_fifty(outcomes);
        assert_eq!(meetings_of(&ana, &half_an_hour).await.len() + meetings_of(&ana, &hour).await.len(), 1);
    }
);

/// The same on two nodes of one PostgreSQL.
#[test]
fn of_fifty_on_two_nodes_one_does_postgres() {
    rapport_tests::run(Engine::Postgres, module_path!(), |app| Box::pin(on_two_nodes(app)));
}

async fn on_two_nodes(app: &TestApp) {
    let Desk { ana, link: first, .. } = Desk::open(app).await;
    let second = link(&ana, settings()).await;
    let node = app.second_node().await;
    let there = stranger_at(app, &format!("http://{}", node.address()));
    let outcomes = join_all((0..50).map(|number| {
        let (there, first, second) = (&there, &first, &second);
        async move {
            let here = app.anonymous();
            let client = if number % 2 == 0 { &here } else { there };
            let link = if number % 3 == 0 { first } else { second };
            let request = booking(tuesday("09:00"), &format!("visitor{number}@example.org"));
            client.book_meeting(&page(link), &request).await
        }
    }))
    .await;
    one_of_fifty(outcomes);
    drop(there);
    node.stop().await;
}
