//! The form of a record: its built-in fields and custom properties.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos_i18n::t_string;
use state::Record;
use types::PropertyId;
use types::crm::{ObjectKind, Property, PropertyType, TicketPriority};
use ui::{Field, Select, SelectOption, TextArea, TextInput};

use super::kind::{Fact, Input, facts_of, field_label};
use super::record_field::RecordField;
use super::requests::Draft;
use super::values::{form_values, priority_name, property_value};
use crate::context::{App, use_app};
use crate::forms::Submission;

/// What is typed into the form of a record, by field.
#[derive(Clone, Copy)]
pub struct RecordForm {
    /// The kind of record.
    pub kind: ObjectKind,
    /// Not owned by the fields, which come and go with the dialog around them.
    values: RwSignal<BTreeMap<String, ArcRwSignal<String>>>,
    /// What is saved.
    saved: RwSignal<BTreeMap<String, String>>,
}

impl RecordForm {
    /// An empty form.
    pub fn new(kind: ObjectKind) -> Self {
        Self { kind, values: RwSignal::new(BTreeMap::new()), saved: RwSignal::new(BTreeMap::new()) }
    }

    /// Takes a record as it is now. What somebody is typing stays.
    pub fn take(self, record: &Record) {
        let now = form_values(record);
        let before = self.saved.get_untracked();
        self.values.with_untracked(|values| {
            for (name, value) in values {
                let saved = |values: &BTreeMap<String, String>| values.get(name).cloned().unwrap_or_default();
                if value.get_untracked() == saved(&before) {
                    value.set(saved(&now));
                }
            }
        });
        self.saved.set(now);
    }

    /// Puts back what is saved.
    pub fn discard(self) {
        self.values.with_untracked(|values| {
            for (name, value) in values {
                value.set(self.saved_value(name));
            }
        });
    }

    /// What is typed into a field, both ways.
    pub fn value(self, name: &str) -> RwSignal<String> {
        if let Some(value) = self.values.with_untracked(|values| values.get(name).cloned()) {
            return value.into();
        }
        let value = ArcRwSignal::new(self.saved_value(name));
        self.values.update(|values| {
            values.insert(name.to_owned(), value.clone());
        });
        value.into()
    }

    fn saved_value(self, name: &str) -> String {
        self.saved.with_untracked(|saved| saved.get(name).cloned().unwrap_or_default())
    }

    /// Whether something is not saved. Tracked.
    pub fn is_changed(self) -> bool {
        self.values.with(|values| {
            values.iter().any(|(name, value)| {
                self.saved.with(|saved| {
                    value.with(|value| value.trim() != saved.get(name).map_or("", String::as_str).trim())
                })
            })
        })
    }

    /// What the form says; of custom properties those that differ from what is saved.
    pub fn draft(self, app: App) -> Draft {
        let typed = |name: &str| {
            self.values
                .with_untracked(|values| values.get(name).map(GetUntracked::get_untracked))
                .unwrap_or_default()
        };
        let facts = facts_of(self.kind).iter().map(|fact| (fact.name.to_owned(), typed(fact.name))).collect();
        let properties = untrack(|| properties(app, self.kind))
            .into_iter()
            .filter_map(|property| {
                let name = format!("properties.{}", property.key);
                let typed = typed(&name);
                (typed != self.saved_value(&name))
                    .then(|| (property.key.clone(), property_value(&property, &typed)))
            })
            .collect();
        Draft { facts, properties }
    }
}

/// The custom properties of a kind. Tracked.
pub fn properties(app: App, kind: ObjectKind) -> Vec<Property> {
    app.read(|state| {
        let setup = state.records.setup.as_ref();
        setup.map(|setup| setup.properties_of(kind).into_iter().cloned().collect()).unwrap_or_default()
    })
}

/// The fields of the form.
#[component]
pub fn RecordFields(
    /// What is typed.
    form: RecordForm,
    /// The sending.
    submission: Submission,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let app = use_app();
    let known = Memo::new(move |_| properties(app, form.kind));
    let facts = facts_of(form.kind).iter().map(|fact| fact_field(app, form, submission, disabled, *fact));
    view! {
        {facts.collect_view()}
        <For each=move || known.get() key=drawn_by let:property>
            {property_field(app, form, submission, disabled, property)}
        </For>
    }
    .into_any()
}

/// A property is drawn anew when one of these changes.
fn drawn_by(property: &Property) -> (PropertyId, String, Vec<String>) {
    let options = property.options.iter().map(|option| option.label.clone()).collect();
    (property.id, property.label.clone(), options)
}

fn fact_field(
    app: App,
    form: RecordForm,
    submission: Submission,
    disabled: Signal<bool>,
    fact: Fact,
) -> AnyView {
    let Fact { name, input, required } = fact;
    let i18n = app.i18n;
    let value = form.value(name);
    let label = move || field_label(i18n, name);
    let error = submission.field(name);
    if input == Input::Company {
        return view! { <RecordField kind=ObjectKind::Company label value error disabled /> }.into_any();
    }
    let control = move || match input {
        Input::LongText => view! { <TextArea value rows=4 disabled /> }.into_any(),
        Input::Email => view! { <TextInput value kind="email" disabled /> }.into_any(),
        Input::Phone => view! { <TextInput value kind="tel" disabled /> }.into_any(),
        Input::Day => view! { <TextInput value kind="date" disabled /> }.into_any(),
        Input::Owner => view! { <Select value options=owners(app) disabled /> }.into_any(),
        Input::Stage => view! { <Select value options=stages(app) disabled /> }.into_any(),
        Input::Status => view! { <Select value options=statuses(app) disabled /> }.into_any(),
        Input::Priority => view! { <Select value options=priorities(app) disabled /> }.into_any(),
        Input::Amount => view! { <TextInput value placeholder="1200.50" disabled /> }.into_any(),
        Input::Text | Input::Company => view! { <TextInput value required disabled /> }.into_any(),
    };
    view! { <Field label error>{control()}</Field> }.into_any()
}

fn property_field(
    app: App,
    form: RecordForm,
    submission: Submission,
    disabled: Signal<bool>,
    property: Property,
) -> AnyView {
    let i18n = app.i18n;
    let name = format!("properties.{}", property.key);
    let value = form.value(&name);
    let error = submission.field(name);
    let label = property.label.clone();
    // Made inside of the field, which tells it what its label is.
    let control = move || match property.property_type {
        PropertyType::Text => view! { <TextInput value disabled /> }.into_any(),
        PropertyType::Number => view! { <TextInput value disabled attr:inputmode="decimal" /> }.into_any(),
        PropertyType::Date => view! { <TextInput value kind="date" disabled /> }.into_any(),
        PropertyType::Boolean | PropertyType::Select => {
            let options = Signal::derive(move || property_options(i18n, &property));
            view! { <Select value options disabled /> }.into_any()
        }
    };
    view! { <Field label error>{control()}</Field> }.into_any()
}

fn option(value: impl Into<String>, label: impl Into<String>) -> SelectOption {
    SelectOption { value: value.into(), label: label.into() }
}

/// What may be chosen for a property of the types `boolean` and `select`, and nothing.
pub fn property_options(i18n: crate::texts::I18n, property: &Property) -> Vec<SelectOption> {
    let mut options = vec![option("", t_string!(i18n, records.not_set))];
    if property.property_type == PropertyType::Boolean {
        options.push(option("true", t_string!(i18n, records.yes)));
        options.push(option("false", t_string!(i18n, records.no)));
    }
    options.extend(property.options.iter().map(|choice| option(&choice.value, &choice.label)));
    options
}

/// Nobody, and every user by name.
pub fn owners(app: App) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let mut users: Vec<SelectOption> = app.read(|state| {
            state.directory.users.values().map(|user| option(user.id.to_string(), &user.name)).collect()
        });
        users.sort_by_key(|option| option.label.to_lowercase());
        users.insert(0, option("", t_string!(app.i18n, contacts.nobody)));
        users
    })
}

/// The stages of the pipeline, in order.
pub fn stages(app: App) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        app.read(|state| {
            let stages = state.records.setup.iter().flat_map(|setup| &setup.stages);
            stages.map(|stage| option(stage.id.to_string(), &stage.name)).collect()
        })
    })
}

/// The statuses of tickets, in order.
pub fn statuses(app: App) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        app.read(|state| {
            let statuses = state.records.setup.iter().flat_map(|setup| &setup.statuses);
            statuses.map(|status| option(status.id.to_string(), &status.name)).collect()
        })
    })
}

/// The priorities of tickets, the lowest first.
pub fn priorities(app: App) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let name = |priority: &TicketPriority| option(priority.as_str(), priority_name(app.i18n, *priority));
        TicketPriority::ALL.iter().map(name).collect()
    })
}

/// What a new record of a kind begins with.
pub fn begin(app: App, form: RecordForm) {
    let (stage, status) = app.peek(|state| {
        let setup = state.records.setup.as_ref();
        let stage = setup.and_then(|setup| setup.stages.first()).map(|stage| stage.id.to_string());
        let status = setup.and_then(|setup| setup.statuses.first()).map(|status| status.id.to_string());
        (stage, status)
    });
    let me = app.peek(|state| state.my_id().map(|id| id.to_string()));
    form.discard();
    form.value("owner_id").set(me.unwrap_or_default());
    match form.kind {
        ObjectKind::Deal => form.value("stage_id").set(stage.unwrap_or_default()),
        ObjectKind::Ticket => {
            form.value("status_id").set(status.unwrap_or_default());
            form.value("priority").set(TicketPriority::Normal.to_string());
        }
        ObjectKind::Contact | ObjectKind::Company | ObjectKind::Call => {}
    }
}
