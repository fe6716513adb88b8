//! Which records a list shows: owner, stage or status, custom properties, and what calls have instead.

use leptos::prelude::*;
use leptos_i18n::t_string;
use state::RecordListKey;
use types::crm::{ObjectKind, Property, PropertyType};
use ui::{Button, ButtonKind, Field, IconName, Popover, Select, SelectOption, TextInput};

use super::call::CallFilters;
use super::form::{owners, priorities, properties, property_options, stages, statuses};
use super::kind::field_label;
use super::list::{ShownList, use_list};
use super::values::PROPERTY;
use crate::context::{App, use_app};
use crate::texts::text;

/// What stands for records that nobody looks after, among the users.
const NOBODY: &str = "nobody";

/// A button that says how many filters there are, and opens them.
#[component]
pub fn Filters() -> impl IntoView {
    let i18n = use_app().i18n;
    let list = use_list();
    let count = Memo::new(move |_| list.loading.key.with(|key| key.filter_count()));
    let label = move || match count.get() {
        0 => t_string!(i18n, records.filters).to_owned(),
        count => t_string!(i18n, records.filters_count, count = count).to_string(),
    };
    view! {
        <Popover label kind=ButtonKind::Normal icon=IconName::Search>
            <Fields />
        </Popover>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let list = use_list();
    let own = match list.kind {
        ObjectKind::Deal => choice(app, list, "stage_id", stages(app)).into_any(),
        ObjectKind::Ticket => view! {
            {choice(app, list, "status_id", statuses(app))}
            {choice(app, list, "priority", priorities(app))}
        }
        .into_any(),
        ObjectKind::Call => view! { <CallFilters /> }.into_any(),
        ObjectKind::Contact | ObjectKind::Company => ().into_any(),
    };
    let of_properties =
        properties(app, list.kind).into_iter().map(|property| property_filter(app, list, property));
    view! {
        <div class="form filter-form">
            <OwnerFilter />
            {own}
            {of_properties.collect_view()}
            <div class="actions">
                <Button on_press=move |_| list.loading.key.update(RecordListKey::clear)>
                    {text!(i18n, records.clear_filters)}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

/// A filter as a text, both ways; empty for none.
pub fn filter_value(list: ShownList, name: String) -> RwSignal<String> {
    let key = list.loading.key;
    let current = {
        let name = name.clone();
        Memo::new(move |_| key.with(|key| key.filters.get(&name).cloned().unwrap_or_default()))
    };
    let value = RwSignal::new(current.get_untracked());
    Effect::new(move |_| value.set(current.get()));
    Effect::new(move |_| {
        let wanted = value.get().trim().to_owned();
        if wanted == current.get_untracked() {
            return;
        }
        key.update(|key| {
            if wanted.is_empty() {
                key.filters.remove(&name);
            } else {
                key.filters.insert(name.clone(), wanted);
            }
        });
    });
    value
}

/// The choices with "Any" before them.
pub fn with_any(app: App, options: Signal<Vec<SelectOption>>) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let any = SelectOption { value: String::new(), label: t_string!(app.i18n, records.any).to_owned() };
        let chosen = options.get().into_iter().filter(|option| !option.value.is_empty());
        std::iter::once(any).chain(chosen).collect()
    })
}

/// Every user, with "Any" before them.
pub fn owners_or_any(app: App) -> Signal<Vec<SelectOption>> {
    with_any(app, owners(app))
}

fn choice(
    app: App,
    list: ShownList,
    name: &'static str,
    options: Signal<Vec<SelectOption>>,
) -> impl IntoView {
    let i18n = app.i18n;
    let value = filter_value(list, name.to_owned());
    view! { <Field label=move || field_label(i18n, name)><Select value options=with_any(app, options) /></Field> }
}

/// Everybody's records, nobody's, or those of one user.
#[component]
fn OwnerFilter() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let key = use_list().loading.key;
    let current = Memo::new(move |_| {
        key.with(|key| match key.filters.get("unowned") {
            Some(_) => NOBODY.to_owned(),
            None => key.filters.get("owner_id").cloned().unwrap_or_default(),
        })
    });
    let value = RwSignal::new(current.get_untracked());
    Effect::new(move |_| value.set(current.get()));
    Effect::new(move |_| {
        let wanted = value.get();
        if wanted == current.get_untracked() {
            return;
        }
        key.update(|key| {
            key.filters.remove("unowned");
            key.filters.remove("owner_id");
            match wanted.as_str() {
                "" => None,
                NOBODY => key.filters.insert("unowned".to_owned(), "true".to_owned()),
                user => key.filters.insert("owner_id".to_owned(), user.to_owned()),
            };
        });
    });
    let kind = use_list().kind;
    let options = Signal::derive(move || {
        let mut options = owners(app).get();
        match options.first_mut() {
            // Calls of nobody cannot be asked for.
            Some(nobody) if kind != ObjectKind::Call => NOBODY.clone_into(&mut nobody.value),
            _ => {}
        }
        options
    });
    view! { <Field label=text!(i18n, inbox.owner)><Select value options=with_any(app, options) /></Field> }
}

fn property_filter(app: App, list: ShownList, property: Property) -> AnyView {
    let i18n = app.i18n;
    let value = filter_value(list, format!("{PROPERTY}{}", property.key));
    let label = property.label.clone();
    // Made inside of the field, which tells it what its label is.
    let control = move || match property.property_type {
        PropertyType::Boolean | PropertyType::Select => {
            let options = Signal::derive(move || property_options(i18n, &property));
            view! { <Select value options=with_any(app, options) /> }.into_any()
        }
        PropertyType::Date => view! { <TextInput value kind="date" /> }.into_any(),
        PropertyType::Text | PropertyType::Number => view! { <LateInput value /> }.into_any(),
    };
    view! { <Field label>{control()}</Field> }.into_any()
}

/// A text that filters once it is left, or Enter is pressed: not every letter on the way is a value.
#[component]
pub fn LateInput(
    /// What filters, both ways.
    value: RwSignal<String>,
) -> impl IntoView {
    let typed = RwSignal::new(value.get_untracked());
    Effect::new(move |_| typed.set(value.get()));
    view! {
        <TextInput value=typed on:change=move |_| value.set(typed.get_untracked()) />
    }
}
