use platform::{Actor, Error};
use types::accounts::UserState;
use types::conversations::{ActivityKind, AssignThread, ListThreads, SaveInbox, View};
use types::{ErrorCode, Event, Subject, TeamId, UserId};

use crate::start::*;

fn to(user: UserId) -> AssignThread {
    AssignThread { user_id: Some(user), team_id: None }
}

#[tokio::test]
async fn only_who_may_use_the_inbox_is_given_a_thread() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        account.visitor(1).await;
        let id = account.says(1, account.sales.id, "Hello").await.thread.id;
        let ctx = &account.ctx;
        let ann = account.as_ann();
        let assign = |request: AssignThread| {
            ctx.write(&ann, move |tx| conversations::threads::assign(tx, id, &request))
        };
        let given = assign(to(account.bob.id)).await.unwrap();
        assert_eq!(given.owner_user_id, Some(account.bob.id));
        assert_eq!(assign(to(account.bob.id)).await.unwrap().last_seq, given.last_seq, "said twice");
        assert_eq!(fields(&assign(to(account.eve.id)).await.unwrap_err()), ["user_id"]);
        assert_eq!(fields(&assign(to(UserId(5))).await.unwrap_err()), ["user_id"]);
        let team = AssignThread { user_id: None, team_id: Some(TeamId(5)) };
        assert_eq!(fields(&assign(team).await.unwrap_err()), ["team_id"]);
        let both = AssignThread { user_id: Some(account.bob.id), team_id: Some(TeamId(5)) };
        assert_eq!(fields(&assign(both).await.unwrap_err()), ["team_id"]);
        deactivate(&account, account.ann.id).await;
        let refused = assign(to(account.ann.id)).await.unwrap_err();
        assert!(matches!(refused, Error::Conflict { code: ErrorCode::Deactivated, .. }), "{refused}");
        let nobody = assign(AssignThread { user_id: None, team_id: None }).await.unwrap();
        assert_eq!((nobody.owner_user_id, nobody.last_seq), (None, 3));
    }
}

/// Deactivates a user and tells of it, as `accounts` does.
async fn deactivate(account: &Account, id: UserId) {
    use db::schema::users;
    use diesel::prelude::*;
    let change = move |tx: &mut platform::Tx<'_>| {
        diesel::update(users::table.find(id))
            .set(users::state.eq(UserState::Deactivated))
            .execute(tx.conn())?;
        let user = accounts::users::find(tx, id)?;
        tx.emit(Subject::Everyone, Event::UserChanged { user })
    };
    account.ctx.write(&Actor::System, change).await.unwrap();
}

#[tokio::test]
async fn threads_of_a_deactivated_user_become_unassigned() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        for visitor in 1..=45 {
            account.visitor(visitor).await;
            let id = account.says(visitor, account.sales.id, "Hello").await.thread.id;
            let request = to(account.ann.id);
            let assign = move |tx: &mut platform::Tx<'_>| conversations::threads::assign(tx, id, &request);
            account.ctx.write(&account.as_bob(), assign).await.unwrap();
        }
        deactivate(&account, account.ann.id).await;
        account.ctx.run_jobs_until_idle().await.unwrap();
        let query = ListThreads { view: Some(View::Unassigned), limit: Some(200), ..ListThreads::default() };
        let list = move |tx: &mut platform::Tx<'_>| conversations::threads::list(tx, &query);
        let page = account.ctx.read(&account.as_bob(), list).await.unwrap();
        assert_eq!(page.items.len(), 45, "{engine:?}");
        let last = account.entries(page.items[0].thread.id).await.pop().unwrap().activity.unwrap();
        assert_eq!((last.kind, last.user_id), (ActivityKind::Unassigned, Some(account.ann.id)));
    }
}

#[tokio::test]
async fn members_of_an_inbox_come_and_go() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        let id = account.sales.id;
        let save = |name: &str, member_ids: Vec<UserId>| SaveInbox { name: name.to_owned(), member_ids };
        let update = |actor: Actor, request: SaveInbox| {
            let ctx = account.ctx.clone();
            async move { ctx.write(&actor, move |tx| conversations::inboxes::update(tx, id, &request)).await }
        };
        let changed =
            update(Actor::System, save(" Pre-sales ", vec![account.bob.id, account.eve.id])).await.unwrap();
        assert_eq!(changed.name, "Pre-sales");
        assert_eq!(changed.member_ids, [account.bob.id, account.eve.id]);
        let read =
            account.ctx.read(&account.as_bob(), move |tx| conversations::inboxes::get(tx, id)).await.unwrap();
        assert_eq!(read, changed);
        let taken = update(Actor::System, save("SUPPORT", vec![])).await.unwrap_err();
        assert_eq!(fields(&taken), ["name"], "{engine:?}");
        let both = update(Actor::System, save("", vec![UserId(5)])).await.unwrap_err();
        assert_eq!(fields(&both), ["name", "member_ids"]);
        let agent = update(account.as_ann(), save("Mine", vec![])).await.unwrap_err();
        assert!(matches!(agent, Error::Forbidden(_)), "{agent}");
        let stranger = update(account.as_eve(), save("Mine", vec![])).await.unwrap_err();
        assert!(matches!(stranger, Error::NotFound), "{stranger}");
    }
}
