//! The questions of a link's form as they are asked now: those that fill a property of contacts follow it.

use std::collections::BTreeMap;

use platform::{Error, Result, Tx};
use types::booking::{AnswerKind, FormField};
use types::crm::{ObjectKind, Property, PropertyType};

/// Contact properties that are no custom ones.
pub(crate) const BUILT_IN: [&str; 3] = ["phone", "job_title", "company"];

/// A question as it is asked now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) field: FormField,
    /// What a property stores for an option, by what is shown.
    pub(crate) values: BTreeMap<String, String>,
}

/// The questions as they are asked now. Where a property is archived or gone, its question is one of the link alone: the answer
/// stands in the meeting.
pub(crate) fn current(tx: &mut Tx<'_>, form: &[FormField]) -> Result<Vec<Question>> {
    let properties = custom(tx, form)?;
    let question = |field: &FormField| {
        let mut question = Question { field: field.clone(), values: BTreeMap::new() };
        let Some(key) = custom_key(field) else { return question };
        match properties.get(key) {
            None => question.field.property = None,
            Some(property) => {
                follow(&mut question.field, property);
                let stored = property.options.iter();
                question.values = stored.map(|option| (option.label.clone(), option.value.clone())).collect();
            }
        }
        question
    };
    Ok(form.iter().map(question).collect())
}

/// The custom property that a question fills.
pub(crate) fn custom_key(field: &FormField) -> Option<&str> {
    field.property.as_deref().filter(|key| !BUILT_IN.contains(key))
}

/// The custom properties that can be asked for, by key; none when none is.
pub(crate) fn custom(tx: &mut Tx<'_>, form: &[FormField]) -> Result<BTreeMap<String, Property>> {
    if !form.iter().any(|field| custom_key(field).is_some()) {
        return Ok(BTreeMap::new());
    }
    let all = crm::properties::of_object(tx, ObjectKind::Contact)?.into_iter();
    Ok(all.filter(|property| !property.archived).map(|property| (property.key.clone(), property)).collect())
}

/// Asks for a property as what it is.
pub(crate) fn follow(field: &mut FormField, property: &Property) {
    field.kind = match property.property_type {
        PropertyType::Text if field.kind == AnswerKind::Lines => AnswerKind::Lines,
        PropertyType::Text => AnswerKind::Line,
        PropertyType::Number => AnswerKind::Number,
        PropertyType::Date => AnswerKind::Date,
        PropertyType::Boolean => AnswerKind::Checkbox,
        PropertyType::Select => AnswerKind::Choice,
    };
    field.options = property.options.iter().map(|option| option.label.clone()).collect();
}

/// Names what is wrong with a property by the question that fills it.
pub(crate) fn by_question(error: Error, form: &[Question]) -> Error {
    let Error::Invalid(mut errors) = error else { return error };
    for wrong in &mut errors {
        let asked = wrong
            .field
            .strip_prefix("properties.")
            .and_then(|key| form.iter().find(|question| question.field.property.as_deref() == Some(key)));
        if let Some(question) = asked {
            wrong.field = format!("answers.{}", question.field.key);
        }
    }
    Error::Invalid(errors)
}
