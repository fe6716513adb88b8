//! Faults that a well-behaved server does not show: a peer of a few lines misbehaves on purpose. That mail really
//! arrives is shown against real servers in the `tests` package.

use std::time::SystemTime;

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

use super::*;
use crate::Mailbox;

/// What the peer answers; an empty answer means that it stays silent.
#[derive(Clone, Copy)]
struct Peer {
    greeting: &'static str,
    auth: &'static str,
    mail: &'static str,
    data_end: &'static str,
    quit: &'static str,
}

const GOOD: Peer = Peer {
    greeting: "220 peer",
    auth: "235 welcome",
    mail: "250 ok",
    data_end: "250 2.0.0 queued as 42",
    quit: "221 bye",
};

impl Peer {
    /// Serves one session on a port of its own.
    async fn start(self) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let (read, mut write) = stream.into_split();
            let mut lines = BufReader::new(read).lines();
            let mut in_data = false;
            write.write_all(format!("{}\r\n", self.greeting).as_bytes()).await.unwrap();
            while let Ok(Some(line)) = lines.next_line().await {
                let answer = match line.split(' ').next().unwrap_or_default() {
                    "." if in_data => {
                        in_data = false;
                        self.data_end
                    }
                    _ if in_data => continue,
                    "EHLO" => "250-peer\r\n250 AUTH PLAIN LOGIN",
                    "AUTH" => self.auth,
                    "MAIL" => self.mail,
                    "DATA" => {
                        in_data = true;
                        "354 go on"
                    }
                    "QUIT" => self.quit,
                    _ => "250 ok",
                };
                if answer == "hang up" {
                    return;
                }
                if !answer.is_empty() {
                    let _ = write.write_all(format!("{answer}\r\n").as_bytes()).await;
                }
            }
        });
        port
    }

    async fn send(self) -> Result<Accepted, SendError> {
        sender(self.start().await, Tls::None).send(&outgoing()).await
    }
}

fn settings(port: u16, tls: Tls) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".into(),
        port,
        tls,
        username: Some("rapport".into()),
        password: Some("correct horse".into()),
        from_name: String::new(),
        from_address: "bonjour@ateliersud.example".into(),
        timeout: Duration::from_millis(500),
    }
}

fn sender(port: u16, tls: Tls) -> Sender {
    Sender::new(settings(port, tls)).unwrap()
}

fn outgoing() -> Outgoing {
    Outgoing {
        message_id: "<m1@ateliersud.example>".into(),
        date: SystemTime::UNIX_EPOCH,
        from: None,
        reply_to: None,
        to: vec![Mailbox::unnamed("zoe@client.example")],
        subject: "Hello".into(),
        text: "Line\n.\nend".into(),
        html: None,
        calendar: None,
        in_reply_to: None,
        references: Vec::new(),
        headers: Vec::new(),
    }
}

// PITFALL-21
#[tokio::test]
async fn accepted_means_the_servers_answer_to_the_whole_mail() {
    assert_eq!(GOOD.send().await.unwrap().response, "250 2.0.0 queued as 42");
}

#[tokio::test]
async fn a_server_that_never_says_goodbye_has_still_accepted_the_mail() {
    let peer = Peer { quit: "", ..GOOD };
    assert!(peer.send().await.is_ok());
}

// PITFALL-20
#[tokio::test]
async fn refusals_tell_whether_to_try_again() {
    let cases = [
        (Peer { greeting: "421 too busy", ..GOOD }, "unreachable", true),
        (Peer { greeting: "554 not now", ..GOOD }, "unreachable", true),
        (Peer { auth: "535 5.7.8 wrong password", ..GOOD }, "sign_in", true),
        (Peer { mail: "530 5.7.0 sign in first", ..GOOD }, "sign_in", true),
        (Peer { mail: "451 4.7.1 greylisted", ..GOOD }, "deferred 451", true),
        (Peer { mail: "550 5.1.1 no such user", ..GOOD }, "refused 550", false),
        (Peer { data_end: "554 5.6.0 looks like spam", ..GOOD }, "refused 554", false),
        (Peer { data_end: "hang up", ..GOOD }, "unreachable", true),
        (Peer { data_end: "", ..GOOD }, "unreachable", true),
        (Peer { data_end: "gibberish", ..GOOD }, "unreachable", true),
    ];
    for (peer, expected, retry) in cases {
        let error = peer.send().await.unwrap_err();
        let kind = match &error {
            SendError::Invalid { field, .. } => format!("invalid {field}"),
            SendError::Unreachable { .. } => "unreachable".to_owned(),
            SendError::SignIn { .. } => "sign_in".to_owned(),
            SendError::Deferred { code, .. } => format!("deferred {code}"),
            SendError::Refused { code, .. } => format!("refused {code}"),
        };
        assert_eq!((kind.as_str(), error.retry()), (expected, retry), "{error}");
    }
}

#[tokio::test]
async fn the_servers_own_words_are_kept() {
    let error = Peer { mail: "550 5.1.1 no such user", ..GOOD }.send().await.unwrap_err();
    assert_eq!(error.to_string(), "the mail server refused the mail (550): 5.1.1 no such user");
}

#[tokio::test]
async fn encryption_that_was_asked_for_is_never_skipped() {
    let sender = sender(GOOD.start().await, Tls::StartTls);
    let error = sender.check().await.unwrap_err();
    assert!(error.to_string().contains("STARTTLS"), "{error}");
    assert!(error.retry());
}

#[tokio::test]
async fn nobody_listening_is_a_reason_to_try_again() {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let error = sender(port, Tls::None).check().await.unwrap_err();
    assert!(matches!(error, SendError::Unreachable { .. }), "{error}");
}

#[test]
fn wrong_settings_are_named() {
    let good = settings(25, Tls::None);
    let cases = [
        ("host", SmtpSettings { host: "bad host".into(), ..good.clone() }),
        ("port", SmtpSettings { port: 0, ..good.clone() }),
        ("timeout", SmtpSettings { timeout: Duration::ZERO, ..good.clone() }),
        ("password", SmtpSettings { password: None, ..good.clone() }),
        ("from_address", SmtpSettings { from_address: "nobody".into(), ..good.clone() }),
        ("from_address", SmtpSettings { from_name: "a\r\nBcc: b@c.example".into(), ..good.clone() }),
    ];
    for (field, settings) in cases {
        assert!(
            matches!(Sender::new(settings), Err(SendError::Invalid { field: named, .. }) if named == field),
            "{field}"
        );
    }
    assert!(!format!("{good:?}").contains("correct horse"));
}
