//! The first start: creates the first administrator.

use client::ClientError;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use types::accounts::CreateFirstAdministrator;
use ui::{Button, ButtonKind, Field, TextInput};

use super::enter;
use super::signed_out_page::SignedOutPage;
use crate::context::use_app;
use crate::errors::error_text;
use crate::texts::text;

/// Asks for the company and the first administrator.
#[component]
pub fn SetupPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let [company_name, name, email, password] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<ClientError>));
    let field_error = move |field: &'static str| {
        Signal::derive(move || error.with(|error| error.as_ref()?.field(field).map(ToOwned::to_owned)))
    };
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
        busy.set(true);
        spawn_local(async move {
            let reply = app.api().create_first_administrator(&request).await;
            busy.set(false);
            match reply {
                Ok(reply) => {
                    enter(app, reply);
                    navigate("/inbox", NavigateOptions { replace: true, ..NavigateOptions::default() });
                }
                Err(failure) => error.set(Some(failure)),
            }
        });
    };
    view! {
        <SignedOutPage title=text!(i18n, session.setup_title) intro=text!(i18n, session.setup_intro)>
            <form class="form" on:submit=send>
                <Field label=text!(i18n, session.company_name) error=field_error("company_name")>
                    <TextInput value=company_name autocomplete="organization" required=true />
                </Field>
                <Field label=text!(i18n, session.your_name) error=field_error("name")>
                    <TextInput value=name autocomplete="name" required=true />
                </Field>
                <Field label=text!(i18n, session.email) error=field_error("email")>
                    <TextInput value=email kind="email" autocomplete="username" required=true />
                </Field>
                <Field label=text!(i18n, session.password) hint=text!(i18n, session.password_hint) error=field_error("password")>
                    <TextInput value=password kind="password" autocomplete="new-password" required=true />
                </Field>
                <p class="form-error" role="alert">{move || error.get().map(|error| error_text(i18n, &error))}</p>
                <Button kind=ButtonKind::Primary submit=true busy>{text!(i18n, session.create_administrator)}</Button>
            </form>
        </SignedOutPage>
    }
}
