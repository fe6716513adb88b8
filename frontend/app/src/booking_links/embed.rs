//! Code that embeds a link's page in pages of one's own (MEET-86).

use leptos::prelude::*;
use types::booking::BookingLink;
use ui::{CopyField, Dialog, Select, SelectOption};
use wasm_bindgen::JsValue;

use crate::context::use_app;
use crate::forms::DialogFor;
use crate::texts::text;

/// Where the page is shown.
const INLINE: &str = "inline";
const POP_UP: &str = "popup";

/// The code for one of the ways. The loader is the one that the chat uses; a page needs it once.
fn code(origin: &str, slug: &str, label: &str, way: &str) -> String {
    let element = match way {
        INLINE => format!("<div data-rapport-booking=\"{slug}\"></div>"),
        POP_UP => format!("<button data-rapport-booking-popup=\"{slug}\">{label}</button>"),
        _ => format!("<button data-rapport-booking-button=\"{slug}\">{label}</button>"),
    };
    format!("<script async src=\"{origin}/embed/rapport.js\" data-rapport></script>\n{element}")
}

/// The origin of an address.
fn origin_of(address: &str) -> String {
    web_sys::Url::new(address).map(|url| url.origin()).unwrap_or_else(|_: JsValue| String::new())
}

/// The code to copy, for the page itself, for a window above it, and for a button at its corner.
#[component]
pub fn EmbedDialog(
    /// The link.
    about: DialogFor<BookingLink>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    view! {
        <Dialog open=about.open title=text!(i18n, booking_links.embed_title) close_label=text!(i18n, words.close) wide=true>
            <Code about />
        </Dialog>
    }
    .into_any()
}

#[component]
fn Code(about: DialogFor<BookingLink>) -> impl IntoView {
    let i18n = use_app().i18n;
    let way = RwSignal::new(INLINE.to_owned());
    let options = Signal::derive(move || {
        let option =
            |value: &str, label: &str| SelectOption { value: value.to_owned(), label: label.to_owned() };
        vec![
            option(INLINE, leptos_i18n::t_string!(i18n, booking_links.embed_inline)),
            option(POP_UP, leptos_i18n::t_string!(i18n, booking_links.embed_popup)),
            option("button", leptos_i18n::t_string!(i18n, booking_links.embed_button)),
        ]
    });
    let value = Signal::derive(move || {
        let label = leptos_i18n::t_string!(i18n, booking_links.embed_label);
        let (origin, slug) = about.of(|link| (origin_of(&link.url), link.slug.clone()));
        code(&origin, &slug, label, &way.get())
    });
    view! {
        <p>{text!(i18n, booking_links.embed_intro)}</p>
        <div class="fields">
            <ui::Field label=text!(i18n, booking_links.embed_how)><Select value=way options /></ui::Field>
            <pre class="code">{move || value.get()}</pre>
            <CopyField
                value
                label=text!(i18n, booking_links.embed_code)
                copy_label=text!(i18n, words.copy)
                copied_label=text!(i18n, words.copied)
            />
            <p class="muted">{text!(i18n, booking_links.embed_origins_note)}</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn each_way_names_the_link_and_loads_the_loader() {
        let script = "<script async src=\"https://r.test/embed/rapport.js\" data-rapport></script>\n";
        for (way, element) in [
            ("inline", "<div data-rapport-booking=\"ana/intro\"></div>"),
            ("popup", "<button data-rapport-booking-popup=\"ana/intro\">Book</button>"),
            ("button", "<button data-rapport-booking-button=\"ana/intro\">Book</button>"),
        ] {
            assert_eq!(code("https://r.test", "ana/intro", "Book", way), format!("{script}{element}"));
        }
    }
}
