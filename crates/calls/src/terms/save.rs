//! Adding and changing tracked terms.

use actix_web::{post, put};
use db::Json;
use platform::fields::{Fields, taken};
use platform::{Error, Result, Tx};
use types::calls::{SaveTrackedTerm, TrackedTerm, TrackedTermPath};
use types::{Permission, TrackedTermId};
use web::{Body, Call, Path, Reply};

use super::matching::MatchTrackedTerm;
use crate::store::terms::{self, TermRow};
use crate::words;

/// Most terms.
const MAX_TERMS: usize = 200;
/// Most variants of a term.
const MAX_VARIANTS: usize = 20;
/// Most characters of a phrase.
const MAX_PHRASE: usize = 100;

/// Track a term. Older calls are looked through for it by a job.
#[utoipa::path(operation_id = "create_tracked_term", tag = "transcripts", request_body = SaveTrackedTerm, responses((status = 201, body = TrackedTerm)))]
#[post("/v1/tracked_terms")]
pub async fn create_tracked_term(call: Call, body: Body<SaveTrackedTerm>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Change a tracked term. All calls are looked through for it again by a job.
#[utoipa::path(operation_id = "update_tracked_term", tag = "transcripts", params(TrackedTermPath), request_body = SaveTrackedTerm, responses((status = 200, body = TrackedTerm)))]
#[put("/v1/tracked_terms/{term_id}")]
pub async fn update_tracked_term(
    call: Call,
    path: Path<TrackedTermPath>,
    body: Body<SaveTrackedTerm>,
) -> Reply {
    call.write(move |tx| update(tx, path.term_id, &body)).await
}

/// Adds a term.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule, or with 200 terms already; [`Error::Forbidden`] without
/// `ManageTrackedTerms`.
pub fn create(tx: &mut Tx<'_>, request: &SaveTrackedTerm) -> Result<TrackedTerm> {
    tx.actor().require(Permission::ManageTrackedTerms)?;
    let (name, variants) = check(request)?;
    super::lock(tx)?;
    let others = terms::list(tx)?;
    if others.len() >= MAX_TERMS {
        return Err(Error::invalid("name", format!("must be one of at most {MAX_TERMS} terms")));
    }
    require_free(&others, None, &name)?;
    let now = tx.now();
    let row = TermRow {
        id: tx.new_id(),
        name,
        variants: Json(variants),
        matching: true,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    };
    terms::insert(tx, &row)?;
    saved(tx, "tracked_term.create", &row)
}

/// Writes the whole of a term.
///
/// # Errors
/// As [`create`]; [`Error::NotFound`] when there is no such term.
pub fn update(tx: &mut Tx<'_>, id: TrackedTermId, request: &SaveTrackedTerm) -> Result<TrackedTerm> {
    tx.actor().require(Permission::ManageTrackedTerms)?;
    let (name, variants) = check(request)?;
    super::lock(tx)?;
    let others = terms::list(tx)?;
    let before = others.iter().find(|row| row.id == id).ok_or(Error::NotFound)?;
    require_free(&others, Some(id), &name)?;
    let row =
        TermRow { name, variants: Json(variants), matching: true, updated_at: tx.now(), ..before.clone() };
    terms::update(tx, &row)?;
    saved(tx, "tracked_term.update", &row)
}

/// Has all calls looked through for a term as it is now.
fn saved(tx: &mut Tx<'_>, action: &str, row: &TermRow) -> Result<TrackedTerm> {
    tx.audit(action, ("tracked_term", row.id.0), serde_json::json!({ "name": row.name }))?;
    tx.enqueue(&MatchTrackedTerm { term_id: row.id, updated_at: row.updated_at })?;
    Ok(row.to_wire())
}

fn require_free(others: &[TermRow], own: Option<TrackedTermId>, name: &str) -> Result<()> {
    let key = words::spaced(name);
    if others.iter().any(|other| Some(other.id) != own && words::spaced(&other.name) == key) {
        return Err(taken("name", "is the name of another term"));
    }
    Ok(())
}

/// Checks a term; returns its name and its variants in their normal form.
fn check(request: &SaveTrackedTerm) -> Result<(String, Vec<String>)> {
    let mut fields = Fields::default();
    let name = phrase(&mut fields, "name", &request.name);
    if request.variants.len() > MAX_VARIANTS {
        fields.refuse("variants", "too_many", format!("must be at most {MAX_VARIANTS}"));
    }
    let given = request.variants.iter().take(MAX_VARIANTS).enumerate();
    let variants =
        given.map(|(place, text)| phrase(&mut fields, &format!("variants[{place}]"), text)).collect();
    fields.finish()?;
    Ok((name, variants))
}

fn phrase(fields: &mut Fields, field: &str, text: &str) -> String {
    let text = fields.required(field, text, MAX_PHRASE);
    if !text.is_empty() && words::split(&text).is_empty() {
        fields.refuse(field, "malformed", "must have a letter or a digit".to_owned());
    }
    text
}
