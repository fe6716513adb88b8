//! What the page of a link says, in English and French.

use std::collections::HashMap;

use platform::Result;
use serde_json::value::RawValue;
use types::accounts::Locale;

/// The texts of one language by key.
pub(super) struct Texts {
    raw: &'static RawValue,
    by_key: HashMap<&'static str, &'static str>,
}

impl Texts {
    /// A text; empty for a key that does not exist, which a test excludes.
    pub(super) fn get(&self, key: &str) -> &'static str {
        self.by_key.get(key).copied().unwrap_or_default()
    }

    /// All of them, for the program in the page.
    pub(super) fn raw(&self) -> &'static RawValue {
        self.raw
    }
}

/// The texts of a language.
pub(super) fn of(locale: Locale) -> Result<Texts> {
    let json = json(locale);
    Ok(Texts { raw: serde_json::from_str(json)?, by_key: serde_json::from_str(json)? })
}

fn json(locale: Locale) -> &'static str {
    match locale {
        Locale::English => include_str!("../texts/en.json"),
        Locale::French => include_str!("../texts/fr.json"),
    }
}

/// The first language that a reader understands, of those there are (RFC 9110, section 12.5.4; weights are taken to fall).
pub(super) fn wanted(accepted: &str) -> Locale {
    let languages = accepted.split(',').map(|one| one.split([';', '-']).next().unwrap_or_default().trim());
    let known = languages.filter_map(|language| match language.to_ascii_lowercase().as_str() {
        "en" => Some(Locale::English),
        "fr" => Some(Locale::French),
        _ => None,
    });
    known.into_iter().next().unwrap_or(Locale::English)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn languages_are_taken_in_the_order_they_are_offered() {
        assert_eq!(wanted("fr-CH, fr;q=0.9, en;q=0.8"), Locale::French);
        assert_eq!(wanted("de, en;q=0.8, fr;q=0.5"), Locale::English);
        assert_eq!(wanted(""), Locale::English);
        assert_eq!(wanted("de"), Locale::English);
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let keys = |locale| of(locale).unwrap().by_key.into_keys().collect::<BTreeSet<_>>();
        let english = keys(Locale::English);
        assert_eq!(english, keys(Locale::French));
        for notice in ["not_found", "expired", "ended"] {
            for part in ["title", "detail"] {
                assert!(english.contains(format!("{notice}_{part}").as_str()), "{notice}_{part}");
            }
        }
    }
}
