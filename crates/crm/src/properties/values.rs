//! The values of records: read, checked, written, filtered by.

use std::collections::{BTreeMap, HashMap};

use platform::fields::Fields;
use platform::{Error, Result, Tx};
use serde_json::Value;
use types::crm::{ObjectKind, PropertyType};
use types::{Date, PropertyId, RecordId};

use crate::store::properties::{self, PropertyRow, StoredValue};

/// Most characters of a text: an index of PostgreSQL holds at most 2,704 bytes.
const LONGEST_TEXT: usize = 500;

/// The values of a record, by key.
pub(crate) fn of_record(tx: &mut Tx<'_>, record: impl Into<RecordId>) -> Result<BTreeMap<String, Value>> {
    properties::values_of(tx, record.into()).map(by_key)
}

/// The values of several records, by record and key; those without any are missing.
pub(crate) fn of_records<I: Into<RecordId>>(
    tx: &mut Tx<'_>,
    records: impl IntoIterator<Item = I>,
) -> Result<HashMap<RecordId, BTreeMap<String, Value>>> {
    let ids: Vec<RecordId> = records.into_iter().map(Into::into).collect();
    let stored = properties::values_of_all(tx, &ids)?;
    Ok(stored.into_iter().map(|(record, values)| (record, by_key(values))).collect())
}

fn by_key(values: Vec<StoredValue>) -> BTreeMap<String, Value> {
    let value = |(_, key, property_type, text): StoredValue| (key, read(property_type, text));
    values.into_iter().map(value).collect()
}

/// A value out of the form in which it is stored.
fn read(property_type: PropertyType, text: String) -> Value {
    match property_type {
        PropertyType::Number => text.parse::<serde_json::Number>().map_or(Value::Null, Value::Number),
        PropertyType::Boolean => Value::Bool(text == "true"),
        PropertyType::Text | PropertyType::Date | PropertyType::Select => Value::String(text),
    }
}

/// The one form in which a value is stored, so that equal values are equal texts; or the rule that it breaks.
fn text_of(
    property: (PropertyType, &[types::crm::PropertyOption]),
    value: &Value,
) -> Result<String, &'static str> {
    let (property_type, options) = property;
    match (property_type, value) {
        (PropertyType::Text, Value::String(text)) => {
            let text = text.trim();
            if text.is_empty() || text.chars().count() > LONGEST_TEXT {
                return Err("must be a text of 1 to 500 characters");
            }
            if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
                return Err("must not contain control characters");
            }
            Ok(text.to_owned())
        }
        (PropertyType::Text, _) => Err("must be a text of 1 to 500 characters"),
        (PropertyType::Number, Value::Number(number)) => {
            let number = number.as_f64().filter(|number| number.is_finite()).ok_or("must be a number")?;
            // Adding zero turns -0 into 0. The shortest text that reads as the same number.
            Ok(format!("{}", number + 0.0))
        }
        (PropertyType::Number, _) => Err("must be a number"),
        (PropertyType::Date, Value::String(text)) => {
            text.parse::<Date>().map(|date| date.to_string()).map_err(|_| "must be a day such as 2026-03-02")
        }
        (PropertyType::Date, _) => Err("must be a day such as 2026-03-02"),
        (PropertyType::Boolean, Value::Bool(yes)) => Ok(yes.to_string()),
        (PropertyType::Boolean, _) => Err("must be true or false"),
        (PropertyType::Select, Value::String(text)) if options.iter().any(|option| option.value == *text) => {
            Ok(text.clone())
        }
        (PropertyType::Select, _) => Err("must be the value of one of the options"),
    }
}

/// Values that were checked, to be written.
#[derive(Debug, Default)]
pub(crate) struct Changes(Vec<(PropertyId, Option<String>)>);

impl Changes {
    /// Checks values for a kind of record; what is wrong is named as `properties.` and the key.
    pub(crate) fn checked(
        tx: &mut Tx<'_>,
        fields: &mut Fields,
        object: ObjectKind,
        given: &BTreeMap<String, Value>,
    ) -> Result<Self> {
        if given.is_empty() {
            return Ok(Self::default());
        }
        let known = properties::list(tx, Some(object))?;
        let mut changes = Vec::with_capacity(given.len());
        for (key, value) in given {
            let field = format!("properties.{key}");
            let Some(property) = find(&known, key) else {
                fields.refuse(&field, "unknown", "there is no such property, or it is archived".to_owned());
                continue;
            };
            if value.is_null() {
                changes.push((property.id, None));
                continue;
            }
            match text_of((property.property_type, &property.options.0), value) {
                Ok(text) => changes.push((property.id, Some(text))),
                Err(rule) => fields.refuse(&field, "invalid", rule.to_owned()),
            }
        }
        Ok(Self(changes))
    }

    /// Writes the values; whether any changed.
    pub(crate) fn write(&self, tx: &mut Tx<'_>, record: impl Into<RecordId>) -> Result<bool> {
        let record = record.into();
        let mut changed = false;
        for (property, value) in &self.0 {
            changed |= properties::set_value(tx, record, *property, value.as_deref())?;
        }
        Ok(changed)
    }
}

fn find<'a>(known: &'a [PropertyRow], key: &str) -> Option<&'a PropertyRow> {
    known.iter().find(|property| property.key == key && !property.archived)
}

/// Reads the filter of a list: a JSON object of keys and values.
pub(crate) fn filters(
    tx: &mut Tx<'_>,
    object: ObjectKind,
    given: Option<&str>,
) -> Result<Vec<(PropertyId, String)>> {
    let Some(given) = given.filter(|text| !text.trim().is_empty()) else { return Ok(Vec::new()) };
    let wanted: BTreeMap<String, Value> = serde_json::from_str(given)
        .map_err(|_| Error::invalid("properties", "must be a JSON object of keys and values"))?;
    let known = properties::list(tx, Some(object))?;
    let mut fields = Fields::default();
    let mut filters = Vec::with_capacity(wanted.len());
    for (key, value) in &wanted {
        let field = format!("properties.{key}");
        match find(&known, key)
            .map(|property| (property.id, text_of((property.property_type, &property.options.0), value)))
        {
            Some((id, Ok(text))) => filters.push((id, text)),
            Some((_, Err(rule))) => fields.refuse(&field, "invalid", rule.to_owned()),
            None => {
                fields.refuse(&field, "unknown", "there is no such property, or it is archived".to_owned())
            }
        }
    }
    fields.finish()?;
    Ok(filters)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use types::crm::PropertyOption;

    use super::*;

    fn stored(property_type: PropertyType, value: &Value) -> Result<String, &'static str> {
        let options = [PropertyOption { value: "gold".to_owned(), label: "Gold".to_owned() }];
        text_of((property_type, &options), value)
    }

    #[test]
    fn equal_values_are_equal_texts_and_come_back() {
        for (property_type, value, text) in [
            (PropertyType::Text, json!(" a b "), "a b"),
            (PropertyType::Number, json!(1.0), "1"),
            (PropertyType::Number, json!(-0.0), "0"),
            (PropertyType::Number, json!(0.1), "0.1"),
            (PropertyType::Number, json!(1e3), "1000"),
            (PropertyType::Date, json!("2024-02-29"), "2024-02-29"),
            (PropertyType::Boolean, json!(true), "true"),
            (PropertyType::Select, json!("gold"), "gold"),
        ] {
            assert_eq!(stored(property_type, &value).as_deref(), Ok(text));
            let back = read(property_type, text.to_owned());
            assert_eq!(stored(property_type, &back).as_deref(), Ok(text), "{back}");
        }
    }

    #[test]
    fn values_of_another_type_are_refused() {
        for (property_type, value) in [
            (PropertyType::Text, json!(1)),
            (PropertyType::Text, json!("")),
            (PropertyType::Text, json!("x".repeat(501))),
            (PropertyType::Text, json!("a\u{0}")),
            (PropertyType::Number, json!("1")),
            (PropertyType::Date, json!("2026-02-29")),
            (PropertyType::Boolean, json!("true")),
            (PropertyType::Select, json!("silver")),
        ] {
            assert!(stored(property_type, &value).is_err(), "{value}");
        }
    }
}
