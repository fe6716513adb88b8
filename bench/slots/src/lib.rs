//! The slot engine beside a plain one: the questions both are asked, and the plain one.
//!
//! Map: `scenarios` the questions; `reference` the plain engine; `random` the numbers the questions are made with.

mod random;
pub mod reference;
pub mod scenarios;
