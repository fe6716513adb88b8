//! Connections to services of others: the list of them, connecting, and the way back from the provider.

mod calendars;
mod list;
mod return_page;

use leptos::{prelude::*, task::spawn_local};
use types::accounts::{ConnectionProvider, ConnectionScope, StartConnection};

pub use calendars::{CalendarSignIn, calendar_sign_ins};
pub use list::ConnectionList;
pub use return_page::connection_return_screen;

use crate::context::App;

/// Sends the browser to the provider's page.
pub fn connect(app: App, provider: ConnectionProvider, scope: ConnectionScope) {
    spawn_local(async move {
        match app.api().start_connection(&StartConnection { provider, scope }).await {
            Ok(started) => {
                // A browser that refuses shows so itself.
                let _ = window().location().set_href(&started.url);
            }
            Err(error) => app.fail(&error),
        }
    });
}
