//! The API's document (OpenAPI 3.1), made from the operations themselves.

mod refusals;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use actix_web::App;
use types::{Event, Problem, VisitorEvent};
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::AnyOfBuilder;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    Components, KnownFormat, Object, ObjectBuilder, OpenApi as Document, Ref, RefOr, Required, Schema,
    SchemaFormat, Type,
};
use utoipa::{Modify, OpenApi};
use utoipa_actix_web::AppExt;
use web::Routes;

use crate::operations;

/// Operations that take no credential.
const OPEN: [&str; 32] = [
    "accept_invitation",
    "book_meeting",
    "cancel_booked_meeting",
    "check_domain",
    "complete_password_reset",
    "create_first_administrator",
    "create_password_reset",
    "create_session",
    "create_visitor_session",
    "get_booked_meeting",
    "get_booked_meeting_file",
    "get_booking_page",
    "get_file_content",
    "get_liveness",
    "get_readiness",
    "get_recording_content",
    "get_setup",
    "get_shared_clip",
    "get_shared_clip_content",
    "get_shared_transcript",
    "hold_slot",
    "list_page_slots",
    "open_live_stream",
    "open_shared_clip",
    "receive_google_push",
    "receive_microsoft_push",
    "receive_zoom_event",
    "refresh_session",
    "release_hold",
    "request_meeting",
    "reschedule_booked_meeting",
    "send_booking_code",
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
    tags(
        (name = "setup", description = "The first start: how the account stands, and its first administrator."),
        (name = "sessions", description = "Signing in and out, forgotten passwords, invitations."),
        (name = "me", description = "One's own profile, password and second factor."),
        (name = "users", description = "Who may sign in."),
        (name = "teams", description = "Groups of users that conversations are given to."),
        (name = "roles", description = "What users may do."),
        (name = "api_tokens", description = "Credentials for programs."),
        (name = "settings", description = "The settings of the whole account."),
        (name = "connections", description = "Sign-ins at the services of others."),
        (name = "audit", description = "Who did what."),
        (name = "mails", description = "Outgoing mails."),
        (name = "domains", description = "Names of the account's own, under which booking pages are shown."),
        (name = "webhooks", description = "Other programs that are told what happens."),
        (name = "jobs", description = "Background work that failed."),
        (name = "notifications", description = "What a user should know of."),
        (name = "files", description = "Uploads, and their content."),
        (name = "crm", description = "Contacts, companies, deals and tickets, and what belongs to them."),
        (name = "calls", description = "Recorded calls."),
        (name = "transcripts", description = "What was said in calls, by whom; speakers, search and tracked terms."),
        (name = "clips", description = "Stretches of calls, shared with colleagues and with people outside."),
        (name = "shared_clips", description = "What people outside do with the link of a clip."),
        (name = "booking", description = "Booking links, the calendars of hosts, and meetings."),
        (name = "booking_pages", description = "What people outside do on the page of a booking link."),
        (name = "conversations", description = "Inboxes, threads and messages."),
        (name = "channels", description = "Chat widgets."),
        (name = "visitors", description = "What a visitor's browser does, with the visitor's own token."),
        (name = "events", description = "What happens, as it happens."),
        (name = "platform", description = "Whether the server is well.")
    ),
    components(schemas(Problem, Event, VisitorEvent)),
    modifiers(&Common)
)]
struct Base;

struct Common;

impl Modify for Common {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_with(Components::new);
        components.add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
        components.responses.extend(refusals::all());
        document.security = Some(vec![SecurityRequirement::new("bearer", Vec::<String>::new())]);
    }
}

/// The document. Its paths are sorted.
pub fn document() -> Document {
    let app = App::new()
        .into_utoipa_app()
        .openapi(Base::openapi())
        .configure(|config| operations::routes(&mut Routes::Described(config)));
    let (_, mut document) = app.split_for_parts();
    for item in document.paths.paths.values_mut() {
        for (method, operation) in operations_of_mut(item) {
            complete(method, operation);
        }
    }
    let schemas = document.components.iter_mut().flat_map(|components| components.schemas.values_mut());
    schemas.for_each(describe);
    name_events(&mut document);
    document
}

/// Says which events an envelope holds: its type leaves that to the reader.
fn name_events(document: &mut Document) {
    let schemas = document.components.iter_mut().flat_map(|components| components.schemas.iter_mut());
    for (_, schema) in schemas.filter(|(name, _)| name.starts_with("Envelope")) {
        if let RefOr::T(Schema::Object(envelope)) = schema {
            let events = AnyOfBuilder::new()
                .item(Ref::from_schema_name("Event"))
                .item(Ref::from_schema_name("VisitorEvent"))
                .description(Some(
                    "What happened: an `Event` for users and tokens, a `VisitorEvent` for visitors.",
                ));
            envelope.properties.insert("event".to_owned(), events.into());
        }
    }
}

/// Lifts the description of an optional reference to the property itself, where readers look for it.
fn describe(schema: &mut RefOr<Schema>) {
    let RefOr::T(schema) = schema else { return };
    match schema {
        Schema::Object(object) => object.properties.values_mut().for_each(describe),
        Schema::AllOf(all) => all.items.iter_mut().for_each(describe),
        Schema::OneOf(one) => {
            let of_reference = one.items.iter_mut().find_map(|item| match item {
                RefOr::Ref(reference) => Some(std::mem::take(&mut reference.description)),
                RefOr::T(_) => None,
            });
            if one.description.is_none() {
                one.description = of_reference.filter(|text| !text.is_empty());
            }
            one.items.iter_mut().for_each(describe);
        }
        _ => {}
    }
}

/// Adds what every operation has in common.
fn complete(method: &str, operation: &mut Operation) {
    let id = operation.operation_id.as_deref().unwrap_or_default();
    let is_open = OPEN.contains(&id);
    refusals::add(method, is_open, operation);
    if is_open {
        operation.security = Some(vec![SecurityRequirement::default()]);
    }
    if let Some(RefOr::T(body)) = &mut operation.request_body
        && let Some(RefOr::T(form)) = body.content.get_mut("multipart/form-data")
    {
        form.schema = Some(upload_form().into());
    }
    if method == "POST" {
        operation.parameters.get_or_insert_with(Vec::new).push(idempotency_key().into());
    }
}

/// The form that [`web::Upload`] reads.
fn upload_form() -> Object {
    let file = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
        .description(Some("The file, with its name."));
    ObjectBuilder::new().schema_type(Type::Object).property("file", file).required("file").build()
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

/// The methods of each path, as in the header `Allow`. Found out when they are first asked for, and kept.
pub(crate) fn methods() -> &'static BTreeMap<String, String> {
    static METHODS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
        let allow = |mut item: PathItem| {
            let methods: Vec<&str> = operations_of_mut(&mut item).map(|(method, _)| method).collect();
            methods.join(", ")
        };
        document().paths.paths.into_iter().map(|(path, item)| (path, allow(item))).collect()
    });
    &METHODS
}

/// The document as text.
///
/// # Errors
/// When it cannot be serialised.
pub fn render(document: &Document) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(document)? + "\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    fn operations() -> Vec<Value> {
        let document = serde_json::to_value(document()).unwrap();
        let items = document["paths"].as_object().unwrap().values().cloned().collect::<Vec<_>>();
        items
            .iter()
            .flat_map(|item| item.as_object().unwrap().values().cloned().collect::<Vec<_>>())
            .collect()
    }

    #[test]
    fn each_operation_has_a_name_of_its_own_and_tells_how_it_fails() {
        let mut names = BTreeSet::new();
        for operation in operations() {
            let name = operation["operationId"].as_str().unwrap().to_owned();
            let (verb, noun) = name.split_once('_').unwrap();
            assert!(verb.chars().chain(noun.chars()).all(|c| c.is_ascii_lowercase() || c == '_'), "{name}");
            assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{name}");
            for status in ["429", "5XX"] {
                assert!(operation["responses"][status].is_object(), "{name}");
            }
            assert!(names.insert(name.clone()), "{name} twice");
        }
        assert!(OPEN.iter().all(|open| names.contains(*open)), "{OPEN:?}");
    }

    #[test]
    fn each_field_and_parameter_is_described() {
        let document = serde_json::to_value(document()).unwrap();
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            for (field, property) in schema["properties"].as_object().into_iter().flatten() {
                assert!(property["description"].is_string(), "{name}.{field}");
            }
        }
        for operation in operations() {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(
                    parameter["description"].is_string(),
                    "{} {}",
                    operation["operationId"],
                    parameter["name"]
                );
            }
        }
    }

    #[test]
    fn each_tag_in_use_is_described() {
        let document = serde_json::to_value(document()).unwrap();
        let described: Vec<&Value> =
            document["tags"].as_array().unwrap().iter().map(|tag| &tag["name"]).collect();
        for operation in operations() {
            assert!(described.contains(&&operation["tags"][0]), "{}", operation["operationId"]);
        }
    }
}
