//! A line across the top of a screen about a state that lasts.

use leptos::prelude::*;

use crate::{Icon, IconName, Tone};

/// A lasting state with, perhaps, an action: offline since when, an old version, no permission.
#[component]
pub fn Banner(
    /// What its colour says.
    #[prop(optional)]
    tone: Tone,
    /// Says it at a glance.
    #[prop(default = IconName::Info)]
    icon: IconName,
    /// A button at its end.
    #[prop(optional, into)]
    action: ViewFn,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("banner {}", tone.class()) role="status">
            <Icon name=icon />
            <div class="text">{children()}</div>
            {action.run()}
        </div>
    }
}
