//! What the mails of booking say, in English and French.

use std::collections::HashMap;

use platform::Result;
use types::booking::BookingLanguage;

/// The texts of one language by key.
pub(super) struct Texts {
    by_key: HashMap<&'static str, &'static str>,
}

impl Texts {
    /// The texts of a language.
    pub(super) fn of(language: BookingLanguage) -> Result<Self> {
        Ok(Self { by_key: serde_json::from_str(json(language))? })
    }

    /// A text; empty for a key that does not exist, which a test excludes.
    pub(super) fn get(&self, key: &str) -> &'static str {
        self.by_key.get(key).copied().unwrap_or_default()
    }

    /// A text with its `{names}` filled in. What a value holds is never taken for a name.
    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            filled.push_str(before);
            filled.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

fn json(language: BookingLanguage) -> &'static str {
    match language {
        BookingLanguage::English => include_str!("../texts/en.json"),
        BookingLanguage::French => include_str!("../texts/fr.json"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn names(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let (english, french) =
            (Texts::of(BookingLanguage::English).unwrap(), Texts::of(BookingLanguage::French).unwrap());
        let keys = |texts: &Texts| texts.by_key.keys().copied().collect::<BTreeSet<_>>();
        assert_eq!(keys(&english), keys(&french));
        for key in keys(&english) {
            assert!(!english.get(key).is_empty() && !french.get(key).is_empty(), "{key}");
            assert_eq!(names(english.get(key)), names(french.get(key)), "{key}");
        }
        for told in ["booked", "asked", "declined", "cancelled", "moved", "changed"] {
            for part in ["subject", "intro", "host_subject", "host_intro"] {
                assert_ne!(english.get(&format!("{told}_{part}")), "", "{told}_{part}");
            }
        }
        for key in ["linked_subject", "linked_intro"] {
            assert_ne!(english.get(key), "", "{key}");
        }
    }

    #[test]
    fn values_are_filled_in_once() {
        let texts = Texts::of(BookingLanguage::English).unwrap();
        assert_eq!(texts.fill("hello", &[("name", "{title} Zoë")]), "Hello {title} Zoë,");
    }
}
