//! Lists the messages of a visitor's conversation.

use actix_web::get;
use platform::{Error, Result, Tx};
use types::FieldError;
use types::channels::{ListVisitorMessages, VisitorMessagePage};
use web::{Call, Params, Reply};

use super::store::{self, Part};
use super::view;
use crate::access;

const DEFAULT_LIMIT: u16 = 50;
const MAX_LIMIT: u16 = 100;

/// List the messages of the visitor's conversation at hand; none when there is none.
#[utoipa::path(operation_id = "list_visitor_messages", tag = "visitors", params(ListVisitorMessages),
    responses((status = 200, description = "The messages.", body = VisitorMessagePage)))]
#[get("/v1/visitor/messages")]
pub(crate) async fn list_visitor_messages(call: Call, query: Params<ListVisitorMessages>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

fn list(tx: &mut Tx<'_>, query: &ListVisitorMessages) -> Result<VisitorMessagePage> {
    let (part, limit) = check(query)?;
    let visitor = access::read_visitor(tx)?;
    let Some(thread) = view::current_thread(tx, visitor.id)? else {
        return Ok(VisitorMessagePage { items: Vec::new(), has_older: false, has_newer: false });
    };
    let mut rows = store::list_messages(tx, thread.id, part, limit + 1)?;
    let more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    if part.is_backwards() {
        rows.reverse();
    }
    let (has_older, has_newer) = match part {
        Part::Newest => (more, false),
        Part::Before(seq) => (more, seq <= thread.last_message_seq),
        Part::After(seq) => (seq > 0, more),
    };
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut attachments = conversations::attachments_of(tx, &ids)?;
    let items = rows
        .into_iter()
        .map(|row| {
            let files = attachments.remove(&row.id).unwrap_or_default();
            view::message(&thread, row, files)
        })
        .collect();
    Ok(VisitorMessagePage { items, has_older, has_newer })
}

fn check(query: &ListVisitorMessages) -> Result<(Part, i64)> {
    let refused = |field: &str, code: &str, detail: String| {
        Err(Error::Invalid(vec![FieldError { field: field.to_owned(), code: code.to_owned(), detail }]))
    };
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return refused("limit", "out_of_range", format!("must be 1 to {MAX_LIMIT}"));
    }
    let part = match (query.before, query.after) {
        (None, None) => Part::Newest,
        (Some(seq), None) => Part::Before(seq),
        (None, Some(seq)) => Part::After(seq),
        (Some(_), Some(_)) => {
            return refused("after", "conflicting", "must not come together with before".to_owned());
        }
    };
    Ok((part, i64::from(limit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_of_a_sensible_size_is_asked_for() {
        let query = |before, after, limit| ListVisitorMessages { before, after, limit };
        assert_eq!(check(&query(None, None, None)).unwrap(), (Part::Newest, 50));
        assert_eq!(check(&query(Some(3), None, Some(1))).unwrap(), (Part::Before(3), 1));
        assert_eq!(check(&query(None, Some(3), Some(100))).unwrap(), (Part::After(3), 100));
        assert!(check(&query(Some(3), Some(3), None)).unwrap_err().to_string().starts_with("after:"));
        for limit in [0, 101] {
            assert!(check(&query(None, None, Some(limit))).unwrap_err().to_string().starts_with("limit:"));
        }
    }
}
