//! What the pages say, in English and French.

use std::collections::HashMap;

use actix_web::http::header::ACCEPT_LANGUAGE;
use platform::Result;
use serde_json::value::RawValue;
use types::booking::BookingLanguage;
use web::OpenCall;

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
pub(super) fn of(language: BookingLanguage) -> Result<Texts> {
    let json = match language {
        BookingLanguage::English => include_str!("texts/en.json"),
        BookingLanguage::French => include_str!("texts/fr.json"),
    };
    Ok(Texts { raw: serde_json::from_str(json)?, by_key: serde_json::from_str(json)? })
}

/// The language of a page that no link decides: the first that the reader understands, of those there are.
pub(super) fn wanted(call: &OpenCall) -> BookingLanguage {
    let accepted = call.request().headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    first_known(accepted.unwrap_or_default())
}

/// RFC 9110, section 12.5.4; weights are taken to fall.
fn first_known(accepted: &str) -> BookingLanguage {
    let mut languages =
        accepted.split(',').map(|one| one.split([';', '-']).next().unwrap_or_default().trim());
    let known = languages.find_map(|language| match language.to_ascii_lowercase().as_str() {
        "en" => Some(BookingLanguage::English),
        "fr" => Some(BookingLanguage::French),
        _ => None,
    });
    known.unwrap_or(BookingLanguage::English)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn languages_are_taken_in_the_order_they_are_offered() {
        assert_eq!(first_known("fr-CH, fr;q=0.9, en;q=0.8"), BookingLanguage::French);
        assert_eq!(first_known("de, en;q=0.8, fr;q=0.5"), BookingLanguage::English);
        assert_eq!(first_known(""), BookingLanguage::English);
    }

    #[test]
    fn both_languages_say_the_same_things_with_the_same_parts() {
        let parts = |text: &str| {
            let mut parts: Vec<String> =
                text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect();
            parts.sort();
            parts
        };
        let all = |language| -> BTreeMap<_, _> {
            of(language).unwrap().by_key.into_iter().map(|(key, text)| (key, parts(text))).collect()
        };
        let english = all(BookingLanguage::English);
        assert_eq!(english, all(BookingLanguage::French));
        for key in ["loading", "noscript", "not_found_title", "not_found_detail", "minutes"] {
            assert!(english.contains_key(key), "{key}");
        }
    }
}
