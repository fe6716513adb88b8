//! One clip of the library.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use state::State;
use state::recording::clock;
use types::clips::{Clip, ClipLinkState};
use types::{Permission, UserId};
use ui::{Button, ButtonKind, Icon, IconName, Menu, MenuItem, Pill, RelativeTime, Tone};

use super::Library;
use super::links::Links;
use crate::browser;
use crate::context::{App, use_app};
use crate::texts::text;

/// What it is called, where it stands in its call, who made it, whom it was sent to, and its links.
#[component]
pub fn ClipLine(library: Library, clip: Clip) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let path = format!("/calls/{}?clip={}", clip.call_id, clip.id);
    let bounds = format!("{} – {}", clock(clip.from_ms), clock(clip.until_ms));
    let (by, at) = (clip.created_by, clip.created_at.0 as f64 / 1000.0);
    let maker = move || app.read(|state| state.user_name(by).map(ToOwned::to_owned));
    let recipients = {
        let ids = clip.recipient_ids.clone();
        move || sent_to(app, &ids)
    };
    let (is_whole, has_links) = (clip.is_whole, !clip.links.is_empty());
    let (title, call_title, message) = (clip.title.clone(), clip.call_title.clone(), clip.message.clone());
    let links = has_links.then(|| view! { <Links library clip=clip.clone() /> });
    let outside = outside_pill(app, &clip);
    let copy = view! { <CopyLink url=clip.url.clone() /> };
    view! {
        <li class="clip-line">
            <Icon name=IconName::Quote />
            <span class="lines">
                <A href=path attr:class="clip-title"><span class="trunc">{title}</span></A>
                <span class="muted">
                    {call_title} " · "
                    <span class="num">
                        {match is_whole {
                            true => text!(i18n, clips.whole).into_any(),
                            false => bounds.into_any(),
                        }}
                    </span>
                    " · " {maker} " · " <RelativeTime unix_ms=at />
                </span>
                {message.map(|message| view! { <span class="clip-message">{message}</span> })}
                <span class="muted">{recipients}</span>
                {links}
            </span>
            <span class="clip-actions">
                {outside}
                {copy}
                <ClipMenu library clip />
            </span>
        </li>
    }
}

/// "Sent to Ana, Priya", or nothing. Tracked.
fn sent_to(app: App, ids: &[UserId]) -> Option<String> {
    let names: Vec<String> =
        app.read(|state| ids.iter().filter_map(|id| state.user_name(*id)).map(ToOwned::to_owned).collect());
    let names = names.join(", ");
    (!names.is_empty()).then(|| t_string!(app.i18n, clips.sent_to, names = names).to_string())
}

/// Says that people outside can open it now.
fn outside_pill(app: App, clip: &Clip) -> impl IntoView + use<> {
    let is_open = clip.links.iter().any(|link| link.state == ClipLinkState::Active);
    is_open.then(|| {
        view! { <Pill tone=Tone::Warn icon=IconName::External>{text!(app.i18n, clips.shared_outside)}</Pill> }
    })
}

/// Copies the link for colleagues: only those who may see the call can open it.
#[component]
fn CopyLink(url: String) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let url = StoredValue::new(url);
    let copy = move |_| {
        leptos::task::spawn_local(async move {
            if browser::copy(&url.get_value()).await {
                app.toasts.show(untrack(|| t_string!(i18n, clips.link_copied)));
            } else {
                app.toasts.show_error(url.get_value());
            }
        });
    };
    view! {
        <Button kind=ButtonKind::Quiet icon=IconName::Link on_press=copy>{text!(i18n, clips.copy_link)}</Button>
    }
}

/// Whether the user may change what one of these users has made.
pub fn may_change(state: &State, makers: &[UserId]) -> bool {
    let is_maker = state.my_id().is_some_and(|id| makers.contains(&id));
    state.may(Permission::UseCallIntelligence) && (is_maker || state.may(Permission::EditCalls))
}

/// Changing and deleting it: for whoever made it, and whoever may change calls.
#[component]
fn ClipMenu(library: Library, clip: Clip) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let by = clip.created_by;
    let may_change = Memo::new(move |_| app.read(|state| may_change(state, &[by])));
    let (name, clip) = (StoredValue::new(clip.title.clone()), StoredValue::new(clip));
    view! {
        <Show when=move || may_change.get()>
            <Menu
                label=move || t_string!(i18n, forms.actions_on, name = name.get_value()).to_string()
                icon=IconName::More
                icon_only=true
            >
                <MenuItem icon=IconName::Edit on_select=move |()| library.editing.show(clip.get_value())>
                    {text!(i18n, clips.edit)}
                </MenuItem>
                <MenuItem
                    icon=IconName::Trash
                    danger=true
                    on_select=move |()| library.deleting.show(clip.get_value())
                >
                    {text!(i18n, clips.delete)}
                </MenuItem>
            </Menu>
        </Show>
    }
}
