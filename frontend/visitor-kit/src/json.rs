//! Reading and writing JSON in few bytes.
//!
//! In the browser its own JSON does the work, and [`crate::wire`] takes and gives what the chat needs, by name: compiled,
//! that is a tenth of what serde makes of the same types. Natively, for the tests, it is serde_json.

use types::Timestamp;

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

/// What can be written as JSON.
pub trait Write {
    /// Gives `object` its fields.
    fn write(&self, object: &mut Object);
}

/// Writes a value.
pub fn write(value: &impl Write) -> String {
    let mut object = Object::default();
    value.write(&mut object);
    object.to_text()
}

impl Object {
    /// With a text, or without the field where there is none.
    pub fn optional(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }
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

    fn as_time(&self) -> Option<Timestamp> {
        let milliseconds = js_sys::Date::parse(&self.as_text()?);
        (!milliseconds.is_nan()).then_some(Timestamp(milliseconds as i64 * 1000))
    }

    fn item(&self, index: u32) -> Option<Self> {
        let value = js_sys::Reflect::get_u32(&self.0, index).ok()?;
        (!value.is_undefined()).then_some(Self(value))
    }
}

/// An object of JSON that is being written.
#[cfg(target_arch = "wasm32")]
#[derive(Default)]
pub struct Object(js_sys::Object);

#[cfg(target_arch = "wasm32")]
impl Object {
    /// With a text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.set(name, &Value::from_str(text));
    }

    /// With a whole number.
    pub fn number(&mut self, name: &str, number: i64) {
        self.set(name, &Value::from_f64(number as f64));
    }

    /// With what is true or false.
    pub fn flag(&mut self, name: &str, flag: bool) {
        self.set(name, &Value::from_bool(flag));
    }

    /// With a list of ids.
    pub fn ids<T: std::fmt::Display>(&mut self, name: &str, ids: &[T]) {
        let list = js_sys::Array::new();
        for id in ids {
            list.push(&Value::from_str(&id.to_string()));
        }
        self.set(name, &list);
    }

    /// With a list of objects.
    pub fn list<T: Write>(&mut self, name: &str, items: &[T]) {
        let list = js_sys::Array::new();
        for item in items {
            let mut object = Self::default();
            item.write(&mut object);
            list.push(&object.0);
        }
        self.set(name, &list);
    }

    fn set(&mut self, name: &str, value: &Value) {
        // Fails only for objects that are frozen.
        let _ = js_sys::Reflect::set(&self.0, &Value::from_str(name), value);
    }

    fn to_text(&self) -> String {
        js_sys::JSON::stringify(&self.0).map(String::from).unwrap_or_default()
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

    fn as_time(&self) -> Option<Timestamp> {
        self.0.as_str()?.parse().ok()
    }

    fn item(&self, index: u32) -> Option<Self> {
        self.0.get(index as usize).cloned().map(Self)
    }
}

/// An object of JSON that is being written.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Default)]
pub struct Object(serde_json::Map<String, Value>);

#[cfg(not(target_arch = "wasm32"))]
impl Object {
    /// With a text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.0.insert(name.to_owned(), text.into());
    }

    /// With a whole number.
    pub fn number(&mut self, name: &str, number: i64) {
        self.0.insert(name.to_owned(), number.into());
    }

    /// With what is true or false.
    pub fn flag(&mut self, name: &str, flag: bool) {
        self.0.insert(name.to_owned(), flag.into());
    }

    /// With a list of ids.
    pub fn ids<T: std::fmt::Display>(&mut self, name: &str, ids: &[T]) {
        self.0.insert(name.to_owned(), ids.iter().map(T::to_string).collect());
    }

    /// With a list of objects.
    pub fn list<T: Write>(&mut self, name: &str, items: &[T]) {
        let object = |item: &T| {
            let mut object = Self::default();
            item.write(&mut object);
            Value::Object(object.0)
        };
        self.0.insert(name.to_owned(), items.iter().map(object).collect());
    }

    fn to_text(&self) -> String {
        Value::Object(self.0.clone()).to_string()
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

    /// The time of this name.
    pub fn time(&self, name: &str) -> Option<Timestamp> {
        self.field(name)?.as_time()
    }

    /// The object of this name.
    pub fn object<T: Read>(&self, name: &str) -> Option<T> {
        T::read(&self.field(name)?)
    }

    /// The list of this name; nothing where an item is not such a thing.
    pub fn list<T: Read>(&self, name: &str) -> Option<Vec<T>> {
        let (list, mut items) = (self.field(name)?, Vec::new());
        while let Some(item) = list.item(items.len() as u32) {
            items.push(T::read(&item)?);
        }
        Some(items)
    }

    /// The list of texts of this name.
    pub fn texts(&self, name: &str) -> Option<Vec<String>> {
        self.list(name).map(|items| items.into_iter().map(|Text(text)| text).collect())
    }
}

struct Text(String);

impl Read for Text {
    fn read(json: &Json) -> Option<Self> {
        json.as_text().map(Self)
    }
}

impl Read for u16 {
    fn read(json: &Json) -> Option<Self> {
        Self::try_from(json.as_number()?).ok()
    }
}
