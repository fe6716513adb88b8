//! Records out of CSV files and into them.

use super::{ObjectKind, RecordSort};
use crate::wire::{full_queries, paths, replies, requests, text_enum};
use crate::{CompanyId, DealStageId, FileId, ImportId, TicketStatusId, Timestamp, UserId};

text_enum! {
    /// How far an import is.
    pub enum ImportState {
        /// Every row is looked at; nothing is written.
        Checking = "checking",
        /// Waits for somebody to start it.
        Checked = "checked",
        /// Rows are written.
        Running = "running",
        /// Every row was written or refused.
        Done = "done",
        /// The file cannot be read; `failure` says why.
        Failed = "failed",
    }
}

text_enum! {
    /// What tells that a row is about a record that exists already.
    pub enum ImportKey {
        /// Nothing: every row becomes a new record.
        None = "none",
        /// The id.
        Id = "id",
        /// The address of a contact.
        Email = "email",
        /// The domain of a company.
        Domain = "domain",
    }
}

/// Where a column of the file goes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportColumn {
    /// The column's name in the first row of the file.
    pub column: String,
    /// The field of the record, such as `email`, or `property.` with the key of a custom property.
    pub field: String,
}

replies! {
    /// Records out of a CSV file.
    pub struct Import {
        /// The import's id.
        pub id: ImportId,
        /// The kind of record.
        pub object: ObjectKind,
        /// The name of the file.
        pub file_name: String,
        /// Where the columns go; those that are missing here are left out.
        pub columns: Vec<ImportColumn>,
        /// What tells that a row is about a record that exists already.
        pub key: ImportKey,
        /// How far it is.
        pub state: ImportState,
        /// Why it failed.
        pub failure: Option<String>,
        /// The rows of the file without the first; absent until they are counted.
        pub row_count: Option<i64>,
        /// How many rows were looked at or, once it runs, written or refused.
        pub done_count: i64,
        /// How many records were created.
        pub created_count: i64,
        /// How many records were updated.
        pub updated_count: i64,
        /// How many rows break a rule.
        pub refused_count: i64,
        /// The user who made it.
        pub user_id: UserId,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was done.
        pub finished_at: Option<Timestamp>,
    }

    /// The beginning of a CSV file.
    pub struct CsvPreview {
        /// The names in the first row.
        pub columns: Vec<String>,
        /// The five rows after it.
        pub rows: Vec<Vec<String>>,
    }

    /// Why a row is refused.
    pub struct ImportProblem {
        /// The row: the first after the names is 1.
        pub row: i64,
        /// The column's name; absent when it is about the row as a whole.
        pub column: Option<String>,
        /// The rule that it breaks.
        pub detail: String,
    }
}

requests! {
    /// A file to look into.
    pub struct PreviewCsv {
        /// A file of yours that was uploaded.
        pub file_id: FileId,
    }

    /// A new import. Its rows are checked first; nothing is written until it is started.
    pub struct CreateImport {
        /// The kind of record: any but `call`.
        pub object: ObjectKind,
        /// A file of yours that was uploaded: CSV as in RFC 4180 in UTF-8, with commas, semicolons or tabs, names in the
        /// first row, at most 100,000 rows after it.
        pub file_id: FileId,
        /// Where the columns go; no two into the same field.
        pub columns: Vec<ImportColumn>,
        /// What tells that a row is about a record that exists already. Its field must be mapped.
        pub key: ImportKey,
    }
}

full_queries! {
    /// Which records, and what of them.
    pub struct ExportRecords {
        /// The kind of record: any but `call`.
        pub object: ObjectKind,
        /// The columns in order, joined by commas: names of fields, and `property.` with a key. All unless told.
        pub columns: Option<String>,
        /// Only records whose name, address, domain or subject starts so.
        pub q: Option<String>,
        /// Only contacts of this company.
        pub company_id: Option<CompanyId>,
        /// Only deals in this stage.
        pub stage_id: Option<DealStageId>,
        /// Only tickets with this status.
        pub status_id: Option<TicketStatusId>,
        /// Only records that this user looks after.
        pub owner_id: Option<UserId>,
        /// `true` for records that nobody looks after.
        pub unowned: Option<bool>,
        /// Only records with these custom properties: a JSON object of keys and values.
        pub properties: Option<String>,
        /// The order; by name unless told.
        pub sort: Option<RecordSort>,
    }
}

paths! {
    /// The id of an import.
    pub struct ImportPath {
        /// The import.
        pub import_id: ImportId,
    }
}
