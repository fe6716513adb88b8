//! Pages of lists: where one starts, how long it is, and the cursor of the next.

use db::Cursor;
use types::{FieldError, Page};

use crate::{Error, Result};

/// Items of a page unless the request says otherwise.
const DEFAULT_LIMIT: u16 = 50;
/// Most items of a page.
const MAX_LIMIT: u16 = 200;

/// Which part of a list a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// Where the page before ended.
    pub after: Option<Cursor>,
    limit: u16,
}

impl Paging {
    /// Reads the two fields that every list has.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `cursor` or `limit`.
    pub fn of(cursor: Option<&str>, limit: Option<u16>) -> Result<Self> {
        let limit = limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(Error::Invalid(vec![FieldError {
                field: "limit".to_owned(),
                code: "out_of_range".to_owned(),
                detail: format!("must be 1 to {MAX_LIMIT}"),
            }]));
        }
        Ok(Self { after: cursor.map(Cursor::decode).transpose()?, limit })
    }

    /// The id where the page before ended, in a list sorted by id alone.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the cursor is that of another list.
    pub fn after_id<I: From<i64>>(&self) -> Result<Option<I>> {
        Ok(self.after.as_ref().map(|cursor| cursor.number(0)).transpose()?.map(I::from))
    }

    /// How many items the page holds at the most.
    pub fn items(&self) -> i64 {
        i64::from(self.limit)
    }

    /// How many rows to read: one more than the page holds, to see whether there is another.
    pub fn rows(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// The page of the rows that were read.
    pub fn page<R>(&self, mut rows: Vec<R>, cursor: impl Fn(&R) -> Cursor) -> Page<R> {
        let limit = usize::from(self.limit);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = rows.last().filter(|_| more).map(|last| cursor(last).encode());
        Page { items: rows, next_cursor }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_ends_with_the_cursor_of_the_next() {
        let paging = Paging::of(None, Some(2)).unwrap();
        assert_eq!(paging.rows(), 3);
        let by_id = |row: &i64| Cursor::new([(*row).into()]);
        let full = paging.page(vec![1, 2, 3], by_id);
        assert_eq!(full.items, [1, 2]);
        let next = Paging::of(full.next_cursor.as_deref(), None).unwrap();
        assert_eq!(next.after_id::<i64>().unwrap(), Some(2));
        assert_eq!(paging.page(vec![3, 4], by_id).next_cursor, None);
    }

    #[test]
    fn limits_and_cursors_are_checked() {
        for limit in [0, 201] {
            assert!(Paging::of(None, Some(limit)).unwrap_err().to_string().starts_with("limit:"));
        }
        assert!(Paging::of(Some("?"), None).unwrap_err().to_string().starts_with("cursor:"));
    }
}
