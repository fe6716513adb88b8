//! What is said in made-up calls. Words are as uneven as in any language: the one of rank n is about 1/n as common as the
//! first (Zipf's law), so an index of them has lists of all lengths.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// How many calls there are.
pub const CALLS: u32 = 10_000;
/// How many segments each has.
pub const SEGMENTS: u32 = 100;
/// How many different words are said.
const WORDS: usize = 50_000;
/// How many words a segment has.
const LENGTHS: std::ops::Range<usize> = 8..25;
/// How many different queries each class has.
const QUERIES: usize = 40;

/// What the segments of a call say, the same each time, in lower case and with a space between words.
pub fn call(number: u32) -> impl Iterator<Item = Vec<String>> {
    let mut random = StdRng::seed_from_u64(number.into());
    (0..SEGMENTS).map(move |_| {
        let length = random.random_range(LENGTHS);
        (0..length).map(|_| word(rank(random.random()))).collect()
    })
}

/// The rank of a word, counted from 0, by a number from 0 up to 1.
fn rank(chance: f64) -> usize {
    (WORDS as f64).powf(chance) as usize - 1
}

/// The word of a rank. The commonest have one syllable; words that begin alike are of all ranks.
fn word(rank: usize) -> String {
    const CONSONANTS: &[u8] = b"bcdfghjklmnpqrstvwxz";
    const VOWELS: &[u8] = b"aeiou";
    let (mut first, mut count, mut syllables) = (0, 100, 1);
    while rank >= first + count {
        (first, count, syllables) = (first + count, count * 100, syllables + 1);
    }
    // Without a common divisor with the count, so that each word has one rank.
    let mut number = (rank - first) * 6151 % count;
    let mut word = String::with_capacity(2 * syllables);
    for _ in 0..syllables {
        let syllable = number % 100;
        number /= 100;
        word.push(char::from(CONSONANTS[syllable / VOWELS.len()]));
        word.push(char::from(VOWELS[syllable % VOWELS.len()]));
    }
    word
}

/// What is looked for.
pub enum Wanted {
    /// Words that stand in one segment.
    Words(Vec<String>),
    /// Words that follow each other.
    Phrase(Vec<String>),
    /// The beginning of a word.
    Prefix(String),
}

impl Wanted {
    /// As a user types it, in the query of an address.
    pub fn typed(&self) -> String {
        match self {
            Self::Words(words) => words.join("%20"),
            Self::Phrase(words) => format!("%22{}%22", words.join("%20")),
            Self::Prefix(beginning) => format!("{beginning}*"),
        }
    }

    /// As SQLite's index takes it.
    pub fn fts5(&self) -> String {
        match self {
            Self::Words(words) => words.join(" AND "),
            Self::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Self::Prefix(beginning) => format!("{beginning}*"),
        }
    }

    /// As PostgreSQL's index takes it.
    pub fn tsquery(&self) -> String {
        match self {
            Self::Words(words) => words.join(" & "),
            Self::Phrase(words) => words.join(" <-> "),
            Self::Prefix(beginning) => format!("{beginning}:*"),
        }
    }
}

/// Six classes of queries, by what makes them hard.
pub fn classes() -> [(&'static str, Vec<Wanted>); 6] {
    let of = |wanted: &dyn Fn(usize) -> Wanted| (0..QUERIES).map(wanted).collect::<Vec<_>>();
    let one = |rank| Wanted::Words(vec![word(rank)]);
    [
        // 30 to 70 segments
        ("rare", of(&|n| one(20_000 + 600 * n))),
        // 700 to 7,000
        ("usual", of(&|n| one(200 + 45 * n))),
        // 120,000 to 630,000
        ("very common", of(&|n| one(n % 10))),
        ("two words", of(&|n| Wanted::Words(vec![word(5 + n), word(150 + 20 * n)]))),
        ("phrase", of(&said)),
        ("prefix", of(&|n| Wanted::Prefix(word(100 + 250 * n)[..2 + n % 3].to_owned()))),
    ]
}

/// Two or three words of one of the calls.
fn said(number: usize) -> Wanted {
    let segment = call(number as u32 * 251 % CALLS).nth(number).unwrap_or_default();
    Wanted::Phrase(segment.into_iter().skip(2).take(2 + number % 2).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_word_has_one_rank() {
        let words: HashSet<String> = (0..WORDS).map(word).collect();
        assert_eq!(words.len(), WORDS);
        assert_eq!((word(0).len(), word(100).len(), word(WORDS - 1).len()), (2, 4, 6));
        assert_eq!((rank(0.0), rank(0.999_999_9)), (0, WORDS - 2));
    }

    #[test]
    fn a_call_says_the_same_each_time() {
        let segments: Vec<_> = call(7).collect();
        assert_eq!(segments.len(), SEGMENTS as usize);
        assert_eq!(segments, call(7).collect::<Vec<_>>());
        assert!(segments.iter().all(|words| LENGTHS.contains(&words.len())));
        assert_ne!(segments, call(8).collect::<Vec<_>>());
    }

    #[test]
    fn each_class_has_its_queries() {
        for (name, queries) in classes() {
            assert_eq!(queries.len(), QUERIES, "{name}");
            assert!(queries.iter().all(|wanted| wanted.typed().len() >= 2), "{name}");
        }
    }
}
