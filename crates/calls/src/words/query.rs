//! What somebody looks for.

use platform::{Error, Result};
use types::calls::TextRange;

use super::{Word, split};

const MAX_CHARACTERS: usize = 200;
const MAX_WORDS: usize = 20;
/// Characters that the beginning of a word must have.
const MIN_PREFIX: usize = 2;

/// Phrases that must all stand in one segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query {
    phrases: Vec<Phrase>,
}

/// Words that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Phrase {
    words: Vec<String>,
    /// Whether the last word may go on.
    is_prefix: bool,
}

impl Query {
    /// Reads `words`, `"a phrase"` and `begin*`. Whatever else stands in it parts words; a term such as `well-known`
    /// is the phrase of its words.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `q`.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let invalid = |rule: String| Error::invalid("q", rule);
        if text.chars().count() > MAX_CHARACTERS {
            return Err(invalid(format!("must have at most {MAX_CHARACTERS} characters")));
        }
        let mut phrases = Vec::new();
        for (place, part) in text.split('"').enumerate() {
            // Every other part stood in quotes.
            if place % 2 == 1 {
                phrases.extend(Phrase::of(part, false));
                continue;
            }
            for term in part.split_whitespace() {
                let is_prefix = term.ends_with('*');
                let phrase = Phrase::of(term, is_prefix);
                if phrase.as_ref().is_some_and(Phrase::is_too_short) {
                    return Err(invalid(format!("must have {MIN_PREFIX} characters before a *")));
                }
                phrases.extend(phrase);
            }
        }
        if phrases.is_empty() {
            return Err(invalid("must have a letter or a digit".to_owned()));
        }
        if phrases.iter().map(|phrase| phrase.words.len()).sum::<usize>() > MAX_WORDS {
            return Err(invalid(format!("must have at most {MAX_WORDS} words")));
        }
        Ok(Self { phrases })
    }

    /// The words of a text, one after the other; nothing for a text without words.
    pub(crate) fn phrase(text: &str) -> Option<Self> {
        Phrase::of(text, false).map(|phrase| Self { phrases: vec![phrase] })
    }

    /// As SQLite's FTS5 reads it.
    pub(crate) fn fts5(&self) -> String {
        let phrases = self.phrases.iter().map(|phrase| {
            let prefix = if phrase.is_prefix { " *" } else { "" };
            format!("\"{}\"{prefix}", phrase.words.join(" "))
        });
        phrases.collect::<Vec<_>>().join(" AND ")
    }

    /// As PostgreSQL's `tsquery` reads it.
    pub(crate) fn tsquery(&self) -> String {
        let phrases = self.phrases.iter().map(|phrase| {
            let words: Vec<String> = phrase.words.iter().map(|word| format!("'{word}'")).collect();
            format!("({}{})", words.join(" <-> "), if phrase.is_prefix { ":*" } else { "" })
        });
        phrases.collect::<Vec<_>>().join(" & ")
    }

    /// Where the phrases stand in a text, from its beginning to its end; nothing unless all of them do.
    pub(crate) fn find(&self, words: &[Word]) -> Option<Vec<TextRange>> {
        let mut found = Vec::new();
        for phrase in &self.phrases {
            let here: Vec<(usize, usize)> = phrase.find(words).collect();
            if here.is_empty() {
                return None;
            }
            found.extend(here);
        }
        found.sort_unstable();
        found.dedup();
        Some(found.into_iter().map(|(start, end)| range(start, end)).collect())
    }
}

impl Phrase {
    fn of(text: &str, is_prefix: bool) -> Option<Self> {
        let words: Vec<String> = split(text).into_iter().map(|word| word.key).collect();
        (!words.is_empty()).then_some(Self { words, is_prefix })
    }

    fn is_too_short(&self) -> bool {
        self.is_prefix
            && self.words.last().is_some_and(|last| last.is_ascii() && last.chars().count() < MIN_PREFIX)
    }

    /// Where it stands, in characters: from the first to after the last.
    fn find<'w>(&'w self, words: &'w [Word]) -> impl Iterator<Item = (usize, usize)> + 'w {
        words.windows(self.words.len()).filter(move |window| self.is(window)).filter_map(|window| {
            let (first, last) = (window.first()?, window.last()?);
            Some((first.start, last.end))
        })
    }

    fn is(&self, window: &[Word]) -> bool {
        let last = self.words.len() - 1;
        self.words.iter().zip(window).enumerate().all(|(place, (wanted, word))| {
            if self.is_prefix && place == last { word.key.starts_with(wanted) } else { word.key == *wanted }
        })
    }
}

/// Segments have at most 10,000 characters.
fn range(start: usize, end: usize) -> TextRange {
    let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    TextRange { position: number(start), length: number(end - start) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(query: &str, text: &str) -> Option<Vec<(i32, i32)>> {
        let found = Query::parse(query).unwrap().find(&split(text))?;
        Some(found.into_iter().map(|range| (range.position, range.length)).collect())
    }

    #[test]
    fn words_phrases_and_prefixes_are_written_for_both_databases() {
        let query = Query::parse("Café \"at the bar\" well-known refu*").unwrap();
        assert_eq!(query.fts5(), r#""cafe" AND "at the bar" AND "well known" AND "refu" *"#);
        assert_eq!(
            query.tsquery(),
            "('cafe') & ('at' <-> 'the' <-> 'bar') & ('well' <-> 'known') & ('refu':*)"
        );
    }

    #[test]
    fn what_cannot_be_looked_for_is_refused() {
        for refused in ["", "  ", "\"\"", "?!", "a*", &"x".repeat(201), &"a ".repeat(21)] {
            let error = Query::parse(refused).unwrap_err().to_string();
            assert!(error.starts_with("q: "), "{refused}: {error}");
        }
    }

    #[test]
    fn all_of_a_query_is_found_or_nothing() {
        let text = "Refunds: the refund, then a refunded café";
        assert_eq!(ranges("refund*", text), Some(vec![(0, 7), (13, 6), (28, 8)]));
        assert_eq!(ranges("CAFE", text), Some(vec![(37, 4)]));
        assert_eq!(ranges("\"the refund\"", text), Some(vec![(9, 10)]));
        assert_eq!(ranges("\"refund the\"", text), None);
        assert_eq!(ranges("refund tea", text), None);
    }
}
