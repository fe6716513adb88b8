//! Who took part in a meeting, and whose call it is.

use std::collections::HashSet;

use accounts::connections::Linked;
use crm::contacts;
use platform::fields::Fields;
use platform::{Result, Tx};
use types::calls::AddParticipant;
use types::crm::CreateContact;
use types::{ContactId, Permission, UserId};
use zoom::{Host, Participant};

use crate::fields::{self, MAX_PARTICIPANTS};
use crate::store::people;

/// Somebody who took part, as Zoom knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    name: Option<String>,
    /// In its normal form.
    email: Option<String>,
    /// The user who connected this sign-in at Zoom.
    user: Option<UserId>,
}

/// Who somebody is here.
enum Known {
    User(UserId),
    /// A user who cannot sign in any more.
    FormerUser,
    Address(String),
    Nobody,
}

/// The host, even if nothing is known of them, and the participants, everybody once.
pub(super) fn of_meeting(host: &Host, participants: &[Participant]) -> Vec<Person> {
    let mut seen = HashSet::new();
    let host = person(&host.display_name, &host.email);
    let others = participants.iter().map(|participant| person(&participant.name, &participant.user_email));
    let others = others.filter(|person| person.name.is_some() || person.email.is_some());
    let everybody = std::iter::once(host).chain(others);
    everybody.filter(|person| seen.insert(person.email.clone().or_else(|| person.name.clone()))).collect()
}

fn person(name: &str, email: &str) -> Person {
    let mut checked = Fields::default();
    let email = checked.email("email", Some(email));
    // What is no address is none.
    let email = checked.finish().ok().and(email);
    Person { name: fields::shown(name), email, user: None }
}

/// Notes which of the people are users by their own connections, whatever their addresses at Zoom. The host comes first.
pub(super) fn recognise(people: &mut [Person], host_id: &str, connections: &[Linked]) {
    let is_host = |linked: &&Linked| linked.user_id.is_some() && linked.external_id == host_id;
    if let (Some(host), Some(linked)) = (people.first_mut(), connections.iter().find(is_host)) {
        host.user = linked.user_id;
    }
    for person in people.iter_mut().filter(|person| person.user.is_none() && person.email.is_some()) {
        let has_address = |linked: &&Linked| {
            linked.email.as_ref().is_some_and(|email| Some(email.to_lowercase()) == person.email)
        };
        let mut own = connections.iter().filter(|linked| linked.user_id.is_some());
        person.user = own.find(has_address).and_then(|linked| linked.user_id);
    }
}

/// Whose call it is: the first one's who is a user; the host comes first.
pub(super) fn owner(tx: &mut Tx<'_>, people: &[Person]) -> Result<Option<UserId>> {
    for person in people {
        if let Known::User(user) = known(tx, person)? {
            return Ok(Some(user));
        }
    }
    Ok(None)
}

/// Whether the calls of a user are taken over.
pub(super) fn may_have_calls(tx: &mut Tx<'_>, owner: UserId) -> Result<bool> {
    people::holds(tx, owner, Permission::UseCallIntelligence)
}

/// The participants of the call. Of more than a call can have, users come first, then those with an address.
pub(super) fn participants(tx: &mut Tx<'_>, people: &[Person]) -> Result<Vec<AddParticipant>> {
    let mut known_people = Vec::with_capacity(people.len());
    for person in people {
        let known = known(tx, person)?;
        let is_named = person.name.is_some() || person.email.is_some();
        if is_named || matches!(known, Known::User(_)) {
            known_people.push((known, person));
        }
    }
    known_people.sort_by_key(|(known, _)| match known {
        Known::User(_) => 0,
        Known::Address(_) => 1,
        Known::FormerUser | Known::Nobody => 2,
    });
    known_people.truncate(MAX_PARTICIPANTS);
    let mut found = Vec::with_capacity(known_people.len());
    for (known, person) in known_people {
        found.push(participant(tx, known, person)?);
    }
    Ok(found)
}

fn participant(tx: &mut Tx<'_>, known: Known, person: &Person) -> Result<AddParticipant> {
    let mut given = AddParticipant {
        user_id: None,
        contact_id: None,
        name: person.name.clone(),
        email: None,
        phone: None,
    };
    match known {
        Known::User(user) => given.user_id = Some(user),
        // With the address it would be looked for among contacts.
        Known::FormerUser => given.name = person.name.clone().or_else(|| person.email.clone()),
        Known::Address(email) => {
            given.contact_id = Some(contact(tx, person, &email)?);
            given.email = Some(email);
        }
        Known::Nobody => {}
    }
    Ok(given)
}

fn known(tx: &mut Tx<'_>, person: &Person) -> Result<Known> {
    if let Some(user) = person.user {
        return Ok(if people::is_active_user(tx, user)? { Known::User(user) } else { Known::FormerUser });
    }
    let Some(email) = &person.email else { return Ok(Known::Nobody) };
    Ok(match people::user_with_email(tx, email)? {
        Some(user) if people::is_active_user(tx, user)? => Known::User(user),
        Some(_) => Known::FormerUser,
        None => Known::Address(email.clone()),
    })
}

/// The contact with an address; made if there is none.
fn contact(tx: &mut Tx<'_>, person: &Person, email: &str) -> Result<ContactId> {
    if let Some(contact) = people::contact_with_email(tx, email)? {
        return Ok(contact);
    }
    let name = person.name.clone().unwrap_or_else(|| email.to_owned());
    let request = CreateContact { name, email: Some(email.to_owned()), ..CreateContact::default() };
    Ok(contacts::create(tx, &request)?.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_there_once() {
        let host =
            Host { display_name: "Ana".to_owned(), email: "Ana@Example.org".to_owned(), ..Host::default() };
        let guest = |name: &str, email: &str| Participant {
            name: name.to_owned(),
            user_email: email.to_owned(),
            ..Participant::default()
        };
        let guests = [
            guest("Ana (host)", "ana@example.org"),
            guest("Zoë\u{7}", ""),
            guest("Zoë", ""),
            guest("", ""),
            guest("Eve", "not an address"),
        ];
        let people = of_meeting(&host, &guests);
        let known: Vec<_> = people.iter().map(|p| (p.name.as_deref(), p.email.as_deref())).collect();
        assert_eq!(known, [(Some("Ana"), Some("ana@example.org")), (Some("Zoë"), None), (Some("Eve"), None)]);
    }
}
