//! The signed-in user's own profile and preferences.

mod appearance;
mod identity;
mod notifications;
mod password;
mod recovery_codes;
mod second_factor;
mod sessions;
mod user_agent;

use leptos::{prelude::*, task::spawn_local};
use types::accounts::{Me, Preferences, UpdateMe};
use ui::Page;

use crate::context::{App, use_app};
use crate::preferences;
use crate::texts::text;
use appearance::Appearance;
use identity::Identity;
use notifications::Notifications;
use password::Password;
use second_factor::SecondFactor;
use sessions::Sessions;

/// The profile.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let i18n = use_app().i18n;
    view! {
        <main class="screen">
            <Page title=text!(i18n, profile.title)>
                <Identity />
                <Appearance />
                <Notifications />
                <Password />
                <SecondFactor />
                <Sessions />
            </Page>
        </main>
    }
    .into_any()
}

/// One's own settings. Tracked.
fn my_preferences(app: App) -> Preferences {
    app.read(|state| state.me.as_ref().map(|me| me.preferences.clone()).unwrap_or_default())
}

/// Shows changed settings at once and saves them; puts the old ones back when that fails.
fn change_preferences(app: App, change: impl FnOnce(&mut Preferences)) {
    let before = untrack(|| my_preferences(app));
    let mut after = before.clone();
    change(&mut after);
    if after == before {
        return;
    }
    take_preferences(app, &after);
    let request = UpdateMe { name: None, preferences: Some(after) };
    spawn_local(async move {
        match app.api().update_me(&request).await {
            Ok(me) => take_me(app, me),
            Err(error) => {
                take_preferences(app, &before);
                app.fail(&error);
            }
        }
    });
}

fn take_preferences(app: App, taken: &Preferences) {
    preferences::show(app.i18n, taken);
    app.change(|state| {
        if let Some(me) = &mut state.me {
            me.preferences = taken.clone();
        }
    });
}

fn take_me(app: App, me: Me) {
    app.change(|state| {
        state.directory.users.insert(me.user.id, me.user.clone());
        state.me = Some(me);
    });
}
