//! The cells of a user's row.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Event;
use types::accounts::{User, UserPath, UserState};
use ui::{Avatar, IconName, Menu, MenuItem, MenuSeparator, Pill, RelativeTime, Tone};

use super::Dialogs;
use crate::context::App;
use crate::forms::{act, learn};
use crate::texts::text;

/// Name and address.
pub(super) fn who(app: App, user: &User) -> impl IntoView + use<> {
    let is_me = app.peek(|state| state.my_id() == Some(user.id));
    let mark = is_me.then(|| view! { <span class="faint">" (" {text!(app.i18n, users.you)} ")"</span> });
    view! {
        <span class="who">
            <Avatar name=user.name.clone() key=user.id.to_string() />
            <span class="lines">
                <span>{user.name.clone()} {mark}</span>
                <span class="muted">{user.email.clone()}</span>
            </span>
        </span>
    }
}

/// Where the user stands.
pub(super) fn state(app: App, state: UserState) -> impl IntoView {
    let i18n = app.i18n;
    let tone = match state {
        UserState::Invited => Tone::Warn,
        UserState::Active => Tone::Ok,
        UserState::Deactivated => Tone::Neutral,
    };
    let label = move || match state {
        UserState::Invited => t_string!(i18n, users.invited),
        UserState::Active => t_string!(i18n, users.active),
        UserState::Deactivated => t_string!(i18n, users.deactivated),
    };
    view! { <Pill tone>{label}</Pill> }
}

/// When the user was last seen.
pub(super) fn last_seen(app: App, user: &User) -> AnyView {
    match user.last_seen_at {
        Some(at) => view! { <RelativeTime unix_ms=at.0 as f64 / 1000.0 /> }.into_any(),
        None => view! { <span class="faint">{text!(app.i18n, forms.never)}</span> }.into_any(),
    }
}

/// What can be done to the user.
pub(super) fn actions(app: App, dialogs: Dialogs, user: &User) -> impl IntoView + use<> {
    let i18n = app.i18n;
    let user = StoredValue::new(user.clone());
    let label = move || {
        t_string!(i18n, forms.actions_on, name = user.with_value(|user| user.name.clone())).to_string()
    };
    let items = move || {
        let user = user.get_value();
        let (edited, signed_out, deactivated) = (user.clone(), user.clone(), user.clone());
        let path = UserPath { user_id: user.id };
        let by_state = match user.state {
            UserState::Invited => view! {
                <MenuItem icon=IconName::Mail on_select=move |()| resend(app, path)>{text!(i18n, users.resend)}</MenuItem>
            }
            .into_any(),
            UserState::Active => view! {
                <MenuItem icon=IconName::SignOut on_select=move |()| dialogs.sign_out.show(signed_out.clone())>
                    {text!(i18n, users.sign_out)}
                </MenuItem>
            }
            .into_any(),
            UserState::Deactivated => view! {
                <MenuItem icon=IconName::Check on_select=move |()| reactivate(app, path)>
                    {text!(i18n, users.reactivate)}
                </MenuItem>
            }
            .into_any(),
        };
        let deactivate = (user.state != UserState::Deactivated).then(|| {
            view! {
                <MenuSeparator />
                <MenuItem danger=true icon=IconName::Lock on_select=move |()| dialogs.deactivate.show(deactivated.clone())>
                    {text!(i18n, users.deactivate)}
                </MenuItem>
            }
        });
        view! {
            <MenuItem icon=IconName::Edit on_select=move |()| dialogs.edit.show(edited.clone())>
                {text!(i18n, forms.edit)}
            </MenuItem>
            {by_state}
            {deactivate}
        }
    };
    view! { <Menu label icon=IconName::More icon_only=true>{items()}</Menu> }
}

fn resend(app: App, path: UserPath) {
    let i18n = app.i18n;
    act(app, async move { app.api().resend_invitation(&path).await }, move |user| {
        t_string!(i18n, users.invitation_sent, email = user.email).to_string()
    });
}

fn reactivate(app: App, path: UserPath) {
    let i18n = app.i18n;
    act(app, async move { app.api().reactivate_user(&path).await }, move |user| {
        learn(app, &Event::UserChanged { user: user.clone() });
        t_string!(i18n, users.reactivated_toast, name = user.name).to_string()
    });
}
