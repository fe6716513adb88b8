//! What the page knows of the clip, and what it asks the server.

use std::cell::{Cell, RefCell};
use std::ops::Deref;

use types::clips::{CutState, OpenSharedClip, OpenedClip, SharedClip, SharedPassage, SharedTranscript};
use visitor_kit::browser::clock::sleep;
use visitor_kit::browser::fetch::{Reply, fetch};
use visitor_kit::browser::page;
use visitor_kit::browser::task::spawn;
use visitor_kit::browser::watched::Watched;
use visitor_kit::json::{self, Read};
use visitor_kit::shared_clip::{Config, address, open_address};

use crate::player::Player;

/// Milliseconds from one question to the next whether the clip is made.
const ASK_AGAIN: u32 = 3000;

/// How far the visitor has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// The server is being asked.
    #[default]
    Opening,
    /// The password has to be given.
    Locked,
    /// The clip is still being cut.
    Making,
    /// The clip could not be cut.
    Failed,
    /// It can be played.
    Open,
    /// The server cannot be reached.
    Lost,
}

/// What the screen shows, beside where the player is.
#[derive(Default)]
pub struct State {
    /// How far the visitor has come.
    pub phase: Phase,
    /// The key of what has to be said, until the next thing is done.
    pub problem: Option<&'static str>,
    /// What is said in the clip; nothing as long as it is not shown.
    pub passages: Option<Vec<SharedPassage>>,
}

/// The clip. It lives as long as the page, so everything that needs it has a copy of the reference.
#[derive(Clone, Copy)]
pub struct Clip(&'static Parts);

/// The values that the screen follows, and what the screen does not show.
pub struct Parts {
    /// What the screen shows.
    pub state: Watched<State>,
    /// What the server has told the page.
    pub config: Config,
    /// What plays.
    pub player: Player,
    password: RefCell<Option<String>>,
    /// Whether the clip was opened again after it could not be played, which is tried once.
    was_reopened: Cell<bool>,
}

impl Deref for Clip {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        self.0
    }
}

impl Clip {
    /// A clip that nothing was asked of yet.
    pub fn new(config: Config) -> Self {
        let player = Player::new(&config.clip);
        Self(Box::leak(Box::new(Parts {
            state: Watched::default(),
            config,
            player,
            password: RefCell::default(),
            was_reopened: Cell::default(),
        })))
    }

    /// A text in the language of the page.
    pub fn text(self, key: &str) -> String {
        self.config.texts.get(key)
    }

    /// Begins: opens the clip, or asks for its password.
    pub fn start(self) {
        self.player.on_change(move || self.player.note());
        self.player.on_error(move || self.reopen());
        self.go_on(self.config.clip.state);
    }

    fn go_on(self, state: CutState) {
        match state {
            CutState::Making => self.wait(),
            CutState::Failed => self.show(Phase::Failed, None),
            CutState::Ready if self.config.clip.has_password && self.password.borrow().is_none() => {
                self.show(Phase::Locked, None);
            }
            CutState::Ready => self.open(),
        }
    }

    /// Opens the clip with a password that was typed.
    pub fn unlock(self, password: String) {
        *self.password.borrow_mut() = Some(password);
        self.open();
    }

    /// Tries again what failed.
    pub fn retry(self) {
        self.show(Phase::Opening, None);
        self.look();
    }

    fn show(self, phase: Phase, problem: Option<&'static str>) {
        self.state.change(|state| {
            state.phase = phase;
            state.problem = problem;
        });
    }

    /// Looks how far the cut is, after a while.
    fn wait(self) {
        self.show(Phase::Making, None);
        spawn(async move {
            sleep(ASK_AGAIN).await;
            self.look();
        });
    }

    fn look(self) {
        spawn(async move {
            match ask::<SharedClip>("GET", &address(&self.config.token), "").await {
                Ok(clip) => self.go_on(clip.state),
                Err(refused) => self.refused(refused),
            }
        });
    }

    fn open(self) {
        self.state.change(|state| state.problem = None);
        let request = json::write(&OpenSharedClip { password: self.password.borrow().clone() });
        spawn(async move {
            match ask::<OpenedClip>("POST", &open_address(&self.config.token), &request).await {
                Ok(opened) => self.opened(opened),
                Err(refused) => self.refused(refused),
            }
        });
    }

    fn opened(self, opened: OpenedClip) {
        self.player.load(&opened.media_url);
        self.show(Phase::Open, None);
        let Some(url) = opened.transcript_url else { return };
        spawn(async move {
            // What is said is an extra: without it the clip can be played all the same.
            if let Ok(transcript) = ask::<SharedTranscript>("GET", &url, "").await {
                self.state.change(|state| state.passages = Some(transcript.passages));
            }
        });
    }

    fn refused(self, status: u16) {
        match status {
            401 => {
                *self.password.borrow_mut() = None;
                self.show(Phase::Locked, Some("wrong_password"));
            }
            409 => self.wait(),
            429 => {
                let phase = if self.config.clip.has_password { Phase::Locked } else { Phase::Lost };
                self.show(phase, Some("too_many"));
            }
            // The server has a page that says so.
            404 | 410 => reload(),
            _ => self.show(Phase::Lost, Some("problem")),
        }
    }

    /// What was opened cannot be played any more: its time is over, or the link has ended.
    fn reopen(self) {
        if self.was_reopened.replace(true) {
            self.show(Phase::Lost, Some("problem"));
        } else {
            self.look();
        }
    }
}

fn reload() {
    if let Some(window) = page::window() {
        // Fails only where the page is gone already.
        let _ = window.location().reload();
    }
}

/// Asks the server; the status where it refuses, and 0 where no reply comes.
async fn ask<T: Read>(method: &str, address: &str, body: &str) -> Result<T, u16> {
    match fetch(method, address, None, body).await {
        Some(Reply { status: 200..300, body, .. }) => json::read(&body).ok_or(0),
        Some(reply) => Err(reply.status),
        None => Err(0),
    }
}
