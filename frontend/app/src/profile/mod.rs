//! The signed-in user's own profile and preferences.

mod appearance;
mod connections;
mod identity;
mod notifications;
mod password;
mod recovery_codes;
mod second_factor;
mod sessions;
mod user_agent;

use leptos::prelude::*;
use types::accounts::Me;
use ui::Page;
use wasm_split_helpers::wasm_split;

use crate::context::{App, use_app};
use crate::parts::{PartMissing, Screen};
use crate::texts::text;
use appearance::Appearance;
use connections::Connections;
use identity::Identity;
use notifications::Notifications;
use password::Password;
use second_factor::SecondFactor;
use sessions::Sessions;

/// The screen of the profile.
#[wasm_split(profile, fallible)]
pub fn profile_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <ProfilePage /> }.into_any())
}

/// The profile.
#[component]
fn ProfilePage() -> impl IntoView {
    let i18n = use_app().i18n;
    view! {
        <main class="screen">
            <Page title=text!(i18n, profile.title)>
                <Identity />
                <Appearance />
                <Notifications />
                <Password />
                <SecondFactor />
                <Connections />
                <Sessions />
            </Page>
        </main>
    }
    .into_any()
}

fn take_me(app: App, me: Me) {
    app.change(|state| {
        state.directory.users.insert(me.user.id, me.user.clone());
        state.me = Some(me);
    });
}
