//! The parts of links' addresses. The same pair is never given twice, on whichever domain it is shown.

use platform::{Error, Result, Tx, fields};
use types::FieldError;

use crate::store::{links, profiles};

/// The longest part, in characters.
const LONGEST: usize = 60;

/// A part of an address that somebody chose.
///
/// # Errors
/// [`Error::Invalid`] for `field`.
pub(crate) fn checked(field: &str, slug: &str) -> Result<String> {
    let is_fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let fits = !slug.is_empty() && slug.len() <= LONGEST && slug.chars().all(is_fit);
    if fits && !slug.starts_with('-') && !slug.ends_with('-') && slug != "booked" {
        return Ok(slug.to_owned());
    }
    Err(Error::Invalid(vec![FieldError {
        field: field.to_owned(),
        code: "malformed".to_owned(),
        detail: "must be 1 to 60 of a-z, 0-9 and -, neither first nor last a -".to_owned(),
    }]))
}

/// A part of an address out of a name: without accents, in lower case, words joined by `-`.
pub(crate) fn of_name(name: &str) -> String {
    let folded = crm::folding::name_key(name);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    slug.truncate(LONGEST - 4);
    let slug = slug.trim_matches('-').to_owned();
    if slug.is_empty() || slug == "booked" { "meeting".to_owned() } else { slug }
}

/// A last part that no link with this first part has.
pub(crate) fn free_link_slug(tx: &mut Tx<'_>, user_slug: &str, name: &str) -> Result<String> {
    let wanted = of_name(name);
    let mut slug = wanted.clone();
    for number in 2.. {
        if links::with_slug(tx, user_slug, &slug)?.is_none() {
            break;
        }
        slug = format!("{wanted}-{number}");
    }
    Ok(slug)
}

/// A first part that no user has.
pub(crate) fn free_user_slug(tx: &mut Tx<'_>, name: &str) -> Result<String> {
    let wanted = of_name(name);
    let mut slug = wanted.clone();
    for number in 2.. {
        if profiles::holder_of(tx, &slug)?.is_none() {
            break;
        }
        slug = format!("{wanted}-{number}");
    }
    Ok(slug)
}

/// What the database says of a pair that is there already.
pub(crate) fn taken(error: Error) -> Error {
    if error.is_taken() { fields::taken("slug", "another link has this address, or had it") } else { error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_addresses_come_from_names() {
        assert_eq!(of_name("Élodie Chartier"), "elodie-chartier");
        assert_eq!(of_name("  30 min: démo!  "), "30-min-demo");
        assert_eq!(of_name("日本"), "meeting");
        assert_eq!(of_name("booked"), "meeting");
        assert_eq!(checked("slug", "ana-30").unwrap(), "ana-30");
        for bad in ["", "Ana", "a b", "-a", "a-", "é", "a/b", "booked", &"a".repeat(61)] {
            assert!(checked("slug", bad).is_err(), "{bad}");
        }
    }
}
