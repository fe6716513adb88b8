//! The only door to a chat widget or a visitor.
//!
//! Settings of widgets need `ManageChannels`. A visitor reaches its own row and nothing else; the widget it uses must be
//! on. What does not exist, was deleted or is off is not found.

use platform::{Error, Granted, Key, Result, Tx};
use types::{Permission, WidgetId};

use crate::chat_widgets::store::{self as widgets, WidgetRow};
use crate::visitors::store::{self as visitors, VisitorRow};

/// Insists that the actor may read and change channels.
pub(crate) fn require_manage(tx: &Tx<'_>) -> Result<()> {
    tx.actor().require(Permission::ManageChannels)
}

/// A widget with its settings.
pub(crate) fn read_widget(tx: &mut Tx<'_>, id: WidgetId) -> Result<WidgetRow> {
    require_manage(tx)?;
    widgets::find(tx, id)?.ok_or(Error::NotFound)
}

/// A widget to change.
pub(crate) fn lock_widget(tx: &mut Tx<'_>, id: WidgetId) -> Result<Granted<WidgetRow>> {
    require_manage(tx)?;
    widgets::lock(tx, id)?.map(Granted::new).ok_or(Error::NotFound)
}

/// A widget that is on, for anybody who knows its id: it stands in the pages of a site.
pub(crate) fn open_widget(tx: &mut Tx<'_>, id: WidgetId) -> Result<WidgetRow> {
    widgets::find(tx, id)?.filter(|widget| widget.enabled).ok_or(Error::NotFound)
}

/// A widget whose look is previewed, on or off: how it looks is no secret, and nothing else of it is shown.
pub(crate) fn widget_to_preview(tx: &mut Tx<'_>, id: WidgetId) -> Result<WidgetRow> {
    widgets::find(tx, id)?.ok_or(Error::NotFound)
}

/// The visitor who acts.
pub(crate) fn read_visitor(tx: &mut Tx<'_>) -> Result<VisitorRow> {
    let id = tx.actor().visitor()?.id;
    visitors::find(tx, id)?.ok_or(Error::Unauthenticated)
}

/// The visitor who acts, to be changed. Nothing else happens to this visitor until the transaction ends.
pub(crate) fn lock_visitor(tx: &mut Tx<'_>) -> Result<Granted<VisitorRow>> {
    let id = tx.actor().visitor()?.id;
    tx.lock(Key::Visitor(id))?;
    let visitor = read_visitor(tx)?;
    tx.about(visitor.contact_id);
    Ok(Granted::new(visitor))
}
