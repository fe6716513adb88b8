//! Creates a custom property, or changes one.

use client::ClientError;
use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Event;
use types::crm::{
    CreateProperty, ObjectKind, Property, PropertyOption, PropertyPath, PropertyType, UpdateProperty,
};
use ui::{Field, Select, SelectOption, TextArea, TextInput};

use super::properties::type_name;
use crate::context::{App, use_app};
use crate::forms::{DialogFor, FormDialog, Submission, learn};
use crate::texts::text;

/// New properties come last.
const LAST: i32 = 1_000;

#[derive(Clone, Copy)]
struct Form {
    label: RwSignal<String>,
    key: RwSignal<String>,
    property_type: RwSignal<String>,
    /// One option a line.
    options: RwSignal<String>,
}

impl Form {
    fn fill(self, property: Option<Property>) {
        let options = |property: &Property| {
            property.options.iter().map(|option| option.label.as_str()).collect::<Vec<_>>().join("\n")
        };
        self.options.set(property.as_ref().map(options).unwrap_or_default());
        let property_type = property.as_ref().map_or(PropertyType::Text, |property| property.property_type);
        self.property_type.set(property_type.to_string());
        self.key.set(property.as_ref().map(|property| property.key.clone()).unwrap_or_default());
        self.label.set(property.map(|property| property.label).unwrap_or_default());
    }

    fn property_type(self) -> PropertyType {
        self.property_type.get_untracked().parse().unwrap_or(PropertyType::Text)
    }

    /// The options as they are typed. One that was there keeps its value, which records may have.
    fn options(self, before: &[PropertyOption]) -> Vec<PropertyOption> {
        if self.property_type() != PropertyType::Select {
            return Vec::new();
        }
        let option = |(index, label): (usize, &str)| {
            let same = before.iter().find(|option| option.label == label);
            // A line that was rewritten where it stood is the same option under another label.
            let renamed = before.get(index).filter(|option| !self.has_line(&option.label));
            let value = same.or(renamed).map_or_else(|| label.to_owned(), |option| option.value.clone());
            PropertyOption { value, label: label.to_owned() }
        };
        let typed = self.options.get_untracked();
        typed.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate().map(option).collect()
    }

    /// Creates the property, or changes the one that is there.
    async fn send(
        self,
        app: App,
        object: ObjectKind,
        before: Option<Property>,
    ) -> Result<Property, ClientError> {
        let label = self.label.get_untracked();
        let Some(before) = before else {
            let property_type = self.property_type();
            let (key, options) = (self.key.get_untracked(), self.options(&[]));
            let request = CreateProperty { object, key, label, property_type, options, position: LAST };
            return app.api().create_property(&request).await;
        };
        let (position, archived) = (before.position, before.archived);
        let request = UpdateProperty { label, options: self.options(&before.options), position, archived };
        app.api().update_property(&PropertyPath { property_id: before.id }, &request).await
    }

    fn has_line(self, label: &str) -> bool {
        self.options.with_untracked(|typed| typed.lines().any(|line| line.trim() == label))
    }
}

fn types(app: App) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let option = |property_type: &PropertyType| SelectOption {
            value: property_type.to_string(),
            label: type_name(app.i18n, *property_type).to_owned(),
        };
        PropertyType::ALL.iter().map(option).collect()
    })
}

/// The form of a property. Key and type never change once it is there.
#[component]
pub(super) fn PropertyDialog(dialog: DialogFor<(ObjectKind, Option<Property>)>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let text = || RwSignal::new(String::new());
    let form = Form { label: text(), key: text(), property_type: text(), options: text() };
    let existing = move || dialog.get().and_then(|(_, property)| property);
    Effect::new(move |_| {
        if dialog.open.get() {
            form.fill(untrack(existing));
        }
    });
    let save = move |()| {
        let Some((object, before)) = dialog.get_untracked() else { return };
        submission.run(form.send(app, object, before), move |property| {
            dialog.open.set(false);
            learn(app, &Event::PropertyChanged { property });
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    let is_existing = Signal::derive(move || existing().is_some());
    let title = move || match existing() {
        Some(property) => t_string!(i18n, forms.edit_named, name = property.label).to_string(),
        None => t_string!(i18n, records.create_property).to_owned(),
    };
    let is_select = move || form.property_type.with(|chosen| chosen == PropertyType::Select.as_str());
    let options_error = Signal::derive(move || {
        submission.field_where(|field| field.starts_with("options")).map(|error| error.detail)
    });
    view! {
        <FormDialog open=dialog.open title submit_label=text!(i18n, words.save) submission on_submit=save>
            <Field label=text!(i18n, records.label) error=submission.field("label")>
                <TextInput value=form.label required=true />
            </Field>
            <Field label=text!(i18n, records.key) hint=text!(i18n, records.key_hint) error=submission.field("key")>
                <TextInput value=form.key required=true disabled=is_existing />
            </Field>
            <Field label=text!(i18n, records.property_type) error=submission.field("type")>
                <Select value=form.property_type options=types(app) disabled=is_existing />
            </Field>
            <Show when=is_select>
                <Field label=text!(i18n, records.options) hint=text!(i18n, records.options_hint) error=options_error>
                    <TextArea value=form.options rows=6 />
                </Field>
            </Show>
        </FormDialog>
    }
    .into_any()
}
