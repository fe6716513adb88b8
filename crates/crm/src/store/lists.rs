//! What lists of all kinds of records have in common: who sees what, filters, order and keyset paging.

use db::Cursor;
use platform::{Paging, Result, Tx};
use types::crm::{ListCompanies, ListContacts, ListDeals, ListTickets, ObjectKind, RecordSort};
use types::{PropertyId, Timestamp, UserId};

use crate::{access, properties};

/// The filters that every list of records has, as they were asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Filters<'a> {
    pub(crate) q: Option<&'a str>,
    pub(crate) owner_id: Option<UserId>,
    pub(crate) unowned: Option<bool>,
    /// A JSON object of keys and values.
    pub(crate) properties: Option<&'a str>,
    pub(crate) sort: Option<RecordSort>,
}

macro_rules! filters_of {
    ($($query:ident)*) => {$(
        impl<'a> From<&'a $query> for Filters<'a> {
            fn from(query: &'a $query) -> Self {
                Self {
                    q: query.q.as_deref(),
                    owner_id: query.owner_id,
                    unowned: query.unowned,
                    properties: query.properties.as_deref(),
                    sort: query.sort,
                }
            }
        }
    )*};
}
filters_of!(ListContacts ListCompanies ListDeals ListTickets);

/// What a list asks of the database.
#[derive(Debug)]
pub(crate) struct ListQuery<'a> {
    pub(crate) q: Option<&'a str>,
    pub(crate) owner: Option<UserId>,
    pub(crate) unowned: bool,
    /// Whose records the actor sees, beside those of nobody; everybody's without.
    pub(crate) visible: Option<Vec<UserId>>,
    pub(crate) properties: Vec<(PropertyId, String)>,
    pub(crate) sort: RecordSort,
    pub(crate) after: Option<After>,
    pub(crate) limit: i64,
}

/// The key of the last row of the page before.
#[derive(Debug)]
pub(crate) enum After {
    Name(String, i64),
    Time(Timestamp, i64),
}

impl<'a> ListQuery<'a> {
    /// Checks what was asked for, and who asks.
    pub(crate) fn of(
        tx: &mut Tx<'_>,
        kind: ObjectKind,
        asked: impl Into<Filters<'a>>,
        paging: &Paging,
    ) -> Result<Self> {
        let asked = asked.into();
        access::require_read(tx)?;
        let sort = asked.sort.unwrap_or_default();
        let after = paging.after.as_ref().map(|cursor| After::read(cursor, sort)).transpose()?;
        Ok(Self {
            q: asked.q.map(str::trim).filter(|text| !text.is_empty()),
            owner: asked.owner_id,
            unowned: asked.unowned.unwrap_or(false),
            visible: tx.actor().record_owners().map(|owners| owners.into_iter().collect()),
            properties: properties::filters(tx, kind, asked.properties)?,
            sort,
            after,
            limit: paging.rows(),
        })
    }

    /// The cursor of a page that ends with this row.
    pub(crate) fn cursor(
        &self,
        name_key: &str,
        created_at: Timestamp,
        updated_at: Timestamp,
        id: i64,
    ) -> Cursor {
        let key = match self.sort {
            RecordSort::Name | RecordSort::NameDescending => name_key.to_owned().into(),
            RecordSort::CreatedAt | RecordSort::CreatedAtDescending => created_at.0.into(),
            RecordSort::UpdatedAt | RecordSort::UpdatedAtDescending => updated_at.0.into(),
        };
        Cursor::new([key, id.into()])
    }
}

impl After {
    fn read(cursor: &Cursor, sort: RecordSort) -> Result<Self> {
        let id = cursor.number(1)?;
        Ok(match sort {
            RecordSort::Name | RecordSort::NameDescending => Self::Name(cursor.text(0)?.to_owned(), id),
            _ => Self::Time(Timestamp(cursor.number(0)?), id),
        })
    }
}

/// Keeps those rows after a key, ascending or descending.
macro_rules! keyset {
    ($rows:expr, $key:expr, $id:expr, $after:expr, ascending) => {{
        let (key, id) = $after;
        $rows.filter($key.ge(key.clone())).filter($key.gt(key).or($id.gt(id)))
    }};
    ($rows:expr, $key:expr, $id:expr, $after:expr, descending) => {{
        let (key, id) = $after;
        $rows.filter($key.le(key.clone())).filter($key.lt(key).or($id.lt(id)))
    }};
}

/// Narrows a boxed query of a table of records to what the actor sees and asked for, and puts it in order.
macro_rules! list_records {
    ($rows:expr, $table:ident, $name:ident, $list:expr) => {{
        use db::schema::property_values;
        use types::crm::RecordSort;
        use $crate::store::lists::{After, keyset};
        let list: &$crate::store::lists::ListQuery<'_> = $list;
        let mut rows = $rows;
        if let Some(owners) = &list.visible {
            let theirs = $table::owner_id.eq_any(owners.iter().copied().map(Some).collect::<Vec<_>>());
            rows = rows.filter($table::owner_id.is_null().or(theirs.assume_not_null()));
        }
        if let Some(owner) = list.owner {
            rows = rows.filter($table::owner_id.eq(owner));
        }
        if list.unowned {
            rows = rows.filter($table::owner_id.is_null());
        }
        for (property, value) in &list.properties {
            let having = property_values::table
                .filter(property_values::property_id.eq(*property))
                .filter(property_values::value.eq(value.clone()))
                .select(property_values::record_id);
            rows = rows.filter($table::id.eq_any(having));
        }
        rows = match list.sort {
            RecordSort::Name => rows.order(($table::$name.asc(), $table::id.asc())),
            RecordSort::NameDescending => rows.order(($table::$name.desc(), $table::id.desc())),
            RecordSort::CreatedAt => rows.order(($table::created_at.asc(), $table::id.asc())),
            RecordSort::CreatedAtDescending => rows.order(($table::created_at.desc(), $table::id.desc())),
            RecordSort::UpdatedAt => rows.order(($table::updated_at.asc(), $table::id.asc())),
            RecordSort::UpdatedAtDescending => rows.order(($table::updated_at.desc(), $table::id.desc())),
        };
        match (&list.after, list.sort) {
            (Some(After::Name(name, id)), RecordSort::NameDescending) => {
                keyset!(rows, $table::$name, $table::id, (name.clone(), *id), descending)
            }
            (Some(After::Name(name, id)), _) => {
                keyset!(rows, $table::$name, $table::id, (name.clone(), *id), ascending)
            }
            (Some(After::Time(at, id)), RecordSort::CreatedAtDescending) => {
                keyset!(rows, $table::created_at, $table::id, (*at, *id), descending)
            }
            (Some(After::Time(at, id)), RecordSort::UpdatedAtDescending) => {
                keyset!(rows, $table::updated_at, $table::id, (*at, *id), descending)
            }
            (Some(After::Time(at, id)), RecordSort::UpdatedAt) => {
                keyset!(rows, $table::updated_at, $table::id, (*at, *id), ascending)
            }
            (Some(After::Time(at, id)), _) => {
                keyset!(rows, $table::created_at, $table::id, (*at, *id), ascending)
            }
            (None, _) => rows,
        }
    }};
}

pub(crate) use {keyset, list_records};
