use accounts::content::Content;
use conversations::mark_delivery;
use platform::{Actor, Error};
use types::ErrorCode;
use types::conversations::{
    AssignThread, CreateComment, CreateMessage, DeliveryState, ReadThread, ThreadStatus, Waiting,
};

use crate::start::*;

#[tokio::test]
async fn a_reply_to_what_was_not_seen_is_refused_once() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        account.visitor(1).await;
        let id = account.says(1, account.sales.id, "Hello").await.thread.id;
        let seen = |seq, send_anyway| CreateMessage { seen_seq: Some(seq), send_anyway, ..reply("Hi") };
        account.says(1, account.sales.id, "Are you there?").await;
        let refused = account.replies(&account.as_ann(), id, seen(1, false)).await.unwrap_err();
        let Error::Conflict { code, extra, .. } = refused else { panic!("{refused}") };
        assert_eq!(code, ErrorCode::NewerMessages);
        assert_eq!(extra.unwrap()["messages"][0]["text"], "Are you there?");
        assert_eq!(account.replies(&account.as_ann(), id, seen(1, true)).await.unwrap().seq, 3);
        // What one wrote oneself is no news; what a colleague wrote is.
        assert_eq!(account.replies(&account.as_ann(), id, seen(2, false)).await.unwrap().seq, 4);
        assert!(account.replies(&account.as_bob(), id, seen(2, false)).await.is_err());
    }
}

#[tokio::test]
async fn the_same_client_id_returns_the_first_message() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        account.visitor(1).await;
        let id = account.says(1, account.sales.id, "Hello").await.thread.id;
        let named = || CreateMessage { client_id: Some("a".to_owned()), seen_seq: Some(1), ..reply("Hi") };
        let first = account.replies(&account.as_ann(), id, named()).await.unwrap();
        let second = account.replies(&account.as_ann(), id, named()).await.unwrap();
        assert_eq!(first, second);
        assert_eq!(account.entries(id).await.len(), 2);
    }
}

#[tokio::test]
async fn a_reply_changes_the_row_of_the_thread() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        account.visitor(1).await;
        let id = account.says(1, account.sales.id, "Hello").await.thread.id;
        let close = move |tx: &mut platform::Tx<'_>| conversations::threads::close(tx, id);
        account.ctx.write(&account.as_ann(), close).await.unwrap();
        account.replies(&account.as_ann(), id, reply("Good morning")).await.unwrap();
        let get = move |tx: &mut platform::Tx<'_>| conversations::threads::get(tx, id);
        let detail = account.ctx.read(&account.as_ann(), get).await.unwrap();
        let thread = detail.thread;
        assert_eq!((thread.preview.as_str(), thread.waiting), ("Good morning", Waiting::ForContact));
        assert_eq!((thread.status, thread.last_seq, detail.read_seq), (ThreadStatus::Open, 4, 4));
        let names: Vec<_> = detail.participants.iter().map(|p| p.name.as_str()).collect();
        assert_eq!((names, thread.participant_count), (vec!["Visitor 1", "Ann"], 2));

        let note = CreateComment {
            html: "<b>mind</b> this".to_owned(),
            mentioned_user_ids: Vec::new(),
            attachment_ids: Vec::new(),
            client_id: None,
        };
        let content = Content::from_html("html", &note.html).unwrap();
        let comment =
            move |tx: &mut platform::Tx<'_>| conversations::messages::comment(tx, id, &note, &content);
        account.ctx.write(&account.as_bob(), comment).await.unwrap();
        let after = account.ctx.read(&account.as_ann(), get).await.unwrap();
        assert_eq!(after.thread.comment_preview.as_deref(), Some("mind this"));
        assert_eq!(after.thread.preview, "Good morning");
        assert_eq!(after.thread.last_message_at, thread.last_message_at);
        assert_eq!((after.thread.last_message_seq, after.thread.last_entry_seq, after.read_seq), (4, 5, 4));
    }
}

#[tokio::test]
async fn who_may_not_use_the_inbox_learns_nothing() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        account.visitor(1).await;
        let received = account.says(1, account.support.id, "Hello").await;
        let (id, message) = (received.thread.id, received.message.id);
        for actor in [account.as_ann(), account.as_eve()] {
            let ctx = &account.ctx;
            let replied = account.replies(&actor, id, reply("Hi")).await.unwrap_err();
            let read = ctx.read(&actor, move |tx| conversations::threads::get(tx, id)).await.unwrap_err();
            let linked =
                ctx.read(&actor, move |tx| conversations::messages::get(tx, message)).await.unwrap_err();
            let nobody = AssignThread { user_id: None, team_id: None };
            let assigned = ctx
                .write(&actor, move |tx| conversations::threads::assign(tx, id, &nobody))
                .await
                .unwrap_err();
            let seen = ReadThread { seq: 1 };
            let marked =
                ctx.write(&actor, move |tx| conversations::threads::read(tx, id, &seen)).await.unwrap_err();
            for error in [replied, read, linked, assigned, marked] {
                assert!(matches!(error, Error::NotFound), "{error}");
            }
        }
        let viewer = actor(&account.bob, types::BuiltinRole::Viewer, &[account.support.id]);
        let refused = account.replies(&viewer, id, reply("Hi")).await.unwrap_err();
        assert!(matches!(refused, Error::Forbidden(types::Permission::Reply)), "{refused}");
    }
}

#[tokio::test]
async fn fields_and_limits_are_named() {
    let account = Account::new(ENGINES[0]).await;
    account.visitor(1).await;
    let id = account.says(1, account.sales.id, "Hello").await.thread.id;
    let empty = CreateMessage { html: "<p> <br></p>".to_owned(), ..reply("") };
    assert_eq!(fields(&account.replies(&account.as_ann(), id, empty).await.unwrap_err()), ["html"]);
    let unnamed = CreateMessage { client_id: Some(String::new()), ..reply("Hi") };
    assert_eq!(fields(&account.replies(&account.as_ann(), id, unnamed).await.unwrap_err()), ["client_id"]);
    let many = CreateMessage { attachment_ids: vec![types::FileId(1); 11], ..reply("Hi") };
    assert_eq!(fields(&account.replies(&account.as_ann(), id, many).await.unwrap_err()), ["attachment_ids"]);
    let unknown = CreateMessage { attachment_ids: vec![types::FileId(1)], ..reply("Hi") };
    assert_eq!(
        fields(&account.replies(&account.as_ann(), id, unknown).await.unwrap_err()),
        ["attachment_ids"]
    );
    let ahead = ReadThread { seq: 2 };
    let read = move |tx: &mut platform::Tx<'_>| conversations::threads::read(tx, id, &ahead);
    assert_eq!(fields(&account.ctx.write(&account.as_ann(), read).await.unwrap_err()), ["seq"]);
    let stranger = CreateComment {
        html: "x".to_owned(),
        mentioned_user_ids: vec![account.eve.id],
        attachment_ids: Vec::new(),
        client_id: None,
    };
    let content = Content::from_html("html", "x").unwrap();
    let comment =
        move |tx: &mut platform::Tx<'_>| conversations::messages::comment(tx, id, &stranger, &content);
    let refused = account.ctx.write(&account.as_ann(), comment).await.unwrap_err();
    assert_eq!(fields(&refused), ["mentioned_user_ids"]);
}

#[tokio::test]
async fn only_a_failed_message_is_sent_again() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        account.visitor(1).await;
        let id = account.says(1, account.sales.id, "Hello").await.thread.id;
        let message = account.replies(&account.as_ann(), id, reply("Hi")).await.unwrap();
        assert_eq!(message.delivery, Some(DeliveryState::Sent));
        let retry = move |tx: &mut platform::Tx<'_>| conversations::messages::retry(tx, message.id);
        assert!(account.ctx.write(&account.as_ann(), retry).await.is_err());
        let fail = move |tx: &mut platform::Tx<'_>| {
            mark_delivery(tx, message.id, DeliveryState::Failed, Some("the widget is disabled"))
        };
        account.ctx.write(&Actor::System, fail).await.unwrap();
        let failed = account.entries(id).await.pop().unwrap();
        assert_eq!(failed.delivery_error.as_deref(), Some("the widget is disabled"));
        let again = account.ctx.write(&account.as_ann(), retry).await.unwrap();
        assert_eq!((again.delivery, again.delivery_error), (Some(DeliveryState::Queued), None));
    }
}
