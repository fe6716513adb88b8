//! E-mail addresses as they are stored and compared.

use types::FieldError;

use crate::{Error, Result};

/// The longest address that SMTP carries, in bytes (RFC 5321, section 4.5.3.1.3, without the brackets).
const MAX_BYTES: usize = 254;
/// The longest part before the `@`, in bytes (RFC 5321, section 4.5.3.1.1).
const MAX_LOCAL_BYTES: usize = 64;

/// The address in lower case and without space around it, or `None` for an empty one. No address in use tells its
/// mailboxes apart by case alone, and people type both.
///
/// # Errors
/// [`Error::Invalid`] for `field` unless it looks like `name@example.org`.
pub(super) fn normalise(field: &str, address: &str) -> Result<Option<String>> {
    let address = address.trim().to_lowercase();
    if address.is_empty() {
        return Ok(None);
    }
    if is_address(&address) {
        return Ok(Some(address));
    }
    Err(Error::Invalid(vec![FieldError {
        field: field.to_owned(),
        code: "malformed".to_owned(),
        detail: "must be an e-mail address such as name@example.org".to_owned(),
    }]))
}

fn is_address(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    address.len() <= MAX_BYTES
        && (1..=MAX_LOCAL_BYTES).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(is_local_char)
        && is_domain(domain)
}

/// The characters of an `atom` (RFC 5322, section 3.2.3), the dot, and letters of any script (RFC 6531).
fn is_local_char(c: char) -> bool {
    c.is_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(c)
}

/// Whether a text is a host name of two labels or more, such as `example.org` (RFC 1035, section 2.3.1; letters of any
/// script).
pub(super) fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_lower_case_and_trimmed() {
        assert_eq!(
            normalise("email", " Ann.B+x@Example.ORG ").unwrap().as_deref(),
            Some("ann.b+x@example.org")
        );
        assert_eq!(normalise("email", "  ").unwrap(), None);
        assert_eq!(normalise("email", "zoë@müller.de").unwrap().as_deref(), Some("zoë@müller.de"));
    }

    #[test]
    fn what_is_no_address_is_refused_by_field() {
        let long = format!("{}@example.org", "a".repeat(65));
        for bad in [
            "ann",
            "@example.org",
            "ann@",
            "ann@local",
            "a b@example.org",
            "a..b@example.org",
            "a@-x.org",
            "<a@example.org>",
            "a@example.org,b@example.org",
            long.as_str(),
        ] {
            let error = normalise("email", bad).unwrap_err();
            assert!(matches!(error, Error::Invalid(fields) if fields[0].field == "email"), "{bad}");
        }
    }
}
