//! One WebSocket from opening to closing.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Function, Promise};
use leptos::prelude::*;
use types::event::{ClientFrame, ServerFrame};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, WebSocket};

use super::Connection;
use crate::browser;
use crate::context::App;

/// How long the server may take to accept the connection.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How often the server is asked whether it is still there.
const PING: Duration = Duration::from_secs(20);
/// After this long without a frame the connection counts as cut, in milliseconds.
const SILENCE_MS: f64 = 50_000.0;

/// Connects and stays until the connection ends.
pub(super) async fn hold(app: App, own: u32) -> Connection {
    let Ok(socket) = WebSocket::new(&address(app)) else { return Connection::default() };
    let connection = Rc::new(Cell::new(Connection::default()));
    let last_frame = Rc::new(Cell::new(browser::now_ms()));
    let on_message = on_message(app, Rc::clone(&connection), Rc::clone(&last_frame));
    let on_open = Closure::<dyn Fn()>::new({
        let socket = socket.clone();
        move || authenticate(&socket, app.session.token().get_untracked())
    });
    socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    let closing = closing(&socket);
    let renewal = show_renewed_tokens(app, &socket);
    let heartbeat = heartbeat(app, &socket, own, last_frame);
    give_up_unless_ready(&socket, Rc::clone(&connection));
    app.live.socket.set_value(Some(socket.clone()));
    // Never rejected.
    let _ = JsFuture::from(closing).await;
    app.live.socket.set_value(None);
    renewal.stop();
    if let Some(heartbeat) = heartbeat {
        heartbeat.clear();
    }
    socket.set_onmessage(None);
    socket.set_onopen(None);
    // Does nothing when it is closed already.
    let _ = socket.close();
    connection.get()
}

/// Shows each fresh token to the server before the old one ends. The first run is before the socket is open.
fn show_renewed_tokens(app: App, socket: &WebSocket) -> Effect<LocalStorage> {
    let socket = socket.clone();
    Effect::new(move |_| authenticate(&socket, app.session.token().get()))
}

fn give_up_unless_ready(socket: &WebSocket, connection: Rc<Cell<Connection>>) {
    let socket = socket.clone();
    set_timeout(
        move || {
            if !connection.get().was_ready {
                cut(&socket);
            }
        },
        HANDSHAKE,
    );
}

/// Closes the socket and does not wait for the peer, which can take minutes when it is out of reach.
pub(super) fn cut(socket: &WebSocket) {
    let _ = socket.close();
    if let Some(on_close) = socket.onclose() {
        // It works once, and the browser would call it again.
        socket.set_onclose(None);
        browser::call(&on_close);
    }
}

fn address(app: App) -> String {
    let base = match app.session.base() {
        own if own.is_empty() => window().location().origin().unwrap_or_default(),
        other => other,
    };
    let base = base.replacen("http", "ws", 1);
    match app.live.cursor.get_value() {
        Some(cursor) => format!("{base}/v1/live?since={cursor}"),
        None => format!("{base}/v1/live"),
    }
}

fn authenticate(socket: &WebSocket, token: Option<String>) {
    if let (Some(token), WebSocket::OPEN) = (token, socket.ready_state()) {
        send(socket, &ClientFrame::Authenticate { token });
    }
}

/// What cannot be sent was sent to a socket that is about to report its end.
fn send(socket: &WebSocket, frame: &ClientFrame) {
    if let Ok(text) = serde_json::to_string(frame) {
        let _ = socket.send_with_str(&text);
    }
}

fn on_message(
    app: App,
    connection: Rc<Cell<Connection>>,
    last_frame: Rc<Cell<f64>>,
) -> Closure<dyn Fn(MessageEvent)> {
    Closure::new(move |message: MessageEvent| {
        last_frame.set(browser::now_ms());
        let Some(text) = message.data().as_string() else { return };
        match types::json::read(serde_json::from_str(&text).unwrap_or_default()) {
            Ok(ServerFrame::Ready { cursor, version }) => {
                connection.set(Connection { was_ready: true, ..connection.get() });
                app.live.ready(app, cursor, version);
            }
            Ok(ServerFrame::Event(envelope)) => app.live.receive(app, envelope.cursor, envelope.event),
            Ok(ServerFrame::Reset { cursor }) => app.live.reset(app, cursor),
            Ok(ServerFrame::Ended { .. }) => {
                connection.set(Connection { was_ended: true, ..connection.get() });
            }
            Ok(ServerFrame::Pong) => {}
            // A frame of a newer server: what it tells is not known here.
            Err(_) => app.live.refetching.everything(app),
        }
    })
}

/// Resolves when the socket closes.
fn closing(socket: &WebSocket) -> Promise {
    Promise::new(&mut |resolve: Function, _| {
        let on_close = Closure::once_into_js(move || browser::call(&resolve));
        socket.set_onclose(Some(on_close.unchecked_ref()));
    })
}

fn heartbeat(app: App, socket: &WebSocket, own: u32, last_frame: Rc<Cell<f64>>) -> Option<IntervalHandle> {
    let socket = socket.clone();
    let beat = move || {
        let silent = browser::now_ms() - last_frame.get() > SILENCE_MS;
        if silent || !app.live.is_current(own) {
            cut(&socket);
        } else if socket.ready_state() == WebSocket::OPEN {
            send(&socket, &ClientFrame::Ping);
        }
    };
    set_interval_with_handle(beat, PING).ok()
}
