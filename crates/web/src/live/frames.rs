//! What goes over the socket: WebSocket messages (RFC 6455) that hold the frames of the contract.

use actix_http::ws::{CloseCode, CloseReason, OpCode, Parser, ProtocolError};
use actix_web::web::{Bytes, BytesMut, Payload};
use futures_util::StreamExt;
use types::event::{ClientFrame, ServerFrame};

/// Largest message of a client, in bytes: it holds little more than a token.
const MAX_MESSAGE: usize = 8 * 1024;

/// What a client sent.
pub(super) enum Incoming {
    /// A frame of the contract.
    Frame(ClientFrame),
    /// A WebSocket ping, to be answered with the same bytes.
    Ping(Bytes),
    /// A sign of life.
    Pong,
    /// A goodbye, or the end of the connection.
    Closed,
    /// Something else: close with this code, for this reason.
    Refused(CloseCode, &'static str),
}

/// Reads messages. Holds no memory between them.
pub(super) struct Reader {
    payload: Payload,
    buffer: BytesMut,
}

impl Reader {
    pub(super) fn new(payload: Payload) -> Self {
        Self { payload, buffer: BytesMut::new() }
    }

    /// What the client sends next; waits for it. Cancelling loses nothing.
    pub(super) async fn next(&mut self) -> Incoming {
        loop {
            match Parser::parse(&mut self.buffer, true, MAX_MESSAGE) {
                Ok(Some((whole, code, content))) => {
                    return read(whole, code, content.map(BytesMut::freeze).unwrap_or_default());
                }
                Ok(None) => {}
                Err(ProtocolError::Overflow) => return Incoming::Refused(CloseCode::Size, "too large"),
                Err(_) => return Incoming::Refused(CloseCode::Protocol, "malformed"),
            }
            if self.buffer.is_empty() {
                // Idle sockets are many: give the memory back.
                self.buffer = BytesMut::new();
            }
            match self.payload.next().await {
                Some(Ok(bytes)) => self.buffer.extend_from_slice(&bytes),
                Some(Err(_)) | None => return Incoming::Closed,
            }
        }
    }
}

fn read(whole: bool, code: OpCode, content: Bytes) -> Incoming {
    match code {
        OpCode::Text if whole => serde_json::from_slice(&content)
            .map_or(Incoming::Refused(CloseCode::Policy, "no frame of this API"), Incoming::Frame),
        OpCode::Ping => Incoming::Ping(content),
        OpCode::Pong => Incoming::Pong,
        OpCode::Close => Incoming::Closed,
        OpCode::Text | OpCode::Binary | OpCode::Continue => {
            Incoming::Refused(CloseCode::Unsupported, "only whole text messages")
        }
        OpCode::Bad => Incoming::Refused(CloseCode::Protocol, "malformed"),
    }
}

/// Collects messages to be sent. Holds no memory while there are none.
#[derive(Default)]
pub(super) struct Writer(BytesMut);

impl Writer {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was collected.
    pub(super) fn take(&mut self) -> Bytes {
        std::mem::take(&mut self.0).freeze()
    }

    pub(super) fn json(&mut self, json: &[u8]) {
        Parser::write_message(&mut self.0, json, OpCode::Text, true, false);
    }

    pub(super) fn frame(&mut self, frame: &ServerFrame) {
        match serde_json::to_vec(frame) {
            Ok(json) => self.json(&json),
            Err(cause) => tracing::error!(%cause, "cannot serialise a frame"),
        }
    }

    pub(super) fn ping(&mut self) {
        Parser::write_message(&mut self.0, [], OpCode::Ping, true, false);
    }

    pub(super) fn pong(&mut self, content: &[u8]) {
        Parser::write_message(&mut self.0, content, OpCode::Pong, true, false);
    }

    pub(super) fn close(&mut self, code: CloseCode, reason: &str) {
        let reason = CloseReason { code, description: Some(reason.to_owned()) };
        Parser::write_close(&mut self.0, Some(reason), false);
    }
}
