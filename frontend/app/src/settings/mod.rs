//! Settings of the account.

use leptos::prelude::*;
use ui::Page;

use crate::context::use_app;
use crate::texts::text;

/// The settings. The part after `/settings/` names the section.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let i18n = use_app().i18n;
    view! { <main class="screen"><Page title=text!(i18n, settings.title)>""</Page></main> }
}
