use accounts::connections::access_token;
use rapport_tests::test_on_both;
use types::accounts::ConnectionScope;
use zoom::{Error, MeetingPlan, Zoom};

use super::desk::Desk;

test_on_both!(
    /// A meeting is planned with the host's own sign-in, moved, and cancelled.
    meetings_are_planned_moved_and_cancelled,
    async |app| {
        let desk = Desk::unconnected(app).await;
        let connection = desk.zoom.connect(&desk.ana, ConnectionScope::User, "host").await;
        let ctx = app.ctx();
        let token = access_token(&ctx, connection.id).await.unwrap().unwrap();
        let zoom = ctx.extension::<Zoom>().unwrap();
        let plan = MeetingPlan {
            topic: "Demo".to_owned(),
            starts_at: "2027-03-02T09:00:00Z".parse().unwrap(),
            duration_seconds: 30 * 60,
            time_zone: "Europe/Paris".to_owned(),
            agenda: "What it costs".to_owned(),
        };
        let made = zoom.create_meeting(&token, "me", &plan).await.unwrap();
        assert!(made.join_url.contains(&made.id), "{made:?}");
        let there = desk.zoom.planned().await;
        assert_eq!((there.len(), there[0]["topic"].as_str()), (1, Some("Demo")));
        assert_eq!((there[0]["start_time"].as_str(), there[0]["duration"].as_i64()), (Some("2027-03-02T09:00:00Z"), Some(30)));
        assert_eq!((there[0]["timezone"].as_str(), there[0]["agenda"].as_str()), (Some("Europe/Paris"), Some("What it costs")));
        let later = MeetingPlan { starts_at: plan.starts_at.plus_seconds(3600), ..plan.clone() };
        zoom.update_meeting(&token, &made.id, &later).await.unwrap();
        let there = desk.zoom.planned().await;
        assert_eq!((there.len(), there[0]["start_time"].as_str()), (1, Some("2027-03-02T10:00:00Z")));
        zoom.delete_meeting(&token, &made.id).await.unwrap();
        zoom.delete_meeting(&token, &made.id).await.unwrap();
        assert_eq!(desk.zoom.planned().await.len(), 0);
        assert!(matches!(zoom.update_meeting(&token, &made.id, &plan).await, Err(Error::NotFound(_))));
        assert!(matches!(zoom.create_meeting(&token, "nobody", &plan).await, Err(Error::NotFound(_))));
        assert!(matches!(zoom.create_meeting("made up", "me", &plan).await, Err(Error::SignIn(_))));
    }
);
