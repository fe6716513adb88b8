//! The code that a site embeds, and how to install it.

use leptos::prelude::*;
use types::channels::ChatWidget;
use ui::{Banner, CopyField, IconName, Tone};

use crate::context::use_app;
use crate::texts::text;

/// A link that opens the chat.
const LINK: &str = r##"<a href="#rapport-open">Chat</a>"##;

/// The tracking code to copy, with steps for any site and for WordPress.
#[component]
pub fn CodeTab(
    /// What is saved.
    widget: Memo<Option<ChatWidget>>,
    /// Whether something is not saved.
    changed: Memo<bool>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let code = Signal::derive(move || {
        widget.with(|widget| widget.as_ref().map(|w| w.tracking_code.clone())).unwrap_or_default()
    });
    view! {
        <div class="fields wide">
            <p>{text!(i18n, chat.code_intro)}</p>
            <Show when=move || changed.get()>
                <Banner tone=Tone::Warn icon=IconName::Warning>{text!(i18n, chat.code_unsaved)}</Banner>
            </Show>
            <pre class="code">{move || code.get()}</pre>
            <CopyField
                value=code
                label=text!(i18n, chat.code)
                copy_label=text!(i18n, words.copy)
                copied_label=text!(i18n, words.copied)
            />
            <ol class="steps">
                <li>{text!(i18n, chat.step_copy)}</li>
                <li>{text!(i18n, chat.step_paste)}</li>
                <li>{text!(i18n, chat.step_check)}</li>
            </ol>
            <p class="muted">{text!(i18n, chat.code_restyle)}</p>
            <h2>{text!(i18n, chat.wordpress)}</h2>
            <p>{text!(i18n, chat.wordpress_hint)}</p>
            <h2>{text!(i18n, chat.links)}</h2>
            <p>{text!(i18n, chat.links_hint)}</p>
            <CopyField
                value=Signal::stored(LINK.to_owned())
                label=text!(i18n, chat.links_example)
                copy_label=text!(i18n, words.copy)
                copied_label=text!(i18n, words.copied)
            />
        </div>
    }
    .into_any()
}
