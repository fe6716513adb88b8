//! Adds a subscription type, or changes one.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Event;
use types::crm::{CreateSubscriptionType, SubscriptionType, SubscriptionTypePath, UpdateSubscriptionType};
use ui::{Checkbox, Field, TextArea, TextInput};

use crate::context::use_app;
use crate::forms::{DialogFor, FormDialog, Submission, learn};
use crate::texts::text;

/// The form of a subscription type.
#[component]
pub(super) fn TypeDialog(
    /// About the type to change, or about none to add one.
    dialog: DialogFor<Option<SubscriptionType>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (name, description) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let is_internal = RwSignal::new(false);
    let existing = move || dialog.get().flatten();
    Effect::new(move |_| {
        if dialog.open.get() {
            let row = untrack(existing);
            is_internal.set(row.as_ref().is_some_and(|row| row.is_internal));
            description.set(row.as_ref().and_then(|row| row.description.clone()).unwrap_or_default());
            name.set(row.map(|row| row.name).unwrap_or_default());
        }
    });
    let save = move |()| {
        let before = untrack(existing);
        let (name, description) = (name.get_untracked(), Some(description.get_untracked()));
        let is_internal = is_internal.get_untracked();
        let send = async move {
            let Some(before) = before else {
                let request = CreateSubscriptionType { name, description, is_internal };
                return app.api().create_subscription_type(&request).await;
            };
            let path = SubscriptionTypePath { subscription_type_id: before.id };
            let request =
                UpdateSubscriptionType { name, description, is_internal, archived: before.archived };
            app.api().update_subscription_type(&path, &request).await
        };
        submission.run(send, move |subscription_type| {
            dialog.open.set(false);
            learn(app, &Event::SubscriptionTypeChanged { subscription_type });
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    let title = move || match existing() {
        Some(row) => t_string!(i18n, forms.edit_named, name = row.name).to_string(),
        None => t_string!(i18n, consent.create_type).to_owned(),
    };
    let is_built_in = Signal::derive(move || existing().is_some_and(|row| row.is_built_in));
    view! {
        <FormDialog open=dialog.open title submit_label=text!(i18n, words.save) submission on_submit=save>
            <Field label=text!(i18n, consent.name) error=submission.field("name")>
                <TextInput value=name required=true />
            </Field>
            <Field label=text!(i18n, consent.description) error=submission.field("description")>
                <TextArea value=description rows=3 />
            </Field>
            <Checkbox
                label=text!(i18n, consent.internal_label)
                hint=text!(i18n, consent.internal_hint)
                checked=is_internal
                disabled=is_built_in
            />
        </FormDialog>
    }
    .into_any()
}
