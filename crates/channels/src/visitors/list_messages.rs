//! Lists the messages of a visitor's conversation.

use actix_web::get;
use platform::{Error, Result, Tx};
use types::FieldError;
use types::channels::{ListVisitorMessages, VisitorMessagePage};
use types::conversations::ListMessages;
use web::{Call, Params, Reply};

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

pub(super) fn list(tx: &mut Tx<'_>, query: &ListVisitorMessages) -> Result<VisitorMessagePage> {
    let part = part(query)?;
    let visitor = access::read_visitor(tx)?;
    let Some(thread) = view::current_thread(tx, visitor.id)? else {
        return Ok(VisitorMessagePage { items: Vec::new(), has_older: false, has_newer: false });
    };
    let page = conversations::list_for_contact(tx, &thread, &part)?;
    Ok(VisitorMessagePage {
        items: page.items.into_iter().filter_map(|message| view::message(&thread, message)).collect(),
        has_older: page.has_older,
        has_newer: page.has_newer,
    })
}

fn part(query: &ListVisitorMessages) -> Result<ListMessages> {
    let refused = |field: &str, code: &str, detail: String| {
        Err(Error::Invalid(vec![FieldError { field: field.to_owned(), code: code.to_owned(), detail }]))
    };
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return refused("limit", "out_of_range", format!("must be 1 to {MAX_LIMIT}"));
    }
    if query.before.is_some() && query.after.is_some() {
        return refused("after", "conflicting", "must not come together with before".to_owned());
    }
    Ok(ListMessages { before: query.before, after: query.after, around: None, limit: Some(limit) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_of_a_sensible_size_is_asked_for() {
        let query = |before, after, limit| ListVisitorMessages { before, after, limit };
        assert_eq!(part(&query(None, None, None)).unwrap().limit, Some(50));
        let before = part(&query(Some(3), None, Some(1))).unwrap();
        assert_eq!((before.before, before.after, before.limit), (Some(3), None, Some(1)));
        assert_eq!(part(&query(None, Some(3), Some(100))).unwrap().after, Some(3));
        assert!(part(&query(Some(3), Some(3), None)).unwrap_err().to_string().starts_with("after:"));
        for limit in [0, 101] {
            assert!(part(&query(None, None, Some(limit))).unwrap_err().to_string().starts_with("limit:"));
        }
    }
}
