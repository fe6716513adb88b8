//! What stands in the cells of an exported table.

use std::collections::HashMap;

use platform::{Error, Result, Tx};
use serde_json::Value;
use types::crm::{
    Company, Contact, Deal, ExportRecords, ListCompanies, ListContacts, ListDeals, ListTickets, ObjectKind,
    Ticket,
};
use types::{CompanyId, DealStageId, Page, TicketStatusId, UserId};

use super::PROPERTY;
use crate::{companies, contacts, deals, store, tickets};

/// A record of any kind.
pub(super) enum Row {
    Contact(Contact, Option<String>),
    Company(Company),
    Deal(Deal),
    Ticket(Ticket),
}

/// What ids stand for in a table.
pub(super) struct Names {
    users: HashMap<UserId, String>,
    stages: HashMap<DealStageId, String>,
    statuses: HashMap<TicketStatusId, String>,
}

impl Names {
    pub(super) fn load(tx: &mut Tx<'_>, object: ObjectKind) -> Result<Self> {
        let (mut stages, mut statuses) = (HashMap::new(), HashMap::new());
        match object {
            ObjectKind::Deal => {
                stages.extend(store::deal_stages(tx)?.into_iter().map(|stage| (stage.id, stage.name)));
            }
            ObjectKind::Ticket => {
                statuses
                    .extend(store::ticket_statuses(tx)?.into_iter().map(|status| (status.id, status.name)));
            }
            ObjectKind::Contact | ObjectKind::Company | ObjectKind::Call => {}
        }
        Ok(Self { users: store::imports::user_emails(tx)?.into_iter().collect(), stages, statuses })
    }

    fn user(&self, id: Option<UserId>) -> String {
        id.and_then(|id| self.users.get(&id)).cloned().unwrap_or_default()
    }
}

/// A page of the records that are asked for.
pub(super) fn page(
    tx: &mut Tx<'_>,
    asked: &ExportRecords,
    cursor: Option<String>,
    limit: u16,
) -> Result<Page<Row>> {
    let limit = Some(limit);
    let (q, properties) = (asked.q.clone(), asked.properties.clone());
    let (owner_id, unowned, sort) = (asked.owner_id, asked.unowned, asked.sort);
    match asked.object {
        ObjectKind::Contact => {
            let company_id = asked.company_id;
            let query = ListContacts { cursor, limit, q, company_id, owner_id, unowned, properties, sort };
            let page = contacts::list(tx, &query)?;
            let ids: Vec<CompanyId> = page.items.iter().filter_map(|contact| contact.company_id).collect();
            let domains: HashMap<_, _> = store::company_domains(tx, &ids)?.into_iter().collect();
            let domain = |id: Option<CompanyId>| id.and_then(|id| domains.get(&id)).cloned();
            Ok(page.map(|contact| {
                let domain = domain(contact.company_id);
                Row::Contact(contact, domain)
            }))
        }
        ObjectKind::Company => {
            let query = ListCompanies { cursor, limit, q, owner_id, unowned, properties, sort };
            Ok(companies::list(tx, &query)?.map(Row::Company))
        }
        ObjectKind::Deal => {
            let stage_id = asked.stage_id;
            let query = ListDeals { cursor, limit, q, stage_id, owner_id, unowned, properties, sort };
            Ok(deals::list(tx, &query)?.map(Row::Deal))
        }
        ObjectKind::Ticket => {
            let (status_id, priority) = (asked.status_id, None);
            let query =
                ListTickets { cursor, limit, q, status_id, priority, owner_id, unowned, properties, sort };
            Ok(tickets::list(tx, &query)?.map(Row::Ticket))
        }
        ObjectKind::Call => Err(Error::invalid("object", "must be contact, company, deal or ticket")),
    }
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

impl Row {
    /// What stands in a column; nothing where the record has no such field.
    pub(super) fn cell(&self, column: &str, names: &Names) -> String {
        if let Some(key) = column.strip_prefix(PROPERTY) {
            return match self.properties().get(key) {
                Some(Value::String(text)) => text.clone(),
                Some(value) => value.to_string(),
                None => String::new(),
            };
        }
        match self {
            Self::Contact(contact, domain) => of_contact(contact, domain.as_ref(), column, names),
            Self::Company(company) => of_company(company, column, names),
            Self::Deal(deal) => of_deal(deal, column, names),
            Self::Ticket(ticket) => of_ticket(ticket, column, names),
        }
    }

    fn properties(&self) -> &std::collections::BTreeMap<String, Value> {
        match self {
            Self::Contact(contact, _) => &contact.properties,
            Self::Company(company) => &company.properties,
            Self::Deal(deal) => &deal.properties,
            Self::Ticket(ticket) => &ticket.properties,
        }
    }
}

fn of_contact(contact: &Contact, domain: Option<&String>, column: &str, names: &Names) -> String {
    match column {
        "id" => contact.id.to_string(),
        "name" => contact.name.clone(),
        "email" => text(contact.email.as_ref()),
        "phone" => text(contact.phone.as_ref()),
        "job_title" => text(contact.job_title.as_ref()),
        "company_domain" => text(domain),
        "owner_email" => names.user(contact.owner_id),
        "created_at" => contact.created_at.to_string(),
        "updated_at" => contact.updated_at.to_string(),
        _ => String::new(),
    }
}

fn of_company(company: &Company, column: &str, names: &Names) -> String {
    match column {
        "id" => company.id.to_string(),
        "name" => company.name.clone(),
        "domain" => text(company.domain.as_ref()),
        "phone" => text(company.phone.as_ref()),
        "street" => text(company.street.as_ref()),
        "postal_code" => text(company.postal_code.as_ref()),
        "city" => text(company.city.as_ref()),
        "country" => text(company.country.as_ref()),
        "owner_email" => names.user(company.owner_id),
        "created_at" => company.created_at.to_string(),
        "updated_at" => company.updated_at.to_string(),
        _ => String::new(),
    }
}

fn of_deal(deal: &Deal, column: &str, names: &Names) -> String {
    match column {
        "id" => deal.id.to_string(),
        "name" => deal.name.clone(),
        "amount_minor" => deal.amount_minor.map(|amount| amount.to_string()).unwrap_or_default(),
        "currency" => text(deal.currency.as_ref()),
        "stage" => text(names.stages.get(&deal.stage_id)),
        "close_date" => deal.close_date.map(|date| date.to_string()).unwrap_or_default(),
        "owner_email" => names.user(deal.owner_id),
        "created_at" => deal.created_at.to_string(),
        "updated_at" => deal.updated_at.to_string(),
        _ => String::new(),
    }
}

fn of_ticket(ticket: &Ticket, column: &str, names: &Names) -> String {
    match column {
        "id" => ticket.id.to_string(),
        "subject" => ticket.subject.clone(),
        "description" => text(ticket.description.as_ref()),
        "status" => text(names.statuses.get(&ticket.status_id)),
        "priority" => ticket.priority.to_string(),
        "owner_email" => names.user(ticket.owner_id),
        "created_at" => ticket.created_at.to_string(),
        "updated_at" => ticket.updated_at.to_string(),
        _ => String::new(),
    }
}
