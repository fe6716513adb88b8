//! What the account wants to know of its records beside the built-in fields.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Event;
use types::crm::{ObjectKind, Property, PropertyPath, PropertyType, UpdateProperty};
use ui::{
    Button, ButtonKind, Column, DataTable, EmptyState, IconButton, IconName, Page, Pill, Tab, TabPanel, Tabs,
};

use super::property_dialog::PropertyDialog;
use crate::context::{App, use_app};
use crate::forms::{DialogFor, act, learn};
use crate::records::{KINDS, kind_plural, load_setup};
use crate::remote::{Remote, RemoteView};
use crate::texts::{I18n, text};

/// What a type is called.
pub(super) fn type_name(i18n: I18n, property_type: PropertyType) -> &'static str {
    match property_type {
        PropertyType::Text => t_string!(i18n, records.type_text),
        PropertyType::Number => t_string!(i18n, records.type_number),
        PropertyType::Date => t_string!(i18n, records.type_date),
        PropertyType::Boolean => t_string!(i18n, records.type_boolean),
        PropertyType::Select => t_string!(i18n, records.type_select),
    }
}

/// The properties of each kind of record.
#[component]
pub fn PropertiesPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let refreshes = app.refreshes();
    let remote = Remote::new(move || {
        refreshes.get();
        load_setup(app)
    });
    let kind = RwSignal::new(ObjectKind::Contact.as_str());
    let edit = DialogFor::<(ObjectKind, Option<Property>)>::new();
    let chosen = move || kind.get_untracked().parse().unwrap_or(ObjectKind::Contact);
    let create = move || {
        view! {
            <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=move |_| edit.show((chosen(), None))>
                {text!(i18n, records.create_property)}
            </Button>
        }
    };
    let tabs = move || {
        let tab =
            |kind: ObjectKind| Tab { name: kind.as_str(), label: (move || kind_plural(i18n, kind)).into() };
        KINDS.into_iter().map(tab).collect::<Vec<_>>()
    };
    let panel = move |own: ObjectKind| {
        view! {
            <TabPanel group="properties" name=own.as_str() selected=kind><Table kind=own edit /></TabPanel>
        }
    };
    view! {
        <Page title=text!(i18n, settings.properties) description=text!(i18n, records.properties_intro) actions=create>
            <RemoteView remote>
                <Tabs group="properties" label=text!(i18n, records.kinds) tabs=tabs() selected=kind />
                {KINDS.into_iter().map(panel).collect_view()}
            </RemoteView>
        </Page>
        <PropertyDialog dialog=edit />
    }
    .into_any()
}

#[component]
fn Table(kind: ObjectKind, edit: DialogFor<(ObjectKind, Option<Property>)>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let rows = Memo::new(move |_| {
        let mut rows: Vec<Property> = app.read(|state| {
            let all = state.records.setup.iter().flat_map(|setup| setup.properties.values());
            all.filter(|property| property.object == kind).cloned().collect()
        });
        rows.sort_by_key(|property| (property.archived, property.position, property.id));
        rows
    });
    let name = move |property: &Property| {
        let archived = property
            .archived
            .then(|| view! { <Pill icon=IconName::Lock>{text!(i18n, records.archived)}</Pill> });
        let (label, key) = (property.label.clone(), property.key.clone());
        view! { <span class="lines"><span>{label} " " {archived}</span><code class="faint">{key}</code></span> }
    };
    let columns = vec![
        Column::new(text!(i18n, records.property), name),
        Column::new(text!(i18n, records.property_type), move |property: &Property| {
            let property_type = property.property_type;
            move || type_name(i18n, property_type)
        }),
        Column::new(text!(i18n, forms.actions), move |property: &Property| {
            actions(app, edit, rows, property)
        }),
    ];
    let columns = StoredValue::new(columns);
    let empty = move || {
        view! { <EmptyState icon=IconName::Tag title=text!(i18n, records.no_properties) body=text!(i18n, records.properties_intro) /> }
    };
    view! {
        <Show when=move || rows.with(|rows| !rows.is_empty()) fallback=empty>
            <DataTable caption=text!(i18n, settings.properties) columns=columns.get_value() rows key=|property: &Property| property.id />
        </Show>
    }
    .into_any()
}

fn actions(
    app: App,
    edit: DialogFor<(ObjectKind, Option<Property>)>,
    rows: Memo<Vec<Property>>,
    property: &Property,
) -> impl IntoView + use<> {
    let i18n = app.i18n;
    let own = StoredValue::new(property.clone());
    let label = move || own.with_value(|property| property.label.clone());
    let archive_label = move || match own.with_value(|property| property.archived) {
        true => t_string!(i18n, records.restore_named, name = label()).to_string(),
        false => t_string!(i18n, records.archive_named, name = label()).to_string(),
    };
    let icon = if property.archived { IconName::Refresh } else { IconName::Lock };
    let archive = move |_| {
        let property = own.get_value();
        save(app, vec![Property { archived: !property.archived, ..property }]);
    };
    let edited = move |_| own.with_value(|property| edit.show((property.object, Some(property.clone()))));
    view! {
        <span class="row-actions">
            <IconButton
                label=move || t_string!(i18n, records.move_up, name = label()).to_string()
                icon=IconName::ChevronUp
                on_press=move |_| move_property(app, &rows.get_untracked(), &own.get_value(), false)
            />
            <IconButton
                label=move || t_string!(i18n, records.move_down, name = label()).to_string()
                icon=IconName::ChevronDown
                on_press=move |_| move_property(app, &rows.get_untracked(), &own.get_value(), true)
            />
            <IconButton
                label=move || t_string!(i18n, forms.edit_named, name = label()).to_string()
                icon=IconName::Edit
                on_press=edited
            />
            <IconButton label=archive_label icon on_press=archive />
        </span>
    }
}

/// Gives the properties of a kind their places anew, with one of them a place further up or down.
fn move_property(app: App, rows: &[Property], own: &Property, down: bool) {
    let mut rows: Vec<Property> = rows.iter().filter(|row| row.archived == own.archived).cloned().collect();
    let Some(place) = rows.iter().position(|row| row.id == own.id) else { return };
    let other = if down { place + 1 } else { place.wrapping_sub(1) };
    if other >= rows.len() {
        return;
    }
    rows.swap(place, other);
    let in_place = |(position, row): (usize, Property)| {
        let position = i32::try_from(position).unwrap_or(i32::MAX);
        (row.position != position).then_some(Property { position, ..row })
    };
    save(app, rows.into_iter().enumerate().filter_map(in_place).collect());
}

fn save(app: App, properties: Vec<Property>) {
    let send = async move {
        for property in properties {
            let path = PropertyPath { property_id: property.id };
            let Property { label, options, position, archived, .. } = property;
            let request = UpdateProperty { label, options, position, archived };
            let property = app.api().update_property(&path, &request).await?;
            learn(app, &Event::PropertyChanged { property });
        }
        Ok(())
    };
    act(app, send, move |()| t_string!(app.i18n, words.saved).to_owned());
}
