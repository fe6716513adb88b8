use platform::Actor;
use types::conversations::ListThreads;
use types::crm::EraseContact;
use types::{BuiltinRole, ContactId};

use crate::start::*;

#[tokio::test]
async fn merging_moves_the_conversations() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        for visitor in [1, 2] {
            account.visitor(visitor).await;
            account.says(visitor, account.sales.id, "Hello").await;
        }
        let merge = |tx: &mut platform::Tx<'_>| crm::contacts::merge(tx, ContactId(1), ContactId(2));
        account.ctx.write(&account.as_ann(), merge).await.unwrap();
        let query = ListThreads { contact_id: Some(ContactId(2)), ..ListThreads::default() };
        let list = move |tx: &mut platform::Tx<'_>| conversations::threads::list(tx, &query);
        let page = account.ctx.read(&account.as_ann(), list).await.unwrap();
        assert_eq!(page.items.len(), 2);
        assert!(page.items.iter().all(|item| item.thread.contact_name == "Visitor 2"));
        let read = |tx: &mut platform::Tx<'_>| crm::contacts::get(tx, ContactId(1));
        assert_eq!(account.ctx.read(&account.as_ann(), read).await.unwrap().id, ContactId(2));
        let again = account.ctx.write(&account.as_ann(), merge).await.unwrap_err();
        assert!(again.to_string().contains("merged"), "{again}");
        // The visitor goes on in its conversation, as the contact that stays.
        let thread = account
            .ctx
            .read(&Actor::System, |tx| conversations::latest_thread(tx, types::VisitorId(1)))
            .await
            .unwrap();
        assert_eq!(thread.unwrap().contact_id, ContactId(2));
    }
}

#[tokio::test]
async fn erasing_leaves_nothing_that_was_said() {
    for engine in ENGINES {
        let account = Account::new(engine).await;
        account.visitor(1).await;
        let id = account.says(1, account.sales.id, "my secret number").await.thread.id;
        account.replies(&account.as_ann(), id, reply("your secret number")).await.unwrap();
        account
            .ctx
            .write(&Actor::System, move |tx| conversations::note_identified(tx, id, "Secret Name"))
            .await
            .unwrap();
        let erase = |name: &'static str| {
            let request = EraseContact { confirm_name: name.to_owned() };
            let administrator = actor(&account.bob, BuiltinRole::SuperAdministrator, &[]);
            let ctx = account.ctx.clone();
            async move {
                let erase = move |tx: &mut platform::Tx<'_>| crm::contacts::erase(tx, ContactId(1), &request);
                ctx.write(&administrator, erase).await
            }
        };
        assert_eq!(fields(&erase("Somebody else").await.unwrap_err()), ["confirm_name"]);
        erase("Visitor 1").await.unwrap();
        let get = move |tx: &mut platform::Tx<'_>| conversations::threads::get(tx, id);
        let detail = account.ctx.read(&account.as_ann(), get).await.unwrap();
        let left = format!("{:?} {:?}", detail, account.entries(id).await).to_lowercase();
        for gone in ["secret", "visitor 1", "shop.example"] {
            assert!(!left.contains(gone), "{gone} on {engine:?}: {left}");
        }
        assert_eq!(detail.thread.contact_name, "Erased contact");
    }
}
