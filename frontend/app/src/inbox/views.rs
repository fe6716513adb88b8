//! The left panel: which inbox, which view.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;
use state::ListKey;
use types::InboxId;
use types::conversations::View;
use ui::{IconButton, IconName, Menu, MenuItem};

use super::page::use_place;
use super::route::InboxRoute;
use super::toggle_views;
use crate::commands::{Command, shortcut};
use crate::context::{App, use_app};
use crate::texts::{I18n, text};

/// Always in sight.
const STANDARD: [View; 4] = [View::Unassigned, View::Mine, View::AllOpen, View::Chat];
/// Reached through "More".
const MORE: [View; 1] = [View::AllClosed];

/// What a view is called.
pub fn view_name(i18n: I18n, view: View) -> &'static str {
    match view {
        View::Unassigned => t_string!(i18n, inbox.view_unassigned),
        View::Mine => t_string!(i18n, inbox.view_mine),
        View::AllOpen => t_string!(i18n, inbox.view_all_open),
        View::Chat => t_string!(i18n, inbox.view_chat),
        View::AllClosed => t_string!(i18n, inbox.view_all_closed),
    }
}

/// The inboxes and views with their counts.
#[component]
pub fn Views() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let place = use_place();
    let in_more = Memo::new(move |_| place.route.with(|route| MORE.contains(&route.key.view)));
    view! {
        <nav class="views" aria-label=text!(i18n, inbox.views)>
            <header>
                <InboxMenu />
                <IconButton
                    label=text!(i18n, inbox.hide_views)
                    icon=IconName::Back
                    kbd=shortcut(Command::ToggleViews).unwrap_or_default()
                    on_press=move |_| toggle_views(app)
                />
            </header>
            <ul>{STANDARD.map(|view| entry(app, view))}</ul>
            <details prop:open=move || in_more.get()>
                <summary>{text!(i18n, words.more)}</summary>
                <ul>{MORE.map(|view| entry(app, view))}</ul>
            </details>
        </nav>
    }
}

fn entry(app: App, view: View) -> impl IntoView {
    let i18n = app.i18n;
    let place = use_place();
    let path = move || {
        let key = ListKey { view, ..place.route.get().key };
        InboxRoute { key, thread: None, message: None }.path()
    };
    let count = Memo::new(move |_| app.read(|state| state.threads.count(view).map(|c| (c.count, c.unread))));
    let is_current = move || place.route.with(|route| route.key.view == view);
    view! {
        <li>
            <A href=path attr:class="view" attr:aria-current=move || is_current().then_some("true")>
                <span class="trunc">{move || view_name(i18n, view)}</span>
                <Show when=move || count.get().is_some_and(|(_, unread)| unread > 0)>
                    <span class="unread-mark"><span class="sr-only">{text!(i18n, inbox.has_unread)}</span></span>
                </Show>
                <span class="num faint">{move || count.get().map(|(count, _)| capped(count))}</span>
            </A>
        </li>
    }
}

/// The server counts to 1000, which stands for more than 999.
fn capped(count: i64) -> String {
    if count > 999 { "999+".to_owned() } else { count.to_string() }
}

/// Switches among the inboxes the user may use.
#[component]
fn InboxMenu() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let place = use_place();
    let current = Memo::new(move |_| place.route.with(|route| route.key.inbox));
    let name = move || {
        let known = current.get().and_then(|id| {
            app.read(|state| state.directory.inboxes.get(&id).map(|inbox| inbox.name.clone()))
        });
        known.unwrap_or_else(|| t_string!(i18n, inbox.all_inboxes).to_owned())
    };
    let inboxes = Memo::new(move |_| app.read(|state| state.directory.inboxes_by_name()));
    let navigate = use_navigate();
    let choose = Callback::new(move |inbox: Option<InboxId>| {
        let key = ListKey { inbox, ..place.route.get_untracked().key };
        navigate(&InboxRoute { key, thread: None, message: None }.path(), NavigateOptions::default());
    });
    let item = move |inbox: Option<InboxId>, name: String| {
        let checked = Signal::derive(move || current.get() == inbox);
        view! { <MenuItem checked on_select=move |()| choose.run(inbox)>{name}</MenuItem> }
    };
    view! {
        <div class="inbox-menu">
            <Menu label=name>
                {move || item(None, t_string!(i18n, inbox.all_inboxes).to_owned())}
                {move || inboxes.get().into_iter().map(|inbox| item(Some(inbox.id), inbox.name)).collect_view()}
            </Menu>
        </div>
    }
}
