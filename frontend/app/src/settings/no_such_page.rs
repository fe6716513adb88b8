//! An address below the settings at which there is nothing.

use leptos::prelude::*;
use ui::{EmptyState, IconName, Page};

use crate::context::use_app;
use crate::texts::text;

/// Says that there is nothing at this address.
#[component]
pub fn NoSuchPage() -> impl IntoView {
    let i18n = use_app().i18n;
    view! {
        <Page title=text!(i18n, settings.title)>
            <EmptyState icon=IconName::Help title=text!(i18n, errors.no_page_title) body=text!(i18n, errors.no_page) />
        </Page>
    }
    .into_any()
}
