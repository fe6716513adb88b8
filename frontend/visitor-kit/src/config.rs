//! What the server's page tells the bundle, in its data block `rapport-config`.

use std::collections::BTreeMap;

use serde::Deserialize;
use types::WidgetId;

/// The whole of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Style {
    /// The heading.
    pub title: String,
    /// The sentence below it.
    pub welcome: String,
}

/// What a visitor may send.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Limits {
    /// The longest message, in characters.
    pub message_characters: u32,
    /// The largest file, in bytes.
    pub attachment_bytes: u32,
    /// How many files a message may have.
    pub attachments_per_message: u32,
}

/// The texts of one language by key.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// The text of a key; the key itself where the server knows none, which a test of the server's texts excludes.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// The text of a key with `{name}` replaced by `value`.
    pub fn fill(&self, key: &str, name: &str, value: &str) -> String {
        let text = self.get(key);
        let found = text.split_once('{').and_then(|(before, rest)| {
            let after = rest.strip_prefix(name)?.strip_prefix('}')?;
            Some([before, value, after].concat())
        });
        found.unwrap_or_else(|| text.to_owned())
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
        assert!(json::read::<Config>("{}").is_none());
    }

    #[test]
    fn sizes_are_readable() {
        assert_eq!(readable_size(26_214_400), "25 MB");
        assert_eq!(readable_size(300), "1 KB");
        assert_eq!(readable_size(1_048_575), "1023 KB");
    }
}
