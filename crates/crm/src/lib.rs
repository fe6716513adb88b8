//! Contacts and companies: who the people outside are.
//!
//! Invariants:
//! - An identity (what proves who somebody is) belongs to one contact. Only a verified contact has an address that no
//!   other verified contact has; what a visitor merely claims matches nobody and merges into nobody.
//! - A merged contact's id leads to the contact that stays, for ever and in one step.
//! - Erasing a contact clears its row and every row that carries its id as erasure key. The other slices do their part
//!   in a subscriber of `ContactMerged` and `ContactErased`, inside the same transaction.
//!
//! Map: `contacts`, `companies` one file an operation; `visitors`, `identities` what `channels` does for visitors;
//! `access` the only door to a row; `store` the queries; `fields`, `email`, `folding` the rules of fields.

mod access;
pub mod companies;
pub mod contacts;
pub mod folding;
pub mod identities;
mod store;
pub mod visitors;

use web::Routes;

/// Mounts the operations.
pub fn routes(cfg: &mut Routes) {
    cfg.service(contacts::list_contacts)
        .service(contacts::create_contact)
        .service(contacts::get_contact)
        .service(contacts::update_contact)
        .service(contacts::merge_contact)
        .service(contacts::erase_contact)
        .service(companies::list_companies)
        .service(companies::create_company)
        .service(companies::get_company)
        .service(companies::update_company)
        .service(companies::delete_company);
}
