//! The rules of fields that several requests share.

use platform::{Error, Result};
use types::FieldError;

/// Most characters of a name.
const NAME_CHARACTERS: usize = 100;
/// Most bytes of an address (RFC 5321, section 4.5.3.1.3, without the angle brackets).
const EMAIL_BYTES: usize = 254;

fn refused(field: &str, code: &str, detail: impl Into<String>) -> Error {
    Error::Invalid(vec![FieldError { field: field.to_owned(), code: code.to_owned(), detail: detail.into() }])
}

/// A name of a user, team, role, token or company: 1 to 100 characters, none of them a control character, without
/// white space around it.
///
/// # Errors
/// [`Error::Invalid`] naming the field and the rule.
pub(crate) fn name(field: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(refused(field, "required", "must not be empty"));
    }
    if text.chars().count() > NAME_CHARACTERS {
        return Err(refused(field, "too_long", format!("must be at most {NAME_CHARACTERS} characters long")));
    }
    if text.chars().any(is_unfit) {
        return Err(refused(field, "malformed", "must not contain control characters"));
    }
    Ok(text.to_owned())
}

/// Control characters, and those that change the direction of the text around them (Unicode TR9).
pub(crate) fn is_unfit(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// An address to sign in with, in lower case: people do not type it the same each time, and no server in use tells
/// `Ann@` from `ann@`.
///
/// # Errors
/// [`Error::Invalid`] naming the field and the rule.
pub(crate) fn email(field: &str, text: &str) -> Result<String> {
    let text = text.trim().to_lowercase();
    let malformed = || refused(field, "malformed", "must be an address such as ann@example.com");
    let (local, domain) = text.rsplit_once('@').ok_or_else(malformed)?;
    let fit = |c: char| !c.is_whitespace() && !is_unfit(c) && !"<>()[]\\,;:\"".contains(c);
    let local_fits = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| fit(c) && c != '@');
    let label_fits = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    if local_fits && domain.split('.').all(label_fits) && text.len() <= EMAIL_BYTES {
        Ok(text)
    } else {
        Err(malformed())
    }
}

/// The same error as [`name`] and [`email`] give, for a value that somebody else has already.
pub(crate) fn taken(field: &str, detail: &str) -> Error {
    refused(field, "taken", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_checked() {
        assert_eq!(name("name", "  Ann O'Neil ").unwrap(), "Ann O'Neil");
        assert_eq!(name("name", &"é".repeat(100)).unwrap().chars().count(), 100);
        for bad in ["", "  ", &"é".repeat(101), "a\nb", "a\u{202e}b"] {
            let refused = name("name", bad).unwrap_err().to_string();
            assert!(refused.starts_with("name: must"), "{bad:?}: {refused}");
        }
    }

    #[test]
    fn addresses_are_folded_and_checked() {
        assert_eq!(email("email", " Ann.Lee+x@Example.COM ").unwrap(), "ann.lee+x@example.com");
        assert_eq!(email("email", "ann@localhost").unwrap(), "ann@localhost");
        assert_eq!(email("email", "zoë@münchen.example").unwrap(), "zoë@münchen.example");
        for bad in [
            "",
            "@",
            "ann",
            "ann@",
            "@example.com",
            "a b@example.com",
            "ann@exa mple.com",
            "ann@@example.com",
            "ann@example..com",
            ".ann@example.com",
            "ann@-x.com",
            "ann\n@example.com",
            "<ann@example.com>",
        ] {
            assert!(email("email", bad).is_err(), "{bad:?}");
        }
    }
}
