use rapport_tests::test_on_both;
use types::crm::*;

use super::desk::{contact, deal, same, timeline};

test_on_both!(
    /// CALL-60, 74: what happens to a record and around it is told on its timeline, the newest first.
    a_timeline_tells_what_happened,
    async |app| {
        let admin = app.super_admin();
        let (carla, chairs) = (contact(admin, "Carla", None).await, deal(admin, "Chairs", None).await);
        let stages = admin.get_pipeline().await.unwrap().stages;
        let won = SaveDeal {
            name: "Chairs".to_owned(),
            stage_id: Some(stages[3].id),
            owner_id: Some(admin.id()),
            ..SaveDeal::default()
        };
        let path = DealPath { deal_id: chairs.id };
        admin.update_deal(&path, &won).await.unwrap();
        let pair = CreateAssociation { from: carla.id.into(), to: chairs.id.into() };
        admin.create_association(&pair).await.unwrap();
        let page = timeline(admin, chairs.id).await;
        let events: Vec<_> = page.items.into_iter().map(|entry| entry.event).collect();
        let associated =
            TimelineEvent::RecordAssociated { record: carla.id.into(), reason: AssociationReason::Manual };
        assert_eq!(events[0], associated);
        assert!(events.contains(&TimelineEvent::OwnerChanged { from: None, to: Some(admin.id()) }));
        let moved = TimelineEvent::StageChanged { from: "Qualified".to_owned(), to: "Won".to_owned() };
        assert!(events.contains(&moved));
        assert_eq!(events.last(), Some(&TimelineEvent::RecordCreated));
        assert_eq!(page.records[0].name, "Carla");
        let first = ListTimeline { kind: ObjectKind::Deal, id: chairs.id.into(), cursor: None, limit: Some(3) };
        let first = admin.list_timeline(&first).await.unwrap();
        let rest = ListTimeline {
            kind: ObjectKind::Deal,
            id: chairs.id.into(),
            cursor: first.next_cursor,
            limit: Some(3),
        };
        let rest = admin.list_timeline(&rest).await.unwrap();
        let paged: Vec<_> = first.items.into_iter().chain(rest.items).map(|entry| entry.event).collect();
        assert_eq!(paged, events);
        // An entry disappears with the thing it is about.
        admin.delete_deal(&path).await.unwrap();
        let left = timeline(admin, carla.id).await.items;
        assert_eq!(left.into_iter().map(|entry| entry.event).collect::<Vec<_>>(), [TimelineEvent::RecordCreated]);
    }
);

test_on_both!(
    /// CALL-74: a conversation stands on its contact's timeline, for those who may read it; merging moves it.
    conversations_stand_on_the_timeline,
    async |app| {
        let admin = app.super_admin();
        let outsider = app.agent("Otto").await;
        let inbox = app.inbox("Sales", &[]).await;
        let widget = app.widget(&inbox).await;
        let visitor = app.visitor(&widget).await;
        let thread_id = visitor.says("Hello").await.thread_id;
        let path = types::conversations::ThreadPath { thread_id };
        let from = admin.get_thread(&path).await.unwrap().thread.contact_id;
        let started = TimelineEvent::ConversationStarted { thread_id, inbox_id: inbox.id };
        let is_told = |page: &TimelinePage| page.items.iter().any(|entry| entry.event == started);
        assert!(is_told(&timeline(admin, from).await));
        assert!(!is_told(&timeline(&outsider, from).await));
        let carla = contact(admin, "Carla", None).await;
        let into = ContactPath { contact_id: carla.id };
        admin.merge_contact(&into, &MergeContact { from_id: from }).await.unwrap();
        assert!(is_told(&timeline(admin, carla.id).await));
        let erase = EraseContact { confirm_name: same(&carla).name };
        admin.erase_contact(&into, &erase).await.unwrap();
        assert_eq!(timeline_after_erasure(app, carla.id).await, 0);
    }
);

/// How many entries the database holds of a contact.
async fn timeline_after_erasure(app: &rapport_tests::TestApp, contact: types::ContactId) -> i64 {
    use db::schema::timeline_entries;
    use diesel::prelude::*;
    let count = move |tx: &mut platform::Tx<'_>| {
        let of = timeline_entries::table.filter(timeline_entries::record_id.eq(contact.0));
        Ok(of.count().get_result(tx.conn())?)
    };
    app.ctx().read(&platform::Actor::System, count).await.unwrap()
}
