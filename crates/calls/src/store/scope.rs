//! Which calls somebody may list, for the database.

use std::collections::BTreeSet;

use types::UserId;

/// Which calls somebody may list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    /// All calls of this user.
    pub(crate) own: Option<UserId>,
    /// Whether calls of others that are not private.
    pub(crate) open: bool,
    /// Whether private calls of others.
    pub(crate) private: bool,
    /// The users whose records are seen beside those of nobody; everybody's without. Of the calls of others only those
    /// whose owner, or a record that they belong to, is so.
    pub(crate) owners: Option<BTreeSet<UserId>>,
}

impl Scope {
    /// The condition on rows of `calls`; nothing where it holds for all of them.
    pub(crate) fn condition(&self) -> Option<String> {
        let of_others = match (self.open, self.private) {
            (true, true) => self.in_sight(),
            (true, false) => Some(both("NOT calls.private".to_owned(), self.in_sight())),
            (false, true) => Some(both("calls.private".to_owned(), self.in_sight())),
            (false, false) => Some("1 = 0".to_owned()),
        }?;
        Some(match self.own {
            Some(own) => format!("(calls.owner_id = {own} OR ({of_others}))"),
            None => format!("({of_others})"),
        })
    }

    /// That the owner of a call, or of a record that it belongs to, is one whose records are seen.
    fn in_sight(&self) -> Option<String> {
        let owners = self.owners.as_ref()?;
        let owners: Vec<String> = owners.iter().map(UserId::to_string).collect();
        let seen = |owner: &str| match owners.as_slice() {
            [] => format!("{owner} IS NULL"),
            some => format!("({owner} IS NULL OR {owner} IN ({}))", some.join(", ")),
        };
        let of_kind = |table: &str| {
            let owner = seen("r.owner_id");
            format!("EXISTS (SELECT 1 FROM {table} AS r WHERE r.id = a.id AND {owner})")
        };
        let records = ["contacts", "companies", "deals", "tickets"].map(of_kind).join(" OR ");
        // One after the other, so that each is found by its index: PostgreSQL reads the whole table for `OR`.
        let associated = "SELECT to_id AS id FROM associations WHERE from_id = calls.id \
                          UNION ALL SELECT from_id FROM associations WHERE to_id = calls.id";
        let associated = format!("EXISTS (SELECT 1 FROM ({associated}) AS a WHERE {records})");
        Some(format!("({} OR {associated})", seen("calls.owner_id")))
    }
}

fn both(one: String, other: Option<String>) -> String {
    match other {
        Some(other) => format!("{one} AND {other}"),
        None => one,
    }
}
