//! The signed-in user's own profile and preferences.

use leptos::prelude::*;
use ui::Page;

use crate::context::use_app;
use crate::texts::text;

/// The profile.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let i18n = use_app().i18n;
    view! { <main class="screen"><Page title=text!(i18n, profile.title)>""</Page></main> }
}
