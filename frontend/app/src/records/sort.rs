//! The orders that lists can have. Calls have orders of their own, which stand among the filters.

use state::RecordListKey;
use state::records::SORT;
use types::calls::CallSort;
use types::crm::{ObjectKind, RecordSort};
use ui::SelectOption;

use leptos_i18n::t_string;

use crate::calls;
use crate::texts::I18n;

/// The order of a list, as the API writes it.
pub fn of(key: &RecordListKey) -> String {
    if key.kind != ObjectKind::Call {
        return key.sort.to_string();
    }
    key.filters.get(SORT).cloned().unwrap_or_else(|| CallSort::StartedAtDescending.to_string())
}

/// Gives a list another order.
pub fn choose(key: &mut RecordListKey, sort: &str) {
    if key.kind == ObjectKind::Call {
        key.filters.insert(SORT.to_owned(), sort.to_owned());
    } else if let Ok(sort) = sort.parse() {
        key.sort = sort;
    }
}

/// The orders that a list of a kind can have.
pub fn options(i18n: I18n, kind: ObjectKind) -> Vec<SelectOption> {
    if kind == ObjectKind::Call {
        let option = |sort: &CallSort| option(sort.as_str(), calls::sort_name(i18n, *sort));
        return CallSort::ALL.iter().map(option).collect();
    }
    let option = |sort: &RecordSort| option(sort.as_str(), name(i18n, *sort));
    RecordSort::ALL.iter().map(option).collect()
}

fn option(value: &str, label: &str) -> SelectOption {
    SelectOption { value: value.to_owned(), label: label.to_owned() }
}

fn name(i18n: I18n, sort: RecordSort) -> &'static str {
    match sort {
        RecordSort::Name => t_string!(i18n, records.sort_name),
        RecordSort::NameDescending => t_string!(i18n, records.sort_name_descending),
        RecordSort::CreatedAt => t_string!(i18n, records.sort_oldest),
        RecordSort::CreatedAtDescending => t_string!(i18n, records.sort_newest),
        RecordSort::UpdatedAt => t_string!(i18n, records.sort_longest_unchanged),
        RecordSort::UpdatedAtDescending => t_string!(i18n, records.sort_last_changed),
    }
}

/// The orders that a column stands for, upwards and downwards.
pub fn of_column(kind: ObjectKind, column: &str) -> Option<(&'static str, &'static str)> {
    let of_calls = |up: CallSort, down: CallSort| Some((up.as_str(), down.as_str()));
    let of_records = |up: RecordSort, down: RecordSort| Some((up.as_str(), down.as_str()));
    match (kind, column) {
        (ObjectKind::Call, "title") => of_calls(CallSort::Title, CallSort::TitleDescending),
        (ObjectKind::Call, "started_at") => of_calls(CallSort::StartedAt, CallSort::StartedAtDescending),
        (ObjectKind::Call, "duration_ms") => of_calls(CallSort::Duration, CallSort::DurationDescending),
        (ObjectKind::Call, _) => None,
        (_, "name" | "subject") => of_records(RecordSort::Name, RecordSort::NameDescending),
        (_, "created_at") => of_records(RecordSort::CreatedAt, RecordSort::CreatedAtDescending),
        (_, "updated_at") => of_records(RecordSort::UpdatedAt, RecordSort::UpdatedAtDescending),
        _ => None,
    }
}
