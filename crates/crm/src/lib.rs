//! Contacts, companies, deals and tickets: who the people outside are, and what there is to do with them.
//!
//! Invariants:
//! - An identity (what proves who somebody is) belongs to one contact. Only a verified contact has an address that no
//!   other verified contact has; what a visitor merely claims matches nobody and merges into nobody.
//! - A merged contact's id leads to the contact that stays, for ever and in one step.
//! - Erasing a contact clears its row and every row that carries its id as erasure key. The other slices do their part
//!   in a subscriber of `ContactMerged` and `ContactErased`, inside the same transaction.
//! - Nobody reads, lists, finds or hears of a record whose owner's records are out of sight: one rule,
//!   [`Actor::sees_records_of`](platform::Actor::sees_records_of), for all of it.
//! - A pair of records is associated at most once. A contact and its company always are.
//! - What hangs on a record (values of custom properties, associations, timeline) goes with it, and moves with a merge.
//!
//! Map: `contacts`, `companies`, `deals`, `tickets` one file an operation; `pipeline`, `ticket_statuses`, `properties`
//! what an account says records are; `associations`, `timeline`, `records` what all kinds have, also for slices above;
//! `views` saved views and columns; `imports` CSV in and out; `visitors`, `identities` what `channels` does for visitors, `bookers` what `booking` does; `access` the only door to
//! a row; `store` the queries, `store::lists` what lists of all kinds share; `folding` names as they are searched.

mod access;
pub mod associations;
pub mod bookers;
pub mod companies;
pub mod contacts;
pub mod deals;
pub mod folding;
pub mod identities;
pub mod imports;
pub mod pipeline;
pub mod properties;
pub mod records;
mod store;
pub mod ticket_statuses;
pub mod tickets;
pub mod timeline;
pub mod views;
pub mod visitors;

use platform::CtxBuilder;
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
        .service(companies::delete_company)
        .service(deals::list_deals)
        .service(deals::create_deal)
        .service(deals::get_deal)
        .service(deals::update_deal)
        .service(deals::delete_deal)
        .service(tickets::list_tickets)
        .service(tickets::create_ticket)
        .service(tickets::get_ticket)
        .service(tickets::update_ticket)
        .service(tickets::delete_ticket);
    around_records(cfg);
}

fn around_records(cfg: &mut Routes) {
    cfg.service(records::search_records)
        .service(associations::list_associations)
        .service(associations::create_association)
        .service(associations::delete_association)
        .service(timeline::list_timeline)
        .service(pipeline::get_pipeline)
        .service(pipeline::save_pipeline)
        .service(ticket_statuses::get_ticket_statuses)
        .service(ticket_statuses::save_ticket_statuses)
        .service(properties::list_properties)
        .service(properties::create_property)
        .service(properties::update_property)
        .service(views::list_saved_views)
        .service(views::create_saved_view)
        .service(views::update_saved_view)
        .service(views::delete_saved_view)
        .service(views::get_list_layout)
        .service(views::save_list_layout)
        .service(imports::preview_csv)
        .service(imports::create_import)
        .service(imports::list_imports)
        .service(imports::get_import)
        .service(imports::start_import)
        .service(imports::list_import_problems)
        .service(imports::get_refused_rows)
        .service(imports::export_records);
}

/// Registers the background work.
pub fn jobs(builder: CtxBuilder) -> CtxBuilder {
    builder.job::<imports::CheckImport>().job::<imports::RunImport>().periodic::<imports::DeleteOldImports>()
}
