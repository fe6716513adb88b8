use db::testing::TestDatabase;
use rapport_tests::child::ServerProcess;
use rapport_tests::{Engine, MailServer, until};
use types::accounts::{CreateUser, ListMails, MailState};
use types::page::PageQuery;

use super::killed::{Api, set_up, sign_in};

/// Invites somebody, which writes a mail.
async fn invite(admin: &Api, name: &str) {
    let roles = admin.list_roles(&PageQuery::default()).await.unwrap().items;
    let user = CreateUser {
        name: name.to_owned(),
        email: format!("{name}@example.org"),
        role_id: roles[0].id,
        team_ids: Vec::new(),
    };
    admin.create_user(&user).await.unwrap();
}

/// A mail goes out encrypted (STARTTLS, RFC 3207) to a server whose certificate the system knows, and waits, with the
/// reason shown, while it does not.
async fn the_mail_server_proves_who_it_is(engine: Engine) {
    let database = TestDatabase::new(engine).unwrap();
    let folder = std::env::temp_dir().join(format!("rapport-mail-tls-{engine:?}-{}", std::process::id()));
    let mut mails = MailServer::new(&folder);
    let certificate = mails.with_tls();
    mails.start().await;
    let settings = [
        ("RAPPORT_SMTP__HOST", "127.0.0.1".to_owned()),
        ("RAPPORT_SMTP__PORT", mails.port().to_string()),
        ("RAPPORT_SMTP__SECURITY", "starttls".to_owned()),
    ];
    let server = ServerProcess::start_with(&folder, &database.settings().url, &settings).await;
    set_up(&server.base()).await;
    let admin = sign_in(&server.base()).await;
    invite(&admin, "zoe").await;
    let stopped = async || {
        let mail = admin.list_mails(&ListMails::default()).await.unwrap().items.remove(0);
        mail.state == MailState::Queued && mail.last_error.is_some_and(|why| why.contains("certificate"))
    };
    until("the certificate is refused", stopped).await;
    assert!(mails.received().is_empty());
    drop(server);

    let trust = ("SSL_CERT_FILE", certificate.display().to_string());
    let settings: Vec<_> = settings.into_iter().chain([trust]).collect();
    let server = ServerProcess::start_with(&folder, &database.settings().url, &settings).await;
    let admin = sign_in(&server.base()).await;
    invite(&admin, "leo").await;
    assert_eq!(mails.newest(1).await.to, "leo@example.org");
    drop(server);
    std::fs::remove_dir_all(&folder).unwrap();
}

fn run(engine: Engine) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(the_mail_server_proves_who_it_is(engine));
}

#[test]
fn the_mail_server_proves_who_it_is_sqlite() {
    run(Engine::Sqlite);
}

#[test]
fn the_mail_server_proves_who_it_is_postgres() {
    run(Engine::Postgres);
}
