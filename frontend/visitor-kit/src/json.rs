//! Reading and writing JSON in few bytes.
//!
//! In the browser its own parser reads the text, and [`crate::wire`] takes from it what the chat needs, by name: compiled,
//! that is a tenth of what serde makes of the same types. Natively, for the tests, serde_json parses.

use serde::Serialize;

/// A value of JSON.
pub struct Json(Value);

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::JsValue as Value;

#[cfg(not(target_arch = "wasm32"))]
use serde_json::Value;

/// What can be read from JSON.
pub trait Read: Sized {
    /// Reads it; nothing where the value is not such a thing.
    fn read(json: &Json) -> Option<Self>;
}

/// Reads a text; nothing when it is not JSON, or not such a thing.
pub fn read<T: Read>(text: &str) -> Option<T> {
    T::read(&Json::parse(text)?)
}

/// Writes a value. What is written here are plain structs, which cannot fail.
pub fn write(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(target_arch = "wasm32")]
impl Json {
    /// Parses a text.
    pub fn parse(text: &str) -> Option<Self> {
        js_sys::JSON::parse(text).ok().map(Self)
    }

    /// The field of this name; nothing where there is none, or null.
    pub fn field(&self, name: &str) -> Option<Self> {
        // Fails only for values that are no objects.
        let value = js_sys::Reflect::get(&self.0, &Value::from_str(name)).ok()?;
        (!value.is_null() && !value.is_undefined()).then_some(Self(value))
    }

    fn as_text(&self) -> Option<String> {
        self.0.as_string()
    }

    fn as_number(&self) -> Option<i64> {
        // All numbers of the API are whole, and smaller than 2^53.
        self.0.as_f64().map(|number| number as i64)
    }

    fn as_flag(&self) -> Option<bool> {
        self.0.as_bool()
    }

    fn items(&self) -> Vec<Self> {
        js_sys::Array::from(&self.0).iter().map(Self).collect()
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Json {
    /// Parses a text.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }

    /// The field of this name; nothing where there is none, or null.
    pub fn field(&self, name: &str) -> Option<Self> {
        self.0.get(name).filter(|value| !value.is_null()).cloned().map(Self)
    }

    fn as_text(&self) -> Option<String> {
        self.0.as_str().map(ToOwned::to_owned)
    }

    fn as_number(&self) -> Option<i64> {
        self.0.as_i64()
    }

    fn as_flag(&self) -> Option<bool> {
        self.0.as_bool()
    }

    fn items(&self) -> Vec<Self> {
        self.0.as_array().into_iter().flatten().cloned().map(Self).collect()
    }
}

impl Json {
    /// The text of this name.
    pub fn text(&self, name: &str) -> Option<String> {
        self.field(name)?.as_text()
    }

    /// The whole number of this name.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.field(name)?.as_number()
    }

    /// Whether what this name says is true.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.field(name)?.as_flag()
    }

    /// The id of this name, which is a text of digits.
    pub fn id(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// The object of this name.
    pub fn object<T: Read>(&self, name: &str) -> Option<T> {
        T::read(&self.field(name)?)
    }

    /// The list of this name; nothing where an item is not such a thing.
    pub fn list<T: Read>(&self, name: &str) -> Option<Vec<T>> {
        self.field(name)?.items().iter().map(T::read).collect()
    }
}
