//! The queries of this slice.

pub(crate) mod clips;
pub(crate) mod cuts;
pub(crate) mod folders;
pub(crate) mod links;
pub(crate) mod people;
pub(crate) mod shares;
