//! A short state or label.

use leptos::prelude::*;

use crate::{Icon, IconName, Tone};

/// A word or two in a rounded box, coloured by meaning.
#[component]
pub fn Pill(
    /// What its colour says.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// An icon before the text.
    #[prop(optional)]
    icon: Option<IconName>,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! {
        <span class=move || format!("pill {}", tone.get().class())>
            {icon.map(|name| view! { <Icon name /> })} {children()}
        </span>
    }
}
