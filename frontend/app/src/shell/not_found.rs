//! A page that does not exist.

use leptos::prelude::*;
use leptos_router::components::A;
use ui::{EmptyState, IconName};

use crate::context::use_app;
use crate::texts::text;

/// Says that there is nothing at this address.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let i18n = use_app().i18n;
    view! {
        <main class="screen">
            <h1 class="sr-only">"Rapport"</h1>
            <EmptyState icon=IconName::Help title=text!(i18n, errors.no_page_title) body=text!(i18n, errors.no_page)>
                <A href="/inbox" attr:class="btn">{text!(i18n, errors.to_inbox)}</A>
            </EmptyState>
        </main>
    }
}
