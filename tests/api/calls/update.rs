use rapport_tests::test_on_both;
use types::calls::{Call, CreateCall, UpdateCall};
use types::{BuiltinRole, ErrorCode, Event};

use super::desk::{call, path, request};

/// The facts of a call, to be sent with a change.
fn facts(call: &Call) -> UpdateCall {
    UpdateCall {
        title: call.title.clone(),
        direction: call.direction,
        started_at: call.started_at,
        duration_ms: call.duration_ms,
        owner_id: call.owner_id,
        outcome: call.outcome,
        private: call.private,
    }
}

test_on_both!(
    /// The owner and whoever may edit calls change a call; what is wrong is named and changes nothing.
    a_call_is_changed,
    async |app| {
        let (ana, vera) = (app.agent("Ana").await, app.viewer("Vera").await);
        let made = call(app, &ana, "Before").await;
        let change = UpdateCall { title: "After".to_owned(), ..facts(&made) };
        let changed = ana.update_call(&path(made.id), &change).await.unwrap();
        assert_eq!(changed.title, "After");
        let refused = vera.update_call(&path(made.id), &change).await.unwrap_err();
        assert_eq!(refused.status(), Some(403));
        // A viewer changes what is its own.
        let given = CreateCall { owner_id: Some(vera.id()), ..request(app, "Vera's") };
        let given = ana.create_call(&given).await.unwrap();
        vera.update_call(&path(given.id), &UpdateCall { title: "Mine".to_owned(), ..facts(&given) })
            .await
            .unwrap();
        let wrong = UpdateCall { title: " ".to_owned(), ..facts(&made) };
        assert!(ana.update_call(&path(made.id), &wrong).await.unwrap_err().field("title").is_some());
        assert_eq!(ana.get_call(&path(made.id)).await.unwrap(), changed);
    }
);

test_on_both!(
    /// A call that becomes private is gone for others at once; only its owner and administrators decide that.
    a_call_becomes_private,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let amy = app.user("Amy", BuiltinRole::Administrator).await;
        let made = call(app, &ana, "Talk").await;
        let mut of_ben = ben.listen(None).await;
        let private = UpdateCall { private: true, ..facts(&made) };
        let refused = ben.update_call(&path(made.id), &private).await.unwrap_err();
        assert_eq!(refused.code(), Some(ErrorCode::Forbidden));
        ana.update_call(&path(made.id), &private).await.unwrap();
        of_ben.next_event(|e| matches!(e, Event::CallRemoved { call_id } if *call_id == made.id)).await;
        assert_eq!(ben.get_call(&path(made.id)).await.unwrap_err().status(), Some(404));
        amy.update_call(&path(made.id), &facts(&made)).await.unwrap();
        of_ben.next_event(|e| matches!(e, Event::CallChanged { call_id } if *call_id == made.id)).await;
        assert_eq!(ben.get_call(&path(made.id)).await.unwrap().title, "Talk");
    }
);
