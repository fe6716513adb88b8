use std::collections::BTreeSet;

use client::{ENDPOINTS, UNTYPED};
use serde_json::Value;

const CHECKED_IN: &str = include_str!("../../openapi/rapport.json");

/// The document that is checked in is the one that the code makes: `rapport openapi > openapi/rapport.json`.
#[test]
fn the_document_is_the_one_that_the_code_makes() {
    let generated = server::openapi::render(&server::openapi::document()).unwrap();
    assert!(CHECKED_IN == generated, "openapi/rapport.json is out of date: cargo xtask openapi");
}

/// Every operation has a method of the client, and every method its operation.
#[test]
fn the_client_equals_the_document() {
    let document: Value = serde_json::from_str(CHECKED_IN).unwrap();
    let mut operations = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            operations.insert((id, method.to_uppercase(), path.clone()));
        }
    }
    let known = ENDPOINTS.iter().chain(UNTYPED);
    let methods: BTreeSet<_> =
        known.map(|e| (e.operation_id.to_owned(), e.method.as_str().to_owned(), e.path.to_owned())).collect();
    let missing: Vec<_> = operations.difference(&methods).collect();
    let surplus: Vec<_> = methods.difference(&operations).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing: {missing:?}, surplus: {surplus:?}");
    assert_eq!(methods.len(), ENDPOINTS.len() + UNTYPED.len(), "an endpoint stands twice");
}

/// Every value of an enum and every variant of an event is described too, not only the fields.
#[test]
fn every_schema_is_described() {
    let document: Value = serde_json::from_str(CHECKED_IN).unwrap();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        // A set of permissions and the pages of lists are named by their library; their items are described.
        let is_generic = name == "BTreeSet" || name.starts_with("Page_");
        assert!(is_generic || schema["description"].is_string(), "{name}");
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            assert!(property["description"].is_string(), "{name}.{field}");
        }
    }
}
