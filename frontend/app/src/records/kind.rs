//! What the screens of the kinds of records differ in: names, addresses, permissions, fields, columns.

use leptos_i18n::t_string;
use types::Permission;
use types::crm::{ObjectKind, RecordRef};
use ui::IconName;

use crate::texts::I18n;

/// The kinds that have tabs, in their order; calls have screens of their own.
pub const KINDS: [ObjectKind; 4] =
    [ObjectKind::Contact, ObjectKind::Company, ObjectKind::Deal, ObjectKind::Ticket];

/// The address of a kind's list.
pub fn path_of_list(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Contact => "/contacts",
        ObjectKind::Company => "/companies",
        ObjectKind::Deal => "/deals",
        ObjectKind::Ticket => "/tickets",
        ObjectKind::Call => "/calls",
    }
}

/// The address of a record.
pub fn path_of(record: RecordRef) -> String {
    format!("{}/{}", path_of_list(record.kind), record.id)
}

/// The icon of a kind.
pub fn icon_of(kind: ObjectKind) -> IconName {
    match kind {
        ObjectKind::Contact => IconName::User,
        ObjectKind::Company => IconName::Company,
        ObjectKind::Deal => IconName::Tag,
        ObjectKind::Ticket => IconName::Comment,
        ObjectKind::Call => IconName::Phone,
    }
}

/// "Contacts"
pub fn kind_plural(i18n: I18n, kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Contact => t_string!(i18n, records.contacts),
        ObjectKind::Company => t_string!(i18n, records.companies),
        ObjectKind::Deal => t_string!(i18n, records.deals),
        ObjectKind::Ticket => t_string!(i18n, records.tickets),
        ObjectKind::Call => t_string!(i18n, records.calls),
    }
}

/// What one must be allowed to create records of a kind.
pub fn edit_permission(kind: ObjectKind) -> Permission {
    match kind {
        ObjectKind::Call => Permission::EditCalls,
        _ => Permission::EditContacts,
    }
}

/// "Create a contact"
pub fn create_title(i18n: I18n, kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Contact => t_string!(i18n, records.create_contact),
        ObjectKind::Company => t_string!(i18n, records.create_company),
        ObjectKind::Deal => t_string!(i18n, records.create_deal),
        ObjectKind::Ticket => t_string!(i18n, records.create_ticket),
        ObjectKind::Call => t_string!(i18n, calls.upload),
    }
}

/// How a value is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// One line.
    Text,
    /// An address.
    Email,
    /// A telephone number.
    Phone,
    /// Several lines.
    LongText,
    /// A day.
    Day,
    /// An amount in the units of its currency.
    Amount,
    /// One of the companies.
    Company,
    /// One of the users, or nobody.
    Owner,
    /// One of the stages of the pipeline.
    Stage,
    /// One of the statuses of tickets.
    Status,
    /// How much a ticket matters.
    Priority,
}

/// A built-in field that users fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its name in the request.
    pub name: &'static str,
    /// How it is typed.
    pub input: Input,
    /// Whether it must be filled in.
    pub required: bool,
}

const fn fact(name: &'static str, input: Input) -> Fact {
    Fact { name, input, required: false }
}

const fn required(name: &'static str) -> Fact {
    Fact { name, input: Input::Text, required: true }
}

/// The built-in fields of a kind, in the order of its form.
pub fn facts_of(kind: ObjectKind) -> &'static [Fact] {
    match kind {
        ObjectKind::Contact => {
            const {
                &[
                    required("name"),
                    fact("email", Input::Email),
                    fact("phone", Input::Phone),
                    fact("job_title", Input::Text),
                    fact("company_id", Input::Company),
                    fact("owner_id", Input::Owner),
                ]
            }
        }
        ObjectKind::Company => {
            const {
                &[
                    required("name"),
                    fact("domain", Input::Text),
                    fact("phone", Input::Phone),
                    fact("street", Input::Text),
                    fact("postal_code", Input::Text),
                    fact("city", Input::Text),
                    fact("country", Input::Text),
                    fact("owner_id", Input::Owner),
                ]
            }
        }
        ObjectKind::Deal => {
            const {
                &[
                    required("name"),
                    fact("amount_minor", Input::Amount),
                    fact("currency", Input::Text),
                    fact("stage_id", Input::Stage),
                    fact("close_date", Input::Day),
                    fact("owner_id", Input::Owner),
                ]
            }
        }
        ObjectKind::Ticket => {
            const {
                &[
                    required("subject"),
                    fact("description", Input::LongText),
                    fact("status_id", Input::Status),
                    fact("priority", Input::Priority),
                    fact("owner_id", Input::Owner),
                ]
            }
        }
        ObjectKind::Call => &[],
    }
}

/// The columns that a list of a kind may have, by the names that views, layouts and exports use.
pub fn columns_of(kind: ObjectKind) -> &'static [&'static str] {
    match kind {
        ObjectKind::Contact => &[
            "name",
            "email",
            "phone",
            "job_title",
            "company_domain",
            "owner_email",
            "created_at",
            "updated_at",
        ],
        ObjectKind::Company => &[
            "name",
            "domain",
            "phone",
            "street",
            "postal_code",
            "city",
            "country",
            "owner_email",
            "created_at",
            "updated_at",
        ],
        ObjectKind::Deal => {
            &["name", "amount_minor", "stage", "close_date", "owner_email", "created_at", "updated_at"]
        }
        ObjectKind::Ticket => {
            &["subject", "status", "priority", "description", "owner_email", "created_at", "updated_at"]
        }
        ObjectKind::Call => &[
            "title",
            "started_at",
            "duration_ms",
            "direction",
            "outcome",
            "owner_email",
            "contacts",
            "companies",
            "deals",
            "tickets",
            "transcript",
            "source",
            "created_at",
            "updated_at",
        ],
    }
}

/// The columns of a list before somebody chooses others.
pub fn default_columns(kind: ObjectKind) -> Vec<String> {
    let columns: &[&str] = match kind {
        ObjectKind::Contact => &["name", "email", "company_domain", "owner_email", "updated_at"],
        ObjectKind::Company => &["name", "domain", "city", "owner_email", "updated_at"],
        ObjectKind::Deal => &["name", "amount_minor", "stage", "close_date", "owner_email"],
        ObjectKind::Ticket => &["subject", "status", "priority", "owner_email", "updated_at"],
        ObjectKind::Call => {
            &["title", "started_at", "duration_ms", "owner_email", "contacts", "companies", "transcript"]
        }
    };
    columns.iter().map(|column| (*column).to_owned()).collect()
}

/// What a built-in field or column is called.
pub fn field_label(i18n: I18n, name: &str) -> &'static str {
    match name {
        "id" => t_string!(i18n, records.id),
        "name" => t_string!(i18n, records.name),
        "subject" => t_string!(i18n, records.subject),
        "email" => t_string!(i18n, inbox.email),
        "phone" => t_string!(i18n, inbox.phone),
        "job_title" => t_string!(i18n, contacts.job_title),
        "company_id" | "company_domain" => t_string!(i18n, inbox.company),
        "owner_id" | "owner_email" => t_string!(i18n, inbox.owner),
        "domain" => t_string!(i18n, records.domain),
        "street" => t_string!(i18n, records.street),
        "postal_code" => t_string!(i18n, records.postal_code),
        "city" => t_string!(i18n, records.city),
        "country" => t_string!(i18n, records.country),
        "amount_minor" => t_string!(i18n, records.amount),
        "currency" => t_string!(i18n, records.currency),
        "stage_id" | "stage" => t_string!(i18n, records.stage),
        "close_date" => t_string!(i18n, records.close_date),
        "description" => t_string!(i18n, records.description),
        "status_id" | "status" => t_string!(i18n, records.status),
        "priority" => t_string!(i18n, records.priority),
        "title" => t_string!(i18n, calls.title),
        "started_at" => t_string!(i18n, calls.started_at),
        "duration_ms" => t_string!(i18n, calls.duration),
        "direction" => t_string!(i18n, calls.direction),
        "outcome" => t_string!(i18n, calls.outcome),
        "source" => t_string!(i18n, calls.source),
        "transcript" => t_string!(i18n, calls.transcript),
        "contacts" => t_string!(i18n, records.contacts),
        "companies" => t_string!(i18n, records.companies),
        "deals" => t_string!(i18n, records.deals),
        "tickets" => t_string!(i18n, records.tickets),
        "created_at" => t_string!(i18n, records.created_at),
        _ => t_string!(i18n, records.updated_at),
    }
}
