//! The choice of a record, found by typing.

use leptos::{prelude::*, task::spawn_local, text_prop::TextProp};
use state::{Record, RecordListKey};
use types::RecordId;
use types::crm::{ObjectKind, RecordRef};
use types::page::PageQuery;
use ui::{Combobox, ComboboxOption, Field, TextInput};

use super::requests;
use crate::context::{App, use_app};
use crate::texts::text;

/// How many records are offered at a time.
const OFFERED: u16 = 20;

/// A field with the id of a record of one kind as its value; empty for none.
#[component]
pub fn RecordField(
    /// The kind of record.
    kind: ObjectKind,
    /// What is chosen here.
    #[prop(into)]
    label: TextProp,
    /// The id, both ways.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let list_label = label.clone();
    view! {
        <Field label error>
            <Show
                when=move || !disabled.get()
                fallback=move || view! { <Name kind value /> }
            >
                <Choice kind list_label=list_label.clone() value />
            </Show>
        </Field>
    }
}

/// The name of the record, where it cannot be changed.
#[component]
fn Name(kind: ObjectKind, value: RwSignal<String>) -> impl IntoView {
    let app = use_app();
    let name = RwSignal::new(String::new());
    Effect::new(move |_| {
        let known = value.with(|id| known(app, kind, id));
        name.set(known.map(|record| record.name().to_owned()).unwrap_or_default());
    });
    view! { <TextInput value=name disabled=true /> }
}

#[component]
fn Choice(kind: ObjectKind, list_label: TextProp, value: RwSignal<String>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let query = RwSignal::new(String::new());
    let found = found(app, kind, query);
    let chosen = RwSignal::new(Some(value.get_untracked()).filter(|id| !id.is_empty()));
    // The two say the same: nothing chosen is an empty value.
    Effect::new(move |_| chosen.set(Some(value.get()).filter(|id| !id.is_empty())));
    Effect::new(move |_| {
        let id = chosen.get().unwrap_or_default();
        if value.with_untracked(|value| *value != id) {
            value.set(id);
        }
    });
    learn(app, kind, value);
    // The record that is chosen stands among the choices, so that its name is shown.
    let options = Signal::derive(move || {
        let mut options: Vec<ComboboxOption> = found.get().iter().map(option).collect();
        if let Some(record) = value.with(|id| known(app, kind, id))
            && !options.iter().any(|option| option.value == record.reference().id.to_string())
        {
            options.push(option(&record));
        }
        options
    });
    view! { <Combobox value=chosen options query list_label no_match=text!(i18n, records.find_none) /> }
}

fn option(record: &Record) -> ComboboxOption {
    ComboboxOption { value: record.reference().id.to_string(), label: record.name().to_owned() }
}

/// Tracked.
fn known(app: App, kind: ObjectKind, id: &str) -> Option<Record> {
    let id = id.parse::<RecordId>().ok()?;
    app.read(|state| state.directory.record(RecordRef::new(kind, id)))
}

/// Fetches the record that is chosen, so that it has a name.
fn learn(app: App, kind: ObjectKind, value: RwSignal<String>) {
    Effect::new(move |_| {
        let Some(id) = value.with(|id| id.parse::<RecordId>().ok()) else { return };
        let record = RecordRef::new(kind, id);
        if app.peek(|state| state.directory.record(record).is_none()) {
            spawn_local(async move {
                // Without an answer the field stays without a name.
                let _ = requests::load(app, record).await;
            });
        }
    });
}

/// The records whose name, address or domain begins with what is typed.
fn found(app: App, kind: ObjectKind, query: RwSignal<String>) -> RwSignal<Vec<Record>> {
    let found = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        let typed = query.get();
        spawn_local(async move {
            let key = RecordListKey { q: typed.clone(), ..RecordListKey::all(kind) };
            let page = PageQuery { cursor: None, limit: Some(OFFERED) };
            // Without an answer the record stays as it is.
            let Ok(page) = requests::list(app, &key, page).await else { return };
            if query.try_get_untracked().is_some_and(|now| now == typed) {
                let _ = found.try_set(page.items);
            }
        });
    });
    found
}
