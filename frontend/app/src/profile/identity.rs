//! Name, address and role.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::{UpdateMe, User};
use ui::{Field, Section, TextInput};

use super::take_me;
use crate::context::use_app;
use crate::forms::{Submission, UnsavedBar};
use crate::settings::role_name;
use crate::texts::text;

/// The name can be changed; address and role are shown.
#[component]
pub fn Identity() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let me = Memo::new(move |_| app.read(|state| state.me.as_ref().map(|me| me.user.clone())));
    let saved = move || me.with(|me| me.as_ref().map(|me| me.name.clone()).unwrap_or_default());
    let name = RwSignal::new(untrack(saved));
    let changed = Signal::derive(move || name.get().trim() != saved());
    let role = move || {
        let id = me.with(|me| me.as_ref().map(|me| me.role_id))?;
        app.read(|state| state.directory.roles.get(&id).map(|role| role_name(i18n, role)))
    };
    let email = move || me.with(|me: &Option<User>| me.as_ref().map(|me| me.email.clone()));
    let save = move |()| {
        let request = UpdateMe { name: Some(name.get_untracked()), preferences: None };
        submission.run(async move { app.api().update_me(&request).await }, move |me| {
            name.set(me.user.name.clone());
            take_me(app, me);
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    view! {
        <Section title=text!(i18n, profile.you)>
            <Field label=text!(i18n, profile.name) hint=text!(i18n, profile.name_hint) error=submission.field("name")>
                <TextInput value=name autocomplete="name" required=true />
            </Field>
            <dl class="facts">
                <dt>{text!(i18n, profile.email)}</dt>
                <dd>{email} <span class="hint">{text!(i18n, profile.email_hint)}</span></dd>
                <dt>{text!(i18n, profile.role)}</dt>
                <dd>{role}</dd>
            </dl>
            <UnsavedBar changed submission on_save=save on_discard=move |()| name.set(untrack(saved)) />
        </Section>
    }
    .into_any()
}
