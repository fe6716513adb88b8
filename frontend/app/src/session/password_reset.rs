//! A forgotten password: asks for a mail, and sets the new password by the link of that mail.

use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::components::A;
use types::accounts::{CompletePasswordReset, CreatePasswordReset};
use ui::{Banner, Button, ButtonKind, Field, TextInput, Tone};

use super::signed_out_page::SignedOutPage;
use super::token_of_link;
use crate::context::use_app;
use crate::forms::{FormError, Submission};
use crate::texts::text;

/// Without a token in the address: asks for the mail. With one: asks for the new password.
#[component]
pub fn PasswordResetPage() -> impl IntoView {
    match token_of_link() {
        Some(token) => view! { <NewPassword token /> }.into_any(),
        None => view! { <AskForMail /> }.into_any(),
    }
}

#[component]
fn AskForMail() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let (email, mailed) = (RwSignal::new(String::new()), RwSignal::new(false));
    let submission = Submission::new();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let request = CreatePasswordReset { email: email.get_untracked() };
        submission
            .run(async move { app.api().create_password_reset(&request).await }, move |()| mailed.set(true));
    };
    view! {
        <SignedOutPage title=text!(i18n, session.reset_title) intro=text!(i18n, session.reset_intro)>
            <Show when=move || mailed.get()>
                <Banner tone=Tone::Ok>{text!(i18n, session.reset_mailed)}</Banner>
            </Show>
            <form class="form" on:submit=send>
                <Field label=text!(i18n, session.email) error=submission.field("email")>
                    <TextInput value=email kind="email" autocomplete="username" required=true />
                </Field>
                <FormError submission />
                <Button kind=ButtonKind::Primary submit=true busy=submission.busy>{text!(i18n, session.send_link)}</Button>
                <A href="/sign-in">{text!(i18n, session.back_to_sign_in)}</A>
            </form>
        </SignedOutPage>
    }
}

#[component]
fn NewPassword(token: String) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let (password, saved) = (RwSignal::new(String::new()), RwSignal::new(false));
    let submission = Submission::new();
    let send = Callback::new(move |event: SubmitEvent| {
        event.prevent_default();
        let request = CompletePasswordReset { token: token.clone(), password: password.get_untracked() };
        submission
            .run(async move { app.api().complete_password_reset(&request).await }, move |()| saved.set(true));
    });
    let form = move || {
        view! {
            <form class="form" on:submit=move |event| send.run(event)>
                <Field
                    label=text!(i18n, session.new_password)
                    hint=text!(i18n, session.password_hint)
                    error=submission.field("password")
                >
                    <TextInput value=password kind="password" autocomplete="new-password" required=true />
                </Field>
                <FormError submission />
                <Button kind=ButtonKind::Primary submit=true busy=submission.busy>
                    {text!(i18n, session.save_password)}
                </Button>
            </form>
        }
    };
    view! {
        <SignedOutPage title=text!(i18n, session.new_password_title)>
            <Show when=move || saved.get() fallback=form>
                <Banner tone=Tone::Ok>{text!(i18n, session.password_saved)}</Banner>
                <A href="/sign-in">{text!(i18n, session.back_to_sign_in)}</A>
            </Show>
        </SignedOutPage>
    }
}
