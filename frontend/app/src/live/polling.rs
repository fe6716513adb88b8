//! The fall-back where WebSockets do not get through: the same events by plain requests.

use std::time::Duration;

use leptos::prelude::*;
use types::platform::Since;

use crate::context::App;

/// Between two requests.
pub(super) const PAUSE: Duration = Duration::from_secs(4);

/// Fetches the events since the last position; whether the server answered.
pub(super) async fn poll(app: App) -> bool {
    let since = app.live.cursor.get_value();
    let first = since.is_none();
    let Ok(events) = app.api().list_events(&Since { since }).await else { return false };
    if events.reset || first {
        app.live.reset(app, events.cursor);
        return true;
    }
    for envelope in events.items {
        app.live.receive(app, envelope.cursor, envelope.event);
    }
    app.live.cursor.set_value(Some(events.cursor));
    true
}
