//! The links of a clip for people outside: until when, how often opened, and ending them.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::clips::{Clip, ClipLink, ClipLinkPath, ClipLinkState, CutState};
use types::{ClipId, UserId};
use ui::{Button, ButtonKind, Icon, IconName, Pill, RelativeTime, Tone};

use super::Library;
use super::line::may_change;
use crate::context::{App, use_app};
use crate::forms::act;
use crate::texts::{I18n, text};

/// One line a link.
#[component]
pub fn Links(library: Library, clip: Clip) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let id = clip.id;
    let made_by = clip.created_by;
    let cut = clip.cut.map(|cut| cut.state);
    let line = move |link| view! { <Line library clip_id=id made_by cut link /> };
    let lines = clip.links.into_iter().map(line);
    view! {
        <ul class="clip-links" aria-label=text!(i18n, clips.links)>{lines.collect_view()}</ul>
    }
}

#[component]
fn Line(
    library: Library,
    clip_id: ClipId,
    made_by: UserId,
    cut: Option<CutState>,
    link: ClipLink,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let makers = [made_by, link.created_by];
    let may_revoke = Memo::new(move |_| app.read(|state| may_change(state, &makers)));
    let is_open = link.state == ClipLinkState::Active || link.state == ClipLinkState::Suspended;
    let revoke = move |_| revoke(app, library, ClipLinkPath { clip_id, clip_link_id: link.id });
    view! {
        <li>
            {link_facts(i18n, &link, cut)}
            <Show when=move || is_open && may_revoke.get()>
                <Button kind=ButtonKind::Quiet icon=IconName::Close on_press=revoke>
                    {text!(i18n, clips.revoke)}
                </Button>
            </Show>
        </li>
    }
}

/// How a link and the file behind it stand, how often it was opened, and until when it can be.
pub fn link_facts(i18n: I18n, link: &ClipLink, cut: Option<CutState>) -> impl IntoView + use<> {
    let views = link.views;
    let until = match link.state {
        ClipLinkState::Active | ClipLinkState::Suspended => Some(text!(i18n, clips.until).into_any()),
        ClipLinkState::Expired => Some(text!(i18n, clips.expired_at).into_any()),
        ClipLinkState::Revoked => None,
    };
    let at = link.expires_at.0 as f64 / 1000.0;
    let until =
        until.map(|until| view! { <span class="muted">{until} " " <RelativeTime unix_ms=at /></span> });
    view! {
        {state_pill(i18n, link.state, cut)}
        <span class="muted num">
            {move || t_string!(i18n, clips.views, count = views).to_string()}
        </span>
        {until}
        {link.has_password.then(|| sign(i18n, IconName::Lock))}
    }
}

/// Says that the link asks for a password.
fn sign(i18n: I18n, icon: IconName) -> impl IntoView {
    view! {
        <span class="sign" title=text!(i18n, clips.has_password)>
            <Icon name=icon /> <span class="sr-only">{text!(i18n, clips.has_password)}</span>
        </span>
    }
}

fn state_pill(i18n: I18n, state: ClipLinkState, cut: Option<CutState>) -> impl IntoView {
    let (tone, icon, text) = match (state, cut) {
        (ClipLinkState::Active, Some(CutState::Making)) => {
            (Tone::Accent, Some(IconName::Clock), t_string!(i18n, clips.making))
        }
        (ClipLinkState::Active, Some(CutState::Failed)) => {
            (Tone::Bad, Some(IconName::Warning), t_string!(i18n, clips.cut_failed))
        }
        (ClipLinkState::Active, _) => (Tone::Ok, Some(IconName::External), t_string!(i18n, clips.active)),
        (ClipLinkState::Expired, _) => (Tone::Neutral, None, t_string!(i18n, clips.expired)),
        (ClipLinkState::Revoked, _) => (Tone::Neutral, None, t_string!(i18n, clips.revoked)),
        (ClipLinkState::Suspended, _) => {
            (Tone::Warn, Some(IconName::Warning), t_string!(i18n, clips.suspended))
        }
    };
    match icon {
        Some(icon) => view! { <Pill tone icon>{text}</Pill> }.into_any(),
        None => view! { <Pill tone>{text}</Pill> }.into_any(),
    }
}

fn revoke(app: App, library: Library, path: ClipLinkPath) {
    act(app, async move { app.api().revoke_clip_link(&path).await }, move |()| {
        library.clips.reload();
        t_string!(app.i18n, clips.link_revoked).to_owned()
    });
}
