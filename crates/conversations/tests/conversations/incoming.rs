use conversations::{end_by_contact, list_for_contact, receive_message, save_receipt};
use platform::Actor;
use types::VisitorId;
use types::conversations::{ActivityKind, CreateComment, ListMessages, MessageKind, ThreadStatus, Waiting};

use crate::start::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_first_messages_at_once_make_one_thread() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        account.visitor(1).await;
        let sent: Vec<_> = (0..100)
            .map(|number| {
                let ctx = account.ctx.clone();
                let mut incoming = said(1, account.sales.id, &format!("Hello {number}"));
                // Every other one is sent twice, as a client does that got no answer.
                incoming.client_id = Some(format!("message {}", number / 2));
                tokio::spawn(async move {
                    ctx.write(&Actor::System, move |tx| receive_message(tx, &incoming)).await.unwrap()
                })
            })
            .collect();
        let mut threads = std::collections::BTreeSet::new();
        for received in sent {
            threads.insert(received.await.unwrap().thread.id);
        }
        assert_eq!(threads.len(), 1, "{engine:?}");
        let entries = account.entries(*threads.first().unwrap()).await;
        let numbers: Vec<i64> = entries.iter().map(|entry| entry.seq).collect();
        assert_eq!(numbers, (1..=50).collect::<Vec<_>>(), "{engine:?}");
    }
}

#[tokio::test]
async fn a_message_opens_a_closed_thread_unless_the_contact_ended_it() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        account.visitor(1).await;
        let first = account.says(1, account.sales.id, "Hello").await.thread;
        assert_eq!((first.last_seq, first.waiting, first.participant_count), (1, Waiting::ForReply, 1));
        let id = first.id;
        let close = move |tx: &mut platform::Tx<'_>| conversations::threads::close(tx, id);
        let closed = account.ctx.write(&account.as_ann(), close).await.unwrap();
        assert!(closed.status == ThreadStatus::Closed && closed.closed_at.is_some());
        let again = account.says(1, account.sales.id, "One more thing").await.thread;
        assert_eq!((again.id, again.status, again.closed_at), (id, ThreadStatus::Open, None));
        let kinds: Vec<_> =
            account.entries(id).await.into_iter().map(|entry| entry.activity.map(|a| a.kind)).collect();
        assert_eq!(kinds, [None, Some(ActivityKind::Closed), Some(ActivityKind::Reopened), None]);

        let ended = account.ctx.write(&Actor::System, move |tx| end_by_contact(tx, id)).await.unwrap();
        assert!(ended.ended_by_contact && ended.status == ThreadStatus::Closed);
        let other = account.says(1, account.sales.id, "A new matter").await.thread;
        assert_ne!(other.id, id);
        let reopen = move |tx: &mut platform::Tx<'_>| conversations::threads::reopen(tx, id);
        let refused = account.ctx.write(&account.as_ann(), reopen).await.unwrap_err();
        assert!(refused.to_string().contains("another open conversation"), "{refused}");
    }
}

#[tokio::test]
async fn the_contact_sees_messages_alone_and_the_team_sees_receipts() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        account.visitor(1).await;
        let thread = account.says(1, account.sales.id, "Hello").await.thread;
        let id = thread.id;
        let note = CreateComment {
            html: "<p>secret</p>".to_owned(),
            mentioned_user_ids: vec![account.bob.id],
            attachment_ids: Vec::new(),
            client_id: None,
        };
        let content = accounts::content::Content::from_html("html", &note.html).unwrap();
        let comment =
            move |tx: &mut platform::Tx<'_>| conversations::messages::comment(tx, id, &note, &content);
        account.ctx.write(&account.as_ann(), comment).await.unwrap();
        account.replies(&account.as_ann(), id, reply("Hi")).await.unwrap();
        let seen = account
            .ctx
            .read(&Actor::System, move |tx| {
                let thread = conversations::latest_thread(tx, VisitorId(1))?.unwrap();
                list_for_contact(tx, &thread, &ListMessages::default())
            })
            .await
            .unwrap();
        assert_eq!(seen.items.iter().map(|m| m.seq).collect::<Vec<_>>(), [1, 3]);
        assert!(seen.items.iter().all(|m| m.kind == MessageKind::Message));
        assert!(!seen.has_older && !seen.has_newer);

        for (delivered, read, state) in [(3, 0, "delivered"), (0, 99, "read"), (1, 1, "read")] {
            let row =
                account.ctx.write(&Actor::System, move |tx| save_receipt(tx, id, delivered, read)).await;
            assert!(row.unwrap().contact_delivered_seq == 3);
            let last = account.entries(id).await.pop().unwrap();
            assert_eq!(last.delivery.unwrap().as_str(), state);
        }
    }
}
