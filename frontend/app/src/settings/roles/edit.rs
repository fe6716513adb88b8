//! Shows what a role may do, and changes it.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::{Role, RolePath, SaveRole};
use types::{Event, PermissionSet, RecordAccess};
use ui::{Dialog, Field, Select, SelectOption, TextInput};

use super::role_name;
use crate::context::use_app;
use crate::forms::{DialogFor, FormDialog, Submission, learn};
use crate::settings::permissions::PermissionPicker;
use crate::texts::{I18n, text};

/// What whose records are called.
fn record_access_name(i18n: I18n, access: RecordAccess) -> &'static str {
    match access {
        RecordAccess::Own => t_string!(i18n, roles.records_own),
        RecordAccess::Team => t_string!(i18n, roles.records_team),
        RecordAccess::Everything => t_string!(i18n, roles.records_everything),
    }
}

/// Whose records the users of the role see.
#[component]
fn RecordAccessField(
    value: RwSignal<String>,
    submission: Submission,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let options = Signal::derive(move || {
        let option = |access: &RecordAccess| SelectOption {
            value: access.to_string(),
            label: record_access_name(i18n, *access).to_owned(),
        };
        RecordAccess::ALL.iter().rev().map(option).collect::<Vec<_>>()
    });
    view! {
        <Field
            label=text!(i18n, roles.record_access)
            hint=text!(i18n, roles.record_access_hint)
            error=submission.field("record_access")
        >
            <Select value options disabled />
        </Field>
    }
}

/// Creates a role, changes one, or shows one that cannot be changed.
#[component]
pub fn RoleDialog(
    /// The dialog with the role; `None` for one to be created.
    dialog: DialogFor<Option<Role>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (name, permissions) = (RwSignal::new(String::new()), RwSignal::new(PermissionSet::new()));
    let record_access = RwSignal::new(RecordAccess::Everything.to_string());
    let (form_open, view_open) = open_by_kind(dialog, move |role| {
        record_access.set(role.as_ref().map(|role| role.record_access).unwrap_or_default().to_string());
        name.set(role.as_ref().map(|role| role.name.clone()).unwrap_or_default());
        permissions.set(role.map(|role| role.permissions).unwrap_or_default());
    });
    let save = move |()| {
        let role_id = dialog.get_untracked().flatten().map(|role| role.id);
        let request = SaveRole {
            name: name.get_untracked(),
            permissions: permissions.get_untracked(),
            record_access: record_access.get_untracked().parse().unwrap_or_default(),
        };
        let send = async move {
            match role_id {
                Some(role_id) => app.api().update_role(&RolePath { role_id }, &request).await,
                None => app.api().create_role(&request).await,
            }
        };
        submission.run(send, move |role| {
            form_open.set(false);
            learn(app, &Event::RoleChanged { role: role.clone() });
            match role_id {
                Some(_) => app.toasts.show(t_string!(i18n, words.saved)),
                None => app.toasts.show(t_string!(i18n, roles.created, name = role.name).to_string()),
            }
        });
    };
    let shown_name = move || dialog.get().flatten().map(|role| role_name(i18n, &role)).unwrap_or_default();
    let is_existing = move || dialog.of(Option::is_some);
    let title = move || match is_existing() {
        true => t_string!(i18n, roles.edit_title, name = shown_name()).to_string(),
        false => t_string!(i18n, roles.create).to_owned(),
    };
    let submit_label = move || match is_existing() {
        true => t_string!(i18n, words.save),
        false => t_string!(i18n, roles.create),
    };
    let mine = Signal::derive(move || {
        app.read(|state| state.me.as_ref().map(|me| me.permissions.clone()).unwrap_or_default())
    });
    view! {
        <FormDialog open=form_open title submit_label submission on_submit=save wide=true>
            <Field label=text!(i18n, forms.name) error=submission.field("name")>
                <TextInput value=name required=true />
            </Field>
            <RecordAccessField value=record_access submission />
            <p class="muted">{text!(i18n, roles.beyond_note)}</p>
            <PermissionPicker chosen=permissions changeable=mine />
        </FormDialog>
        <ViewDialog open=view_open name=Signal::derive(shown_name) record_access permissions submission />
    }
    .into_any()
}

/// Shows a role that cannot be changed.
#[component]
fn ViewDialog(
    open: RwSignal<bool>,
    name: Signal<String>,
    record_access: RwSignal<String>,
    permissions: RwSignal<PermissionSet>,
    submission: Submission,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let none = Signal::stored(PermissionSet::new());
    view! {
        <Dialog
            open
            title=move || t_string!(i18n, roles.view_title, name = name.get()).to_string()
            close_label=text!(i18n, words.close)
            wide=true
        >
            <p class="muted">{text!(i18n, roles.builtin_note)}</p>
            <RecordAccessField value=record_access submission disabled=true />
            <PermissionPicker chosen=permissions changeable=none />
        </Dialog>
    }
    .into_any()
}

/// Two dialogs instead of one: the first to change a role, the second to look at one that cannot be changed.
fn open_by_kind(
    dialog: DialogFor<Option<Role>>,
    fill: impl Fn(Option<Role>) + 'static,
) -> (RwSignal<bool>, RwSignal<bool>) {
    let (form_open, view_open) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        if dialog.open.get() {
            let role = dialog.get().flatten();
            let is_builtin = role.as_ref().is_some_and(|role| role.builtin.is_some());
            fill(role);
            form_open.set(!is_builtin);
            view_open.set(is_builtin);
            dialog.open.set(false);
        }
    });
    (form_open, view_open)
}
