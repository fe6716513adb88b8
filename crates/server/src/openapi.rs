//! The API's document (OpenAPI 3.1), made from the operations themselves.

use std::collections::BTreeMap;

use actix_web::App;
use types::{Event, Problem, VisitorEvent};
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    Components, ContentBuilder, ObjectBuilder, OpenApi as Document, Ref, Required, Response, ResponseBuilder,
    Type,
};
use utoipa::{Modify, OpenApi};
use utoipa_actix_web::AppExt;

use crate::operations;

/// Operations that take no credential.
const OPEN: [&str; 15] = [
    "accept_invitation",
    "complete_password_reset",
    "create_first_administrator",
    "create_password_reset",
    "create_session",
    "create_visitor_session",
    "delete_session",
    "get_chat_page",
    "get_file_content",
    "get_liveness",
    "get_readiness",
    "get_setup",
    "open_live_stream",
    "refresh_session",
    "show_chat_page",
];

/// What does not follow from the operations.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Rapport",
        description = "One place for a company's conversations with its customers.\n\n\
            Send `Authorization: Bearer` with a user's access token, an API token (`rt_...`) or a visitor's token \
            (`rv_...`). Ids are strings of digits, times are RFC 3339 in UTC. Lists are pages: pass `next_cursor` as \
            `cursor`. Unknown fields of requests are refused. Errors are `application/problem+json` (RFC 9457) with a \
            stable `code`. A POST with an `Idempotency-Key` may be sent again within 24 hours without doing its work \
            twice, except where the reply holds a secret.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    servers((url = "/", description = "This server")),
    components(schemas(Problem, Event, VisitorEvent)),
    modifiers(&Common)
)]
struct Base;

struct Common;

impl Modify for Common {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_with(Components::new);
        components.add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
        components.responses.insert("problem".to_owned(), problem().into());
        document.security = Some(vec![SecurityRequirement::new("bearer", Vec::<String>::new())]);
    }
}

fn problem() -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let seconds = ObjectBuilder::new().schema_type(Type::Integer).build();
    let retry_after =
        HeaderBuilder::new().schema(Some(seconds)).description(Some("Seconds to wait before trying again."));
    ResponseBuilder::new()
        .description("What is wrong, and what to do about it.")
        .content("application/problem+json", content)
        .header("Retry-After", retry_after.build())
        .build()
}

/// The document. Its paths are sorted.
pub fn document() -> Document {
    let app = App::new().into_utoipa_app().openapi(Base::openapi()).configure(operations::routes);
    let (_, mut document) = app.split_for_parts();
    for item in document.paths.paths.values_mut() {
        for (method, operation) in operations_of_mut(item) {
            complete(method, operation);
        }
    }
    document
}

/// Adds what every operation has in common.
fn complete(method: &str, operation: &mut Operation) {
    let reference = Ref::new("#/components/responses/problem");
    operation.responses.responses.insert("default".to_owned(), reference.into());
    let id = operation.operation_id.as_deref().unwrap_or_default();
    if OPEN.contains(&id) {
        operation.security = Some(vec![SecurityRequirement::default()]);
    }
    if method == "POST" {
        operation.parameters.get_or_insert_with(Vec::new).push(idempotency_key().into());
    }
}

fn idempotency_key() -> Parameter {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "1 to 255 visible ASCII characters, new for each request that is not a repetition.",
        ))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[!-~]{1,255}$"))))
        .build()
}

fn operations_of_mut(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    [
        ("DELETE", item.delete.as_mut()),
        ("GET", item.get.as_mut()),
        ("PATCH", item.patch.as_mut()),
        ("POST", item.post.as_mut()),
        ("PUT", item.put.as_mut()),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation?)))
}

/// The methods of each path, as in the header `Allow`.
pub(crate) fn methods(document: &Document) -> BTreeMap<String, String> {
    let allow = |item: &PathItem| {
        let methods: Vec<&str> = operations_of_mut(&mut item.clone()).map(|(method, _)| method).collect();
        methods.join(", ")
    };
    document.paths.paths.iter().map(|(path, item)| (path.clone(), allow(item))).collect()
}

/// The document as text.
///
/// # Errors
/// When it cannot be serialised.
pub fn render(document: &Document) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(document)? + "\n")
}
