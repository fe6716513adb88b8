//! The root: translations, context, routes.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::path;
use ui::{Language, ToastRegion};

use crate::booking_links::booking_links_screen;
use crate::calls::calls_screen;
use crate::commands::{HelpDialog, PaletteDialog};
use crate::connections::connection_return_screen;
use crate::context::App;
use crate::i18n::{I18nContextProvider, use_i18n};
use crate::inbox::InboxPage;
use crate::meetings::{meeting_entry_screen, meetings_screen};
use crate::parts::LazyScreen;
use crate::preferences;
use crate::profile::profile_screen;
use crate::records::records_screen;
use crate::session::{InvitationPage, PasswordResetPage, SetupPage, SignInPage};
use crate::settings::settings_screen;
use crate::shell::{NotFoundPage, Shell};
use crate::texts::text;

/// The whole app.
#[component]
pub fn Root() -> impl IntoView {
    view! {
        <I18nContextProvider>
            <Main />
        </I18nContextProvider>
    }
}

#[component]
fn Main() -> impl IntoView {
    let app = App::new();
    let i18n = use_i18n();
    preferences::show_locale(i18n, preferences::device_locale());
    provide_context(app);
    provide_context(Language(Signal::derive(move || preferences::tag(i18n.get_locale()).to_owned())));
    app.commands.listen();
    app.unsaved.listen(i18n);
    app.uploads.listen();
    app.alerts.start(app);
    app.live.start(app);
    spawn_local(async move { crate::session::start(app).await });
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/sign-in") view=SignInPage />
                <Route path=path!("/setup") view=SetupPage />
                <Route path=path!("/reset-password") view=PasswordResetPage />
                <Route path=path!("/accept-invitation") view=InvitationPage />
                <ParentRoute path=path!("") view=Shell>
                    <Route path=path!("/") view=|| view! { <Redirect path="/inbox" /> } />
                    <Route path=path!("/inbox/:inbox?/:view?/:thread?") view=InboxPage />
                    <Route path=path!("/contacts/:record?") view=Records />
                    <Route path=path!("/companies/:record?") view=Records />
                    <Route path=path!("/deals/:record?") view=Records />
                    <Route path=path!("/tickets/:record?") view=Records />
                    <Route path=path!("/calls/:call?") view=Calls />
                    <Route path=path!("/clips/:folder?") view=Calls />
                    <Route path=path!("/meetings/links/:link?") view=|| view! { <LazyScreen fetch=booking_links_screen /> } />
                    <Route path=path!("/meetings/:meeting/calendar-entry") view=|| view! { <LazyScreen fetch=meeting_entry_screen /> } />
                    <Route path=path!("/meetings/:meeting?") view=|| view! { <LazyScreen fetch=meetings_screen /> } />
                    <Route path=path!("/settings/*section") view=|| view! { <LazyScreen fetch=settings_screen /> } />
                    <Route path=path!("/connections/return") view=|| view! { <LazyScreen fetch=connection_return_screen /> } />
                    <Route path=path!("/profile") view=|| view! { <LazyScreen fetch=profile_screen /> } />
                    <Route path=path!("/*rest") view=NotFoundPage />
                </ParentRoute>
            </Routes>
            <PaletteDialog />
        </Router>
        <HelpDialog />
        <ToastRegion toasts=app.toasts label=text!(i18n, shell.messages) dismiss_label=text!(i18n, words.dismiss) />
    }
}

#[component]
fn Records() -> impl IntoView {
    view! { <LazyScreen fetch=records_screen /> }
}

#[component]
fn Calls() -> impl IntoView {
    view! { <LazyScreen fetch=calls_screen /> }
}
