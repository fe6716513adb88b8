use db::testing::TestDatabase;
use rapport_tests::Engine;
use rapport_tests::child::ServerProcess;
use tokio::task::JoinHandle;

use super::killed::{Acknowledged, VISITORS, assert_all_there, load, set_up, work_goes_on};

/// H: both nodes are restarted in turn under load; clients that try again lose nothing.
#[test]
fn both_nodes_are_restarted_in_turn_postgres() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let database = TestDatabase::new(Engine::Postgres).unwrap();
        let folder = std::env::temp_dir().join(format!("rapport-restarted-{}", std::process::id()));
        let url = database.settings().url.clone();
        let mut nodes = Vec::new();
        for _ in 0..2 {
            nodes.push(ServerProcess::start(&folder, Some(&url)).await);
        }
        let widget_id = set_up(&nodes[0].base()).await;
        let (here, there) = (Acknowledged::default(), Acknowledged::default());
        let mut visitors = load(&nodes[0].base(), widget_id, &here, VISITORS).await;
        visitors.extend(load(&nodes[1].base(), widget_id, &there, VISITORS).await);
        for node in &mut nodes {
            work_goes_on(&here, VISITORS).await;
            work_goes_on(&there, VISITORS).await;
            node.terminate();
            node.restart().await;
        }
        work_goes_on(&here, VISITORS).await;
        work_goes_on(&there, VISITORS).await;
        visitors.iter().for_each(JoinHandle::abort);
        // Each node knows what the other was told.
        assert_all_there(&nodes[1].base(), &here).await;
        assert_all_there(&nodes[0].base(), &there).await;
        drop(nodes);
        std::fs::remove_dir_all(&folder).unwrap();
    });
}
