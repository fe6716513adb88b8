//! What can be put into a message: the address of a booking link (CONV-117).

use leptos::prelude::*;
use leptos_i18n::t_string;
use ui::{IconName, Popover, RichTextHandle};

use crate::booking_links::{InsertLink, insert_link_screen};
use crate::context::use_app;
use crate::parts::LazyScreen;
use crate::texts::text;

/// A button that lists booking links; choosing one puts its title, linked to its address, at the caret.
#[component]
pub fn InsertMenu(
    /// The editor.
    editor: RichTextHandle,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let open = RwSignal::new(false);
    provide_context(InsertLink(Callback::new(move |(title, url): (String, String)| {
        open.set(false);
        editor.insert_html(&format!("<a href=\"{}\">{}</a> ", escaped(&url), escaped(&title)));
        editor.focus();
    })));
    view! {
        <Popover label=move || t_string!(i18n, inbox.insert) icon=IconName::Calendar icon_only=true open>
            <p class="insert-heading">{text!(i18n, inbox.insert_meetings)}</p>
            <LazyScreen fetch=insert_link_screen />
        </Popover>
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_title_cannot_end_the_link() {
        assert_eq!(escaped("a<b>\"&"), "a&lt;b&gt;&quot;&amp;");
    }
}
