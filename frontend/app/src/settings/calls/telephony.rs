//! Accounts at telephony providers that report recordings.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::calls::{SaveTelephonyAccount, TelephonyAccount, TelephonyAccountPath};
use types::{Page as PageOf, UserId};
use ui::{
    Button, ButtonKind, Column, ConfirmDialog, CopyField, DataTable, EmptyState, Field, IconButton, IconName,
    Page, Select, TextInput,
};

use crate::context::{App, use_app};
use crate::forms::{DialogFor, FormDialog, FormError, Submission};
use crate::records::owners;
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// The dialogs of the page.
#[derive(Clone, Copy)]
struct Dialogs {
    edit: DialogFor<Option<TelephonyAccount>>,
    delete: DialogFor<TelephonyAccount>,
}

/// The list of accounts, each with the address that its provider is given.
#[component]
pub fn TelephonyPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let accounts = Remote::new(move || async move { app.api().list_telephony_accounts().await });
    let dialogs = Dialogs { edit: DialogFor::new(), delete: DialogFor::new() };
    let create = move || {
        view! {
            <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=move |_| dialogs.edit.show(None)>
                {text!(i18n, call_settings.add_account)}
            </Button>
        }
    };
    let empty = move || {
        view! {
            <EmptyState
                icon=IconName::Phone
                title=text!(i18n, call_settings.no_accounts)
                body=text!(i18n, call_settings.no_accounts_hint)
            />
        }
    };
    let rows = Signal::derive(move || accounts.get().map(|page| page.items).unwrap_or_default());
    let table = move || {
        let columns = columns(app, dialogs);
        view! { <DataTable caption=text!(i18n, settings.telephony) columns rows key=|account: &TelephonyAccount| account.id /> }
    };
    view! {
        <Page title=text!(i18n, settings.telephony) description=text!(i18n, call_settings.telephony_intro) actions=create>
            <RemoteView remote=accounts>
                <Show when=move || rows.with(|rows| !rows.is_empty()) fallback=empty>{table()}</Show>
            </RemoteView>
        </Page>
        <AccountDialog dialog=dialogs.edit accounts />
        <DeleteDialog dialog=dialogs.delete accounts />
    }
    .into_any()
}

fn columns(app: App, dialogs: Dialogs) -> Vec<Column<TelephonyAccount>> {
    let i18n = app.i18n;
    let name = |account: &TelephonyAccount| {
        view! {
            <span class="lines">
                <span>{account.name.clone()}</span>
                <code class="muted">{account.account_sid.clone()}</code>
            </span>
        }
    };
    let owner = move |account: &TelephonyAccount| {
        let id = account.owner_id;
        move || id.and_then(|id| app.read(|state| state.user_name(id).map(ToOwned::to_owned)))
    };
    let address = move |account: &TelephonyAccount| {
        view! {
            <CopyField
                value=Signal::stored(account.callback_url.clone())
                label=text!(i18n, call_settings.callback)
                copy_label=text!(i18n, words.copy)
                copied_label=text!(i18n, words.copied)
            />
        }
    };
    let actions = move |account: &TelephonyAccount| {
        let (edited, deleted) = (account.clone(), account.clone());
        let name = StoredValue::new(account.name.clone());
        view! {
            <span class="row-actions">
                <IconButton
                    label=move || t_string!(i18n, forms.edit_named, name = name.get_value()).to_string()
                    icon=IconName::Edit
                    on_press=move |_| dialogs.edit.show(Some(edited.clone()))
                />
                <IconButton
                    label=move || t_string!(i18n, forms.delete_named, name = name.get_value()).to_string()
                    icon=IconName::Trash
                    on_press=move |_| dialogs.delete.show(deleted.clone())
                />
            </span>
        }
    };
    vec![
        Column::new(text!(i18n, call_settings.account), name),
        Column::new(text!(i18n, inbox.owner), owner),
        Column::new(text!(i18n, call_settings.callback), address),
        Column::new(text!(i18n, forms.actions), actions),
    ]
}

/// An account as it is typed.
#[derive(Clone, Copy)]
struct Typed {
    name: RwSignal<String>,
    sid: RwSignal<String>,
    /// The token that is saved is never shown: empty keeps it.
    token: RwSignal<String>,
    owner: RwSignal<String>,
}

impl Typed {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self { name: text(), sid: text(), token: text(), owner: text() }
    }

    fn show(self, account: Option<TelephonyAccount>) {
        let owner = account.as_ref().and_then(|account| account.owner_id);
        self.owner.set(owner.map(|id| id.to_string()).unwrap_or_default());
        let (name, sid) = account.map(|account| (account.name, account.account_sid)).unwrap_or_default();
        self.name.set(name);
        self.sid.set(sid);
        self.token.set(String::new());
    }

    fn request(self) -> SaveTelephonyAccount {
        SaveTelephonyAccount {
            name: self.name.get_untracked(),
            account_sid: self.sid.get_untracked(),
            auth_token: Some(self.token.get_untracked()).filter(|token| !token.is_empty()),
            owner_id: self.owner.with_untracked(|id| id.parse::<UserId>().ok()),
        }
    }
}

/// Adds an account, or changes one.
#[component]
fn AccountDialog(
    dialog: DialogFor<Option<TelephonyAccount>>,
    accounts: Remote<PageOf<TelephonyAccount>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let typed = Typed::new();
    Effect::new(move |_| {
        if dialog.open.get() {
            typed.show(dialog.get().flatten());
        }
    });
    let save = move |()| {
        let account_id = dialog.get_untracked().flatten().map(|account| account.id);
        let request = typed.request();
        let send = async move {
            match account_id {
                Some(account_id) => {
                    app.api().update_telephony_account(&TelephonyAccountPath { account_id }, &request).await
                }
                None => app.api().create_telephony_account(&request).await,
            }
        };
        submission.run(send, move |_| {
            dialog.open.set(false);
            accounts.reload();
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    let existing = move || dialog.get().flatten();
    let title = move || match existing() {
        Some(account) => t_string!(i18n, call_settings.edit_account, name = account.name).to_string(),
        None => t_string!(i18n, call_settings.add_account).to_owned(),
    };
    let submit_label = move || match existing() {
        Some(_) => t_string!(i18n, words.save),
        None => t_string!(i18n, call_settings.add_account),
    };
    view! {
        <FormDialog open=dialog.open title submit_label submission on_submit=save>
            <AccountFields typed submission is_new=Signal::derive(move || existing().is_none()) />
        </FormDialog>
    }
    .into_any()
}

#[component]
fn AccountFields(typed: Typed, submission: Submission, is_new: Signal<bool>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let token_hint = move || match is_new.get() {
        true => t_string!(i18n, call_settings.token_hint),
        false => t_string!(i18n, call_settings.token_kept),
    };
    view! {
        <Field label=text!(i18n, forms.name) error=submission.field("name")>
            <TextInput value=typed.name required=true />
        </Field>
        <Field
            label=text!(i18n, call_settings.account_sid)
            hint=text!(i18n, call_settings.account_sid_hint)
            error=submission.field("account_sid")
        >
            <TextInput value=typed.sid required=true />
        </Field>
        <Field label=text!(i18n, call_settings.token) hint=token_hint error=submission.field("auth_token")>
            <TextInput value=typed.token kind="password" autocomplete="new-password" />
        </Field>
        <Field
            label=text!(i18n, inbox.owner)
            hint=text!(i18n, call_settings.account_owner_hint)
            error=submission.field("owner_id")
        >
            <Select value=typed.owner options=owners(app) />
        </Field>
    }
}

#[component]
fn DeleteDialog(
    dialog: DialogFor<TelephonyAccount>,
    accounts: Remote<PageOf<TelephonyAccount>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let confirm = move |()| {
        let Some(account) = dialog.get_untracked() else { return };
        let path = TelephonyAccountPath { account_id: account.id };
        submission.run(async move { app.api().delete_telephony_account(&path).await }, move |()| {
            dialog.open.set(false);
            accounts.reload();
        });
    };
    let title = move || {
        let name = dialog.of(|account| account.name.clone());
        t_string!(i18n, call_settings.delete_account, name = name).to_string()
    };
    view! {
        <ConfirmDialog
            open=dialog.open
            title
            confirm_label=text!(i18n, call_settings.delete_this_account)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, call_settings.delete_account_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
