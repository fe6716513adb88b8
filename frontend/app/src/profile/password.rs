//! A new password, by the old one.

use leptos::{ev::SubmitEvent, prelude::*};
use leptos_i18n::t_string;
use types::accounts::ChangePassword;
use ui::{Button, Field, Section, TextInput};

use crate::context::use_app;
use crate::forms::{FormError, Submission};
use crate::texts::text;

/// Asks for both passwords.
#[component]
pub fn Password() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let request =
            ChangePassword { current_password: current.get_untracked(), new_password: new.get_untracked() };
        submission.run(async move { app.api().change_password(&request).await }, move |()| {
            current.set(String::new());
            new.set(String::new());
            app.toasts.show(t_string!(i18n, profile.password_changed));
        });
    };
    view! {
        <Section title=text!(i18n, profile.password) description=text!(i18n, profile.password_intro)>
            <form class="form narrow" on:submit=send>
                <Field label=text!(i18n, profile.current_password) error=submission.field("current_password")>
                    <TextInput value=current kind="password" autocomplete="current-password" required=true />
                </Field>
                <Field
                    label=text!(i18n, profile.new_password)
                    hint=text!(i18n, profile.new_password_hint)
                    error=submission.field("new_password")
                >
                    <TextInput value=new kind="password" autocomplete="new-password" required=true />
                </Field>
                <FormError submission />
                <div>
                    <Button submit=true busy=submission.busy>{text!(i18n, profile.change_password)}</Button>
                </div>
            </form>
        </Section>
    }
    .into_any()
}
