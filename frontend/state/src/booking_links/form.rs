//! The questions of a booking form.

use types::booking::{AnswerKind, FormField};
use types::crm::PropertyType;

use super::slugs::slug_of;

/// The longest key of a question.
const MOST_KEY_LENGTH: usize = 40;

/// How the value of a contact property is asked for.
pub fn answer_kind_of(property: PropertyType) -> AnswerKind {
    match property {
        PropertyType::Text => AnswerKind::Line,
        PropertyType::Number => AnswerKind::Number,
        PropertyType::Date => AnswerKind::Date,
        PropertyType::Boolean => AnswerKind::Checkbox,
        PropertyType::Select => AnswerKind::Choice,
    }
}

/// A key that no question has yet, made from a text.
pub fn free_key(fields: &[FormField], text: &str) -> String {
    let mut base = slug_of(text).replace('-', "_");
    // Room for a number.
    base.truncate(MOST_KEY_LENGTH - 4);
    if base.is_empty() {
        base.push_str("question");
    }
    let is_taken = |key: &str| fields.iter().any(|field| field.key == key);
    let numbered = (2_u32..).map(|number| format!("{base}_{number}"));
    std::iter::once(base.clone()).chain(numbered).find(|key| !is_taken(key)).unwrap_or_default()
}

/// Moves a question by some places, up to the first or the last place.
pub fn move_field(fields: &mut Vec<FormField>, key: &str, places: isize) {
    let Some(from) = fields.iter().position(|field| field.key == key) else { return };
    let to = from.saturating_add_signed(places).min(fields.len().saturating_sub(1));
    let field = fields.remove(from);
    fields.insert(to, field);
}
