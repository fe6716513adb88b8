//! What the server's page tells the bundle, in its data block `rapport-config`.

use types::WidgetId;

use crate::json::{Json, Read};

/// The whole of it.
pub struct Config {
    /// The widget.
    pub widget_id: WidgetId,
    /// What paths of the API start with; empty for the page's own server.
    pub api_base: String,
    /// The language of the texts, for example `fr`.
    pub locale: String,
    /// The texts.
    pub texts: Texts,
    /// What is said at the top.
    pub style: Style,
    /// The company's name.
    pub company_name: String,
    /// Whether it only shows how it would look: nothing is requested then.
    pub preview: bool,
    /// What a visitor may send.
    pub limits: Limits,
}

/// What is said at the top. Colours come as custom properties of the page's style sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// The heading.
    pub title: String,
    /// The sentence below it.
    pub welcome: String,
}

/// What a visitor may send.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The longest message, in characters.
    pub message_characters: u32,
    /// The largest file, in bytes.
    pub attachment_bytes: u32,
    /// How many files a message may have.
    pub attachments_per_message: u32,
}

/// The texts of one language by key.
pub struct Texts(Json);

impl Texts {
    /// The texts of an object of texts.
    pub fn of(json: Json) -> Self {
        Self(json)
    }

    /// The text of a key; the key itself where the server knows none, which a test of the server's texts excludes.
    pub fn get(&self, key: &str) -> String {
        self.0.text(key).unwrap_or_else(|| key.to_owned())
    }

    /// The text of a key with `{name}` replaced by `value`.
    pub fn fill(&self, key: &str, name: &str, value: &str) -> String {
        fill(&self.get(key), name, value)
    }
}

/// `text` with `{name}` replaced by `value`.
pub fn fill(text: &str, name: &str, value: &str) -> String {
    let mut filled = String::new();
    for (index, part) in text.split('{').enumerate() {
        let after = part.strip_prefix(name).and_then(|rest| rest.strip_prefix('}'));
        match after.filter(|_| index > 0) {
            Some(after) => filled.extend([value, after]),
            None if index > 0 => filled.extend(["{", part]),
            None => filled.push_str(part),
        }
    }
    filled
}

impl Read for Config {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            widget_id: WidgetId(json.id("widget_id")?),
            api_base: json.text("api_base")?,
            locale: json.text("locale")?,
            texts: Texts::of(json.field("texts")?),
            style: json.object("style")?,
            company_name: json.text("company_name")?,
            preview: json.flag("preview")?,
            limits: json.object("limits")?,
        })
    }
}

impl Read for Style {
    fn read(json: &Json) -> Option<Self> {
        Some(Self { title: json.text("title")?, welcome: json.text("welcome")? })
    }
}

impl Read for Limits {
    fn read(json: &Json) -> Option<Self> {
        let limit = |name| json.number(name).map(|limit| u32::try_from(limit).unwrap_or(u32::MAX));
        Some(Self {
            message_characters: limit("message_characters")?,
            attachment_bytes: limit("attachment_bytes")?,
            attachments_per_message: limit("attachments_per_message")?,
        })
    }
}

/// A size as people read it: whole megabytes from one on, else whole kilobytes, rounded down.
pub fn readable_size(bytes: u32) -> String {
    const KILOBYTE: u32 = 1024;
    const MEGABYTE: u32 = KILOBYTE * KILOBYTE;
    let (amount, unit) =
        if bytes >= MEGABYTE { (bytes / MEGABYTE, " MB") } else { ((bytes / KILOBYTE).max(1), " KB") };
    amount.to_string() + unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn the_pages_data_block_is_understood() {
        let config = json::read::<Config>(
            r##"{"widget_id":"123","api_base":"","locale":"fr","texts":{"typing":"{name} écrit…","limit":"{name} > {limit}"},
            "style":{"color":"#0b6e4f","ink_color":"#ffffff","position":"right","title":"T","welcome":"W","launcher_label":null},
            "company_name":"Atelier Sud","preview":false,"parent_origins":[],
            "limits":{"message_characters":10000,"attachment_bytes":26214400,"attachments_per_message":10}}"##,
        )
        .unwrap();
        assert_eq!(config.widget_id, WidgetId(123));
        assert_eq!(config.texts.fill("typing", "name", "Ana {x}"), "Ana {x} écrit…");
        assert_eq!(config.texts.fill("typing", "count", "3"), "{name} écrit…");
        assert_eq!(config.texts.get("absent"), "absent");
        assert_eq!(fill(&config.texts.get("limit"), "limit", "5 MB"), "{name} > 5 MB");
        assert!(json::read::<Config>("{}").is_none());
    }

    #[test]
    fn sizes_are_readable() {
        assert_eq!(readable_size(26_214_400), "25 MB");
        assert_eq!(readable_size(300), "1 KB");
        assert_eq!(readable_size(1_048_575), "1023 KB");
    }
}
