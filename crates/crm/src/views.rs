//! Saved views of lists, and the columns that a user last chose.

mod create;
mod delete;
mod layout;
mod list;
mod update;

use std::collections::{BTreeMap, HashSet};

use platform::fields::Fields;
use platform::{Result, Tx};
use types::crm::{SaveView, SavedView};
use types::{Event, Subject, UserId};

pub use create::{create, create_saved_view};
pub use delete::{delete, delete_saved_view};
pub use layout::{get_layout, get_list_layout, save_layout, save_list_layout};
pub use list::{list, list_saved_views};
pub use update::{update, update_saved_view};

/// Most columns of a list.
const MOST_COLUMNS: usize = 50;
/// Most filters of a view.
const MOST_FILTERS: usize = 30;

/// Name, filters and columns in their normal form.
fn checked(request: &SaveView) -> Result<(String, BTreeMap<String, String>, Vec<String>)> {
    let mut fields = Fields::default();
    let name = fields.required("name", &request.name, 100);
    let columns = columns(&mut fields, &request.columns);
    if request.filters.len() > MOST_FILTERS {
        fields.refuse("filters", "out_of_range", format!("must be at most {MOST_FILTERS}"));
    }
    for (filter, value) in &request.filters {
        fields.required(&format!("filters.{filter}"), filter, 60);
        fields.required(&format!("filters.{filter}"), value, 1_000);
    }
    fields.finish()?;
    Ok((name, request.filters.clone(), columns))
}

/// Names of columns, each once.
fn columns(fields: &mut Fields, given: &[String]) -> Vec<String> {
    if !(1..=MOST_COLUMNS).contains(&given.len()) {
        fields.refuse("columns", "out_of_range", format!("must be 1 to {MOST_COLUMNS}"));
    }
    let mut seen = HashSet::new();
    let mut columns = Vec::with_capacity(given.len());
    for (index, column) in given.iter().enumerate() {
        let field = format!("columns.{index}");
        let column = fields.required(&field, column, 100);
        if !seen.insert(column.clone()) {
            fields.refuse(&field, "duplicate", "stands there twice".to_owned());
        }
        columns.push(column);
    }
    columns
}

/// Who is told of a view.
fn subject(owner: UserId, shared: bool) -> Subject {
    if shared { Subject::Everyone } else { Subject::User(owner) }
}

fn announce(tx: &mut Tx<'_>, view: SavedView) -> Result<SavedView> {
    tx.emit(subject(view.owner_id, view.shared), Event::SavedViewChanged { view: view.clone() })?;
    Ok(view)
}
