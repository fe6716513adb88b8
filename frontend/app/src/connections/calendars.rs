//! Sign-ins that stand for calendars: those at Google and Microsoft.
//!
//! Providers are known here by their names on the wire alone, so that a version of the contract that has fewer of them
//! offers fewer.

use types::accounts::{Connection, ConnectionProvider, ConnectionScope, StartConnection};
use types::booking::{CalendarProvider, ConnectCalendars};

use crate::context::App;

/// A sign-in that can be begun.
#[derive(Clone, PartialEq)]
pub struct CalendarSignIn {
    /// Where.
    pub provider: CalendarProvider,
    /// The provider's page. It comes back to the app, which completes the connection.
    pub url: String,
}

/// The sign-ins that this server offers: those that its configuration names an app for. Each is begun, and can be gone on
/// with for 15 minutes.
pub async fn calendar_sign_ins(app: App) -> Vec<CalendarSignIn> {
    let mut offered = Vec::new();
    for provider in CalendarProvider::ALL.iter().copied().filter(|provider| provider.is_online_service()) {
        let Ok(known) = provider.as_str().parse::<ConnectionProvider>() else { continue };
        let request = StartConnection { provider: known, scope: ConnectionScope::User };
        // The server refuses a provider that it is not configured for.
        if let Ok(started) = app.api().start_connection(&request).await {
            offered.push(CalendarSignIn { provider, url: started.url });
        }
    }
    offered
}

/// What to connect once a sign-in is complete; `None` for one that stands for something else.
pub(super) fn calendars_of(connection: &Connection) -> Option<ConnectCalendars> {
    let connection_id = connection.id;
    match connection.provider.as_str() {
        "google" => Some(ConnectCalendars::Google { connection_id }),
        "microsoft" => Some(ConnectCalendars::Microsoft { connection_id }),
        _ => None,
    }
}
