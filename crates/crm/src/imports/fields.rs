//! The fields that columns of CSV files stand for, the same for imports and exports.

use types::crm::{ImportKey, ObjectKind};

/// What a column of a custom property begins with.
pub(super) const PROPERTY: &str = "property.";

/// The built-in fields of a kind of record, in the order in which they are exported.
pub(super) fn of(object: ObjectKind) -> &'static [&'static str] {
    match object {
        ObjectKind::Contact => &[
            "id",
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
            "id",
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
        ObjectKind::Deal => &[
            "id",
            "name",
            "amount_minor",
            "currency",
            "stage",
            "close_date",
            "owner_email",
            "created_at",
            "updated_at",
        ],
        ObjectKind::Ticket => {
            &["id", "subject", "description", "status", "priority", "owner_email", "created_at", "updated_at"]
        }
        ObjectKind::Call => &[],
    }
}

/// Whether a field can be imported: times are Rapport's own.
pub(super) fn is_importable(object: ObjectKind, field: &str) -> bool {
    of(object).contains(&field) && !matches!(field, "created_at" | "updated_at")
}

/// The field that a key is read from, where the kind has it.
pub(super) fn of_key(object: ObjectKind, key: ImportKey) -> Option<&'static str> {
    match (key, object) {
        (ImportKey::Id, _) => Some("id"),
        (ImportKey::Email, ObjectKind::Contact) => Some("email"),
        (ImportKey::Domain, ObjectKind::Company) => Some("domain"),
        _ => None,
    }
}

/// The field of a request that a field of a file ends up in, by which a broken rule names it.
pub(super) fn in_request(field: &str) -> String {
    match field {
        "owner_email" => "owner_id".to_owned(),
        "company_domain" => "company_id".to_owned(),
        "stage" => "stage_id".to_owned(),
        "status" => "status_id".to_owned(),
        _ => match field.strip_prefix(PROPERTY) {
            Some(key) => format!("properties.{key}"),
            None => field.to_owned(),
        },
    }
}
