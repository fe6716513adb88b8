//! Mails through a real mail server, and what happens when it is away or says no.

use rapport_tests::{MailServer, PASSWORD, TestApp, test_on_both, until};
use types::accounts::{
    AcceptInvitation, CompletePasswordReset, CreatePasswordReset, CreateSession, CreateUser, ListMails, Mail,
    MailPath, MailState,
};
use types::page::PageQuery;

const NEW_PASSWORD: &str = "another horse battery";

/// Asks for a link to set a new password for the administrator.
async fn forget_password(app: &TestApp) {
    let request = CreatePasswordReset { email: "ada@example.org".to_owned() };
    app.anonymous().create_password_reset(&request).await.unwrap();
}

async fn can_sign_in(app: &TestApp, email: &str, password: &str) -> bool {
    let request = CreateSession { email: email.to_owned(), password: password.to_owned(), code: None };
    app.anonymous().create_session(&request).await.is_ok()
}

/// The newest mail of the outbox; it is written after the request was answered.
async fn newest(app: &TestApp) -> Option<Mail> {
    app.super_admin().list_mails(&ListMails::default()).await.unwrap().items.into_iter().next()
}

/// Why the newest mail was not sent.
async fn last_error(app: &TestApp) -> String {
    newest(app).await.unwrap().last_error.unwrap_or_default()
}

/// Waits until the newest mail of the outbox was tried so often and stands so.
async fn wait_for(app: &TestApp, state: MailState, attempts: i32) {
    until("the mail comes further", async || {
        newest(app).await.is_some_and(|mail| (mail.state, mail.attempts) == (state, attempts))
    })
    .await;
}

test_on_both!(
    /// A forgotten password is set anew by the link of the mail, once. What was written before there was a mail server
    /// goes out when there is one.
    a_forgotten_password_is_set_anew_by_the_mail,
    async |app| {
        forget_password(app).await;
        wait_for(app, MailState::Held, 0).await;
        let mut server = MailServer::new(&app.files());
        server.start().await;
        app.restart(|config| server.configure(config)).await;
        // Held mails are looked for every minute.
        app.clock().advance(61);
        let mail = server.newest(1).await;
        assert_eq!((mail.to.as_str(), mail.message_id.contains(".rapport@")), ("ada@example.org", true));
        wait_for(app, MailState::Sent, 1).await;
        let complete = CompletePasswordReset { token: mail.token(), password: NEW_PASSWORD.to_owned() };
        app.anonymous().complete_password_reset(&complete).await.unwrap();
        assert!(can_sign_in(app, "ada@example.org", NEW_PASSWORD).await);
        assert!(!can_sign_in(app, "ada@example.org", PASSWORD).await);
        let again = app.anonymous().complete_password_reset(&complete).await.unwrap_err();
        assert_eq!(again.status(), Some(409));
    }
);

test_on_both!(
    /// Who is invited by mail chooses a password and is signed in.
    an_invitation_is_accepted_by_the_mail,
    async |app| {
        let mut server = MailServer::new(&app.files());
        server.start().await;
        app.restart(|config| server.configure(config)).await;
        let roles = app.super_admin().list_roles(&PageQuery::default()).await.unwrap().items;
        let invite = CreateUser {
            name: "Zoë".to_owned(),
            email: "zoe@example.org".to_owned(),
            role_id: roles[0].id,
            team_ids: Vec::new(),
        };
        app.super_admin().create_user(&invite).await.unwrap();
        let mail = server.newest(1).await;
        assert_eq!(mail.to, "zoe@example.org");
        assert!(mail.text.contains("Zoë") && mail.subject.contains("Example"), "{mail:?}");
        let accept = AcceptInvitation {
            token: mail.token(),
            name: "Zoë Z.".to_owned(),
            password: NEW_PASSWORD.to_owned(),
        };
        let session = app.anonymous().accept_invitation(&accept).await.unwrap();
        assert_eq!(session.me.user.name, "Zoë Z.");
        assert!(can_sign_in(app, "zoe@example.org", NEW_PASSWORD).await);
    }
);

test_on_both!(
    /// PITFALL 20: while the mail server is away the mail waits, and says why; when it is back it goes out, once.
    a_mail_waits_for_its_server,
    async |app| {
        let mut server = MailServer::new(&app.files());
        app.restart(|config| server.configure(config)).await;
        forget_password(app).await;
        wait_for(app, MailState::Queued, 1).await;
        assert_ne!(last_error(app).await, "");
        server.start().await;
        app.clock().advance(61);
        assert_eq!(server.newest(1).await.to, "ada@example.org");
        wait_for(app, MailState::Sent, 2).await;
        app.clock().advance(24 * 60 * 60);
        app.run_jobs().await;
        assert_eq!(server.attempts(), 1);
    }
);

test_on_both!(
    /// PITFALL 20, 21: a "not now" (4xx, RFC 5321) is tried again by itself; it is not called sent before the server's yes.
    a_mail_refused_for_now_is_tried_again,
    async |app| {
        let mut server = MailServer::new(&app.files());
        server.answer(Some("451 4.3.0 the greylist says later"));
        server.start().await;
        app.restart(|config| server.configure(config)).await;
        forget_password(app).await;
        wait_for(app, MailState::Queued, 1).await;
        assert!(last_error(app).await.contains("greylist"));
        app.clock().advance(61);
        wait_for(app, MailState::Queued, 2).await;
        server.answer(None);
        app.clock().advance(121);
        wait_for(app, MailState::Sent, 3).await;
        assert_eq!((server.attempts(), server.received().len()), (3, 1));
    }
);

test_on_both!(
    /// PITFALL 20: a "never" (5xx) is not tried again by itself: administrators see it with its reason and send it again.
    a_mail_refused_for_good_is_sent_again_by_hand,
    async |app| {
        let mut server = MailServer::new(&app.files());
        server.answer(Some("550 5.1.1 no such mailbox"));
        server.start().await;
        app.restart(|config| server.configure(config)).await;
        forget_password(app).await;
        wait_for(app, MailState::Failed, 1).await;
        app.clock().advance(24 * 60 * 60);
        app.run_jobs().await;
        assert_eq!(server.attempts(), 1);
        let failed = ListMails { state: Some(MailState::Failed), ..ListMails::default() };
        app.clock().reset();
        let failed = app.super_admin().list_mails(&failed).await.unwrap().items;
        assert!(failed[0].last_error.as_ref().unwrap().contains("no such mailbox"), "{failed:?}");
        server.answer(None);
        app.super_admin().retry_mail(&MailPath { mail_id: failed[0].id }).await.unwrap();
        assert_eq!(server.newest(1).await.to, "ada@example.org");
        wait_for(app, MailState::Sent, 1).await;
    }
);
