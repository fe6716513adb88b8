//! The representatives' single-page application: inbox, records and settings over the REST API.
//!
//! | module | does |
//! |-|-|
//! | [`context`] | what every screen can reach: the API, what is known ([`state`]), session, live stream, toasts, commands |
//! | [`session`] | signing in and staying signed in; the transport that adds the access token |
//! | [`live`] | the stream of events, its fall-back, and fetching again what events do not tell |
//! | [`commands`] | the one registry of commands and shortcuts, with palette and help |
//! | [`shell`] | navigation, banners, notifications |
//! | [`inbox`], [`records`], [`calls`], [`meetings`], [`booking_links`], [`settings`], [`profile`] | the screens |
//!
//! What the server refuses is not shown: screens ask [`state::State::may`], which uses the server's own permissions.

mod alerts;
mod app;
mod booking_links;
mod browser;
mod calls;
mod commands;
mod connections;
mod context;
mod download;
mod errors;
mod forms;
mod inbox;
mod live;
mod meetings;
mod paged;
mod parts;
mod preferences;
mod profile;
mod records;
mod remote;
mod search_list;
mod session;
mod settings;
mod shell;
mod texts;
mod upload;
mod writing;

/// Made from `locales/` at build time; it is not ours to polish.
#[allow(missing_docs, unused, unused_qualifications, clippy::all, clippy::expect_used)]
mod translations {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}

use translations::i18n;

use wasm_bindgen::prelude::wasm_bindgen;

/// Entry point, called once by the browser when the module is ready.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::Root);
}
