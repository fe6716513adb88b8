//! WebSockets: each joins one topic, and what is posted to a topic goes to all who joined it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use actix_web::web::{Data, Path, Payload, ServiceConfig, get, post};
use actix_web::{HttpRequest, HttpResponse, Result, rt};
use actix_ws::{Message, Session};
use futures_util::StreamExt;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Who has joined, by topic.
#[derive(Default)]
pub struct Topics(Mutex<HashMap<u64, Vec<UnboundedSender<String>>>>);

impl Topics {
    fn join(&self, topic: u64) -> UnboundedReceiver<String> {
        let (sender, receiver) = unbounded_channel();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(topic).or_default().push(sender);
        receiver
    }

    fn send(&self, topic: u64, text: &str) {
        let mut topics = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(joined) = topics.get_mut(&topic) {
            joined.retain(|member| member.send(text.to_owned()).is_ok());
        }
    }
}

/// Mounts the topics.
pub fn routes(config: &mut ServiceConfig) {
    config.route("/live/{topic}", get().to(join)).route("/live/{topic}", post().to(publish));
}

async fn publish(topics: Data<Topics>, topic: Path<u64>, text: String) -> HttpResponse {
    topics.send(*topic, &text);
    HttpResponse::Created().finish()
}

async fn join(
    request: HttpRequest,
    body: Payload,
    topic: Path<u64>,
    topics: Data<Topics>,
) -> Result<HttpResponse> {
    let (response, mut session, mut incoming) = actix_ws::handle(&request, body)?;
    let mut joined = topics.join(*topic);
    rt::spawn(async move {
        loop {
            let open = tokio::select! {
                text = joined.recv() => match text {
                    Some(text) => session.text(text).await.is_ok(),
                    None => false,
                },
                frame = incoming.next() => match frame {
                    Some(Ok(frame)) => answer(&mut session, frame).await,
                    Some(Err(_)) | None => false,
                },
            };
            if !open {
                return;
            }
        }
    });
    Ok(response)
}

/// Answers a frame of the client; whether the connection goes on.
async fn answer(session: &mut Session, frame: Message) -> bool {
    match frame {
        Message::Ping(content) => session.pong(&content).await.is_ok(),
        Message::Close(_) => false,
        Message::Text(_)
        | Message::Binary(_)
        | Message::Continuation(_)
        | Message::Pong(_)
        | Message::Nop => true,
    }
}
