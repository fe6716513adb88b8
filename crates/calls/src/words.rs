//! Words: how what was said is taken apart to be found again, the same on both databases.
//!
//! A word is a run of letters and digits, in lower case and without accents; signs of scripts that do not part words,
//! such as Chinese and Japanese, are a word each.

mod query;

use crm::folding;
use unicode_normalization::char::is_combining_mark;

pub(crate) use query::Query;

/// Characters of a word that count. Longer ones are cut: PostgreSQL refuses words of more than 2046 bytes.
const MOST_CHARACTERS: usize = 64;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// As it is compared.
    pub(crate) key: String,
    /// Where it begins in the text, in characters.
    pub(crate) start: usize,
    /// Where it ends, in characters.
    pub(crate) end: usize,
}

/// The words of a text in their order.
pub(crate) fn split(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut run, mut start, mut length) = (String::new(), 0, 0);
    for (at, c) in text.chars().enumerate() {
        length = at + 1;
        if is_part(c) && !stands_alone(c) {
            if run.is_empty() {
                start = at;
            }
            run.push(c);
            continue;
        }
        words.extend(word(&std::mem::take(&mut run), start, at));
        if stands_alone(c) {
            words.extend(word(&c.to_string(), at, at + 1));
        }
    }
    words.extend(word(&run, start, length));
    words
}

/// A text as SQLite's index takes it: its words with a space between them.
pub(crate) fn spaced(text: &str) -> String {
    split(text).into_iter().map(|word| word.key).collect::<Vec<_>>().join(" ")
}

/// A text as PostgreSQL's index takes it: each word with its place, as in `'so':1 'be':2`.
pub(crate) fn placed(text: &str) -> String {
    let places = split(text).into_iter().zip(1..).map(|(word, place)| format!("'{}':{place}", word.key));
    places.collect::<Vec<_>>().join(" ")
}

fn word(run: &str, start: usize, end: usize) -> Option<Word> {
    let key = folding::name_key(run).chars().filter(|c| c.is_alphanumeric()).take(MOST_CHARACTERS).collect();
    let word = Word { key, start, end };
    (!word.key.is_empty()).then_some(word)
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Hiragana, Katakana and the ideographs (Unicode blocks).
fn stands_alone(c: char) -> bool {
    is_part(c)
        && matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_keep_their_places() {
        let text = "Déjà vu: l'E\u{301}cole, 3.5 % — well-known!";
        assert_eq!(spaced(text), "deja vu l ecole 3 5 well known");
        let words = split(text);
        let original: String =
            text.chars().skip(words[3].start).take(words[3].end - words[3].start).collect();
        assert_eq!(original, "E\u{301}cole");
        assert_eq!(placed("So be it, so"), "'so':1 'be':2 'it':3 'so':4");
    }

    #[test]
    fn ideographs_are_words_of_their_own() {
        assert_eq!(spaced("返金はrefund です"), "返 金 は refund て す");
        assert_eq!(spaced("…?!"), "");
        assert_eq!(spaced(&"a".repeat(5000)).len(), MOST_CHARACTERS);
    }
}
