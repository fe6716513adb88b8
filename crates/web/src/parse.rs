//! Reads JSON and query strings into types, and says which field is wrong and why.

mod objects;

use platform::Error;
use serde::de::DeserializeOwned;
use types::{ErrorCode, FieldError};

use crate::Failure;
use objects::Objects;

/// Reads a JSON body.
///
/// Text that is not JSON is a malformed request (400); a field that is unknown, missing or of a wrong type is named
/// (422). Strings must not contain U+0000, which PostgreSQL cannot store.
pub(crate) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    let malformed = |cause: &serde_json::Error| {
        Failure::request(ErrorCode::MalformedRequest, format!("The body is not JSON: {cause}."))
    };
    refuse_nul(body)?;
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(Objects(&mut reader)).map_err(|cause| {
        let path = cause.path().to_string();
        let cause = cause.into_inner();
        if cause.is_data() {
            Error::Invalid(vec![field_error(&path, &cause.to_string())]).into()
        } else {
            malformed(&cause)
        }
    })?;
    reader.end().map_err(|cause| malformed(&cause))?;
    Ok(value)
}

/// Reads a query string. What is unknown or of a wrong type is named (422).
pub(crate) fn query<T: DeserializeOwned>(query: &str) -> Result<T, Failure> {
    let pairs = form_urlencoded::parse(query.as_bytes());
    if let Some((name, _)) = pairs.clone().find(|(name, value)| name.contains('\0') || value.contains('\0')) {
        return Err(nul_in(&name.replace('\0', "")).into());
    }
    serde_path_to_error::deserialize(serde_urlencoded::Deserializer::new(pairs)).map_err(|cause| {
        let path = cause.path().to_string();
        Error::Invalid(vec![field_error(&path, &cause.into_inner().to_string())]).into()
    })
}

/// Names the field of a wrong value. Of a field that is unknown or missing only the text of the error knows the name.
fn field_error(path: &str, text: &str) -> FieldError {
    let quoted = |prefix: &str| {
        let name = text.strip_prefix(prefix)?.split('`').next()?;
        // The path of an unknown field ends with it, the one of a missing field with what it is missing from.
        Some(match path {
            "." => name.to_owned(),
            _ if path == name || path.ends_with(&format!(".{name}")) => path.to_owned(),
            _ => format!("{path}.{name}"),
        })
    };
    let named =
        [("unknown field `", "unknown"), ("missing field `", "required"), ("duplicate field `", "duplicate")]
            .into_iter()
            .find_map(|(prefix, code)| quoted(prefix).map(|field| (field, code)));
    let (field, code) = named.unwrap_or_else(|| (path.to_owned(), "malformed"));
    // serde_json adds the place in the text, which says nothing to whoever fills in a form.
    let detail = text.split(" at line ").next().unwrap_or(text).to_owned();
    FieldError { field, code: code.to_owned(), detail }
}

fn refuse_nul(body: &[u8]) -> Result<(), Failure> {
    const ESCAPED: &[u8] = b"\\u0000";
    if !body.windows(ESCAPED.len()).any(|part| part == ESCAPED) {
        return Ok(());
    }
    // Rare: only now is it worth looking whether the backslash is itself escaped, and where it stands.
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(body) else { return Ok(()) };
    find_nul(&value, "").map_or(Ok(()), |field| Err(nul_in(&field).into()))
}

fn find_nul(value: &serde_json::Value, at: &str) -> Option<String> {
    let below = |part: &str| if at.is_empty() { part.to_owned() } else { format!("{at}.{part}") };
    match value {
        serde_json::Value::String(text) => text.contains('\0').then(|| at.to_owned()),
        serde_json::Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| find_nul(item, &below(&index.to_string())))
        }
        serde_json::Value::Object(fields) => fields.iter().find_map(|(name, item)| {
            if name.contains('\0') { Some(at.to_owned()) } else { find_nul(item, &below(name)) }
        }),
        _ => None,
    }
}

fn nul_in(field: &str) -> Error {
    Error::Invalid(vec![FieldError {
        field: field.to_owned(),
        code: "malformed".to_owned(),
        detail: "must not contain the character U+0000".to_owned(),
    }])
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        id: types::ThreadId,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Form {
        name: String,
        inner: Option<Inner>,
        limit: Option<u16>,
    }

    fn refused(result: Result<Form, Failure>) -> (String, String) {
        match result.unwrap_err() {
            Failure::Operation(Error::Invalid(errors)) => (errors[0].field.clone(), errors[0].code.clone()),
            other => (String::new(), other.to_string()),
        }
    }

    #[test]
    fn the_wrong_field_of_a_body_is_named() {
        let field = |body: &str| refused(json(body.as_bytes()));
        let named = |field: &str, code: &str| (field.to_owned(), code.to_owned());
        assert_eq!(field("{\"name\":1}"), named("name", "malformed"));
        assert_eq!(field("{}"), named("name", "required"));
        assert_eq!(field("{\"name\":\"a\",\"nam\":1}"), named("nam", "unknown"));
        assert_eq!(field("{\"name\":\"a\",\"inner\":{\"id\":\"x\"}}"), named("inner.id", "malformed"));
        assert_eq!(field("{\"name\":\"a\",\"inner\":{\"id\":\"1\",\"x\":1}}"), named("inner.x", "unknown"));
        assert_eq!(field("{\"name\":\"a\",\"inner\":{}}"), named("inner.id", "required"));
        assert_eq!(field("{\"name\":\"a\\u0000\"}"), named("name", "malformed"));
        assert_eq!(json::<Form>(b"{\"name\":\"a\\\\u0000\"}").unwrap().name, "a\\u0000");
    }

    #[test]
    fn a_list_is_no_object() {
        let field = |body: &str| refused(json(body.as_bytes()));
        assert_eq!(field(" [\"a\", null, null]"), (".".to_owned(), "malformed".to_owned()));
        assert_eq!(field("{\"name\":\"a\",\"inner\":[\"1\"]}"), ("inner".to_owned(), "malformed".to_owned()));
    }

    #[test]
    fn what_is_not_json_is_malformed() {
        for bad in ["", "{", "{\"name\":\"a\"} x", "nul", "\u{0}"] {
            assert!(
                matches!(
                    json::<Form>(bad.as_bytes()),
                    Err(Failure::Request { code: ErrorCode::MalformedRequest, .. })
                ),
                "{bad}"
            );
        }
    }

    #[test]
    fn the_wrong_field_of_a_query_is_named() {
        let field = |text: &str| refused(query(text));
        assert_eq!(field("name=a&limit=many").0, "limit");
        assert_eq!(field("name=a&what=1").0, "what");
        assert_eq!(field("limit=1").0, "name");
        assert_eq!(field("name=%00").0, "name");
        assert_eq!(query::<Form>("name=a&limit=3").unwrap().limit, Some(3));
    }
}
