//! What a visitor typed into the form, checked.

use std::collections::BTreeMap;

use platform::fields::Fields;
use serde_json::{Number, Value};
use types::Date;
use types::booking::{Answer, AnswerKind, AnsweredQuestion, BookMeeting, FormField, Guest};

use crate::form::{BUILT_IN, Question};

/// Most guests of a meeting.
const MOST_GUESTS: usize = 10;

/// Who books, and what they answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answered {
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    pub(crate) answers: Vec<AnsweredQuestion>,
    /// What fills a property of contacts that is no custom one, by its name.
    pub(crate) built_in: BTreeMap<String, String>,
    /// What fills custom properties, by key.
    pub(crate) properties: BTreeMap<String, Value>,
    pub(crate) guests: Vec<Guest>,
}

/// Checks name and address.
pub(crate) fn person(fields: &mut Fields, names: (&str, &str), email: &str) -> (String, String, String) {
    let first_name = fields.required("first_name", names.0, 100);
    let last_name = fields.required("last_name", names.1, 100);
    let address = fields.email("email", Some(email));
    if address.is_none() && email.trim().is_empty() {
        fields.refuse("email", "required", "must not be empty".to_owned());
    }
    (first_name, last_name, address.unwrap_or_default())
}

/// Checks the whole form.
pub(crate) fn of(
    fields: &mut Fields,
    form: &[Question],
    allows_guests: bool,
    request: &BookMeeting,
) -> Answered {
    let names = (request.first_name.as_str(), request.last_name.as_str());
    let (first_name, last_name, email) = person(fields, names, &request.email);
    let mut answered = Answered { first_name, last_name, ..Answered::default() };
    unknown_answers(fields, form, &request.answers);
    for question in form {
        answer(fields, question, &request.answers, &mut answered);
    }
    answered.guests = guests(fields, allows_guests, &request.guests, &email);
    answered.email = email;
    answered
}

fn unknown_answers(fields: &mut Fields, form: &[Question], answers: &[Answer]) {
    for (index, answer) in answers.iter().enumerate() {
        let earlier = answers.iter().take(index).any(|other| other.key == answer.key);
        if earlier || !form.iter().any(|question| question.field.key == answer.key) {
            let rule = if earlier { "is answered twice" } else { "is none of the form's questions" };
            fields.refuse(&format!("answers.{index}.key"), "unknown", rule.to_owned());
        }
    }
}

fn answer(fields: &mut Fields, question: &Question, answers: &[Answer], answered: &mut Answered) {
    let field = &question.field;
    let at = format!("answers.{}", field.key);
    let given = answers.iter().find(|answer| answer.key == field.key).map(|answer| answer.value.trim());
    // A box that must be ticked is answered by nothing else.
    let is_refused = field.is_required && field.kind == AnswerKind::Checkbox && given == Some("false");
    let Some(text) = given.filter(|text| !text.is_empty() && !is_refused) else {
        if field.is_required {
            fields.refuse(&at, "required", "must be answered".to_owned());
        }
        return;
    };
    let Some((text, value)) = checked(fields, &at, field, text) else { return };
    if let Some(property) = &field.property {
        if BUILT_IN.contains(&property.as_str()) {
            answered.built_in.insert(property.clone(), text.clone());
        } else {
            let stored = question.values.get(&text).cloned().map(Value::String);
            answered.properties.insert(property.clone(), stored.unwrap_or(value));
        }
    }
    answered.answers.push(AnsweredQuestion { label: field.label.clone(), value: text });
}

/// An answer as text and as a value; nothing, after a complaint, when it breaks a rule.
fn checked(fields: &mut Fields, at: &str, field: &FormField, text: &str) -> Option<(String, Value)> {
    let as_text = |text: String| Some((text.clone(), Value::String(text)));
    match field.kind {
        AnswerKind::Line => fields.optional(at, Some(text), 500).and_then(as_text),
        AnswerKind::Lines => fields.lines(at, Some(text), 4000).and_then(as_text),
        AnswerKind::Choice if field.options.iter().any(|option| option == text) => as_text(text.to_owned()),
        AnswerKind::Choice => {
            fields.refuse(at, "unknown", "must be one of the options".to_owned());
            None
        }
        AnswerKind::Number => match text.parse::<f64>().ok().and_then(Number::from_f64) {
            Some(number) => {
                let whole = text.parse::<i64>().ok().map(Number::from);
                Some((text.to_owned(), Value::Number(whole.unwrap_or(number))))
            }
            None => {
                fields.refuse(at, "malformed", "must be a number".to_owned());
                None
            }
        },
        AnswerKind::Date => match text.parse::<Date>() {
            Ok(date) => as_text(date.to_string()),
            Err(rule) => {
                fields.refuse(at, "malformed", rule);
                None
            }
        },
        AnswerKind::Checkbox => match text {
            "true" | "false" => Some((text.to_owned(), Value::Bool(text == "true"))),
            _ => {
                fields.refuse(at, "malformed", "must be true or false".to_owned());
                None
            }
        },
    }
}

/// Checks who is invited too: each once, and not whoever books.
fn guests(fields: &mut Fields, allowed: bool, given: &[Guest], booker: &str) -> Vec<Guest> {
    if !allowed && !given.is_empty() {
        fields.refuse("guests", "unexpected", "cannot be named here".to_owned());
        return Vec::new();
    }
    checked_guests(fields, given, booker)
}

/// The guests' addresses in their normal form, each once, without that of whoever books.
pub(crate) fn checked_guests(fields: &mut Fields, given: &[Guest], booker: &str) -> Vec<Guest> {
    if given.len() > MOST_GUESTS {
        fields.refuse("guests", "too_many", format!("must be at most {MOST_GUESTS}"));
    }
    let mut guests: Vec<Guest> = Vec::new();
    for (index, guest) in given.iter().enumerate() {
        let address = fields.email(&format!("guests.{index}.email"), Some(&guest.email));
        if let Some(email) = address.filter(|email| email != booker)
            && !guests.iter().any(|other| other.email == email)
        {
            guests.push(Guest { email });
        }
    }
    guests
}
