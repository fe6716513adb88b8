//! What the chat says, in each language it speaks.

use types::channels::WidgetLocale;

/// The texts of a language as a JSON object, from key to text; `{name}` in a text stands for something to fill in.
pub const fn json(locale: WidgetLocale) -> &'static str {
    match locale {
        WidgetLocale::English => include_str!("../texts/en.json"),
        WidgetLocale::French => include_str!("../texts/fr.json"),
        WidgetLocale::German => include_str!("../texts/de.json"),
        WidgetLocale::Spanish => include_str!("../texts/es.json"),
    }
}

/// The language of a browser that the chat speaks and that is wanted most, from `Accept-Language` (RFC 9110, 12.5.4) or
/// a single tag such as `fr-CH`.
pub fn wanted(languages: &str) -> Option<WidgetLocale> {
    let mut best: Option<(f64, WidgetLocale)> = None;
    for range in languages.split(',') {
        let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
        let weight = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse().ok());
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let (Some(weight), Ok(locale)) = (weight, primary.parse()) else { continue };
        if weight > 0.0 && best.is_none_or(|(highest, _)| weight > highest) {
            best = Some((weight, locale));
        }
    }
    best.map(|(_, locale)| locale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn texts(locale: WidgetLocale) -> BTreeMap<String, String> {
        serde_json::from_str(json(locale)).unwrap()
    }

    fn placeholders(text: &str) -> Vec<&str> {
        let mut found: Vec<_> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn every_language_says_everything_with_the_same_placeholders() {
        let english = texts(WidgetLocale::English);
        for &locale in WidgetLocale::ALL {
            let other = texts(locale);
            assert!(other.keys().eq(english.keys()), "{locale}");
            for (key, text) in &english {
                assert!(!other[key].trim().is_empty(), "{locale} {key}");
                assert_eq!(placeholders(text), placeholders(&other[key]), "{locale} {key}");
            }
        }
    }

    #[test]
    fn the_most_wanted_language_that_is_spoken_wins() {
        assert_eq!(wanted("fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5"), Some(WidgetLocale::French));
        assert_eq!(wanted("it, de;q=0.4, es;q=0.6"), Some(WidgetLocale::Spanish));
        assert_eq!(wanted("de-AT"), Some(WidgetLocale::German));
        assert_eq!(wanted("en;q=0, es;q=0.1"), Some(WidgetLocale::Spanish));
        assert_eq!(wanted("it;q=high, *"), None);
        assert_eq!(wanted(""), None);
    }
}
