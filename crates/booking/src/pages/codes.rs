//! Proving an address with a code that is sent to it.

use accounts::token::hash_token;
use actix_web::post;
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use rand::RngExt as _;
use types::ErrorCode;
use types::booking::{BookingPagePath, SendBookingCode};
use web::{Body, OpenCall, Path, Quota, Reply, address_key};

use super::enter;
use crate::mails;
use crate::store::codes::{self, CodeRow};
use crate::store::links::LinkRow;

/// Seconds that a code is good for.
const CODE_SECONDS: i64 = 15 * 60;
/// Wrong codes after which a new one must be sent.
const MOST_ATTEMPTS: i32 = 5;

/// Send a code to an address, for a link that asks for one. It needs no credential.
#[utoipa::path(operation_id = "send_booking_code", tag = "booking_pages", security(()), params(BookingPagePath), request_body = SendBookingCode, responses((status = 204)))]
#[post("/v1/booking_pages/{user_slug}/{link_slug}/codes")]
pub async fn send_booking_code(
    call: OpenCall,
    path: Path<BookingPagePath>,
    body: Body<SendBookingCode>,
) -> Reply {
    let quota = Quota::per_hour(call.ctx().config().limits.mails_per_hour);
    call.limit("booking_codes", address_key(call.address()), quota)?;
    call.limit("booking_codes_to", body.email.trim().to_lowercase(), quota)?;
    let path = path.0;
    call.delete(move |tx| send(tx, &path, &body)).await
}

fn send(tx: &mut Tx<'_>, path: &BookingPagePath, request: &SendBookingCode) -> Result<()> {
    let (link, _) = enter(tx, &path.user_slug, &path.link_slug)?;
    let mut fields = Fields::default();
    let email = fields.email("email", Some(&request.email));
    fields.finish()?;
    let email = email.ok_or_else(|| Error::invalid("email", "must not be empty"))?;
    if !link.settings.0.verifies_email {
        return Err(Error::conflict(ErrorCode::Conflict, "this link asks for no code"));
    }
    let code = format!("{:06}", rand::rng().random_range(0..1_000_000));
    let row = CodeRow {
        address_hash: address_hash(&link, &email),
        code_hash: code_hash(tx, &code, &email),
        attempts: 0,
        expires_at: tx.now().plus_seconds(CODE_SECONDS),
    };
    codes::save(tx, &row)?;
    mails::code(tx, &link, &email, &code)
}

/// Insists on the code that was sent to the address, which is good once.
///
/// # Errors
/// [`Error::Conflict`] `code_required` without one; [`Error::Invalid`] for `code` when it is wrong or over.
pub(super) fn require(tx: &mut Tx<'_>, link: &LinkRow, email: &str, given: Option<&str>) -> Result<()> {
    let Some(given) = given.map(str::trim).filter(|code| !code.is_empty()) else {
        let detail = "type the code that was sent to your address";
        return Err(Error::conflict(ErrorCode::CodeRequired, detail));
    };
    let hash = address_hash(link, email);
    let now = tx.now();
    let row = codes::find(tx, &hash)?.filter(|row| row.expires_at > now && row.attempts <= MOST_ATTEMPTS);
    let Some(row) = row else {
        return Err(Error::invalid("code", "is over: have a new one sent"));
    };
    if row.code_hash != code_hash(tx, given, email) {
        return Err(Error::invalid("code", "is wrong"));
    }
    codes::delete(tx, &hash)
}

/// Counts codes that are tried, by one more before a code is looked at, and by one less when it was right. Each is a transaction
/// of its own: of many that come at once every one is counted, and what is refused takes nothing back.
pub(super) fn count(tx: &mut Tx<'_>, link: &LinkRow, email: &str, change: i32) -> Result<()> {
    codes::count(tx, &address_hash(link, email), change)
}

fn address_hash(link: &LinkRow, email: &str) -> String {
    hash_token(&format!("{} {email}", link.id))
}

/// A code has few digits, so it is hashed with the key outside the database.
fn code_hash(tx: &Tx<'_>, code: &str, email: &str) -> String {
    let mac = tx.ctx().secrets().mac("booking-code", format!("{email} {code}").as_bytes());
    mac.iter().map(|byte| format!("{byte:02x}")).collect()
}
