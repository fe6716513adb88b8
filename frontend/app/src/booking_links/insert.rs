//! Choosing a booking link while a message is written (CONV-117).

use leptos::prelude::*;
use types::booking::{BookingLink, BookingLinkState, ListBookingLinks};
use ui::{EmptyState, IconName};

use crate::context::use_app;
use crate::remote::{Remote, RemoteView};
use crate::search_list::{SearchList, SearchOption};
use crate::texts::text;

/// Takes the link that was chosen: its title and its address. Provide it as context around
/// [`insert_link_screen`](super::insert_link_screen).
#[derive(Clone, Copy)]
pub struct InsertLink(pub Callback<(String, String)>);

/// The links that can be inserted, by their internal names.
#[component]
pub fn LinkChoice() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let links = Remote::new(move || async move {
        let query = ListBookingLinks { limit: Some(200), ..ListBookingLinks::default() };
        let page = app.api().list_booking_links(&query).await?;
        let is_offered =
            |link: &BookingLink| link.state == BookingLinkState::Active && !link.settings.is_hidden;
        Ok(page.items.into_iter().filter(is_offered).collect::<Vec<_>>())
    });
    let query = RwSignal::new(String::new());
    let options = Memo::new(move |_| {
        let needle = query.get().trim().to_lowercase();
        let option = |link: BookingLink| SearchOption {
            value: link.id.to_string(),
            icon: IconName::Calendar,
            label: link.settings.internal_name,
            keys: None,
            chosen: false,
        };
        let links = links.get().unwrap_or_default().into_iter();
        let mut options: Vec<SearchOption> = links.map(option).collect();
        options.retain(|option| option.label.to_lowercase().contains(&needle));
        options
    });
    let on_choose = Callback::new(move |id: String| {
        let chosen = links.get().unwrap_or_default().into_iter().find(|link| link.id.to_string() == id);
        if let (Some(link), Some(InsertLink(insert))) = (chosen, use_context()) {
            insert.run((link.settings.title, link.url));
        }
    });
    let is_empty = move || links.get().is_some_and(|links| links.is_empty());
    view! {
        <RemoteView remote=links>
            <Show
                when=move || !is_empty()
                fallback=move || view! { <EmptyState icon=IconName::Calendar title=text!(i18n, booking_links.none_to_insert) /> }
            >
                <SearchList
                    id="insert-link"
                    label=text!(i18n, booking_links.insert)
                    placeholder=text!(i18n, booking_links.search)
                    no_match=text!(i18n, booking_links.no_match)
                    query
                    options
                    on_choose
                />
            </Show>
        </RemoteView>
    }
    .into_any()
}
