//! The subscription types: a list to add to, to change and to archive from.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Event;
use types::crm::{SubscriptionType, SubscriptionTypePath, UpdateSubscriptionType};
use ui::{Button, Column, DataTable, IconButton, IconName, Pill, Section};

use super::type_dialog::TypeDialog;
use crate::context::{App, use_app};
use crate::forms::{DialogFor, act, learn};
use crate::remote::Remote;
use crate::texts::text;

/// The list. The built-in type is always there, so it is never empty.
#[component]
pub(super) fn SubscriptionTypesSection(
    /// The types.
    types: Remote<Vec<SubscriptionType>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let edit = DialogFor::<Option<SubscriptionType>>::new();
    let rows = Memo::new(move |_| {
        let mut rows = types.get().unwrap_or_default();
        rows.sort_by_key(|row| row.archived);
        rows
    });
    let columns = vec![
        Column::new(text!(i18n, consent.subscription_type), move |row: &SubscriptionType| name(app, row)),
        Column::new(text!(i18n, consent.description), |row: &SubscriptionType| {
            row.description.clone().unwrap_or_default()
        }),
        Column::new(text!(i18n, forms.actions), move |row: &SubscriptionType| actions(app, edit, row)),
    ];
    view! {
        <Section title=text!(i18n, consent.types) description=text!(i18n, consent.types_hint)>
            <DataTable caption=text!(i18n, consent.types) columns rows key=|row: &SubscriptionType| row.id />
            <div>
                <Button icon=IconName::Plus on_press=move |_| edit.show(None)>
                    {text!(i18n, consent.create_type)}
                </Button>
            </div>
        </Section>
        <TypeDialog dialog=edit />
    }
    .into_any()
}

fn name(app: App, row: &SubscriptionType) -> impl IntoView + use<> {
    let i18n = app.i18n;
    let built_in = row.is_built_in.then(|| view! { <Pill>{text!(i18n, consent.built_in)}</Pill> });
    let internal = row.is_internal.then(|| view! { <Pill>{text!(i18n, consent.internal)}</Pill> });
    let archived =
        row.archived.then(|| view! { <Pill icon=IconName::Lock>{text!(i18n, consent.archived)}</Pill> });
    let name = row.name.clone();
    view! { <span>{name} " " {built_in} " " {internal} " " {archived}</span> }
}

fn actions(
    app: App,
    edit: DialogFor<Option<SubscriptionType>>,
    row: &SubscriptionType,
) -> impl IntoView + use<> {
    let i18n = app.i18n;
    let own = StoredValue::new(row.clone());
    let name = move || own.with_value(|row| row.name.clone());
    let archive_label = move || match own.with_value(|row| row.archived) {
        true => t_string!(i18n, records.restore_named, name = name()).to_string(),
        false => t_string!(i18n, records.archive_named, name = name()).to_string(),
    };
    let icon = if row.archived { IconName::Refresh } else { IconName::Lock };
    let archive = (!row.is_built_in).then(|| {
        view! { <IconButton label=archive_label icon on_press=move |_| archive(app, own.get_value()) /> }
    });
    view! {
        <span class="row-actions">
            <IconButton
                label=move || t_string!(i18n, forms.edit_named, name = name()).to_string()
                icon=IconName::Edit
                on_press=move |_| edit.show(Some(own.get_value()))
            />
            {archive}
        </span>
    }
}

/// Archives a type, or takes it back.
fn archive(app: App, row: SubscriptionType) {
    let path = SubscriptionTypePath { subscription_type_id: row.id };
    let SubscriptionType { name, description, is_internal, archived, .. } = row;
    let request = UpdateSubscriptionType { name, description, is_internal, archived: !archived };
    let send = async move { app.api().update_subscription_type(&path, &request).await };
    act(app, send, move |subscription_type| {
        learn(app, &Event::SubscriptionTypeChanged { subscription_type });
        t_string!(app.i18n, words.saved).to_owned()
    });
}
