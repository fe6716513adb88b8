use std::time::Duration;

use rapport_tests::{Engine, TestApp};
use types::Event;

/// Two nodes on one PostgreSQL deliver each other's events, in the same order.
#[test]
fn two_nodes_tell_each_other_postgres() {
    rapport_tests::run(Engine::Postgres, module_path!(), |app| Box::pin(two_nodes_tell_each_other(app)));
}

async fn two_nodes_tell_each_other(app: &TestApp) {
    let ana = app.agent("Ana").await;
    let widget = app.widget(&app.inbox("Sales", &[ana.id()]).await).await;
    let second = app.second_node().await;
    let base = format!("http://{}", second.address());
    let mut here = ana.listen(None).await;
    let mut there = ana.at(app.http(), &base).listen(None).await;
    let visitor = app.visitor(&widget).await;
    let elsewhere = visitor.at(app.http(), &base);
    for number in 0..10 {
        let who = if number % 2 == 0 { &visitor } else { &elsewhere };
        who.says(&format!("Message {number}")).await;
    }
    let text = |event: Event| match event {
        Event::MessageCreated { message, .. } => Some(message.text.clone()),
        _ => None,
    };
    let quiet = Duration::from_millis(700);
    let heard_here: Vec<_> = here.drain(quiet).await.into_iter().filter_map(text).collect();
    let heard_there: Vec<_> = there.drain(quiet).await.into_iter().filter_map(text).collect();
    assert_eq!(heard_here, (0..10).map(|number| format!("Message {number}")).collect::<Vec<_>>());
    assert_eq!(heard_here, heard_there);
    assert_eq!(here.cursor, there.cursor);
    drop((here, there));
    second.stop().await;
}
