//! A part of a thread's entries.

use actix_web::get;
use platform::{Error, Paging, Result, Tx};
use types::ThreadId;
use types::conversations::{ListMessages, MessagePage, ThreadPath};
use web::{Call, Params, Path, Reply};

use crate::store::messages;
use crate::{access, entries};

/// List entries of a thread: the newest, or those before, after or around a number.
#[utoipa::path(operation_id = "list_messages", tag = "conversations", params(ThreadPath, ListMessages), responses((status = 200, body = MessagePage)))]
#[get("/v1/threads/{thread_id}/messages")]
pub async fn list_messages(call: Call, path: Path<ThreadPath>, query: Params<ListMessages>) -> Reply {
    call.read(move |tx| list(tx, path.thread_id, &query)).await
}

/// Entries of a thread, oldest first. Their numbers have no gaps, so a part is a range of numbers.
///
/// # Errors
/// [`Error::Invalid`] for `limit`, or for more than one of `before`, `after` and `around`; [`Error::NotFound`] unless
/// the actor may use its inbox.
pub fn list(tx: &mut Tx<'_>, id: ThreadId, query: &ListMessages) -> Result<MessagePage> {
    let (part, limit) = Part::of(query)?;
    let thread = access::read_thread(tx, id)?;
    let (first, last) = part.range(limit, thread.last_seq);
    if first > last {
        let (has_older, has_newer) = (first > 1 && thread.last_seq > 0, last < thread.last_seq);
        return Ok(MessagePage { items: Vec::new(), has_older, has_newer });
    }
    let rows = messages::in_range(tx, id, (first, last))?;
    let items = entries::messages_to_wire(tx, &thread, rows)?;
    Ok(MessagePage { items, has_older: first > 1, has_newer: last < thread.last_seq })
}

/// Which part of a thread is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Newest,
    Before(i64),
    After(i64),
    Around(i64),
}

impl Part {
    /// The part that a query names, and how many entries it has at the most.
    pub(crate) fn of(query: &ListMessages) -> Result<(Self, i64)> {
        let limit = Paging::of(None, query.limit)?.items();
        let part = match (query.before, query.after, query.around) {
            (None, None, None) => Self::Newest,
            (Some(seq), None, None) => Self::Before(seq),
            (None, Some(seq), None) => Self::After(seq),
            (None, None, Some(seq)) => Self::Around(seq),
            _ => return Err(Error::invalid("before", "give at most one of before, after and around")),
        };
        Ok((part, limit))
    }

    /// The numbers of the part in a thread whose last number is `last_seq`; empty when the first is above the last.
    fn range(self, limit: i64, last_seq: i64) -> (i64, i64) {
        let (first, last) = match self {
            Self::Newest => (last_seq - limit + 1, last_seq),
            Self::Before(seq) => (seq.saturating_sub(limit), seq.saturating_sub(1)),
            Self::After(seq) => (seq.saturating_add(1), seq.saturating_add(limit)),
            Self::Around(seq) => {
                let first = seq.saturating_sub(limit / 2).min(last_seq - limit + 1).max(1);
                (first, first + limit - 1)
            }
        };
        (first.max(1), last.min(last_seq))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_a_range_within_the_thread() {
        for (part, range) in [
            (Part::Newest, (91, 100)),
            (Part::Before(91), (81, 90)),
            (Part::Before(5), (1, 4)),
            (Part::Before(1), (1, 0)),
            (Part::Before(1000), (990, 100)),
            (Part::After(0), (1, 10)),
            (Part::After(95), (96, 100)),
            (Part::After(100), (101, 100)),
            (Part::Around(50), (45, 54)),
            (Part::Around(2), (1, 10)),
            (Part::Around(99), (91, 100)),
            (Part::Around(i64::MAX), (91, 100)),
            (Part::After(i64::MAX), (i64::MAX, 100)),
            (Part::Before(i64::MIN), (1, i64::MIN)),
        ] {
            assert_eq!(part.range(10, 100), range, "{part:?}");
        }
        assert_eq!(Part::Newest.range(10, 3), (1, 3));
        assert_eq!(Part::Around(2).range(10, 3), (1, 3));
        assert_eq!(Part::Newest.range(10, 0), (1, 0));
    }

    #[test]
    fn only_one_place_can_be_named() {
        let query = ListMessages { before: Some(1), after: Some(2), ..ListMessages::default() };
        assert!(Part::of(&query).is_err());
        let query = ListMessages { limit: Some(0), ..ListMessages::default() };
        assert!(Part::of(&query).is_err());
    }
}
