//! Access for programs.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::PermissionSet;
use types::accounts::{ApiToken, ApiTokenPath, CreateApiToken};
use ui::{
    Button, ButtonKind, Column, ConfirmDialog, DataTable, EmptyState, Field, IconButton, IconName, Page,
    Pill, RelativeTime, TextInput, Tone,
};

use super::permissions::{self, PermissionPicker};
use crate::browser;
use crate::context::{App, use_app};
use crate::forms::{DialogFor, FormDialog, FormError, SecretDialog, Submission, end_of_day};
use crate::paged::{Paged, PagedView};
use crate::texts::text;

/// The list of API tokens.
#[component]
pub fn TokensPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let tokens = Paged::new(move |query| async move { app.api().list_api_tokens(&query).await });
    let (create, secret) = (RwSignal::new(false), DialogFor::<String>::new());
    let revoke = DialogFor::<ApiToken>::new();
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=move |_| create.set(true)>
                {text!(i18n, tokens.create)}
            </Button>
        }
    };
    let empty = move || {
        view! { <EmptyState icon=IconName::Key title=text!(i18n, tokens.empty) body=text!(i18n, tokens.empty_hint) /> }
    };
    let table = move || {
        let (columns, rows) = (columns(app, revoke), Signal::derive(move || tokens.items()));
        view! { <DataTable caption=text!(i18n, settings.api_tokens) columns rows key=|token: &ApiToken| token.id /> }
    };
    view! {
        <Page title=text!(i18n, settings.api_tokens) description=text!(i18n, tokens.intro) actions>
            <PagedView paged=tokens empty>{table()}</PagedView>
        </Page>
        <CreateDialog open=create secret tokens />
        <SecretDialog
            secret
            title=text!(i18n, tokens.secret_title)
            note=text!(i18n, tokens.secret_note)
            label=text!(i18n, tokens.secret)
            done_label=text!(i18n, tokens.done)
        />
        <RevokeDialog dialog=revoke tokens />
    }
    .into_any()
}

fn columns(app: App, revoke: DialogFor<ApiToken>) -> Vec<Column<ApiToken>> {
    let i18n = app.i18n;
    let name = |token: &ApiToken| {
        let prefix = format!("{}…", token.prefix);
        view! { <span class="lines"><span>{token.name.clone()}</span><code class="muted">{prefix}</code></span> }
    };
    let scopes = move |token: &ApiToken| {
        let scopes = token.scopes.clone();
        move || {
            let titles: Vec<&str> = scopes.iter().map(|scope| permissions::title(i18n, *scope)).collect();
            let all = titles.join(", ");
            view! { <span class="clamp" title=all.clone()>{all.clone()}</span> }
        }
    };
    let made_by = move |token: &ApiToken| {
        let id = token.user_id;
        move || app.read(|state| state.user_name(id).map(ToOwned::to_owned))
    };
    let last_used = move |token: &ApiToken| match token.last_used_at {
        Some(at) => view! { <RelativeTime unix_ms=at.0 as f64 / 1000.0 /> }.into_any(),
        None => view! { <span class="faint">{text!(i18n, forms.never)}</span> }.into_any(),
    };
    let trash = move |token: &ApiToken| {
        let (name, token) = (token.name.clone(), token.clone());
        view! {
            <IconButton
                label=move || t_string!(i18n, tokens.revoke_named, name = name.clone()).to_string()
                icon=IconName::Trash
                on_press=move |_| revoke.show(token.clone())
            />
        }
    };
    vec![
        Column::new(text!(i18n, tokens.token), name),
        Column::new(text!(i18n, tokens.scopes), scopes),
        Column::new(text!(i18n, tokens.made_by), made_by),
        Column::new(text!(i18n, tokens.last_used), last_used),
        Column::new(text!(i18n, tokens.expires), move |token: &ApiToken| expiry(app, token)),
        Column::new(text!(i18n, forms.actions), trash),
    ]
}

fn expiry(app: App, token: &ApiToken) -> AnyView {
    let i18n = app.i18n;
    match token.expires_at {
        None => view! { <span class="faint">{text!(i18n, forms.never)}</span> }.into_any(),
        Some(at) if at.0 as f64 / 1000.0 <= browser::now_ms() => {
            view! { <Pill tone=Tone::Bad>{text!(i18n, tokens.expired)}</Pill> }.into_any()
        }
        Some(at) => view! { <RelativeTime unix_ms=at.0 as f64 / 1000.0 /> }.into_any(),
    }
}

#[component]
fn CreateDialog(open: RwSignal<bool>, secret: DialogFor<String>, tokens: Paged<ApiToken>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (name, day) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let scopes = RwSignal::new(PermissionSet::new());
    // Set when the form itself finds a mistake.
    let (is_past, is_empty) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        if open.get() {
            name.set(String::new());
            day.set(String::new());
            scopes.set(PermissionSet::new());
            is_past.set(false);
            is_empty.set(false);
        }
    });
    let mine = Signal::derive(move || {
        app.read(|state| state.me.as_ref().map(|me| me.permissions.clone()).unwrap_or_default())
    });
    let send = move |()| {
        let expires_at = day.with_untracked(|day| end_of_day(day));
        is_past.set(expires_at.is_some_and(|at| at.0 as f64 / 1000.0 <= browser::now_ms()));
        is_empty.set(scopes.with_untracked(PermissionSet::is_empty));
        if is_past.get_untracked() || is_empty.get_untracked() {
            return;
        }
        let request =
            CreateApiToken { name: name.get_untracked(), scopes: scopes.get_untracked(), expires_at };
        submission.run(async move { app.api().create_api_token(&request).await }, move |made| {
            open.set(false);
            tokens.reload();
            secret.show(made.secret);
        });
    };
    let day_error = Signal::derive(move || {
        if is_past.get() {
            return Some(t_string!(i18n, tokens.past).to_owned());
        }
        submission.field("expires_at").get()
    });
    let scopes_error = move || {
        if is_empty.get() {
            return Some(t_string!(i18n, tokens.scopes_none).to_owned());
        }
        submission.field("scopes").get()
    };
    view! {
        <FormDialog
            open
            title=text!(i18n, tokens.create)
            submit_label=text!(i18n, tokens.create)
            submission
            on_submit=send
            wide=true
        >
            <Field label=text!(i18n, forms.name) hint=text!(i18n, tokens.name_hint) error=submission.field("name")>
                <TextInput value=name required=true />
            </Field>
            <Field label=text!(i18n, tokens.expires_on) hint=text!(i18n, tokens.expires_hint) error=day_error>
                <TextInput value=day kind="date" />
            </Field>
            <h3>{text!(i18n, tokens.scopes_title)}</h3>
            <PermissionPicker chosen=scopes changeable=mine />
            <p class="form-error" role="alert">{scopes_error}</p>
        </FormDialog>
    }
    .into_any()
}

#[component]
fn RevokeDialog(dialog: DialogFor<ApiToken>, tokens: Paged<ApiToken>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let confirm = move |()| {
        let Some(token) = dialog.get_untracked() else { return };
        let path = ApiTokenPath { token_id: token.id };
        submission.run(async move { app.api().delete_api_token(&path).await }, move |()| {
            dialog.open.set(false);
            tokens.reload();
            app.toasts.show(t_string!(i18n, tokens.revoked, name = token.name).to_string());
        });
    };
    let title = move || {
        t_string!(i18n, tokens.revoke_title, name = dialog.of(|token| token.name.clone())).to_string()
    };
    let effect = move || {
        t_string!(i18n, tokens.revoke_effect, prefix = dialog.of(|token| token.prefix.clone())).to_string()
    };
    view! {
        <ConfirmDialog
            open=dialog.open
            title
            confirm_label=text!(i18n, tokens.revoke_token)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{effect}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
