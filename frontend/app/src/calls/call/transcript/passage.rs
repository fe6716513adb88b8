//! The link to a passage.

use leptos::prelude::*;
use state::recording::clock;
use ui::{CopyField, Dialog};

use super::super::open_call::use_call;
use super::super::player::link_to;
use super::Pane;
use crate::texts::text;

/// Shows the link to the passage whose "Share" was pressed. It works for whoever may see the call.
#[component]
pub fn PassageDialog() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let passage = expect_context::<Pane>().passage;
    let link = Signal::derive(move || passage.of(|segment| link_to(open.id, segment.start_ms)));
    let quotation = move || passage.of(|segment| format!("{} {}", clock(segment.start_ms), segment.text));
    view! {
        <Dialog open=passage.open title=text!(i18n, call.share_passage) close_label=text!(i18n, words.close)>
            <blockquote class="passage">{quotation}</blockquote>
            <CopyField
                value=link
                label=text!(i18n, call.link_to_passage)
                copy_label=text!(i18n, call.copy_link)
                copied_label=text!(i18n, words.copied)
            />
            <p class="muted">{text!(i18n, call.link_hint)}</p>
        </Dialog>
    }
    .into_any()
}
