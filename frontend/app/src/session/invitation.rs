//! Takes up an invitation by the link of its mail.

use client::ClientError;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use types::accounts::AcceptInvitation;
use ui::{Button, ButtonKind, Field, TextInput};

use super::signed_out_page::SignedOutPage;
use super::{enter, token_of_link};
use crate::context::use_app;
use crate::errors::error_text;
use crate::texts::text;

/// Asks for the name to show and a password, and signs in.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<ClientError>));
    let navigate = use_navigate();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let request = AcceptInvitation {
            token: token_of_link().unwrap_or_default(),
            name: name.get_untracked(),
            password: password.get_untracked(),
        };
        let navigate = navigate.clone();
        busy.set(true);
        spawn_local(async move {
            let reply = app.api().accept_invitation(&request).await;
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
        <SignedOutPage title=text!(i18n, session.invitation_title) intro=text!(i18n, session.invitation_intro)>
            <form class="form" on:submit=send>
                <Field label=text!(i18n, session.your_name)>
                    <TextInput value=name autocomplete="name" required=true />
                </Field>
                <Field label=text!(i18n, session.password) hint=text!(i18n, session.password_hint)>
                    <TextInput value=password kind="password" autocomplete="new-password" required=true />
                </Field>
                <p class="form-error" role="alert">{move || error.get().map(|error| error_text(i18n, &error))}</p>
                <Button kind=ButtonKind::Primary submit=true busy>{text!(i18n, session.accept_invitation)}</Button>
            </form>
        </SignedOutPage>
    }
}
