//! Reads what is on the wire from a [`Value`].
//!
//! serde_json can do that too, but for each type it adds the code to read it from an array, and it puts numbers of every
//! kind into its errors. That is a tenth of the app's bundle, for replies that never come and texts that nobody reads.

use std::fmt::Display;

use serde::de::value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, Expected, IntoDeserializer, Unexpected, Visitor};
use serde_json::{Map, Value};

/// Why a value cannot be read as a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError(String);

impl Display for JsonError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for JsonError {}

impl de::Error for JsonError {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("expected {expected}"))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("expected {expected}"))
    }
}

/// Reads a value. A struct is read from an object, and fields that it does not know are passed over.
///
/// # Errors
/// When the value is not of the type; the error says what was expected, not where.
pub fn read<T: DeserializeOwned>(value: Value) -> Result<T, JsonError> {
    T::deserialize(Json(value))
}

/// A value on its way into a type.
struct Json(Value);

impl Json {
    fn fields<'de>(fields: Map<String, Value>) -> impl de::MapAccess<'de, Error = JsonError> {
        MapDeserializer::new(fields.into_iter().map(|(name, value)| (name, Json(value))))
    }

    fn number<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        let Value::Number(number) = self.0 else { return expected(&visitor) };
        match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(value), _, _) => visitor.visit_u64(value),
            (_, Some(value), _) => visitor.visit_i64(value),
            (_, _, Some(value)) => visitor.visit_f64(value),
            _ => expected(&visitor),
        }
    }
}

impl IntoDeserializer<'_, JsonError> for Json {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn expected<T>(what: &dyn Expected) -> Result<T, JsonError> {
    Err(de::Error::invalid_type(Unexpected::Unit, what))
}

impl<'de> Deserializer<'de> for Json {
    type Error = JsonError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::String(value) => visitor.visit_string(value),
            Value::Number(_) => self.number(visitor),
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0 {
            Value::Bool(value) => visitor.visit_bool(value),
            _ => expected(&visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0 {
            Value::String(value) => visitor.visit_string(value),
            _ => expected(&visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter().map(Json))),
            _ => expected(&visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0 {
            Value::Object(fields) => visitor.visit_map(Json::fields(fields)),
            _ => expected(&visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(name.into_deserializer()),
            Value::Object(fields) => visitor.visit_enum(MapAccessDeserializer::new(Json::fields(fields))),
            _ => expected(&visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::json;

    use super::*;
    use crate::UserId;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Shape {
        Point,
        Circle { radius: f64 },
        Square(u8),
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Tagged {
        Named { user_id: UserId },
        Free { rest: Value },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct All {
        text: String,
        number: i64,
        large: u64,
        part: f64,
        yes: bool,
        nothing: Option<u8>,
        some: Option<String>,
        #[serde(default)]
        left_out: Vec<u8>,
        shapes: Vec<Shape>,
        tagged: Vec<Tagged>,
        by_name: BTreeMap<String, u32>,
        user_id: UserId,
        boxed: Box<Value>,
        pair: (u8, String),
    }

    fn sample() -> Value {
        json!({
            "text": "chaise", "number": -5, "large": u64::MAX, "part": 0.5, "yes": true, "nothing": null,
            "some": "x", "new_in_a_later_release": [1, {"a": 2}],
            "shapes": ["point", {"circle": {"radius": 2}}, {"square": 3}],
            "tagged": [{"kind": "named", "user_id": "7"}, {"kind": "free", "rest": {"a": [1.5, -2]}}],
            "by_name": {"a": 1}, "user_id": "58719364096001", "boxed": [null, 1], "pair": [1, "two"],
        })
    }

    #[test]
    fn reads_what_serde_json_reads() {
        let expected: All = serde_json::from_value(sample()).unwrap();
        assert_eq!(read::<All>(sample()).unwrap(), expected);
        read::<()>(Value::Null).unwrap();
        assert_eq!(read::<Option<u8>>(Value::Null), Ok(None));
    }

    #[test]
    fn refuses_what_is_of_another_type() {
        for (field, wrong) in [
            ("text", json!(1)),
            ("number", json!("1")),
            ("number", json!(1.5)),
            ("yes", json!("true")),
            ("shapes", json!({})),
            ("shapes", json!(["hexagon"])),
            ("shapes", json!([4])),
            ("tagged", json!([{"kind": "unknown"}])),
            ("by_name", json!([])),
            ("user_id", json!("x")),
            ("pair", json!([1])),
        ] {
            let mut value = sample();
            value[field] = wrong.clone();
            assert!(read::<All>(value.clone()).is_err(), "{field} {wrong}");
            assert!(serde_json::from_value::<All>(value).is_err(), "serde_json reads {field} {wrong}");
        }
        let mut value = sample();
        value.as_object_mut().unwrap().remove("text");
        assert_eq!(read::<All>(value).unwrap_err().to_string(), "missing field `text`");
        assert_eq!(read::<All>(json!([])).unwrap_err().to_string(), "expected struct All");
    }
}
