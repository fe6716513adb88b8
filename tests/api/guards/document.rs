//! The operations of the API document.

use std::collections::BTreeMap;

use serde_json::Value;

/// One operation.
pub struct Operation {
    pub id: String,
    pub method: String,
    pub path: String,
    /// The media types of its body.
    pub bodies: Vec<String>,
}

impl Operation {
    /// The path with these ids, and a made-up one where none is given.
    pub fn filled(&self, ids: &BTreeMap<&'static str, String>) -> String {
        let mut filled = self.path.clone();
        while let (Some(start), Some(end)) = (filled.find('{'), filled.find('}')) {
            let id = ids.get(&filled[start + 1..end]).map_or("1", String::as_str).to_owned();
            filled.replace_range(start..=end, &id);
        }
        filled
    }
}

/// Every operation by its name.
pub fn operations() -> BTreeMap<String, Operation> {
    let document: Value = serde_json::to_value(server::openapi::document()).unwrap();
    let mut operations = BTreeMap::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            let content = operation["requestBody"]["content"].as_object();
            let bodies = content.map(|content| content.keys().cloned().collect()).unwrap_or_default();
            let (method, path) = (method.to_uppercase(), path.clone());
            operations.insert(id.clone(), Operation { id, method, path, bodies });
        }
    }
    operations
}
