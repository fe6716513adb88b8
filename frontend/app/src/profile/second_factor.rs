//! The second factor: set up, renew its recovery codes, switch off.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::{ConfirmPassword, ConfirmTotp, TotpSetup};
use ui::{Button, CopyField, Field, IconName, Pill, Section, TextInput, Tone};

use super::recovery_codes::RecoveryCodesDialog;
use crate::context::{App, use_app};
use crate::forms::{DialogFor, FormDialog, Submission};
use crate::texts::text;

/// Whether it is on, and what can be done about it.
#[component]
pub fn SecondFactor() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let is_on = Memo::new(move |_| app.read(|state| state.me.as_ref().is_some_and(|me| me.totp_enabled)));
    let starting = Submission::new();
    let setup = DialogFor::<TotpSetup>::new();
    let codes = DialogFor::<Vec<String>>::new();
    let (renew, switch_off) = (RwSignal::new(false), RwSignal::new(false));
    let start = move |_| {
        starting.run(async move { app.api().start_totp().await }, move |started| setup.show(started));
    };
    let on = move || {
        view! {
            <div class="line">
                <Pill tone=Tone::Ok icon=IconName::Shield>{text!(i18n, profile.second_factor_on)}</Pill>
                <Button on_press=move |_| renew.set(true)>{text!(i18n, profile.renew_codes)}</Button>
                <Button on_press=move |_| switch_off.set(true)>{text!(i18n, profile.switch_off)}</Button>
            </div>
        }
    };
    let off = move || {
        view! {
            <div class="line">
                <Pill>{text!(i18n, profile.second_factor_off)}</Pill>
                <Button icon=IconName::Shield busy=starting.busy on_press=start>{text!(i18n, profile.set_up)}</Button>
            </div>
            <crate::forms::FormError submission=starting />
        }
    };
    view! {
        <Section title=text!(i18n, profile.second_factor) description=text!(i18n, profile.second_factor_intro)>
            <Show when=move || is_on.get() fallback=off>{on()}</Show>
        </Section>
        <SetupDialog setup codes />
        <RenewDialog open=renew codes />
        <SwitchOffDialog open=switch_off />
        <RecoveryCodesDialog codes />
    }
    .into_any()
}

fn know(app: App, is_on: bool) {
    app.change(|state| {
        if let Some(me) = &mut state.me {
            me.totp_enabled = is_on;
        }
    });
}

#[component]
fn SetupDialog(setup: DialogFor<TotpSetup>, codes: DialogFor<Vec<String>>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let code = RwSignal::new(String::new());
    let confirm = move |()| {
        let request = ConfirmTotp { code: code.get_untracked().split_whitespace().collect() };
        submission.run(async move { app.api().confirm_totp(&request).await }, move |made| {
            setup.open.set(false);
            code.set(String::new());
            know(app, true);
            codes.show(made.codes);
        });
    };
    let qr = move || {
        setup.of(|setup| {
            format!("data:image/svg+xml,{}", String::from(js_sys::encode_uri_component(&setup.qr_svg)))
        })
    };
    let secret = Signal::derive(move || setup.of(|setup| setup.secret.clone()));
    view! {
        <FormDialog
            open=setup.open
            title=text!(i18n, profile.set_up_title)
            submit_label=text!(i18n, profile.confirm)
            submission
            on_submit=confirm
        >
            <p>{text!(i18n, profile.scan)}</p>
            <img class="qr" src=qr alt=text!(i18n, profile.qr) width="200" height="200" />
            <CopyField
                value=secret
                label=text!(i18n, profile.secret)
                copy_label=text!(i18n, words.copy)
                copied_label=text!(i18n, words.copied)
            />
            <Field label=text!(i18n, profile.code) error=submission.field("code")>
                <TextInput value=code autocomplete="one-time-code" required=true />
            </Field>
        </FormDialog>
    }
    .into_any()
}

/// The field for the password, which guards what weakens the account.
fn password_field(app: App, password: RwSignal<String>, submission: Submission) -> impl IntoView {
    let i18n = app.i18n;
    view! {
        <Field label=text!(i18n, profile.your_password) error=submission.field("password")>
            <TextInput value=password kind="password" autocomplete="current-password" required=true />
        </Field>
    }
}

#[component]
fn RenewDialog(open: RwSignal<bool>, codes: DialogFor<Vec<String>>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let password = RwSignal::new(String::new());
    let send = move |()| {
        let request = ConfirmPassword { password: password.get_untracked() };
        submission.run(async move { app.api().renew_recovery_codes(&request).await }, move |made| {
            open.set(false);
            password.set(String::new());
            codes.show(made.codes);
        });
    };
    view! {
        <FormDialog
            open
            title=text!(i18n, profile.renew_codes_title)
            submit_label=text!(i18n, profile.renew_codes)
            submission
            on_submit=send
        >
            <p>{text!(i18n, profile.renew_codes_effect)}</p>
            {password_field(app, password, submission)}
        </FormDialog>
    }
    .into_any()
}

#[component]
fn SwitchOffDialog(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let password = RwSignal::new(String::new());
    let send = move |()| {
        let request = ConfirmPassword { password: password.get_untracked() };
        submission.run(async move { app.api().disable_totp(&request).await }, move |()| {
            open.set(false);
            password.set(String::new());
            know(app, false);
            app.toasts.show(t_string!(i18n, profile.switched_off));
        });
    };
    view! {
        <FormDialog
            open
            title=text!(i18n, profile.switch_off_title)
            submit_label=text!(i18n, profile.switch_off)
            submission
            on_submit=send
        >
            <p>{text!(i18n, profile.switch_off_effect)}</p>
            {password_field(app, password, submission)}
        </FormDialog>
    }
    .into_any()
}
