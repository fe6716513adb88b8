//! Conversations on both engines: one thread of a visitor, replies, lists, owners, merging and erasing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod contacts;
mod incoming;
mod lists;
mod owners;
mod replies;
mod start;
