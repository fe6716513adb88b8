use db::testing::connect;
use diesel::connection::SimpleConnection;
use rapport_tests::{TestApp, test_on_both, until};
use types::page::PageQuery;
use types::platform::{DeadJob, JobPath};
use types::{Event, JobId};

async fn dead(app: &TestApp) -> Vec<DeadJob> {
    app.super_admin().list_dead_jobs(&PageQuery::default()).await.unwrap().items
}

fn execute(app: &TestApp, sql: &str) {
    connect(app.database().settings()).unwrap().batch_execute(sql).unwrap();
}

test_on_both!(
    /// B: a job that cannot be done is given up; whoever manages jobs hears of it, sees why, and has it run again once its
    /// cause is gone, or removes it.
    a_dead_job_is_seen_and_run_again,
    async |app| {
        app.expects_errors_with("a job is dead");
        app.expects_dead_jobs();
        let mut socket = app.super_admin().listen(None).await;
        // It says that it delivers a mail, and not which.
        execute(
            app,
            "INSERT INTO jobs (id, kind, payload, state, run_at, attempts, leased_until, created_at) \
             VALUES (1, 'deliver_mail', '{}', 'queued', 0, 0, 0, 0)",
        );
        app.run_jobs().await;
        let id = JobId(1);
        socket.next_event(|event| matches!(event, Event::JobDied { job_id } if *job_id == id)).await;
        let [job] = dead(app).await.try_into().unwrap();
        assert_eq!((job.id, job.kind.as_str(), job.attempts), (id, "deliver_mail", 1));
        assert!(job.last_error.contains("mail_id"), "{job:?}");

        app.super_admin().retry_job(&JobPath { job_id: id }).await.unwrap();
        socket.next_event(|event| matches!(event, Event::JobDied { job_id } if *job_id == id)).await;
        execute(app, "UPDATE jobs SET payload = '{\"mail_id\":\"1\"}' WHERE id = 1");
        app.super_admin().retry_job(&JobPath { job_id: id }).await.unwrap();
        until("the job is done", async || dead(app).await.is_empty()).await;
        let gone = app.super_admin().delete_job(&JobPath { job_id: id }).await.unwrap_err();
        assert_eq!(gone.status(), Some(404));
    }
);
