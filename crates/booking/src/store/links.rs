//! Booking links, their hosts and the openings of their pages.

use std::collections::HashMap;

use db::schema::{booking_link_hosts, booking_link_views, booking_links, meetings, users};
use db::{Conn, Json};
use diesel::dsl::{count_star, exists, max};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::accounts::UserState;
use types::booking::{BookingLinkHost, BookingLinkKind, BookingLinkSettings, ListBookingLinks};
use types::{BookingLinkId, Timestamp, UserId};

/// A row of `booking_links`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = booking_links, treat_none_as_null = true)]
pub(crate) struct LinkRow {
    pub(crate) id: BookingLinkId,
    pub(crate) kind: BookingLinkKind,
    pub(crate) user_slug: String,
    pub(crate) slug: String,
    pub(crate) owner_id: UserId,
    pub(crate) name_key: String,
    pub(crate) settings: Json<BookingLinkSettings>,
    pub(crate) ended_at: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl LinkRow {
    /// The two parts of its address.
    pub(crate) fn path(&self) -> String {
        format!("{}/{}", self.user_slug, self.slug)
    }
}

/// A host of a link, with the name they are known by and whether they work here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HostRow {
    pub(crate) user_id: UserId,
    pub(crate) weight: u16,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) is_active: bool,
}

impl HostRow {
    pub(crate) fn to_wire(&self) -> BookingLinkHost {
        BookingLinkHost { user_id: self.user_id, weight: self.weight }
    }
}

/// Where a page begins: after the link made then, with this id.
pub(crate) type Key = (Timestamp, BookingLinkId);

pub(crate) fn find(tx: &mut Tx<'_>, id: BookingLinkId) -> Result<Option<LinkRow>> {
    Ok(booking_links::table.find(id).select(LinkRow::as_select()).get_result(tx.conn()).optional()?)
}

/// The link, locked until the end of the transaction.
pub(crate) fn find_locked(tx: &mut Tx<'_>, id: BookingLinkId) -> Result<Option<LinkRow>> {
    let query = booking_links::table.find(id);
    let found = match tx.conn() {
        Conn::Pg(conn) => query.select(LinkRow::as_select()).for_update().get_result(conn),
        Conn::Sqlite(conn) => query.select(LinkRow::as_select()).get_result(conn),
    };
    Ok(found.optional()?)
}

/// The link with this address.
pub(crate) fn with_slug(tx: &mut Tx<'_>, user_slug: &str, slug: &str) -> Result<Option<LinkRow>> {
    let query = booking_links::table
        .filter(booking_links::user_slug.eq(user_slug.to_owned()))
        .filter(booking_links::slug.eq(slug.to_owned()));
    Ok(query.select(LinkRow::as_select()).get_result(tx.conn()).optional()?)
}

/// A page of links, the latest first.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    query: &ListBookingLinks,
    (mine, words): (Option<UserId>, Option<&str>),
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<LinkRow>> {
    let mut rows = booking_links::table.into_boxed();
    if query.ended != Some(true) {
        rows = rows.filter(booking_links::ended_at.is_null());
    }
    if let Some(user) = mine {
        let hosted = booking_link_hosts::table
            .filter(booking_link_hosts::link_id.eq(booking_links::id))
            .filter(booking_link_hosts::user_id.eq(user));
        rows = rows.filter(booking_links::owner_id.eq(user).or(exists(hosted)));
    }
    if let Some(words) = words {
        rows = rows.filter(booking_links::name_key.like(words.to_owned()).escape('\\'));
    }
    if let Some((at, id)) = after {
        rows = rows.filter(booking_links::created_at.le(at));
        rows = rows.filter(booking_links::created_at.lt(at).or(booking_links::id.lt(id)));
    }
    let rows = rows.order((booking_links::created_at.desc(), booking_links::id.desc())).limit(limit);
    Ok(rows.select(LinkRow::as_select()).load(tx.conn())?)
}

/// The links that a user takes part in, ended ones included.
pub(crate) fn hosted_by(tx: &mut Tx<'_>, user: UserId) -> Result<Vec<BookingLinkId>> {
    Ok(booking_link_hosts::table
        .filter(booking_link_hosts::user_id.eq(user))
        .order(booking_link_hosts::link_id)
        .select(booking_link_hosts::link_id)
        .load(tx.conn())?)
}

/// How many links a user has made that have not ended.
pub(crate) fn count_of(tx: &mut Tx<'_>, owner: UserId) -> Result<i64> {
    let own = booking_links::table.filter(booking_links::owner_id.eq(owner));
    Ok(own.filter(booking_links::ended_at.is_null()).count().get_result(tx.conn())?)
}

/// The hosts of these links, in order.
pub(crate) fn hosts(
    tx: &mut Tx<'_>,
    links: &[BookingLinkId],
) -> Result<HashMap<BookingLinkId, Vec<HostRow>>> {
    let rows: Vec<(BookingLinkId, UserId, i32, String, String, UserState)> = booking_link_hosts::table
        .inner_join(users::table.on(users::id.eq(booking_link_hosts::user_id)))
        .filter(booking_link_hosts::link_id.eq_any(links.to_vec()))
        .order((booking_link_hosts::link_id, booking_link_hosts::position))
        .select((
            booking_link_hosts::link_id,
            booking_link_hosts::user_id,
            booking_link_hosts::weight,
            users::name,
            users::email,
            users::state,
        ))
        .load(tx.conn())?;
    let mut hosts: HashMap<BookingLinkId, Vec<HostRow>> = HashMap::new();
    for (link, user_id, weight, name, email, state) in rows {
        let weight = u16::try_from(weight).unwrap_or(1);
        let host = HostRow { user_id, weight, name, email, is_active: state == UserState::Active };
        hosts.entry(link).or_default().push(host);
    }
    Ok(hosts)
}

/// The hosts of one link, in order.
pub(crate) fn hosts_of(tx: &mut Tx<'_>, link: BookingLinkId) -> Result<Vec<HostRow>> {
    Ok(hosts(tx, &[link])?.remove(&link).unwrap_or_default())
}

/// Writes the hosts of a link in place of those that it had.
pub(crate) fn save_hosts(tx: &mut Tx<'_>, link: &Granted<LinkRow>, hosts: &[BookingLinkHost]) -> Result<()> {
    let old = booking_link_hosts::table.filter(booking_link_hosts::link_id.eq(link.id));
    diesel::delete(old).execute(tx.conn())?;
    for (position, host) in (0..).zip(hosts) {
        diesel::insert_into(booking_link_hosts::table)
            .values((
                booking_link_hosts::link_id.eq(link.id),
                booking_link_hosts::user_id.eq(host.user_id),
                booking_link_hosts::weight.eq(i32::from(host.weight)),
                booking_link_hosts::position.eq::<i32>(position),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &LinkRow) -> Result<()> {
    diesel::insert_into(booking_links::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Writes a changed row over the one that was locked.
pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<LinkRow>, row: &LinkRow) -> Result<()> {
    diesel::update(booking_links::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Notes that the page of a link was opened.
pub(crate) fn add_view(tx: &mut Tx<'_>, link: BookingLinkId) -> Result<()> {
    let id: i64 = tx.new_id();
    let viewed_at = tx.now();
    diesel::insert_into(booking_link_views::table)
        .values((
            booking_link_views::id.eq(id),
            booking_link_views::link_id.eq(link),
            booking_link_views::viewed_at.eq(viewed_at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// How often the pages of these links were opened.
pub(crate) fn views(tx: &mut Tx<'_>, links: &[BookingLinkId]) -> Result<HashMap<BookingLinkId, i64>> {
    let rows: Vec<(BookingLinkId, i64)> = booking_link_views::table
        .filter(booking_link_views::link_id.eq_any(links.to_vec()))
        .group_by(booking_link_views::link_id)
        .select((booking_link_views::link_id, count_star()))
        .load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

/// How many meetings were booked by each of these links, and when the last one was.
pub(crate) fn bookings(
    tx: &mut Tx<'_>,
    links: &[BookingLinkId],
) -> Result<HashMap<BookingLinkId, (i64, Option<Timestamp>)>> {
    let rows: Vec<(Option<BookingLinkId>, i64, Option<Timestamp>)> = meetings::table
        .filter(meetings::booking_link_id.eq_any(links.to_vec()))
        .group_by(meetings::booking_link_id)
        .select((meetings::booking_link_id, count_star(), max(meetings::created_at)))
        .load(tx.conn())?;
    Ok(rows.into_iter().filter_map(|(link, count, last)| Some((link?, (count, last)))).collect())
}

/// Whether a page shows a picture already: that of a link, or the logo of all of them.
pub(crate) fn shows_picture(tx: &mut Tx<'_>, id: types::FileId) -> Result<bool> {
    if tx.setting::<crate::settings::Booking>()?.logo_file_id == Some(id) {
        return Ok(true);
    }
    let all: Vec<Json<BookingLinkSettings>> =
        booking_links::table.select(booking_links::settings).load(tx.conn())?;
    Ok(all.iter().any(|settings| settings.0.photo_file_id == Some(id)))
}

/// Whether links of others have this first part of addresses.
pub(crate) fn others_use(tx: &mut Tx<'_>, user_slug: &str, user: UserId) -> Result<bool> {
    let of_others = booking_links::table
        .filter(booking_links::user_slug.eq(user_slug.to_owned()))
        .filter(booking_links::owner_id.ne(user));
    Ok(of_others.count().get_result::<i64>(tx.conn())? > 0)
}
