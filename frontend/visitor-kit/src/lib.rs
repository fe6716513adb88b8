//! What the bundles for visitors share: the widgets that run in an iframe on a customer's site, without sign-in.
//!
//! | module | what it is |
//! |-|-|
//! | [`config`] | what the server's page tells the bundle: texts in one language, colours, limits |
//! | [`conversation`] | what the chat knows of the conversation, changed by replies and events |
//! | [`outbox`] | messages on their way to the server: kept until acknowledged, sent again under the same name |
//! | [`timeline`] | the conversation as it is shown: days, groups, messages |
//! | [`live_frame`] | what the server says over the live socket |
//! | [`json`] | reading and writing JSON in few bytes |
//! | [`endpoints`] | the operations of the API that visitors use |
//! | [`wire`] | how the types of the wire are read from JSON |
//! | [`backoff`] | how long to wait before the next attempt |
//! | [`booking`] | what the bundle of booking pages is told and says, and the days and words that it shows |
//! | [`shared_clip`] | what the bundle of shared clips is told |
//! | [`store`] | texts kept in the browser, or in memory where the browser keeps none |
//! | `browser` | the browser's side: elements, requests, socket, storage, host page, theme, time (wasm only) |
//!
//! Everything outside `browser` is plain Rust and tested natively.

pub mod backoff;
pub mod booking;
pub mod config;
pub mod conversation;
pub mod endpoints;
pub mod json;
pub mod live_frame;
pub mod outbox;
pub mod shared_clip;
pub mod store;
pub mod timeline;
pub mod wire;

#[cfg(target_arch = "wasm32")]
pub mod browser;
