//! Booking links: their list, and the editor of one.
//!
//! | module | does |
//! |-|-|
//! | [`list`], [`row`] | the links, with what is done with each |
//! | [`embed`] | code for pages of one's own |
//! | [`editor`] | making and changing a link, in four steps, with a preview |
//! | [`insert`] | choosing a link while writing a message |
//! | [`picture`] | an uploaded picture, and uploading another one |
//! | [`words`] | kinds, states, lengths of time and rules in words |

mod editor;
mod embed;
mod insert;
mod list;
mod picture;
mod row;
mod words;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use types::BookingLinkId;
use wasm_split_helpers::wasm_split;

pub use insert::InsertLink;
pub use picture::PictureField;

use crate::parts::{PartMissing, Screen};
use crate::shell::NotFoundPage;

/// What an address of links names.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    List,
    New,
    Link(BookingLinkId),
    Nowhere,
}

impl Place {
    fn of(link: &str) -> Self {
        match link {
            "" => Self::List,
            "new" => Self::New,
            id => id.parse().map_or(Self::Nowhere, Self::Link),
        }
    }
}

/// The screens of booking links.
#[wasm_split(booking_links, fallible)]
pub fn booking_links_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <BookingLinks /> }.into_any())
}

/// The links that can be inserted into a message; [`InsertLink`] is in context.
#[wasm_split(booking_links, fallible)]
pub fn insert_link_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <insert::LinkChoice /> }.into_any())
}

/// The list of links, or the editor of one.
#[component]
fn BookingLinks() -> impl IntoView {
    let params = use_params_map();
    let place = Memo::new(move |_| Place::of(&params.with(|params| params.get("link")).unwrap_or_default()));
    move || match place.get() {
        Place::List => view! { <list::LinkList /> }.into_any(),
        Place::New => view! { <editor::LinkEditor id=None /> }.into_any(),
        Place::Link(id) => view! { <editor::LinkEditor id=Some(id) /> }.into_any(),
        Place::Nowhere => view! { <NotFoundPage /> }.into_any(),
    }
}
