//! Who took part in a meeting, and whose call it is.

use std::collections::HashSet;

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
}

/// Who somebody is here.
enum Known {
    User(UserId),
    /// A user who cannot sign in any more.
    FormerUser,
    Address(String),
    Nobody,
}

/// The host and the participants, everybody once.
pub(super) fn of_meeting(host: &Host, participants: &[Participant]) -> Vec<Person> {
    let mut seen = HashSet::new();
    let host = person(&host.display_name, &host.email);
    let others = participants.iter().map(|participant| person(&participant.name, &participant.user_email));
    let everybody = std::iter::once(host).chain(others);
    let everybody = everybody.filter(|person| person.name.is_some() || person.email.is_some());
    everybody.filter(|person| seen.insert(person.email.clone().or_else(|| person.name.clone()))).collect()
}

fn person(name: &str, email: &str) -> Person {
    let mut checked = Fields::default();
    let email = checked.email("email", Some(email));
    // What is no address is none.
    let email = checked.finish().ok().and(email);
    Person { name: fields::shown(name), email }
}

/// Whose call it is: the user's who connected the host's own sign-in, or else the first one's whose address it is.
pub(super) fn owner(tx: &mut Tx<'_>, linked: Option<UserId>, people: &[Person]) -> Result<Option<UserId>> {
    if let Some(user) = linked
        && people::is_active_user(tx, user)?
    {
        return Ok(linked);
    }
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
        known_people.push((known(tx, person)?, person));
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
