//! One record of a list, and the headings above.

use leptos::prelude::*;
use leptos_router::components::A;
use state::Record;
use types::crm::RecordSort;
use ui::{Avatar, AvatarSize, Icon, IconName};

use super::kind::path_of;
use super::list::use_list;
use super::values::{cell, column_label};
use crate::context::use_app;

/// The widths of the columns: the first takes twice the room.
fn tracks(count: usize) -> String {
    format!("minmax(0, 2fr) repeat({}, minmax(0, 1fr))", count.saturating_sub(1).max(1))
}

/// A record as a row of cells; on a phone a card.
pub fn row(record: Signal<Record>) -> impl IntoView {
    let app = use_app();
    let list = use_list();
    let name = Signal::derive(move || record.with(|record| record.name().to_owned()));
    let key = record.with_untracked(|record| record.reference().id.to_string());
    let path = path_of(record.with_untracked(Record::reference));
    let cells = move || {
        let columns = list.columns.get();
        let cells = columns.iter().skip(1).map(|column| {
            let label = column_label(app, list.kind, column);
            view! {
                <span class="cell">
                    <span class="cell-label">{label}</span>
                    {record.with(|record| cell(app, record, column))}
                </span>
            }
        });
        cells.collect_view()
    };
    let first = move || {
        let column = list.columns.with(|columns| columns.first().cloned().unwrap_or_default());
        record.with(|record| cell(app, record, &column))
    };
    view! {
        <A
            href=path
            attr:class="record-row"
            style:grid-template-columns=move || list.columns.with(|columns| tracks(columns.len()))
        >
            <span class="cell name"><Avatar name key size=AvatarSize::Small /> {first}</span>
            {cells}
        </A>
    }
}

/// The orders that a column stands for, upwards and downwards.
fn orders(column: &str) -> Option<(RecordSort, RecordSort)> {
    match column {
        "name" | "subject" => Some((RecordSort::Name, RecordSort::NameDescending)),
        "created_at" => Some((RecordSort::CreatedAt, RecordSort::CreatedAtDescending)),
        "updated_at" => Some((RecordSort::UpdatedAt, RecordSort::UpdatedAtDescending)),
        _ => None,
    }
}

/// The headings; those of columns that a list can be sorted by are buttons.
#[component]
pub fn Heading() -> impl IntoView {
    let app = use_app();
    let list = use_list();
    let heading = move |column: String| {
        let label = column_label(app, list.kind, &column);
        let Some((upwards, downwards)) = orders(&column) else {
            return view! { <span class="cell">{label}</span> }.into_any();
        };
        let sort = Memo::new(move |_| list.loading.key.with(|key| key.sort));
        let press = move |_| {
            let next = if sort.get_untracked() == upwards { downwards } else { upwards };
            list.loading.key.update(|key| key.sort = next);
        };
        let is_sorted = move || sort.get() == upwards || sort.get() == downwards;
        view! {
            <button
                type="button"
                class="cell sortable"
                class:descending=move || sort.get() == downwards
                aria-pressed=move || is_sorted().to_string()
                on:click=press
            >
                {label}
                <Show when=is_sorted><Icon name=IconName::ChevronDown /></Show>
            </button>
        }
        .into_any()
    };
    view! {
        <div
            class="record-headings"
            style:grid-template-columns=move || list.columns.with(|columns| tracks(columns.len()))
        >
            {move || list.columns.get().into_iter().map(heading).collect_view()}
        </div>
    }
}
