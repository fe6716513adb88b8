//! A forgotten password: asks for a mail, and sets the new password by the link of that mail.

use client::ClientError;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::components::A;
use types::accounts::{CompletePasswordReset, CreatePasswordReset};
use ui::{Banner, Button, ButtonKind, Field, TextInput, Tone};

use super::signed_out_page::SignedOutPage;
use super::token_of_link;
use crate::context::use_app;
use crate::errors::error_text;
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
    let form = Form::new();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let request = CreatePasswordReset { email: form.value.get_untracked() };
        form.run(async move { app.api().create_password_reset(&request).await });
    };
    view! {
        <SignedOutPage title=text!(i18n, session.reset_title) intro=text!(i18n, session.reset_intro)>
            <Show when=move || form.done.get()>
                <Banner tone=Tone::Ok>{text!(i18n, session.reset_mailed)}</Banner>
            </Show>
            <form class="form" on:submit=send>
                <Field label=text!(i18n, session.email)>
                    <TextInput value=form.value kind="email" autocomplete="username" required=true />
                </Field>
                <p class="form-error" role="alert">{move || form.error.get().map(|error| error_text(i18n, &error))}</p>
                <Button kind=ButtonKind::Primary submit=true busy=form.busy>{text!(i18n, session.send_link)}</Button>
                <A href="/sign-in">{text!(i18n, session.back_to_sign_in)}</A>
            </form>
        </SignedOutPage>
    }
}

#[component]
fn NewPassword(token: String) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let form = Form::new();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let request = CompletePasswordReset { token: token.clone(), password: form.value.get_untracked() };
        form.run(async move { app.api().complete_password_reset(&request).await });
    };
    view! {
        <SignedOutPage title=text!(i18n, session.new_password_title)>
            <Show
                when=move || form.done.get()
                fallback={
                    let send = send.clone();
                    move || view! {
                        <form class="form" on:submit=send.clone()>
                            <Field label=text!(i18n, session.new_password) hint=text!(i18n, session.password_hint)>
                                <TextInput value=form.value kind="password" autocomplete="new-password" required=true />
                            </Field>
                            <p class="form-error" role="alert">
                                {move || form.error.get().map(|error| error_text(i18n, &error))}
                            </p>
                            <Button kind=ButtonKind::Primary submit=true busy=form.busy>
                                {text!(i18n, session.save_password)}
                            </Button>
                        </form>
                    }
                }
            >
                <Banner tone=Tone::Ok>{text!(i18n, session.password_saved)}</Banner>
                <A href="/sign-in">{text!(i18n, session.back_to_sign_in)}</A>
            </Show>
        </SignedOutPage>
    }
}

/// One field, and how sending it went.
#[derive(Clone, Copy)]
struct Form {
    value: RwSignal<String>,
    busy: RwSignal<bool>,
    done: RwSignal<bool>,
    error: RwSignal<Option<ClientError>>,
}

impl Form {
    fn new() -> Self {
        Self {
            value: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
            done: RwSignal::new(false),
            error: RwSignal::new(None),
        }
    }

    fn run(self, request: impl Future<Output = Result<(), ClientError>> + 'static) {
        self.busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            let result = request.await;
            self.busy.set(false);
            match result {
                Ok(()) => self.done.set(true),
                Err(error) => self.error.set(Some(error)),
            }
        });
    }
}
