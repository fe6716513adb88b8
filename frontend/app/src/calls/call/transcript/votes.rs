//! Whether the transcript is helpful.

use leptos::prelude::*;
use types::calls::VoteTranscript;
use ui::{Button, ButtonKind, IconName};

use super::super::open_call::{OpenCall, use_call};
use crate::forms::act;
use crate::remote::Remote;
use crate::texts::text;
use leptos_i18n::t_string;

/// Asks for a vote where the settings want one; a second press takes it back.
#[component]
pub fn Votes() -> impl IntoView {
    let open = use_call();
    let is_asked = Memo::new(move |_| open.settings.get().is_some_and(|settings| settings.transcript_votes));
    view! { <Show when=move || is_asked.get()><Question open /></Show> }
}

#[component]
fn Question(open: OpenCall) -> impl IntoView {
    let i18n = open.app.i18n;
    let votes = Remote::new(move || async move { open.app.api().get_transcript_votes(&open.path()).await });
    let own = Memo::new(move |_| votes.get().and_then(|votes| votes.own));
    let vote = move |helpful: bool| {
        let helpful = (own.get_untracked() != Some(helpful)).then_some(helpful);
        let request = async move {
            let reply = open.app.api().vote_transcript(&open.path(), &VoteTranscript { helpful }).await?;
            votes.update(|votes| *votes = reply);
            Ok(())
        };
        act(open.app, request, move |()| t_string!(i18n, call.thanks).to_owned());
    };
    view! {
        <footer class="transcript-votes">
            <span class="muted">{text!(i18n, call.is_helpful)}</span>
            <Button
                kind=ButtonKind::Quiet
                icon=IconName::ThumbUp
                attr:aria-pressed=move || (own.get() == Some(true)).to_string()
                on_press=move |_| vote(true)
            >
                {text!(i18n, call.helpful)}
            </Button>
            <Button
                kind=ButtonKind::Quiet
                icon=IconName::ThumbDown
                attr:aria-pressed=move || (own.get() == Some(false)).to_string()
                on_press=move |_| vote(false)
            >
                {text!(i18n, call.unhelpful)}
            </Button>
        </footer>
    }
}
