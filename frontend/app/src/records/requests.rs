//! The API's operations on records of whichever kind.

use std::collections::BTreeMap;

use client::ClientError;
use serde_json::Value;
use state::records::SORT;
use state::{Record, RecordListKey};
use types::calls::{CallPath, ListCalls};
use types::crm::*;
use types::page::PageQuery;
use types::{CallId, CompanyId, ContactId, DealId, ErrorCode, Page, Problem, TicketId};

use super::money;
use super::values::{PROPERTY, property_value};
use crate::context::App;

/// What a form says: values by the names of the request, and custom properties by key.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The built-in fields. An amount is in the units of its currency.
    pub facts: BTreeMap<String, String>,
    /// Custom properties; null clears one.
    pub properties: BTreeMap<String, Value>,
}

impl Draft {
    fn required(&self, name: &str) -> String {
        self.facts.get(name).cloned().unwrap_or_default()
    }

    fn optional(&self, name: &str) -> Option<String> {
        self.facts.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn parsed<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.facts.get(name)?.parse().ok()
    }

    fn company(&self) -> SaveCompany {
        SaveCompany {
            name: self.required("name"),
            domain: self.optional("domain"),
            phone: self.optional("phone"),
            street: self.optional("street"),
            postal_code: self.optional("postal_code"),
            city: self.optional("city"),
            country: self.optional("country"),
            owner_id: self.parsed("owner_id"),
            properties: self.properties.clone(),
        }
    }

    fn deal(&self) -> Result<SaveDeal, ClientError> {
        let currency = self.optional("currency").map(|currency| currency.to_uppercase());
        let amount_minor = match self.optional("amount_minor") {
            Some(typed) => {
                let minor = money::parse(&typed, currency.as_deref().unwrap_or_default());
                Some(minor.ok_or_else(|| refused("amount_minor", "not_an_amount"))?)
            }
            None => None,
        };
        Ok(SaveDeal {
            name: self.required("name"),
            amount_minor,
            // A currency without an amount says nothing.
            currency: currency.filter(|_| amount_minor.is_some()),
            stage_id: self.parsed("stage_id"),
            close_date: self.parsed("close_date"),
            owner_id: self.parsed("owner_id"),
            properties: self.properties.clone(),
        })
    }

    fn ticket(&self) -> SaveTicket {
        SaveTicket {
            subject: self.required("subject"),
            description: self.optional("description"),
            status_id: self.parsed("status_id"),
            priority: self.parsed("priority").unwrap_or_default(),
            owner_id: self.parsed("owner_id"),
            properties: self.properties.clone(),
        }
    }
}

/// What the server would say of a field that cannot even be sent.
fn refused(field: &str, code: &str) -> ClientError {
    ClientError::Problem(Box::new(Problem {
        kind: String::new(),
        title: String::new(),
        status: 422,
        detail: String::new(),
        code: ErrorCode::InvalidFields,
        errors: vec![types::FieldError {
            field: field.to_owned(),
            code: code.to_owned(),
            detail: String::new(),
        }],
        extra: None,
    }))
}

/// No screen asks for this of a record of this kind.
fn no_such_kind() -> ClientError {
    ClientError::Decode("records of this kind have screens of their own for this".to_owned())
}

/// Creates a record.
///
/// # Errors
/// As the request; also for an amount that is none.
pub async fn create(app: App, kind: ObjectKind, draft: Draft) -> Result<Record, ClientError> {
    let api = app.api();
    match kind {
        ObjectKind::Contact => {
            let request = CreateContact {
                name: draft.required("name"),
                email: draft.optional("email"),
                phone: draft.optional("phone"),
                job_title: draft.optional("job_title"),
                company_id: draft.parsed("company_id"),
                owner_id: draft.parsed("owner_id"),
                properties: draft.properties,
            };
            api.create_contact(&request).await.map(Record::Contact)
        }
        ObjectKind::Company => api.create_company(&draft.company()).await.map(Record::Company),
        ObjectKind::Deal => api.create_deal(&draft.deal()?).await.map(Record::Deal),
        ObjectKind::Ticket => api.create_ticket(&draft.ticket()).await.map(Record::Ticket),
        ObjectKind::Call => Err(no_such_kind()),
    }
}

/// Changes a record.
///
/// # Errors
/// As the request; also for an amount that is none.
pub async fn update(app: App, record: RecordRef, draft: Draft) -> Result<Record, ClientError> {
    let (api, id) = (app.api(), record.id.0);
    match record.kind {
        ObjectKind::Contact => {
            let request = UpdateContact {
                name: draft.required("name"),
                email: draft.optional("email"),
                phone: draft.optional("phone"),
                job_title: draft.optional("job_title"),
                company_id: draft.parsed("company_id"),
                owner_id: draft.parsed("owner_id"),
                properties: draft.properties,
            };
            let path = ContactPath { contact_id: ContactId(id) };
            api.update_contact(&path, &request).await.map(Record::Contact)
        }
        ObjectKind::Company => {
            let path = CompanyPath { company_id: CompanyId(id) };
            api.update_company(&path, &draft.company()).await.map(Record::Company)
        }
        ObjectKind::Deal => {
            let path = DealPath { deal_id: DealId(id) };
            api.update_deal(&path, &draft.deal()?).await.map(Record::Deal)
        }
        ObjectKind::Ticket => {
            let path = TicketPath { ticket_id: TicketId(id) };
            api.update_ticket(&path, &draft.ticket()).await.map(Record::Ticket)
        }
        ObjectKind::Call => Err(no_such_kind()),
    }
}

/// Fetches a record into the state, a contact's company with it.
///
/// # Errors
/// As the requests.
pub async fn load(app: App, record: RecordRef) -> Result<Record, ClientError> {
    let (api, id) = (app.api(), record.id.0);
    let loaded = match record.kind {
        ObjectKind::Contact => {
            return crate::inbox::load_contact(app, ContactId(id)).await.map(Record::Contact);
        }
        ObjectKind::Company => {
            api.get_company(&CompanyPath { company_id: CompanyId(id) }).await.map(Record::Company)?
        }
        ObjectKind::Deal => api.get_deal(&DealPath { deal_id: DealId(id) }).await.map(Record::Deal)?,
        ObjectKind::Ticket => {
            api.get_ticket(&TicketPath { ticket_id: TicketId(id) }).await.map(Record::Ticket)?
        }
        ObjectKind::Call => {
            let call = api.get_call(&CallPath { call_id: CallId(id) }).await?;
            Record::Call(Box::new(call))
        }
    };
    app.change(|state| state.directory.insert_record(loaded.clone()));
    Ok(loaded)
}

/// Deletes a record; contacts are erased instead, in a dialog of their own.
///
/// # Errors
/// As the request.
pub async fn delete(app: App, record: RecordRef) -> Result<(), ClientError> {
    let (api, id) = (app.api(), record.id.0);
    match record.kind {
        ObjectKind::Company => api.delete_company(&CompanyPath { company_id: CompanyId(id) }).await,
        ObjectKind::Deal => api.delete_deal(&DealPath { deal_id: DealId(id) }).await,
        ObjectKind::Ticket => api.delete_ticket(&TicketPath { ticket_id: TicketId(id) }).await,
        ObjectKind::Contact | ObjectKind::Call => Err(no_such_kind()),
    }
}

/// The filters of a list as its request has them.
struct Filters<'a> {
    app: App,
    key: &'a RecordListKey,
}

impl Filters<'_> {
    fn parsed<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.key.filters.get(name)?.parse().ok()
    }

    fn q(&self) -> Option<String> {
        Some(self.key.q.trim().to_owned()).filter(|q| !q.is_empty())
    }

    fn of_calls(&self, cursor: Option<String>, limit: Option<u16>) -> ListCalls {
        ListCalls {
            cursor,
            limit,
            owner_id: self.parsed("owner_id"),
            contact_id: self.parsed("contact_id"),
            company_id: self.parsed("company_id"),
            deal_id: self.parsed("deal_id"),
            ticket_id: self.parsed("ticket_id"),
            q: self.q(),
            direction: self.parsed("direction"),
            min_duration_ms: self.parsed("min_duration_ms"),
            max_duration_ms: self.parsed("max_duration_ms"),
            outcome: self.parsed("outcome"),
            term_id: self.parsed("term_id"),
            from: self.parsed("from"),
            until: self.parsed("until"),
            transcript: self.parsed("transcript"),
            sort: self.parsed(SORT),
        }
    }

    /// A JSON object of keys and values, each of the type of its property. A property that is not there any more filters
    /// nothing.
    fn properties(&self) -> Option<String> {
        let properties: serde_json::Map<String, Value> = self.app.peek(|state| {
            let known = state.records.setup.as_ref().map(|setup| setup.properties_of(self.key.kind));
            let value = |(name, text): (&String, &String)| {
                let key = name.strip_prefix(PROPERTY)?;
                let property = known.iter().flatten().find(|property| property.key == key)?;
                Some((key.to_owned(), property_value(property, text)))
            };
            self.key.filters.iter().filter_map(value).collect()
        });
        (!properties.is_empty()).then(|| Value::Object(properties).to_string())
    }
}

/// Fetches a page of a list.
///
/// # Errors
/// As the request.
pub async fn list(app: App, key: &RecordListKey, page: PageQuery) -> Result<Page<Record>, ClientError> {
    let (api, filters) = (app.api(), Filters { app, key });
    let PageQuery { cursor, limit } = page;
    let (q, owner_id, unowned) = (filters.q(), filters.parsed("owner_id"), filters.parsed("unowned"));
    let (properties, sort) = (filters.properties(), Some(key.sort));
    match key.kind {
        ObjectKind::Contact => {
            let company_id = filters.parsed("company_id");
            let query = ListContacts { cursor, limit, q, company_id, owner_id, unowned, properties, sort };
            api.list_contacts(&query).await.map(|page| page.map(Record::Contact))
        }
        ObjectKind::Company => {
            let query = ListCompanies { cursor, limit, q, owner_id, unowned, properties, sort };
            api.list_companies(&query).await.map(|page| page.map(Record::Company))
        }
        ObjectKind::Deal => {
            let stage_id = filters.parsed("stage_id");
            let query = ListDeals { cursor, limit, q, stage_id, owner_id, unowned, properties, sort };
            api.list_deals(&query).await.map(|page| page.map(Record::Deal))
        }
        ObjectKind::Ticket => {
            let (status_id, priority) = (filters.parsed("status_id"), filters.parsed("priority"));
            let query =
                ListTickets { cursor, limit, q, status_id, priority, owner_id, unowned, properties, sort };
            api.list_tickets(&query).await.map(|page| page.map(Record::Ticket))
        }
        ObjectKind::Call => {
            let page = api.list_calls(&filters.of_calls(cursor, limit)).await?;
            Ok(page.map(|call| Record::Call(Box::new(call))))
        }
    }
}

/// What an export asks for: the records of a list, with its columns.
pub fn export(app: App, key: &RecordListKey, columns: &[String]) -> ExportRecords {
    let filters = Filters { app, key };
    ExportRecords {
        object: key.kind,
        columns: Some(columns.join(",")),
        q: filters.q(),
        company_id: filters.parsed("company_id"),
        stage_id: filters.parsed("stage_id"),
        status_id: filters.parsed("status_id"),
        owner_id: filters.parsed("owner_id"),
        unowned: filters.parsed("unowned"),
        properties: filters.properties(),
        sort: Some(key.sort),
    }
}
