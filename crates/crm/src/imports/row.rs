//! One row of a file: turned into the request that people would send, and carried out.

use std::collections::BTreeMap;

use csv::StringRecord;
use platform::{Error, Result, Tx};
use serde_json::Value;
use types::crm::{
    ImportColumn, ImportKey, ImportProblem, ObjectKind, PropertyType, SaveCompany, SaveDeal, SaveTicket,
    UpdateContact,
};
use types::{CompanyId, ContactId, DealId, FieldError, RecordId, TicketId, UserId};

use super::fields::{self, PROPERTY};
use crate::store::properties::PropertyRow;
use crate::{access, companies, contacts, deals, folding, store, tickets};

/// Where the columns of a file go.
pub(super) struct Layout {
    pub(super) object: ObjectKind,
    key: ImportKey,
    /// Place in the file, the column's name, the field.
    places: Vec<(usize, String, String)>,
    properties: Vec<PropertyRow>,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Created,
    Updated,
}

impl Layout {
    /// Finds the mapped columns in a file; an error is a sentence for whoever uploaded it.
    pub(super) fn of(
        tx: &mut Tx<'_>,
        object: ObjectKind,
        key: ImportKey,
        mapping: &[ImportColumn],
        columns: &[String],
    ) -> Result<Result<Self, String>> {
        let properties = store::properties::list(tx, Some(object))?;
        let mut places = Vec::with_capacity(mapping.len());
        for mapped in mapping {
            let name = mapped.column.trim();
            let Some(place) = columns.iter().position(|column| column == name) else {
                return Ok(Err(format!("the file has no column \"{name}\"")));
            };
            places.push((place, name.to_owned(), mapped.field.clone()));
        }
        Ok(Ok(Self { object, key, places, properties }))
    }

    /// The cells of a row that hold something, by field. An empty cell leaves what is there.
    fn cells<'a>(&'a self, record: &'a StringRecord) -> BTreeMap<&'a str, &'a str> {
        let cell = |(place, _, field): &'a (usize, String, String)| {
            let text = record.get(*place).map(str::trim).filter(|text| !text.is_empty())?;
            Some((field.as_str(), unguarded(text)))
        };
        self.places.iter().filter_map(cell).collect()
    }

    /// The rules that a row breaks, by the columns of the file.
    pub(super) fn problems(&self, row: i64, errors: Vec<FieldError>) -> Vec<ImportProblem> {
        let column = |field: &str| {
            let place = self.places.iter().find(|(_, _, mapped)| fields::in_request(mapped) == field);
            place.map(|(_, name, _)| name.clone())
        };
        let problem = |error: FieldError| {
            let column = column(&error.field);
            let detail =
                if column.is_some() { error.detail } else { format!("{}: {}", error.field, error.detail) };
            ImportProblem { row, column, detail }
        };
        errors.into_iter().map(problem).collect()
    }

    /// Writes a row, or with `dry` only looks whether it could be.
    ///
    /// # Errors
    /// [`Error::Invalid`] for the rules that it breaks, named by the fields of requests.
    pub(super) fn carry_out(&self, tx: &mut Tx<'_>, record: &StringRecord, dry: bool) -> Result<Outcome> {
        let cells = self.cells(record);
        if cells.is_empty() {
            return Err(Error::invalid("row", "is empty"));
        }
        let existing = self.existing(tx, &cells)?;
        let row = Cells { cells, properties: &self.properties };
        match self.object {
            ObjectKind::Contact => contact(tx, &row, existing, dry)?,
            ObjectKind::Company => company(tx, &row, existing, dry)?,
            ObjectKind::Deal => deal(tx, &row, existing, dry)?,
            ObjectKind::Ticket => ticket(tx, &row, existing, dry)?,
            ObjectKind::Call => return Err(Error::internal("calls are not imported from tables")),
        }
        Ok(if existing.is_some() { Outcome::Updated } else { Outcome::Created })
    }

    /// The record that the key of a row names.
    fn existing(&self, tx: &mut Tx<'_>, cells: &BTreeMap<&str, &str>) -> Result<Option<RecordId>> {
        let Some(field) = fields::of_key(self.object, self.key) else { return Ok(None) };
        let Some(text) = cells.get(field).copied() else { return Ok(None) };
        Ok(match self.key {
            ImportKey::Id => {
                let id = text
                    .parse()
                    .map_err(|_| Error::invalid("id", "must be an id: a number of 1 to 16 digits"))?;
                Some(id)
            }
            ImportKey::Email => store::find_contact_by_email(tx, &text.to_lowercase())?.map(Into::into),
            ImportKey::Domain => {
                let domain = text.to_lowercase();
                store::find_company_by_domain(tx, domain.trim_end_matches('.'))?.map(Into::into)
            }
            ImportKey::None => None,
        })
    }
}

/// A cell as it was before an export put an apostrophe before what looks like a formula.
fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text)
}

/// The cells of one row.
struct Cells<'a> {
    cells: BTreeMap<&'a str, &'a str>,
    properties: &'a [PropertyRow],
}

impl Cells<'_> {
    /// Puts the cell of a field, if it holds something, in place of what is there.
    fn put(&self, field: &str, into: &mut Option<String>) {
        if let Some(text) = self.cells.get(field) {
            *into = Some((*text).to_owned());
        }
    }

    fn put_required(&self, field: &str, into: &mut String) {
        if let Some(text) = self.cells.get(field) {
            (*text).clone_into(into);
        }
    }

    fn put_owner(&self, tx: &mut Tx<'_>, into: &mut Option<UserId>) -> Result<()> {
        if let Some(email) = self.cells.get("owner_email") {
            let found = store::imports::user_by_email(tx, &email.to_lowercase())?;
            let unknown = || Error::invalid("owner_id", format!("there is no user with the address {email}"));
            *into = Some(found.ok_or_else(unknown)?);
        }
        Ok(())
    }

    /// The values of custom properties, each as its type has it.
    fn values(&self) -> Result<BTreeMap<String, Value>> {
        let mut values = BTreeMap::new();
        for (field, text) in &self.cells {
            let Some(key) = field.strip_prefix(PROPERTY) else { continue };
            let property_type =
                self.properties.iter().find(|known| known.key == key).map(|known| known.property_type);
            let value = match property_type {
                Some(PropertyType::Number) => text.parse::<serde_json::Number>().ok().map(Value::Number),
                Some(PropertyType::Boolean) => match text.to_lowercase().as_str() {
                    "true" | "yes" | "1" => Some(Value::Bool(true)),
                    "false" | "no" | "0" => Some(Value::Bool(false)),
                    _ => None,
                },
                _ => None,
            };
            // What does not read as its type is refused as a text where the value is checked.
            values.insert(key.to_owned(), value.unwrap_or_else(|| Value::String((*text).to_owned())));
        }
        Ok(values)
    }
}

fn contact(tx: &mut Tx<'_>, row: &Cells<'_>, existing: Option<RecordId>, dry: bool) -> Result<()> {
    let id = existing.map(|id| ContactId(id.0));
    let mut request = UpdateContact::default();
    if let Some(id) = id {
        let known = access::read_contact(tx, id).map_err(out_of_sight)?;
        request = UpdateContact {
            name: known.name,
            email: known.email,
            phone: known.phone,
            job_title: known.job_title,
            company_id: known.company_id,
            owner_id: known.owner_id,
            properties: BTreeMap::new(),
        };
    }
    row.put_required("name", &mut request.name);
    row.put("email", &mut request.email);
    row.put("phone", &mut request.phone);
    row.put("job_title", &mut request.job_title);
    row.put_owner(tx, &mut request.owner_id)?;
    if let Some(domain) = row.cells.get("company_domain") {
        let found = store::find_company_by_domain(tx, &domain.to_lowercase())?;
        let unknown =
            || Error::invalid("company_id", format!("there is no company with the domain {domain}"));
        request.company_id = Some(found.ok_or_else(unknown)?);
    }
    request.properties = row.values()?;
    contacts::save_imported(tx, id, request, dry)
}

fn company(tx: &mut Tx<'_>, row: &Cells<'_>, existing: Option<RecordId>, dry: bool) -> Result<()> {
    let id = existing.map(|id| CompanyId(id.0));
    let mut request = SaveCompany::default();
    if let Some(id) = id {
        let known = access::read_company(tx, id).map_err(out_of_sight)?;
        request = SaveCompany {
            name: known.name,
            domain: known.domain,
            phone: known.phone,
            street: known.street,
            postal_code: known.postal_code,
            city: known.city,
            country: known.country,
            owner_id: known.owner_id,
            properties: BTreeMap::new(),
        };
    }
    row.put_required("name", &mut request.name);
    row.put("domain", &mut request.domain);
    row.put("phone", &mut request.phone);
    row.put("street", &mut request.street);
    row.put("postal_code", &mut request.postal_code);
    row.put("city", &mut request.city);
    row.put("country", &mut request.country);
    row.put_owner(tx, &mut request.owner_id)?;
    request.properties = row.values()?;
    companies::save_imported(tx, id, &request, dry)
}

fn deal(tx: &mut Tx<'_>, row: &Cells<'_>, existing: Option<RecordId>, dry: bool) -> Result<()> {
    let id = existing.map(|id| DealId(id.0));
    let mut request = SaveDeal::default();
    if let Some(id) = id {
        let known = access::read_deal(tx, id).map_err(out_of_sight)?;
        request = SaveDeal {
            name: known.name,
            amount_minor: known.amount_minor,
            currency: known.currency,
            stage_id: Some(known.stage_id),
            close_date: known.close_date,
            owner_id: known.owner_id,
            properties: BTreeMap::new(),
        };
    }
    row.put_required("name", &mut request.name);
    row.put("currency", &mut request.currency);
    if let Some(text) = row.cells.get("amount_minor") {
        let amount = text.parse().map_err(|_| Error::invalid("amount_minor", "must be a whole number"))?;
        request.amount_minor = Some(amount);
    }
    if let Some(text) = row.cells.get("close_date") {
        request.close_date = Some(text.parse().map_err(|rule: String| Error::invalid("close_date", rule))?);
    }
    if let Some(name) = row.cells.get("stage") {
        let stages = store::deal_stages(tx)?;
        let found = stages.iter().find(|stage| folding::name_key(&stage.name) == folding::name_key(name));
        request.stage_id =
            Some(found.ok_or_else(|| Error::invalid("stage_id", "there is no such stage"))?.id);
    }
    row.put_owner(tx, &mut request.owner_id)?;
    request.properties = row.values()?;
    deals::save_imported(tx, id, &request, dry)
}

fn ticket(tx: &mut Tx<'_>, row: &Cells<'_>, existing: Option<RecordId>, dry: bool) -> Result<()> {
    let id = existing.map(|id| TicketId(id.0));
    let mut request = SaveTicket::default();
    if let Some(id) = id {
        let known = access::read_ticket(tx, id).map_err(out_of_sight)?;
        request = SaveTicket {
            subject: known.subject,
            description: known.description,
            status_id: Some(known.status_id),
            priority: known.priority,
            owner_id: known.owner_id,
            properties: BTreeMap::new(),
        };
    }
    row.put_required("subject", &mut request.subject);
    row.put("description", &mut request.description);
    if let Some(text) = row.cells.get("priority") {
        let priority = text.to_lowercase().parse();
        request.priority = priority.map_err(|rule: String| Error::invalid("priority", rule))?;
    }
    if let Some(name) = row.cells.get("status") {
        let statuses = store::ticket_statuses(tx)?;
        let found = statuses.iter().find(|status| folding::name_key(&status.name) == folding::name_key(name));
        request.status_id =
            Some(found.ok_or_else(|| Error::invalid("status_id", "there is no such status"))?.id);
    }
    row.put_owner(tx, &mut request.owner_id)?;
    request.properties = row.values()?;
    tickets::save_imported(tx, id, &request, dry)
}

/// A row whose key names a record that is not there, or not in sight, breaks a rule.
fn out_of_sight(error: Error) -> Error {
    match error {
        Error::NotFound => Error::invalid("id", "there is no such record"),
        other => other,
    }
}
