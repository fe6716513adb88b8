//! What visitors see of the texts.

use leptos::prelude::*;
use types::crm::PrivacyTexts;
use ui::{Icon, IconName};

use crate::context::use_app;
use crate::texts::text;

/// The texts as a page shows them, while they are typed.
#[component]
pub(super) fn Preview(
    /// As they are typed.
    #[prop(into)]
    texts: Signal<PrivacyTexts>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let language = move || texts.with(|texts| texts.language.to_string());
    let interest = move || texts.with(|texts| texts.legitimate_interest_text.clone());
    let policy = move || texts.with(|texts| texts.privacy_policy_text.clone());
    // What is typed goes nowhere before the server has said that it is an address of the web.
    let url = move || texts.with(|texts| texts.privacy_policy_url.clone()).filter(|url| is_web(url));
    view! {
        <figure class="consent-preview">
            <figcaption>{text!(i18n, consent.preview)}</figcaption>
            <div lang=language>
                <p>{move || texts.with(|texts| texts.consent_text.clone())}</p>
                <p class="muted">{interest}</p>
                {move || policy().map(|policy| view! { <p class="muted">{policy}</p> })}
                {move || url().map(|url| view! {
                    <p>
                        <a href=url target="_blank" rel="noopener noreferrer">
                            {text!(i18n, consent.read_policy)} <Icon name=IconName::External />
                        </a>
                    </p>
                })}
            </div>
        </figure>
    }
    .into_any()
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
