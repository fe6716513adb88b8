use platform::{Actor, Error};
use types::ThreadId;
use types::conversations::{AssignThread, GetViewCounts, ListThreads, ReadThread, View};

use crate::start::*;

/// The ids of a list, page by page.
async fn listed(account: &Account, actor: &Actor, query: ListThreads) -> Vec<ThreadId> {
    let mut ids = Vec::new();
    let mut cursor = None;
    loop {
        let query = ListThreads { cursor, limit: Some(2), ..query.clone() };
        let page = account.ctx.read(actor, move |tx| conversations::threads::list(tx, &query)).await.unwrap();
        assert!(page.items.len() <= 2);
        ids.extend(page.items.iter().map(|item| item.thread.id));
        match page.next_cursor {
            Some(next) => cursor = Some(next),
            None => return ids,
        }
    }
}

#[tokio::test]
async fn views_hold_their_threads_newest_first() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        let mut ids = Vec::new();
        for visitor in 1..=7 {
            account.visitor(visitor).await;
            let inbox = if visitor % 2 == 0 { account.support.id } else { account.sales.id };
            ids.push(account.says(visitor, inbox, "Hello").await.thread.id);
        }
        // The oldest becomes the newest.
        account.says(1, account.sales.id, "Still there?").await;
        let (closed, mine) = (ids[2], ids[4]);
        let ctx = &account.ctx;
        ctx.write(&account.as_ann(), move |tx| conversations::threads::close(tx, closed)).await.unwrap();
        let to_ann = AssignThread { user_id: Some(account.ann.id), team_id: None };
        ctx.write(&account.as_bob(), move |tx| conversations::threads::assign(tx, mine, &to_ann))
            .await
            .unwrap();

        let (ann, bob) = (account.as_ann(), account.as_bob());
        let view = |view| ListThreads { view: Some(view), ..ListThreads::default() };
        let at = |numbers: &[usize]| numbers.iter().map(|n| ids[*n]).collect::<Vec<_>>();
        assert_eq!(listed(&account, &ann, view(View::AllOpen)).await, at(&[0, 6, 4]));
        assert_eq!(listed(&account, &ann, view(View::Unassigned)).await, at(&[0, 6]));
        assert_eq!(listed(&account, &ann, view(View::Mine)).await, at(&[4]));
        assert_eq!(listed(&account, &ann, view(View::AllClosed)).await, at(&[2]));
        assert_eq!(listed(&account, &bob, view(View::Chat)).await, at(&[0, 6, 5, 4, 3, 1]));
        assert_eq!(listed(&account, &bob, ListThreads::default()).await, at(&[0, 6, 5, 4, 3, 1]));
        let support = ListThreads { inbox_id: Some(account.support.id), ..ListThreads::default() };
        assert_eq!(listed(&account, &bob, support.clone()).await, at(&[5, 3, 1]));
        let of_contact = ListThreads { contact_id: Some(types::ContactId(3)), ..ListThreads::default() };
        assert_eq!(listed(&account, &ann, of_contact).await, at(&[2]));
        let of_others = ListThreads { contact_id: Some(types::ContactId(2)), ..ListThreads::default() };
        assert!(listed(&account, &ann, of_others).await.is_empty());
        assert!(listed(&account, &account.as_eve(), ListThreads::default()).await.is_empty());
        let hidden = ctx.read(&ann, move |tx| conversations::threads::list(tx, &support)).await.unwrap_err();
        assert!(matches!(hidden, Error::NotFound), "{hidden}");
        assert_eq!(listed(&account, &Actor::System, ListThreads::default()).await.len(), 6);

        let names = ctx.read(&ann, conversations::inboxes::list).await.unwrap();
        assert_eq!(names.items.iter().map(|inbox| inbox.name.as_str()).collect::<Vec<_>>(), ["Sales"]);
    }
}

#[tokio::test]
async fn counts_are_what_the_views_hold() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        for visitor in 1..=3 {
            account.visitor(visitor).await;
            account.says(visitor, account.sales.id, "Hello").await;
        }
        let read = account.says(1, account.sales.id, "Again").await.thread;
        let seen = ReadThread { seq: read.last_seq };
        let ctx = &account.ctx;
        ctx.write(&account.as_ann(), move |tx| conversations::threads::read(tx, read.id, &seen))
            .await
            .unwrap();
        account.visitor(4).await;
        account.says(4, account.support.id, "Hello").await;
        let counted = |actor: Actor, query: GetViewCounts| async move {
            let counts = ctx.read(&actor, move |tx| conversations::threads::count(tx, &query)).await.unwrap();
            let of =
                |view| counts.counts.iter().find(|c| c.view == view).map(|c| (c.count, c.unread)).unwrap();
            [View::Unassigned, View::Mine, View::AllOpen, View::Chat, View::AllClosed].map(of)
        };
        let everything = GetViewCounts::default();
        assert_eq!(
            counted(account.as_ann(), everything.clone()).await,
            [(3, 2), (0, 0), (3, 2), (3, 2), (0, 0)],
            "{engine:?}"
        );
        assert_eq!(counted(account.as_bob(), everything.clone()).await[2], (4, 4));
        assert_eq!(counted(account.as_eve(), everything).await[2], (0, 0));
        let support = GetViewCounts { inbox_id: Some(account.support.id) };
        assert_eq!(counted(account.as_bob(), support).await[0], (1, 1));
    }
}
