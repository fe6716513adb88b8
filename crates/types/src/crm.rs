//! The CRM: contacts, companies, deals and tickets, with custom properties, associations, a timeline, imports and views.
//!
//! A *record* is a row of one of the kinds of [`ObjectKind`]; [`RecordRef`] names one.

mod associations;
mod companies;
mod consent;
mod consent_rules;
mod contacts;
mod deals;
mod imports;
mod properties;
mod records;
mod tickets;
mod timeline;
mod views;

pub use associations::*;
pub use companies::*;
pub use consent::*;
pub use contacts::*;
pub use deals::*;
pub use imports::*;
pub use properties::*;
pub use records::*;
pub use tickets::*;
pub use timeline::*;
pub use views::*;
