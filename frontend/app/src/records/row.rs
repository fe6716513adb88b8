//! One record of a list, and the headings above.

use leptos::prelude::*;
use leptos_router::components::A;
use state::Record;
use types::crm::ObjectKind;
use ui::{Avatar, AvatarSize, Icon, IconName};

use super::kind::{icon_of, path_of};
use super::list::use_list;
use super::selection::{AllBox, RowBox};
use super::sort;
use super::values::{cell, column_label};
use crate::context::use_app;

/// The widths of the columns: titles are longer than names.
fn tracks(kind: ObjectKind, count: usize) -> String {
    let first = match kind {
        ObjectKind::Contact | ObjectKind::Company => "1.5fr",
        ObjectKind::Deal | ObjectKind::Ticket => "2fr",
        ObjectKind::Call => "3fr",
    };
    format!("minmax(0, {first}) repeat({}, minmax(0, 1fr))", count.saturating_sub(1).max(1))
}

/// A record as a row of cells; on a phone a card.
pub fn row(record: Signal<Record>) -> impl IntoView {
    let app = use_app();
    let list = use_list();
    let name = Signal::derive(move || record.with(|record| record.name().to_owned()));
    let id = record.with_untracked(|record| record.reference().id);
    let sign = move || match list.kind {
        ObjectKind::Call => view! { <Icon name=icon_of(ObjectKind::Call) /> }.into_any(),
        _ => view! { <Avatar name key=id.to_string() size=AvatarSize::Small /> }.into_any(),
    };
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
        <div class="record-line">
            <Show when=move || list.selectable.get()><RowBox id name /></Show>
            <A
                href=path
                attr:class="record-row"
                style:grid-template-columns=move || list.columns.with(|columns| tracks(list.kind, columns.len()))
            >
                <span class="cell name">{sign()} {first}</span>
                {cells}
            </A>
        </div>
    }
}

/// The headings; those of columns that a list can be sorted by are buttons.
#[component]
pub fn Heading() -> impl IntoView {
    let app = use_app();
    let list = use_list();
    let heading = move |column: String| {
        let label = column_label(app, list.kind, &column);
        let Some((upwards, downwards)) = sort::of_column(list.kind, &column) else {
            return view! { <span class="cell">{label}</span> }.into_any();
        };
        let sort = Memo::new(move |_| list.loading.key.with(sort::of));
        let press = move |_| {
            let next = if sort.with_untracked(|sort| sort == upwards) { downwards } else { upwards };
            list.loading.key.update(|key| sort::choose(key, next));
        };
        let is_sorted = move || sort.with(|sort| sort == upwards || sort == downwards);
        view! {
            <button
                type="button"
                class="cell sortable"
                class:descending=move || sort.with(|sort| sort == downwards)
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
        <div class="record-headings">
            <Show when=move || list.selectable.get()><AllBox /></Show>
            <div
                class="record-heading-cells"
                style:grid-template-columns=move || list.columns.with(|columns| tracks(list.kind, columns.len()))
            >
                {move || list.columns.get().into_iter().map(heading).collect_view()}
            </div>
        </div>
    }
}
