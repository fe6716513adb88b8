//! Which sites may show a chat, and how it knows who its visitors are.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::channels::{ChatWidget, WidgetPath};
use ui::{Button, Checkbox, ConfirmDialog, Field, IconName, TextArea};

use super::form::WidgetForm;
use crate::context::use_app;
use crate::forms::{DialogFor, FormError, SecretDialog, Submission};
use crate::texts::text;

/// Allowed origins and signed identity.
#[component]
pub fn SecurityTab(
    /// What is typed.
    form: WidgetForm,
    /// The sending.
    submission: Submission,
    /// What is saved.
    widget: Memo<Option<ChatWidget>>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let origins_error = Signal::derive(move || {
        let refused = move || {
            let refused = submission.field_where(|field| field.starts_with("allowed_origins"))?;
            let index = refused.field.strip_prefix("allowed_origins.").and_then(|index| index.parse().ok());
            Some(index.map_or(1, |index| form.line_of_origin(index)))
        };
        let line = form.wrong_origin().or_else(refused)?;
        Some(t_string!(i18n, chat.origins_bad, line = line).to_string())
    });
    let renew = RwSignal::new(false);
    let secret = DialogFor::<String>::new();
    view! {
        <div class="fields wide">
            <Field label=text!(i18n, chat.origins) hint=text!(i18n, chat.origins_hint) error=origins_error>
                <TextArea value=form.origins rows=4 placeholder="https://www.example.org" />
            </Field>
            <h2>{text!(i18n, chat.identity)}</h2>
            <p>{text!(i18n, chat.identity_intro)}</p>
            <Checkbox
                label=text!(i18n, chat.require_signed)
                hint=text!(i18n, chat.require_signed_hint)
                checked=form.require_signed_identity
            />
            <div class="line">
                <Button icon=IconName::Key on_press=move |_| renew.set(true)>{text!(i18n, chat.renew)}</Button>
                <span class="muted">{text!(i18n, chat.renew_hint)}</span>
            </div>
        </div>
        <RenewDialog open=renew secret widget />
        <SecretDialog
            secret
            title=text!(i18n, chat.secret_title)
            note=text!(i18n, chat.secret_note)
            label=text!(i18n, chat.secret)
            done_label=text!(i18n, tokens.done)
        />
    }
    .into_any()
}

#[component]
fn RenewDialog(
    open: RwSignal<bool>,
    secret: DialogFor<String>,
    widget: Memo<Option<ChatWidget>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let name = move || widget.with(|widget| widget.as_ref().map(|w| w.name.clone())).unwrap_or_default();
    let confirm = move |()| {
        let Some(widget_id) = widget.with_untracked(|widget| widget.as_ref().map(|w| w.id)) else { return };
        let path = WidgetPath { widget_id };
        submission.run(async move { app.api().renew_identity_secret(&path).await }, move |renewed| {
            open.set(false);
            secret.show(renewed.secret);
        });
    };
    view! {
        <ConfirmDialog
            open
            title=move || t_string!(i18n, chat.renew_title, name = name()).to_string()
            confirm_label=text!(i18n, chat.renew)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, chat.renew_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
