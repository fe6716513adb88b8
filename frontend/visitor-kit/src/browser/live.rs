//! The live connection: a socket, and polling where sockets do not get through.
//!
//! It comes back by itself, says from where on it goes on, and so misses nothing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Function;
use types::VisitorEvent;
use types::event::ClientFrame;
use wasm_bindgen::JsCast;
use web_sys::{Event, MessageEvent, WebSocket};

use super::api::{Api, Failure, Token, since};
use super::clock::{self, sleep};
use super::listener::Listener;
use super::page;
use super::task::{call, called, spawn};
use crate::backoff::Backoff;
use crate::live_frame::LiveFrame;
use crate::{endpoints, json};

/// How often the server is asked for a sign of life, in milliseconds. Silence for as long cuts the socket.
const HEARTBEAT: u32 = 25_000;
/// How many sockets may fail in a row before events are polled.
const SOCKETS_BEFORE_POLLING: u32 = 3;
/// The time between two polls, in milliseconds.
const POLL_PAUSE: u32 = 4_000;
/// How many polls pass before a socket is tried again.
const POLLS_BEFORE_SOCKET: u32 = 15;

/// What the connection tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Signal {
    /// In touch with the server.
    Connected {
        /// Whether it goes on without a gap. Otherwise everything has to be fetched.
        resumed: bool,
        /// The server's release, where it said so.
        version: Option<String>,
    },
    /// Out of touch.
    Lost,
    /// Something happened.
    Event(VisitorEvent),
    /// Something unknown happened, so everything has to be fetched.
    Refetch,
    /// The session has ended.
    Ended,
}

struct Connection {
    base: String,
    api: Rc<Api>,
    token: Token,
    signal: Box<dyn Fn(Signal)>,
    cursor: RefCell<Option<String>>,
    socket: RefCell<Option<WebSocket>>,
    /// Ends the wait for the socket's end.
    closed: RefCell<Option<Function>>,
    backoff: Cell<Backoff>,
    // Each start gets a number; a loop whose number is not the last one's ends.
    generation: Cell<u32>,
    wake: RefCell<Option<Function>>,
    ended: Cell<bool>,
    heard: Cell<bool>,
}

/// The live connection of a visitor. Clones share it.
#[derive(Clone)]
pub struct Live(Rc<Connection>);

impl Live {
    /// A connection to the server at `base` that is not started.
    pub fn new(base: &str, api: Rc<Api>, token: Token, signal: impl Fn(Signal) + 'static) -> Self {
        Self(Rc::new(Connection {
            base: base.to_owned(),
            api,
            token,
            signal: Box::new(signal),
            cursor: RefCell::default(),
            socket: RefCell::default(),
            closed: RefCell::default(),
            backoff: Cell::default(),
            generation: Cell::default(),
            wake: RefCell::default(),
            ended: Cell::default(),
            heard: Cell::default(),
        }))
    }

    /// Connects with the current token, for as long as it is valid.
    pub fn start(&self) {
        self.stop();
        spawn(self.0.clone().run(self.0.generation.get()));
    }

    /// Disconnects and forgets the place.
    pub fn stop(&self) {
        let connection = &self.0;
        connection.generation.set(connection.generation.get() + 1);
        connection.cursor.take();
        connection.backoff.set(Backoff::default());
        connection.ended.set(false);
        connection.close();
        self.hurry();
    }

    /// Connects anew: the network is another one, and what was connected before may be dead without knowing it.
    pub fn renew(&self) {
        self.0.close();
        self.hurry();
    }

    /// Tries at once instead of waiting: the visitor is back.
    pub fn hurry(&self) {
        if let Some(wake) = self.0.wake.take() {
            call(&wake);
        }
    }
}

impl Connection {
    async fn run(self: Rc<Self>, generation: u32) {
        let is_current = || self.generation.get() == generation;
        while is_current() {
            self.clone().use_socket(generation).await;
            if !is_current() {
                return;
            }
            if self.ended.get() {
                return (self.signal)(Signal::Ended);
            }
            let mut backoff = self.backoff.get();
            let wait = backoff.next(js_sys::Math::random());
            self.backoff.set(backoff);
            let polls = backoff.failures() > SOCKETS_BEFORE_POLLING && page::is_online();
            if polls && self.poll(generation).await {
                continue;
            }
            (self.signal)(Signal::Lost);
            self.pause(wait).await;
        }
    }

    /// Stays with one socket until it closes.
    async fn use_socket(self: Rc<Self>, generation: u32) {
        let Some(socket) = self.address().and_then(|address| WebSocket::new(&address).ok()) else { return };
        self.socket.replace(Some(socket.clone()));
        self.heard.set(true);
        let opened = {
            let (socket, connection) = (socket.clone(), self.clone());
            Listener::new(&socket.clone(), "open", move |_: Event| connection.authenticate(&socket))
        };
        let told = {
            let connection = self.clone();
            Listener::new(&socket, "message", move |event: Event| {
                let event: MessageEvent = event.unchecked_into();
                let text = event.data().as_string();
                if let Some(text) = text.filter(|_| connection.generation.get() == generation) {
                    connection.hear(LiveFrame::read(&text));
                }
            })
        };
        spawn(self.clone().watch(socket.clone()));
        let mut ended = None;
        let closing = called(&mut |resolve| {
            self.closed.replace(Some(resolve.clone()));
            ended = Some(Listener::new(&socket, "close", move |_: Event| call(&resolve)));
        });
        closing.await;
        drop((opened, told, ended));
    }

    fn address(&self) -> Option<String> {
        let origin = match self.base.as_str() {
            "" => page::window()?.location().origin().ok()?,
            base => base.to_owned(),
        };
        // http becomes ws, https becomes wss.
        let host = origin.strip_prefix("http")?;
        Some(["ws", host, &since(endpoints::LIVE, self.cursor.borrow().as_deref())].concat())
    }

    fn authenticate(&self, socket: &WebSocket) {
        let token = self.token.borrow().clone().unwrap_or_default();
        say(socket, &ClientFrame::Authenticate { token });
    }

    fn hear(&self, frame: LiveFrame) {
        self.heard.set(true);
        match frame {
            LiveFrame::Ready { cursor, version } => {
                self.backoff.set(Backoff::default());
                let resumed = self.cursor.borrow().is_some();
                if !resumed {
                    self.cursor.replace(Some(cursor));
                }
                (self.signal)(Signal::Connected { resumed, version: Some(version) });
            }
            LiveFrame::Reset { cursor } => {
                self.cursor.replace(Some(cursor));
                (self.signal)(Signal::Connected { resumed: false, version: None });
            }
            LiveFrame::Event { cursor, event } => {
                if cursor.is_some() {
                    self.cursor.replace(cursor);
                }
                (self.signal)(event.map_or(Signal::Refetch, Signal::Event));
            }
            LiveFrame::Ended => {
                self.ended.set(true);
                self.close();
            }
            LiveFrame::Other => {}
        }
    }

    /// Asks for signs of life, and closes the socket when none comes: a cut line closes nothing by itself.
    async fn watch(self: Rc<Self>, socket: WebSocket) {
        loop {
            sleep(HEARTBEAT).await;
            if socket.ready_state() >= WebSocket::CLOSING {
                return;
            }
            if !self.heard.replace(false) {
                return self.close();
            }
            say(&socket, &ClientFrame::Ping);
        }
    }

    /// Polls until a socket is due again or the server cannot be reached; answers whether it could.
    async fn poll(&self, generation: u32) -> bool {
        for turn in 0..POLLS_BEFORE_SOCKET {
            let cursor = self.cursor.borrow().clone();
            let reply = self.api.events(cursor.as_deref()).await;
            if self.generation.get() != generation {
                return true;
            }
            let poll = match reply {
                Ok(poll) => poll,
                Err(Failure::SessionEnded) => {
                    self.generation.set(generation + 1);
                    (self.signal)(Signal::Ended);
                    return true;
                }
                Err(_) => return false,
            };
            let resumed = cursor.is_some() && !poll.reset;
            self.cursor.replace(Some(poll.cursor.clone()));
            if turn == 0 || !resumed {
                (self.signal)(Signal::Connected { resumed, version: None });
            }
            for item in poll.items {
                (self.signal)(item.0.map_or(Signal::Refetch, Signal::Event));
            }
            self.pause(POLL_PAUSE).await;
        }
        true
    }

    /// Waits until the time is over or somebody hurries.
    async fn pause(&self, milliseconds: u32) {
        let pause = called(&mut |resolve| {
            clock::call_after(milliseconds, &resolve);
            self.wake.replace(Some(resolve));
        });
        pause.await;
    }

    /// Lets go of the socket. On a dead line the browser would wait long for the other side to agree.
    fn close(&self) {
        if let Some(socket) = self.socket.take() {
            // Fails only for a code or reason that is not allowed.
            let _ = socket.close();
        }
        if let Some(closed) = self.closed.take() {
            call(&closed);
        }
    }
}

fn say(socket: &WebSocket, frame: &ClientFrame) {
    // Fails while the socket is not open: its end is heard of anyway.
    let _ = socket.send_with_str(&json::write(frame));
}
