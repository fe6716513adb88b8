//! Chat widgets: what sites embed.

mod create;
mod delete;
mod get;
mod list;
mod origin;
pub(crate) mod renew_identity_secret;
pub(crate) mod store;
mod tracking_code;
mod update;
mod validate;

use platform::{Actor, Error, Result, Tx};
use types::channels::{ChatWidget, WidgetPosition, WidgetStyle};
use types::{Event, Permission, Subject};
use web::Routes;

pub use create::create;
use store::WidgetRow;
use tracking_code::tracking_code;
pub use update::update;

/// What identity secrets are sealed for.
const SECRET_PURPOSE: &str = "chat_widget.identity_secret";

/// The accent colour of a widget that nobody has given one: that of the design tokens.
const DEFAULT_COLOR: &str = "#4b3fe4";

/// The paths.
pub(crate) fn routes(cfg: &mut Routes) {
    cfg.service(list::list_chat_widgets)
        .service(create::create_chat_widget)
        .service(get::get_chat_widget)
        .service(update::update_chat_widget)
        .service(delete::delete_chat_widget)
        .service(renew_identity_secret::renew_identity_secret);
}

/// How a widget looks until somebody changes it.
pub(crate) fn default_style() -> WidgetStyle {
    WidgetStyle {
        color: DEFAULT_COLOR.to_owned(),
        position: WidgetPosition::Right,
        title: None,
        welcome: None,
        launcher_label: None,
        locale: None,
    }
}

/// The tracking code of the oldest widget that is on, for the sample site of a demo.
///
/// # Errors
/// [`Error::Unauthenticated`] for anybody but the system itself.
pub fn first_tracking_code(tx: &mut Tx<'_>) -> Result<Option<String>> {
    if !matches!(tx.actor(), Actor::System) {
        return Err(Error::Unauthenticated);
    }
    Ok(store::first_enabled(tx)?.map(|row| show(tx, row).tracking_code))
}

/// A widget as the API shows it.
fn show(tx: &Tx<'_>, row: WidgetRow) -> ChatWidget {
    let style = row.style.0;
    ChatWidget {
        tracking_code: tracking_code(&tx.ctx().config().server.public_url, row.id, &style),
        id: row.id,
        name: row.name,
        inbox_id: row.inbox_id,
        enabled: row.enabled,
        style,
        allowed_origins: row.allowed_origins.0,
        require_signed_identity: row.require_signed_identity,
        created_at: row.created_at,
    }
}

/// Tells whoever manages channels what a widget is now.
fn emit_changed(tx: &mut Tx<'_>, widget: &ChatWidget) -> Result<()> {
    let event = Event::WidgetChanged { widget: Box::new(widget.clone()) };
    tx.emit(Subject::Permission(Permission::ManageChannels), event)
}
