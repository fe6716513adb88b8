//! The links of a clip for people outside: until when, how often opened, and ending them.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::clips::{Clip, ClipLink, ClipLinkPath, ClipLinkState};
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
    let line = move |link| view! { <Line library clip_id=id made_by link /> };
    let lines = clip.links.into_iter().map(line);
    view! {
        <ul class="clip-links" aria-label=text!(i18n, clips.links)>{lines.collect_view()}</ul>
    }
}

#[component]
fn Line(library: Library, clip_id: ClipId, made_by: UserId, link: ClipLink) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let makers = [made_by, link.created_by];
    let may_revoke = Memo::new(move |_| app.read(|state| may_change(state, &makers)));
    let is_open = link.state == ClipLinkState::Active || link.state == ClipLinkState::Suspended;
    let views = link.views;
    let revoke = move |_| revoke(app, library, ClipLinkPath { clip_id, clip_link_id: link.id });
    view! {
        <li>
            {state_pill(i18n, link.state)}
            <span class="muted num">
                {move || t_string!(i18n, clips.views, count = views).to_string()}
            </span>
            <span class="muted">
                {match link.state {
                    ClipLinkState::Expired => text!(i18n, clips.expired_at).into_any(),
                    _ => text!(i18n, clips.until).into_any(),
                }}
                " " <RelativeTime unix_ms=link.expires_at.0 as f64 / 1000.0 />
            </span>
            {link.has_password.then(|| sign(i18n, IconName::Lock))}
            <Show when=move || is_open && may_revoke.get()>
                <Button kind=ButtonKind::Quiet icon=IconName::Close on_press=revoke>
                    {text!(i18n, clips.revoke)}
                </Button>
            </Show>
        </li>
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

fn state_pill(i18n: I18n, state: ClipLinkState) -> impl IntoView {
    match state {
        ClipLinkState::Active => {
            view! { <Pill tone=Tone::Ok icon=IconName::External>{text!(i18n, clips.active)}</Pill> }
                .into_any()
        }
        ClipLinkState::Expired => view! { <Pill>{text!(i18n, clips.expired)}</Pill> }.into_any(),
        ClipLinkState::Revoked => view! { <Pill>{text!(i18n, clips.revoked)}</Pill> }.into_any(),
        ClipLinkState::Suspended => {
            view! { <Pill tone=Tone::Warn icon=IconName::Warning>{text!(i18n, clips.suspended)}</Pill> }
                .into_any()
        }
    }
}

fn revoke(app: App, library: Library, path: ClipLinkPath) {
    act(app, async move { app.api().revoke_clip_link(&path).await }, move |()| {
        library.clips.reload();
        t_string!(app.i18n, clips.link_revoked).to_owned()
    });
}
