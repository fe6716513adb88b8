//! Privacy and consent: what visitors are told before they book, and what consent is recorded for.

mod form;
mod preview;
mod subscription_types;
mod type_dialog;

use leptos::prelude::*;
use ui::Page;

use crate::context::use_app;
use crate::remote::{Remote, RemoteView};
use crate::texts::text;
use form::PrivacyForm;
use subscription_types::SubscriptionTypesSection;

/// The settings of privacy and consent, and the subscription types.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let settings = Remote::new(move || async move { app.api().get_privacy_settings().await });
    // What a type is called, and whether it can be chosen, may change elsewhere.
    let revision =
        Memo::new(move |_| app.read(|state| (state.records.subscription_types_revision, state.refreshes)));
    let types = Remote::new(move || {
        revision.get();
        async move { app.api().list_subscription_types().await.map(|types| types.items) }
    });
    view! {
        <Page title=text!(i18n, consent.title) description=text!(i18n, consent.intro)>
            <RemoteView remote=types>
                <RemoteView remote=settings>
                    <PrivacyForm settings types />
                </RemoteView>
                <SubscriptionTypesSection types />
            </RemoteView>
        </Page>
    }
    .into_any()
}
