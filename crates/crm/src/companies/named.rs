//! The company that somebody outside names.

use std::collections::BTreeMap;

use platform::{Key, Result, Tx};
use types::crm::TimelineEvent;
use types::{CompanyId, Event};

use crate::store::{self, CompanyRow};
use crate::{folding, records, timeline};

/// The oldest company of this name, however it is capitalised or accented; a new one, of which nothing else is known, if there is
/// none. The caller has checked the name.
pub(crate) fn named(tx: &mut Tx<'_>, name: &str) -> Result<CompanyId> {
    let name_key = folding::name_key(name);
    // Two who name a new company at once make one.
    tx.lock(Key::Named("company_name", &name_key))?;
    if let Some(known) = store::find_company_by_name(tx, &name_key)? {
        return Ok(known);
    }
    let row = CompanyRow {
        id: tx.new_id(),
        name: name.to_owned(),
        name_key,
        domain: None,
        created_at: tx.now(),
        updated_at: tx.now(),
        phone: None,
        street: None,
        postal_code: None,
        city: None,
        country: None,
        owner_id: None,
    };
    store::insert_company(tx, &row)?;
    timeline::record(tx, row.id, TimelineEvent::RecordCreated)?;
    let company = row.to_wire(0, BTreeMap::new());
    tx.emit(records::subject(None), Event::CompanyChanged { company })?;
    Ok(row.id)
}
