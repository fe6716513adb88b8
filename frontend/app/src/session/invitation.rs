//! Takes up an invitation by the link of its mail.

use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use types::accounts::AcceptInvitation;
use ui::{Button, ButtonKind, Field, TextInput};

use super::signed_out_page::SignedOutPage;
use super::{enter, token_of_link};
use crate::context::use_app;
use crate::forms::{FormError, Submission};
use crate::texts::text;

/// Asks for the name to show and a password, and signs in.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submission = Submission::new();
    let navigate = use_navigate();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let request = AcceptInvitation {
            token: token_of_link().unwrap_or_default(),
            name: name.get_untracked(),
            password: password.get_untracked(),
        };
        let navigate = navigate.clone();
        submission.run(async move { app.api().accept_invitation(&request).await }, move |reply| {
            enter(app, reply);
            navigate("/inbox", NavigateOptions { replace: true, ..NavigateOptions::default() });
        });
    };
    view! {
        <SignedOutPage title=text!(i18n, session.invitation_title) intro=text!(i18n, session.invitation_intro)>
            <form class="form" on:submit=send>
                <Field label=text!(i18n, session.your_name) error=submission.field("name")>
                    <TextInput value=name autocomplete="name" required=true />
                </Field>
                <Field label=text!(i18n, session.password) hint=text!(i18n, session.password_hint) error=submission.field("password")>
                    <TextInput value=password kind="password" autocomplete="new-password" required=true />
                </Field>
                <FormError submission />
                <Button kind=ButtonKind::Primary submit=true busy=submission.busy>{text!(i18n, session.accept_invitation)}</Button>
            </form>
        </SignedOutPage>
    }
}
