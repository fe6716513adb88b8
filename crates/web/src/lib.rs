//! The toolkit that turns operations into HTTP: who calls, what was sent, and what comes back.
//!
//! A handler takes a [`Call`] (or an [`OpenCall`] where nobody has signed in yet) first, then what it needs of the
//! request, and hands an operation to the call:
//!
//! ```text
//! async fn close_thread(call: Call, path: Path<ThreadPath>) -> Reply {
//!     call.write(move |tx| close(tx, path.thread_id)).await
//! }
//! ```
//!
//! Invariants:
//! - Every reply that is not a success is a problem (RFC 9457), and no cause ever leaves the process.
//! - Nothing of a body is read before the caller is known.
//! - A POST that is sent again with its `Idempotency-Key` is answered, not carried out again.
//!
//! Map: `call`, `authentication`, `address` who calls, `host` under which name; `body`, `params`, `path`, `upload` what was sent; `reply`,
//! `failure`, `download` what comes back; `routes` where operations are mounted; `idempotency`, `rate_limit`, `refresh_cookie`, `origin` the rules around it;
//! `observe`, `headers`, `cors`, `unmatched` what wraps every request; `live` the stream of events; `assets` the frontend's
//! files; `page` what rendered pages share.

mod address;
mod assets;
mod authentication;
mod body;
mod call;
mod content_digest;
pub mod cors;
mod download;
mod failure;
pub mod headers;
pub mod host;
mod idempotency;
pub mod live;
pub mod observe;
pub mod origin;
pub mod page;
mod params;
mod parse;
mod path;
mod rate_limit;
pub mod refresh_cookie;
mod reply;
mod routes;
pub mod unmatched;
mod upload;

pub use address::client_address;
pub use assets::Assets;
pub use authentication::authenticate;
pub use body::{Body, RawBody};
pub use bytes::Bytes;
pub use call::{Authenticated, Call, Open, OpenCall};
pub use content_digest::ContentDigest;
pub use download::{Download, matches_any};
pub use failure::Failure;
pub use params::Params;
pub use path::Path;
pub use rate_limit::{Quota, RateLimiter, address_key};
pub use reply::{Reply, json, no_content};
pub use routes::Routes;
pub use upload::Upload;
