//! The queries of this slice.

pub(crate) mod associations;
mod companies;
pub(crate) mod consents;
mod contacts;
mod deals;
pub(crate) mod imports;
pub(crate) mod lists;
pub(crate) mod properties;
pub(crate) mod records;
mod tickets;
pub(crate) mod timeline;
pub(crate) mod views;

pub(crate) use companies::*;
pub(crate) use contacts::*;
pub(crate) use deals::*;
pub(crate) use tickets::*;
