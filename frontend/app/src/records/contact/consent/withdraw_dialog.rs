//! Withdraws what was given.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::crm::{Consent, ContactPath, WithdrawConsent};
use types::{ContactId, Event};
use ui::{Field, TextInput};

use super::Consents;
use crate::context::use_app;
use crate::forms::{DialogFor, FormDialog, Submission, learn};
use crate::texts::text;

/// Asks where the withdrawal comes from, and withdraws.
#[component]
pub(super) fn WithdrawDialog(
    /// About what holds now.
    dialog: DialogFor<Consent>,
    /// Whose consent it is.
    id: ContactId,
    /// The section.
    consents: Consents,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let source = RwSignal::new(String::new());
    Effect::new(move |_| {
        if dialog.open.get() {
            source.set(String::new());
        }
    });
    let confirm = move |()| {
        let Some(given) = dialog.get_untracked() else { return };
        let path = ContactPath { contact_id: id };
        let source = source.get_untracked();
        let request = WithdrawConsent { subscription_type_id: given.subscription_type_id, source };
        submission.run(async move { app.api().withdraw_contact_consent(&path, &request).await }, move |_| {
            dialog.open.set(false);
            learn(app, &Event::ConsentsChanged { contact_id: id });
            app.toasts.show(t_string!(i18n, consent.withdrawal_done));
        });
    };
    let title = move || {
        let name = dialog.get().map(|given| consents.type_name(given.subscription_type_id));
        t_string!(i18n, consent.withdraw_title, name = name.unwrap_or_default()).to_string()
    };
    view! {
        <FormDialog open=dialog.open title submit_label=text!(i18n, consent.withdraw) submission on_submit=confirm>
            <p class="muted">{text!(i18n, consent.withdraw_effect)}</p>
            <Field
                label=text!(i18n, consent.source)
                hint=text!(i18n, consent.source_hint)
                error=submission.field("source")
            >
                <TextInput value=source required=true />
            </Field>
        </FormDialog>
    }
    .into_any()
}
