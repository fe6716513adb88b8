//! Everything that goes over the wire: requests, replies, ids, times, permissions, events and error codes.
//!
//! This crate is the contract between the server, the single-page app, the visitors' widgets and integrators.
//! It builds for wasm and knows neither HTTP nor a database; the feature `openapi` adds schemas for the API
//! document and `diesel` the column mappings.
//!
//! One module per capability, named as the crate that serves it: [`accounts`], [`crm`], [`conversations`],
//! [`channels`], [`calls`], [`clips`], [`booking`], [`platform`]. What all of them share is modelled once: [`ids`], [`time`], [`date`], [`permission`],
//! [`error`], [`page`], [`event`]. [`json`] reads all of it from JSON.

mod wire;

pub mod accounts;
pub mod booking;
pub mod calls;
pub mod channels;
pub mod clips;
pub mod conversations;
pub mod crm;
pub mod date;
pub mod error;
pub mod event;
pub mod files;
pub mod ids;
pub mod json;
pub mod page;
pub mod permission;
pub mod platform;
pub mod time;

pub use date::Date;
pub use error::{ErrorCode, FieldError, Problem};
pub use event::{Envelope, Event, Subject, VisitorEvent};
pub use ids::*;
pub use page::Page;
pub use permission::{BuiltinRole, Permission, PermissionSet, RecordAccess};
pub use time::Timestamp;
