//! What outlives a reload of the page: what was typed, and the time that is kept. The browser forgets it with its tab.

use types::Timestamp;
use visitor_kit::browser::element::El;
use visitor_kit::browser::page;
use visitor_kit::json::{self, Json, Object, Read, Write};
use web_sys::Storage;

use crate::booking::Booking;

/// The name that the time is remembered by.
const KEPT: &str = "kept";

/// The time that is kept for the visitor, and what they were doing.
pub struct Kept {
    /// For booking it.
    pub token: String,
    /// When others may have it.
    pub expires_at: Timestamp,
    /// When the meeting begins.
    pub starts_at: Timestamp,
    /// How long it is, in minutes.
    pub duration: u16,
    /// The zone that it was chosen in.
    pub zone: String,
    /// Whether they had gone back to the times.
    pub is_choosing: bool,
}

impl Read for Kept {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            token: json.text("token")?,
            expires_at: json.time("expires_at")?,
            starts_at: json.time("starts_at")?,
            duration: u16::try_from(json.number("duration_minutes")?).ok()?,
            zone: json.text("time_zone")?,
            is_choosing: json.flag("is_choosing")?,
        })
    }
}

impl Write for Kept {
    fn write(&self, object: &mut Object) {
        object.text("token", &self.token);
        object.text("expires_at", &self.expires_at.to_string());
        object.text("starts_at", &self.starts_at.to_string());
        object.number("duration_minutes", self.duration.into());
        object.text("time_zone", &self.zone);
        object.flag("is_choosing", self.is_choosing);
    }
}

impl Booking {
    /// Remembers the time that is kept, or that there is none.
    pub fn remember_kept(self, kept: Option<&Kept>) {
        self.store(KEPT, kept.map(json::write).as_deref());
    }

    /// The time that was kept before the page was loaded again.
    pub fn remembered_kept(self) -> Option<Kept> {
        json::read(&self.stored(KEPT)?)
    }

    /// Gives a field what was typed into it before, and remembers what is typed from now on. `property` is what of the
    /// element holds it: `value`, or `checked` of a box.
    pub fn remember_typed(self, id: &str, property: &'static str, input: El) -> El {
        let set = |element: &web_sys::Element, value: &wasm_bindgen::JsValue| {
            // Fails only for objects that are frozen.
            let _ = js_sys::Reflect::set(element, &property.into(), value);
        };
        if let Some(before) = self.stored(id) {
            match property {
                "checked" => set(input.element(), &true.into()),
                _ => set(input.element(), &before.into()),
            }
        }
        let (id, element) = (id.to_owned(), input.element().clone());
        input.on("input", move |_| {
            let now = js_sys::Reflect::get(&element, &property.into()).ok();
            let text =
                now.and_then(|now| now.as_string().or_else(|| now.is_truthy().then(|| "true".to_owned())));
            self.store(&id, text.filter(|text| !text.is_empty()).as_deref());
        })
    }

    /// Forgets everything: the meeting is booked, moved, called off or requested.
    pub fn forget(self) {
        let Some(storage) = storage() else { return };
        let prefix = self.name("");
        let names = (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok()?);
        for name in names.filter(|name| name.starts_with(&prefix)).collect::<Vec<_>>() {
            let _ = storage.remove_item(&name);
        }
    }

    fn store(self, name: &str, text: Option<&str>) {
        let Some(storage) = storage() else { return };
        // Fails where the storage is full: then the text is forgotten with the page.
        let _ = match text {
            Some(text) => storage.set_item(&self.name(name), text),
            None => storage.remove_item(&self.name(name)),
        };
    }

    fn stored(self, name: &str) -> Option<String> {
        storage()?.get_item(&self.name(name)).ok()?
    }

    fn name(self, name: &str) -> String {
        ["rapport-booking/", &self.slug(), "/", name].concat()
    }
}

/// The storage of the tab; none where the browser keeps nothing, as in some iframes.
fn storage() -> Option<Storage> {
    page::window()?.session_storage().ok()?
}
