//! Subjects and descriptions of invitations, with what they know of the contact put into them.

/// What can be put in.
pub(crate) const TOKENS: [&str; 7] = [
    "contact.first_name",
    "contact.last_name",
    "contact.name",
    "contact.email",
    "company.name",
    "host.name",
    "account.name",
];

/// What the tokens stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Values {
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    /// The company that the visitor wrote into the form: never one that is only known here, or whoever types an
    /// address would read it.
    pub(crate) company: String,
    pub(crate) host: String,
    pub(crate) account: String,
}

impl Values {
    fn of(&self, token: &str) -> Option<String> {
        Some(match token {
            "contact.first_name" => self.first_name.clone(),
            "contact.last_name" => self.last_name.clone(),
            "contact.name" => format!("{} {}", self.first_name, self.last_name).trim().to_owned(),
            "contact.email" => self.email.clone(),
            "company.name" => self.company.clone(),
            "host.name" => self.host.clone(),
            "account.name" => self.account.clone(),
            _ => return None,
        })
    }
}

/// The text with its tokens filled in. What a value holds is never taken for a token.
pub(crate) fn fill(text: &str, values: &Values) -> String {
    let mut filled = String::new();
    for (before, token) in pieces(text) {
        filled.push_str(before);
        if let Some(token) = token {
            filled.push_str(&values.of(token.trim()).unwrap_or_else(|| format!("{{{{{token}}}}}")));
        }
    }
    filled
}

/// The first token that stands for nothing.
pub(crate) fn unknown_token(text: &str) -> Option<&str> {
    pieces(text).filter_map(|(_, token)| token.map(str::trim)).find(|token| !TOKENS.contains(token))
}

/// Whether a text has any.
pub(crate) fn has_tokens(text: &str) -> bool {
    pieces(text).any(|(_, token)| token.is_some())
}

/// What stands before each token, and the token.
fn pieces(mut rest: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let found = rest.split_once("{{").and_then(|(before, after)| {
            let (token, after) = after.split_once("}}")?;
            Some((before, token, after))
        });
        Some(match found {
            Some((before, token, after)) => {
                rest = after;
                (before, Some(token))
            }
            None => (std::mem::take(&mut rest), None),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_filled_in_once() {
        let values = Values {
            first_name: "Zoë".into(),
            last_name: "{{host.name}}".into(),
            host: "Ana".into(),
            ..Values::default()
        };
        assert_eq!(fill("{{ contact.name }} meets {{host.name}}", &values), "Zoë {{host.name}} meets Ana");
        assert_eq!(fill("{{contact.first_name}", &values), "{{contact.first_name}");
        assert_eq!(fill("at {{company.name}}.", &values), "at .");
        assert_eq!(unknown_token("{{contact.name}} {{contact.age}}"), Some("contact.age"));
        assert_eq!(unknown_token("none"), None);
    }
}
