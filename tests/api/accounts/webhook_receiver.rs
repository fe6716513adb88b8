//! A receiver of webhooks on a port of its own, and what its tests have in common.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use platform::Actor;
use rapport_tests::{TestApp, User, python};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use types::ContactId;
use types::accounts::*;

/// A request that arrived.
#[derive(Clone, Debug)]
pub struct Posted {
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Posted {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Whether the library of Standard Webhooks takes it for signed with this secret.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("programs/verify_webhook.py");
        let mut child = python().arg(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let request = json!({ "secret": secret, "headers": self.headers, "body": self.body });
        child.stdin.take().unwrap().write_all(request.to_string().as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.code().is_some_and(|code| code < 2), "{output:?}");
        // An exception that nobody caught ends Python with 1 too.
        let says = String::from_utf8_lossy(&output.stdout).to_lowercase();
        assert!(output.status.success() || says.contains("signature"), "{output:?}");
        output.status.success()
    }
}

/// What is answered; nothing cuts the connection.
pub type Reply = Option<String>;
type Answer = Box<dyn FnMut(&Posted) -> Reply + Send>;

/// The receiver; it ends with the test's runtime.
pub struct Receiver {
    base: String,
    posted: Arc<Mutex<Vec<Posted>>>,
    answer: Arc<Mutex<Answer>>,
}

/// An answer with this status line and body.
pub fn reply(status: &str, body: &str) -> Reply {
    let length = body.len();
    Some(format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"))
}

impl Receiver {
    /// Starts it; it answers 204.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let answer: Answer = Box::new(|_| reply("204 No Content", ""));
        let receiver = Self { base, posted: Arc::default(), answer: Arc::new(Mutex::new(answer)) };
        let (posted, answer) = (receiver.posted.clone(), receiver.answer.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, posted.clone(), answer.clone()));
            }
        });
        receiver
    }

    /// From now on it answers so.
    pub fn answer(&self, answer: impl FnMut(&Posted) -> Reply + Send + 'static) {
        *self.answer.lock().unwrap() = Box::new(answer);
    }

    /// What arrived, the oldest first.
    pub fn posted(&self) -> Vec<Posted> {
        self.posted.lock().unwrap().clone()
    }

    /// A webhook that is told of every meeting, and its secret.
    pub async fn webhook(&self, admin: &User) -> NewWebhook {
        admin.create_webhook(&save(&format!("{}/hook", self.base))).await.unwrap()
    }

    /// Where it listens, without a path.
    pub fn base(&self) -> &str {
        &self.base
    }
}

async fn serve(mut stream: TcpStream, posted: Arc<Mutex<Vec<Posted>>>, answer: Arc<Mutex<Answer>>) {
    let (mut read, mut buffer) = (Vec::new(), [0; 8192]);
    let request = loop {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(count) => read.extend_from_slice(&buffer[..count]),
        }
        if let Some(request) = parse(&String::from_utf8_lossy(&read)) {
            break request;
        }
    };
    let reply = {
        let reply = (answer.lock().unwrap())(&request);
        posted.lock().unwrap().push(request);
        reply
    };
    if let Some(reply) = reply {
        // A client that went away needs no reply.
        let _ = stream.write_all(reply.as_bytes()).await;
    }
}

/// The request, once it is whole.
fn parse(text: &str) -> Option<Posted> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let header =
        |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let headers: BTreeMap<String, String> = head.lines().skip(1).filter_map(header).collect();
    let length: usize = headers.get("content-length").map_or(Some(0), |length| length.parse().ok())?;
    (body.len() >= length).then(|| Posted { headers, body: body.to_owned() })
}

/// A webhook that is told of every meeting.
pub fn save(url: &str) -> SaveWebhook {
    let event_kinds = [WebhookEventKind::MeetingBooked, WebhookEventKind::MeetingCancelled];
    SaveWebhook {
        url: url.to_owned(),
        description: String::new(),
        event_kinds: event_kinds.into(),
        is_active: true,
    }
}

/// Lets webhooks reach this machine.
pub async fn allow(app: &TestApp) {
    app.restart(|config| config.outgoing.allowed_private = vec!["127.0.0.0/8".parse().unwrap()]).await;
}

/// Something that happened to a meeting.
pub async fn happens(app: &TestApp, subject: i64, data: Value, contact: Option<ContactId>) {
    let kind = WebhookEventKind::MeetingBooked;
    let deliver = move |tx: &mut platform::Tx<'_>| {
        let now = tx.now();
        accounts::webhooks::deliver(tx, kind, subject, now, &data, contact)
    };
    app.ctx().write(&Actor::System, deliver).await.unwrap();
}

/// The newest deliveries of a webhook.
pub async fn deliveries(admin: &User, webhook: &Webhook) -> Vec<WebhookDelivery> {
    let all = ListWebhookDeliveries { limit: Some(200), ..ListWebhookDeliveries::default() };
    admin.list_webhook_deliveries(&path(webhook), &all).await.unwrap().items
}

pub fn path(webhook: &Webhook) -> WebhookPath {
    WebhookPath { webhook_id: webhook.id }
}

pub fn path_of(delivery: &WebhookDelivery) -> WebhookDeliveryPath {
    WebhookDeliveryPath { webhook_id: delivery.webhook_id, delivery_id: delivery.id }
}
