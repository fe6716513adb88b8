//! The rules of fields that several requests share.

use platform::Result;
use platform::fields::Fields;

/// Most characters of a name.
const NAME_CHARACTERS: usize = 100;

/// A name of a user, team, role, token or company: 1 to 100 characters, none of them a control character, without
/// white space around it.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) naming the field and the rule.
pub(crate) fn name(field: &str, text: &str) -> Result<String> {
    let mut fields = Fields::default();
    let name = fields.required(field, text, NAME_CHARACTERS);
    fields.finish().map(|()| name)
}

/// An address to sign in with, in the form that addresses are compared in.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) naming the field and the rule.
pub(crate) fn email(field: &str, address: &str) -> Result<String> {
    let mut fields = Fields::default();
    let email = fields.email(field, Some(address)).unwrap_or_default();
    if address.trim().is_empty() {
        fields.refuse(field, "required", "must not be empty".to_owned());
    }
    fields.finish().map(|()| email)
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
    fn an_address_is_required_and_folded() {
        assert_eq!(email("email", " Ann.Lee+x@Example.COM ").unwrap(), "ann.lee+x@example.com");
        for bad in ["", " ", "ann"] {
            let refused = email("email", bad).unwrap_err().to_string();
            assert!(refused.starts_with("email: must"), "{bad:?}: {refused}");
        }
    }
}
