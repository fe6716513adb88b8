//! The first start: creates the first administrator.

use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use types::accounts::CreateFirstAdministrator;
use ui::{Button, ButtonKind, Field, TextInput};

use super::enter;
use super::signed_out_page::SignedOutPage;
use crate::context::use_app;
use crate::forms::{FormError, Submission};
use crate::texts::text;

/// Asks for the company and the first administrator.
#[component]
pub fn SetupPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let [company_name, name, email, password] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let submission = Submission::new();
    let navigate = use_navigate();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let request = CreateFirstAdministrator {
            name: name.get_untracked(),
            email: email.get_untracked(),
            password: password.get_untracked(),
            company_name: company_name.get_untracked(),
        };
        let navigate = navigate.clone();
        submission.run(async move { app.api().create_first_administrator(&request).await }, move |reply| {
            enter(app, reply);
            navigate("/inbox", NavigateOptions { replace: true, ..NavigateOptions::default() });
        });
    };
    view! {
        <SignedOutPage title=text!(i18n, session.setup_title) intro=text!(i18n, session.setup_intro)>
            <form class="form" on:submit=send>
                <Field label=text!(i18n, session.company_name) error=submission.field("company_name")>
                    <TextInput value=company_name autocomplete="organization" required=true />
                </Field>
                <Field label=text!(i18n, session.your_name) error=submission.field("name")>
                    <TextInput value=name autocomplete="name" required=true />
                </Field>
                <Field label=text!(i18n, session.email) error=submission.field("email")>
                    <TextInput value=email kind="email" autocomplete="username" required=true />
                </Field>
                <Field label=text!(i18n, session.password) hint=text!(i18n, session.password_hint) error=submission.field("password")>
                    <TextInput value=password kind="password" autocomplete="new-password" required=true />
                </Field>
                <FormError submission />
                <Button kind=ButtonKind::Primary submit=true busy=submission.busy>{text!(i18n, session.create_administrator)}</Button>
            </form>
        </SignedOutPage>
    }
}
