//! Chat widgets.

mod code_tab;
mod create;
mod delete;
mod form;
mod list;
mod preview;
mod security_tab;
mod style_tab;
mod widget_page;

use leptos::prelude::*;
use types::WidgetId;
use types::channels::ChatWidget;
use types::page::PageQuery;

use crate::context::App;
use crate::live::LiveStatus;
use crate::remote::Remote;
use crate::settings::no_such_page::NoSuchPage;
use list::WidgetListPage;
use widget_page::WidgetPage;

/// The list, or one widget.
#[component]
pub fn ChatPages(
    /// The id of the widget in the address.
    item: Signal<Option<String>>,
) -> impl IntoView {
    move || match item.get().map(|id| id.parse::<WidgetId>()) {
        None => view! { <WidgetListPage /> }.into_any(),
        Some(Ok(id)) => view! { <WidgetPage id /> }.into_any(),
        Some(Err(_)) => view! { <NoSuchPage /> }.into_any(),
    }
}

/// Fetches all widgets into the state, where events change them from then on; again when the stream is back.
fn fetch_widgets(app: App) -> Remote<()> {
    let is_online = Memo::new(move |_| app.live.status.get() == LiveStatus::Online);
    Remote::new(move || {
        is_online.get();
        async move {
            let mut widgets: Vec<ChatWidget> = Vec::new();
            let mut query = PageQuery { cursor: None, limit: Some(200) };
            loop {
                let page = app.api().list_chat_widgets(&query).await?;
                widgets.extend(page.items);
                query.cursor = page.next_cursor;
                if query.cursor.is_none() {
                    break;
                }
            }
            app.change(|state| {
                state.directory.widgets = widgets.into_iter().map(|widget| (widget.id, widget)).collect();
            });
            Ok(())
        }
    })
}
