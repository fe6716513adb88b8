//! Sign-in, with the second factor when it is asked for.

use client::ClientError;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::NavigateOptions;
use leptos_router::components::{A, Redirect};
use leptos_router::hooks::{use_navigate, use_query_map};
use types::ErrorCode;
use types::accounts::{CreateSession, DemoSignIn, Setup};
use ui::{Banner, Button, ButtonKind, Field, TextInput, Tone};

use super::signed_out_page::SignedOutPage;
use super::{Phase, enter};
use crate::context::use_app;
use crate::errors::error_text;
use crate::remote::Remote;
use crate::texts::text;

/// Asks for address and password. Leads to the setup while nobody can sign in yet.
#[component]
pub fn SignInPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let setup = Remote::new(move || async move { app.api().get_setup().await });
    let form = SignInForm::new();
    let query = use_query_map();
    let next = Memo::new(move |_| query.with(|query| safe_path(query.get("next"))));
    let navigate = use_navigate();
    Effect::new(move |_| {
        if app.session.phase.get() == Phase::SignedIn {
            navigate(&next.get_untracked(), NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    let ended = move || app.session.phase.get() == Phase::SignedOut { ended: true };
    let intro = move || setup.get().map(|setup: Setup| setup.company_name).unwrap_or_default();
    view! {
        <Show when=move || setup.get().is_some_and(|setup| setup.needs_administrator)>
            <Redirect path="/setup" />
        </Show>
        <SignedOutPage title=text!(i18n, session.sign_in_title) intro>
            <Show when=ended>
                <Banner tone=Tone::Warn>{text!(i18n, session.ended)}</Banner>
            </Show>
            <form class="form" on:submit=move |event: SubmitEvent| { event.prevent_default(); form.send() }>
                {fields(form)}
                <p class="form-error" role="alert">{move || form.error.get().map(|error| error_text(i18n, &error))}</p>
                <Button kind=ButtonKind::Primary submit=true busy=form.busy>{text!(i18n, session.sign_in)}</Button>
                <A href="/reset-password">{text!(i18n, session.forgot_password)}</A>
            </form>
            {move || setup.get().map(|setup| demo_sign_ins(form, setup.demo_sign_ins))}
        </SignedOutPage>
    }
}

fn fields(form: SignInForm) -> impl IntoView {
    let i18n = use_app().i18n;
    view! {
        <Field label=text!(i18n, session.email)>
            <TextInput value=form.email kind="email" autocomplete="username" required=true />
        </Field>
        <Field label=text!(i18n, session.password)>
            <TextInput value=form.password kind="password" autocomplete="current-password" required=true />
        </Field>
        <Show when=move || form.needs_code.get()>
            <Field label=text!(i18n, session.code) hint=text!(i18n, session.code_hint)>
                <TextInput value=form.code autocomplete="one-time-code" required=true />
            </Field>
        </Show>
    }
}

fn demo_sign_ins(form: SignInForm, sign_ins: Vec<DemoSignIn>) -> impl IntoView {
    let i18n = use_app().i18n;
    (!sign_ins.is_empty()).then(|| {
        let button = |sign_in: DemoSignIn| {
            let label = format!("{} · {}", sign_in.name, sign_in.role);
            view! { <Button on_press=move |_| form.send_demo(&sign_in)>{label}</Button> }
        };
        view! {
            <section class="demo-sign-ins">
                <h2>{text!(i18n, session.demo)}</h2>
                {sign_ins.into_iter().map(button).collect_view()}
            </section>
        }
    })
}

/// Only paths of this app: an address of another site would send people astray.
fn safe_path(next: Option<String>) -> String {
    next.filter(|path| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\'))
        .unwrap_or_else(|| "/inbox".to_owned())
}

#[derive(Clone, Copy)]
struct SignInForm {
    email: RwSignal<String>,
    password: RwSignal<String>,
    code: RwSignal<String>,
    needs_code: RwSignal<bool>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<ClientError>>,
}

impl SignInForm {
    fn new() -> Self {
        Self {
            email: RwSignal::new(String::new()),
            password: RwSignal::new(String::new()),
            code: RwSignal::new(String::new()),
            needs_code: RwSignal::new(false),
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
        }
    }

    fn send_demo(self, sign_in: &DemoSignIn) {
        self.email.set(sign_in.email.clone());
        self.password.set(sign_in.password.clone());
        self.send();
    }

    fn send(self) {
        let app = use_app();
        let code = self.code.get_untracked().trim().to_owned();
        let request = CreateSession {
            email: self.email.get_untracked(),
            password: self.password.get_untracked(),
            code: (!code.is_empty()).then_some(code),
        };
        self.busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            let reply = app.api().create_session(&request).await;
            self.busy.set(false);
            match reply {
                Ok(reply) => enter(app, reply),
                Err(error) if error.code() == Some(ErrorCode::SecondFactorRequired) => {
                    self.needs_code.set(true)
                }
                Err(error) => self.error.set(Some(error)),
            }
        });
    }
}
