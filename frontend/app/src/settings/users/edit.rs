//! Changes a user's name and role.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Event;
use types::accounts::{UpdateUser, User, UserPath};
use ui::{Field, Select, TextInput};

use super::{my_permissions, roles_to_give};
use crate::context::use_app;
use crate::forms::{DialogFor, FormDialog, Submission, learn};
use crate::texts::text;

/// Asks for the new name and role.
#[component]
pub fn EditDialog(
    /// The dialog with the user.
    dialog: DialogFor<User>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (name, role) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move |_| {
        if let (true, Some(user)) = (dialog.open.get(), dialog.get()) {
            name.set(user.name);
            role.set(user.role_id.to_string());
        }
    });
    // Whoever may do more than oneself keeps the role.
    let is_beyond = Memo::new(move |_| {
        let mine = my_permissions(app);
        let Some(user) = dialog.get() else { return false };
        app.read(|state| {
            let role = state.directory.roles.get(&user.role_id);
            role.is_some_and(|role| !role.permissions.is_subset(&mine))
        })
    });
    let save = move |()| {
        let Some(user) = dialog.get_untracked() else { return };
        let role_id = role.get_untracked().parse().ok().filter(|_| !is_beyond.get_untracked());
        let request = UpdateUser { name: Some(name.get_untracked()), role_id };
        let path = UserPath { user_id: user.id };
        submission.run(async move { app.api().update_user(&path, &request).await }, move |user| {
            dialog.open.set(false);
            learn(app, &Event::UserChanged { user });
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    let title =
        move || t_string!(i18n, users.edit_title, name = dialog.of(|user| user.name.clone())).to_string();
    let role_field = move || {
        if is_beyond.get() {
            view! { <p class="muted">{text!(i18n, users.role_fixed)}</p> }.into_any()
        } else {
            view! {
                <Field label=text!(i18n, users.role) hint=text!(i18n, users.role_limits) error=submission.field("role_id")>
                    <Select value=role options=Signal::derive(move || roles_to_give(app)) />
                </Field>
            }
            .into_any()
        }
    };
    view! {
        <FormDialog open=dialog.open title submit_label=text!(i18n, words.save) submission on_submit=save>
            <Field label=text!(i18n, forms.name) error=submission.field("name")>
                <TextInput value=name required=true />
            </Field>
            {role_field}
        </FormDialog>
    }
    .into_any()
}
