//! What lists of calls have that those of other records do not.

mod cell;
mod filters;

pub use cell::call_cell;
pub use filters::CallFilters;
