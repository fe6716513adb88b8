use std::collections::BTreeSet;

use futures_util::future::join_all;
use rapport_tests::test_on_both;
use types::channels::{CreateVisitorMessage, ListVisitorMessages};
use types::conversations::View;

use super::desk::{Desk, view};

test_on_both!(
    /// PITFALL 34: a hundred first messages of one visitor at the same time make one conversation, with all of them in
    /// it once although each is sent twice.
    a_hundred_first_messages_make_one_conversation,
    async |app| {
        let desk = Desk::open(app).await;
        let visitor = app.visitor(&desk.widget).await;
        let messages: Vec<_> = (0..100)
            .map(|number| CreateVisitorMessage {
                text: format!("Message {number}"),
                attachment_ids: Vec::new(),
                client_id: format!("m{number}"),
                page_url: None,
            })
            .collect();
        let sent = messages.iter().chain(&messages).map(|message| visitor.create_visitor_message(message));
        let sent: Vec<_> = join_all(sent).await.into_iter().map(Result::unwrap).collect();
        let threads: BTreeSet<_> = sent.iter().map(|message| message.thread_id).collect();
        assert_eq!(threads.len(), 1);
        assert_eq!(view(&desk.ana, View::AllOpen).await.len(), 1);
        let query = ListVisitorMessages { limit: Some(100), ..ListVisitorMessages::default() };
        let page = visitor.list_visitor_messages(&query).await.unwrap();
        let texts: BTreeSet<_> = page.items.iter().map(|message| message.text.clone()).collect();
        assert_eq!((page.items.len(), texts.len(), page.has_older), (100, 100, false));
        assert!(page.items.windows(2).all(|pair| pair[0].seq < pair[1].seq));
    }
);
