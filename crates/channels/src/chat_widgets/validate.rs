//! What a chat widget may be.

use platform::fields::Fields;
use platform::{Result, Tx};
use types::InboxId;
use types::channels::{UpdateChatWidget, WidgetStyle};
use web::page::Color;

use super::{origin, store};

const NAME_CHARACTERS: usize = 100;
const TITLE_CHARACTERS: usize = 60;
const WELCOME_CHARACTERS: usize = 200;
const LABEL_CHARACTERS: usize = 40;
const MAX_ORIGINS: usize = 50;

/// A widget's name in its stored form.
pub(super) fn name(fields: &mut Fields, name: &str) -> String {
    fields.required("name", name, NAME_CHARACTERS)
}

/// Insists that the inbox exists.
pub(super) fn inbox(tx: &mut Tx<'_>, fields: &mut Fields, id: InboxId) -> Result<()> {
    if !store::inbox_exists(tx, id)? {
        fields.refuse("inbox_id", "unknown", "must be the id of an inbox".to_owned());
    }
    Ok(())
}

/// The whole of a widget's settings in their stored form; what is wrong is noted in `fields`.
pub(super) fn settings(fields: &mut Fields, new: UpdateChatWidget) -> UpdateChatWidget {
    UpdateChatWidget {
        name: name(fields, &new.name),
        style: style(fields, new.style),
        allowed_origins: origins(fields, &new.allowed_origins),
        ..new
    }
}

fn style(fields: &mut Fields, style: WidgetStyle) -> WidgetStyle {
    if style.color.parse::<Color>().is_err() {
        fields.refuse("style.color", "malformed", "must be a colour such as #4b3fe4".to_owned());
    }
    WidgetStyle {
        color: style.color.to_ascii_lowercase(),
        title: fields.optional("style.title", style.title.as_deref(), TITLE_CHARACTERS),
        welcome: fields.optional("style.welcome", style.welcome.as_deref(), WELCOME_CHARACTERS),
        launcher_label: fields.optional(
            "style.launcher_label",
            style.launcher_label.as_deref(),
            LABEL_CHARACTERS,
        ),
        ..style
    }
}

fn origins(fields: &mut Fields, origins: &[String]) -> Vec<String> {
    if origins.len() > MAX_ORIGINS {
        fields.refuse("allowed_origins", "too_many", format!("must have at most {MAX_ORIGINS} entries"));
        return Vec::new();
    }
    let mut normalized = Vec::with_capacity(origins.len());
    for (index, text) in origins.iter().enumerate() {
        match origin::normalize(text) {
            Ok(origin) if normalized.contains(&origin) => {}
            Ok(origin) => normalized.push(origin),
            Err(rule) => fields.refuse(&format!("allowed_origins.{index}"), "malformed", rule.to_owned()),
        }
    }
    normalized
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat_widgets::default_style;
    use platform::Error;

    fn update() -> UpdateChatWidget {
        UpdateChatWidget {
            name: "Shop".to_owned(),
            inbox_id: InboxId(1),
            enabled: true,
            style: default_style(),
            allowed_origins: Vec::new(),
            require_signed_identity: false,
        }
    }

    #[test]
    fn settings_are_stored_in_one_spelling() {
        let mut fields = Fields::default();
        let mut new = update();
        new.style.color = "#ABCDEF".to_owned();
        new.style.title = Some("  ".to_owned());
        new.style.welcome = Some(" Hi ".to_owned());
        new.allowed_origins = vec!["https://A.example/".to_owned(), "https://a.example".to_owned()];
        let settings = settings(&mut fields, new);
        fields.finish().unwrap();
        assert_eq!(settings.style.color, "#abcdef");
        assert_eq!(settings.style.title, None);
        assert_eq!(settings.style.welcome.as_deref(), Some("Hi"));
        assert_eq!(settings.allowed_origins, ["https://a.example"]);
    }

    #[test]
    fn every_wrong_setting_is_named() {
        let mut fields = Fields::default();
        let mut new = update();
        new.name = " ".to_owned();
        new.style.color = "red".to_owned();
        new.style.title = Some("x".repeat(61));
        new.style.launcher_label = Some("a\u{7}".to_owned());
        new.allowed_origins = vec!["https://a.example".to_owned(), "a.example".to_owned()];
        settings(&mut fields, new);
        let Err(Error::Invalid(errors)) = fields.finish() else { panic!("no error") };
        let named: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(
            named,
            ["name", "style.color", "style.title", "style.launcher_label", "allowed_origins.1"]
        );
    }
}
