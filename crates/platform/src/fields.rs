//! The rules of the fields that people type, collected so that one reply names every wrong one.

mod email;

use types::FieldError;

use crate::{Error, Result};

/// Checks fields one after the other and remembers what is wrong.
#[derive(Debug, Default)]
pub struct Fields {
    errors: Vec<FieldError>,
}

impl Fields {
    /// The text without space around it; 1 to `max` characters, one of them to be seen, none of them a control character.
    pub fn required(&mut self, field: &str, text: &str, max: usize) -> String {
        let text = text.trim();
        if text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
            self.refuse(field, "required", "must not be empty".to_owned());
        }
        self.check(field, text, max);
        text.to_owned()
    }

    /// The same for a text that may be left out; an empty one counts as left out.
    pub fn optional(&mut self, field: &str, text: Option<&str>, max: usize) -> Option<String> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        self.check(field, text, max);
        Some(text.to_owned())
    }

    /// A text of several lines that may be left out, without space around it; an empty one counts as left out.
    pub fn lines(&mut self, field: &str, text: Option<&str>, max: usize) -> Option<String> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        if text.chars().count() > max {
            self.refuse(field, "too_long", format!("must have at most {max} characters"));
        }
        if text.chars().any(|c| is_unfit(c) && !matches!(c, '\n' | '\r' | '\t')) {
            let rule = "must not contain control characters other than new lines and tabs, nor marks of the direction of text";
            self.refuse(field, "malformed", rule.to_owned());
        }
        Some(text.to_owned())
    }

    /// The address in its normal form.
    pub fn email(&mut self, field: &str, address: Option<&str>) -> Option<String> {
        match email::normalise(field, address?) {
            Ok(address) => address,
            Err(Error::Invalid(errors)) => {
                self.errors.extend(errors);
                None
            }
            Err(_) => None,
        }
    }

    /// The domain in lower case, without a dot at its end.
    pub fn domain(&mut self, field: &str, domain: Option<&str>) -> Option<String> {
        let domain = self.optional(field, domain, 253)?.to_lowercase();
        let domain = domain.trim_end_matches('.').to_owned();
        if !email::is_domain(&domain) {
            self.refuse(field, "malformed", "must be a domain such as example.org".to_owned());
        }
        Some(domain)
    }

    /// Remembers that a field breaks a rule.
    pub fn refuse(&mut self, field: &str, code: &str, detail: String) {
        self.errors.push(FieldError { field: field.to_owned(), code: code.to_owned(), detail });
    }

    /// Fails if any field was wrong.
    pub fn finish(self) -> Result<()> {
        if self.errors.is_empty() { Ok(()) } else { Err(Error::Invalid(self.errors)) }
    }

    fn check(&mut self, field: &str, text: &str, max: usize) {
        if text.chars().count() > max {
            self.refuse(field, "too_long", format!("must have at most {max} characters"));
        }
        if text.chars().any(is_unfit) {
            self.refuse(
                field,
                "malformed",
                "must not contain control characters, nor marks of the direction of text".to_owned(),
            );
        }
    }
}

/// Control characters, and those that change the direction of the text around them (Unicode TR9).
pub fn is_unfit(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that leave nothing on the screen: those that Unicode calls default ignorable and a name could be made of, and
/// the blanks that are not counted as space.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}'
            | '\u{2060}'..='\u{2064}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The error for a value that must be unique and that something else has already.
pub fn taken(field: &str, detail: &str) -> Error {
    Error::Invalid(vec![FieldError {
        field: field.to_owned(),
        code: "taken".to_owned(),
        detail: detail.to_owned(),
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let mut fields = Fields::default();
        assert_eq!(fields.required("name", " Ann ", 10), "Ann");
        assert_eq!(fields.optional("phone", Some("  "), 10), None);
        fields.required("title", "", 10);
        fields.required("label", "\u{200b} \u{2060}", 10);
        fields.optional("phone", Some("12345678901"), 10);
        fields.optional("job_title", Some("a\u{0}b"), 10);
        fields.optional("city", Some("a\u{202e}b"), 10);
        fields.email("email", Some("nobody"));
        fields.domain("domain", Some("localhost"));
        let Err(Error::Invalid(errors)) = fields.finish() else { panic!("no error") };
        let found: Vec<_> = errors.iter().map(|e| (e.field.as_str(), e.code.as_str())).collect();
        assert_eq!(
            found,
            [
                ("title", "required"),
                ("label", "required"),
                ("phone", "too_long"),
                ("job_title", "malformed"),
                ("city", "malformed"),
                ("email", "malformed"),
                ("domain", "malformed"),
            ]
        );
    }
}
