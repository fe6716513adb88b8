//! What is around every screen: navigation, banners, notifications.

mod banners;
mod bell;
mod not_found;
mod rail;
mod user_menu;

use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::{Outlet, Redirect};
use leptos_router::hooks::use_location;
use ui::Skeleton;

pub use not_found::NotFoundPage;

use crate::calls::uploads_panel;
use crate::commands::Command;
use crate::context::{App, use_app};
use crate::errors::LoadError;
use crate::forms::use_leave;
use crate::parts::LazyScreen;
use crate::session::{self, Phase};
use crate::texts::text;

/// The frame of the signed-in app; leads to the sign-in when nobody is.
#[component]
pub fn Shell() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let location = use_location();
    let sign_in_path = move || {
        let mut path = location.pathname.get_untracked();
        location.search.with_untracked(|query| {
            if !query.is_empty() {
                path = format!("{path}?{query}");
            }
        });
        format!("/sign-in?next={}", String::from(js_sys::encode_uri_component(&path)))
    };
    move || {
        match app.session.phase.get() {
        Phase::Starting => {
            view! { <main class="screen"><h1 class="sr-only">"Rapport"</h1><Skeleton label=text!(i18n, words.loading) /></main> }.into_any()
        }
        Phase::Unreachable(error) => {
            let again = move |()| spawn_local(async move { session::start(app).await });
            view! { <main class="screen"><h1 class="sr-only">"Rapport"</h1><LoadError error on_retry=again /></main> }.into_any()
        }
        Phase::SignedOut { .. } => view! { <Redirect path=sign_in_path() /> }.into_any(),
        Phase::SignedIn => view! { <SignedIn /> }.into_any(),
    }
    }
}

#[component]
fn SignedIn() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    offer_commands(app);
    recall_uploads(app);
    view! {
        <div class="shell">
            <a class="skip" href="#screen">{text!(i18n, shell.skip)}</a>
            <rail::Rail />
            <div class="shell-main" id="screen" tabindex="-1">
                <banners::Banners />
                <Outlet />
            </div>
            <Show when=move || !app.uploads.is_empty()>
                <div class="uploads-dock"><LazyScreen fetch=uploads_panel /></div>
            </Show>
        </div>
    }
}

/// Shows what the signed-in user was uploading when the page was closed.
fn recall_uploads(app: App) {
    let my_id = Memo::new(move |_| app.read(state::State::my_id));
    Effect::new(move |_| {
        if let Some(my_id) = my_id.get() {
            app.uploads.recall(my_id);
        }
    });
}

fn offer_commands(app: App) {
    let leave = use_leave();
    let go = |command: Command, path: &'static str| {
        app.commands.offer(command, move || leave.run(path.to_owned()));
    };
    go(Command::GoUnassigned, "/inbox/all/unassigned");
    go(Command::GoMine, "/inbox/all/mine");
    go(Command::GoAllOpen, "/inbox/all/all_open");
    go(Command::GoChat, "/inbox/all/chat");
    go(Command::GoAllClosed, "/inbox/all/all_closed");
    go(Command::GoContacts, "/contacts");
    go(Command::GoCompanies, "/companies");
    go(Command::GoDeals, "/deals");
    go(Command::GoTickets, "/tickets");
    go(Command::GoCalls, "/calls");
    go(Command::GoTranscripts, "/calls/search");
    go(Command::GoClips, "/clips");
    go(Command::GoMeetings, "/meetings");
    go(Command::GoSettings, "/settings");
    go(Command::GoProfile, "/profile");
    app.commands.offer(Command::SignOut, move || {
        if app.unsaved.may_leave(app.i18n) {
            spawn_local(async move { session::leave(app).await });
        }
    });
}
