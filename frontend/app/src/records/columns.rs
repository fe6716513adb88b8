//! Which columns a list has, and in which order.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::crm::{ListLayoutPath, SaveListLayout};
use ui::{Checkbox, IconButton, IconName};

use super::form::properties;
use super::kind::{columns_of, default_columns};
use super::list::use_list;
use super::values::{PROPERTY, column_label};
use crate::context::{App, use_app};
use crate::forms::{FormDialog, Submission};
use crate::texts::text;

/// Chooses the columns: each can be shown or not, and moved. The name is always the first.
#[component]
pub fn ColumnsDialog(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let list = use_list();
    let submission = Submission::new();
    let chosen = RwSignal::new(Vec::<String>::new());
    Effect::new(move |_| {
        if open.get() {
            chosen.set(list.columns.get_untracked());
        }
    });
    let save = move |()| {
        let request = SaveListLayout { columns: chosen.get_untracked() };
        let path = ListLayoutPath { list: list.kind };
        submission.run(async move { app.api().save_list_layout(&path, &request).await }, move |layout| {
            list.columns.set(layout.columns.unwrap_or_else(|| default_columns(list.kind)));
            open.set(false);
        });
    };
    view! {
        <FormDialog
            open
            title=text!(i18n, records.columns)
            submit_label=text!(i18n, words.save)
            submission
            on_submit=save
        >
            <p class="muted">{text!(i18n, records.columns_hint)}</p>
            <ul class="columns">
                <For
                    each=move || every_column(app, &chosen.get(), list.kind)
                    key=Clone::clone
                    children=move |column| line(app, chosen, column)
                />
            </ul>
        </FormDialog>
    }
    .into_any()
}

/// The chosen columns in their order, then the others.
fn every_column(app: App, chosen: &[String], kind: types::crm::ObjectKind) -> Vec<String> {
    let own = properties(app, kind).into_iter().map(|property| format!("{PROPERTY}{}", property.key));
    let all: Vec<String> = columns_of(kind).iter().map(|column| (*column).to_owned()).chain(own).collect();
    let known = chosen.iter().filter(|column| all.contains(column)).cloned();
    let others = all.iter().filter(|column| !chosen.contains(column)).cloned();
    known.chain(others).collect()
}

fn line(app: App, chosen: RwSignal<Vec<String>>, column: String) -> impl IntoView {
    let i18n = app.i18n;
    let kind = use_list().kind;
    let column = StoredValue::new(column);
    let name = move || column.with_value(|column| column_label(app, kind, column));
    let place = Memo::new(move |_| {
        column.with_value(|own| chosen.with(|chosen| chosen.iter().position(|column| column == own)))
    });
    let is_first = move || place.get() == Some(0);
    let checked = RwSignal::new(false);
    Effect::new(move |_| checked.set(place.get().is_some()));
    let choose = move |event| {
        let own = column.get_value();
        chosen.update(|chosen| match event_target_checked(&event) {
            true => chosen.push(own),
            false => chosen.retain(|column| *column != own),
        });
    };
    let swap = move |down: bool| {
        let Some(place) = place.get_untracked() else { return };
        let other = if down { place + 1 } else { place - 1 };
        chosen.update(|chosen| chosen.swap(place, other));
    };
    let at_top = Signal::derive(move || place.get().is_none_or(|place| place < 2));
    let at_end = Signal::derive(move || {
        is_first() || place.get().is_none_or(|place| place + 1 >= chosen.with(Vec::len))
    });
    view! {
        <li>
            <Checkbox label=name checked disabled=Signal::derive(is_first) on:change=choose />
            <IconButton
                label=move || t_string!(i18n, records.move_up, name = name()).to_string()
                icon=IconName::ChevronUp
                disabled=at_top
                on_press=move |_| swap(false)
            />
            <IconButton
                label=move || t_string!(i18n, records.move_down, name = name()).to_string()
                icon=IconName::ChevronDown
                disabled=at_end
                on_press=move |_| swap(true)
            />
        </li>
    }
}
