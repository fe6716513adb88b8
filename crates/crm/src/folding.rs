//! Names as they are searched and sorted: lower case, without accents, the same on both databases.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The name in lower case, without accents and with single spaces.
pub fn name_key(name: &str) -> String {
    let folded: String =
        name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let spelt = folded.chars().fold(String::with_capacity(folded.len()), |mut key, c| {
        match spelt_out(c) {
            Some(letters) => key.push_str(letters),
            None => key.push(c),
        }
        key
    });
    spelt.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where keys that start with `prefix` end: no key that starts so comes after it.
pub fn end_of_prefix(prefix: &str) -> String {
    format!("{prefix}{}", char::MAX)
}

/// Letters that Unicode does not take apart, as they are spelt without them.
fn spelt_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_spaces_fall_away() {
        for (name, key) in [
            ("  Zoë   Müller ", "zoe muller"),
            ("ŁUKASZ Ørsted", "lukasz orsted"),
            ("Straße", "strasse"),
            ("ﬁnn", "finn"),
            ("ΑΘΗΝΆ", "αθηνα"),
            ("李小龍", "李小龍"),
        ] {
            assert_eq!(name_key(name), key);
        }
    }

    #[test]
    fn a_prefix_ends_after_all_that_start_with_it() {
        assert!("ann" < end_of_prefix("ann").as_str());
        assert!("anna\u{10FFFE}" < end_of_prefix("ann").as_str());
        assert!("ano" > end_of_prefix("ann").as_str());
    }
}
