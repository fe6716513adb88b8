//! The browser's side of a visitor's bundle.

pub mod api;
pub mod clock;
pub mod element;
pub mod fetch;
pub mod host;
pub mod list;
pub mod listener;
pub mod live;
pub mod page;
pub mod storage;
pub mod task;
pub mod theme;
pub mod upload;
pub mod watched;
