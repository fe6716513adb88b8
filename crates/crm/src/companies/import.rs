//! What an import does with one row.

use platform::{Result, Tx, fields};
use types::CompanyId;
use types::crm::SaveCompany;

use super::create::checked;
use crate::store;

/// Creates a company or changes one, or with `dry` only checks whether that would break a rule.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule.
pub(crate) fn save_imported(
    tx: &mut Tx<'_>,
    id: Option<CompanyId>,
    request: &SaveCompany,
    dry: bool,
) -> Result<()> {
    if dry {
        let now = tx.now();
        let (row, _) = checked(tx, id.unwrap_or(CompanyId(0)), now, request)?;
        let holder = match &row.domain {
            Some(domain) => store::find_company_by_domain(tx, domain)?,
            None => None,
        };
        return match holder {
            Some(holder) if Some(holder) != id => {
                Err(fields::taken("domain", "another company has this domain"))
            }
            _ => Ok(()),
        };
    }
    match id {
        Some(id) => super::update(tx, id, request)?,
        None => super::create(tx, request)?,
    };
    Ok(())
}
