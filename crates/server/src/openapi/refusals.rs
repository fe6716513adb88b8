//! What an operation may answer besides what was asked of it. Most of it follows from what the operation takes; the rest
//! stands at the operation.

use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::{Content, ContentBuilder, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder, Type};

/// A status, the name of its response in the document, and what it means.
const REFUSALS: [(&str, &str, &str); 11] = [
    ("400", "malformed", "The request is not well-formed."),
    ("401", "unauthenticated", "There is no credential, or one that has ended."),
    ("403", "forbidden", "You may not do this."),
    ("404", "not_found", "There is no such thing, or you may not know of it."),
    ("409", "conflict", "Something else changed, or is in the way: `code` says what."),
    ("410", "gone", "It was there and is over."),
    ("413", "too_large", "The body is larger than the limit."),
    ("415", "unsupported_media_type", "The media type of the body is not taken here."),
    ("422", "invalid", "A field breaks a rule: `errors` says which and how."),
    ("429", "rate_limited", "Too many requests: wait the seconds of `Retry-After`."),
    (
        "5XX",
        "failed",
        "The server failed (500), or cannot do this at the moment and may be asked again (503).",
    ),
];

/// The responses that operations share, by name.
pub(super) fn all() -> impl Iterator<Item = (String, RefOr<Response>)> {
    REFUSALS.iter().map(|(status, name, meaning)| {
        let response = ResponseBuilder::new().description(*meaning).content(PROBLEM, problem());
        let response = if matches!(*status, "429" | "5XX") {
            let seconds = ObjectBuilder::new().schema_type(Type::Integer).build();
            let header = HeaderBuilder::new()
                .schema(Some(seconds))
                .description(Some("Seconds to wait before trying again."));
            response.header("Retry-After", header.build())
        } else {
            response
        };
        ((*name).to_owned(), response.build().into())
    })
}

/// Adds the refusals of one operation. Those that it names itself keep their description.
pub(super) fn add(method: &str, is_open: bool, operation: &mut Operation) {
    for (status, ..) in &REFUSALS {
        if let Some(RefOr::T(response)) = operation.responses.responses.get_mut(*status) {
            response.content.entry(PROBLEM.to_owned()).or_insert_with(|| problem().into());
        }
    }
    for (status, name, _) in REFUSALS {
        if applies(status, method, is_open, operation) {
            let reference = Ref::new(format!("#/components/responses/{name}"));
            let responses = &mut operation.responses.responses;
            responses.entry(status.to_owned()).or_insert_with(|| reference.into());
        }
    }
}

/// Whether what an operation takes may be answered with this status.
fn applies(status: &str, method: &str, is_open: bool, operation: &Operation) -> bool {
    let takes = |place: ParameterIn| {
        let is_there =
            |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(p) if p.parameter_in == place);
        operation.parameters.iter().flatten().any(is_there)
    };
    let has_body = operation.request_body.is_some();
    match status {
        "400" | "413" | "415" => has_body,
        "401" | "403" => !is_open,
        "404" => takes(ParameterIn::Path),
        "409" => method != "GET",
        // Said at the operation itself.
        "410" => false,
        // An Idempotency-Key may be wrong too.
        "422" => has_body || method == "POST" || takes(ParameterIn::Query),
        _ => true,
    }
}

/// The media type of RFC 9457.
const PROBLEM: &str = "application/problem+json";

fn problem() -> Content {
    ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build()
}
