//! Words of a text, so that two texts that say the same have the same words, and how many of them differ.

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The words as they are spoken: in lower case, without punctuation, numbers in words.
pub fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(['\u{2019}', '`'], "'");
    let mut all = Vec::new();
    for token in text.split(|c: char| c.is_whitespace() || c == '-') {
        let amount = token.starts_with('$');
        let share = token.trim_end_matches(['.', ',', '?', '!']).ends_with('%');
        let word: String = token.chars().filter(|c| c.is_alphanumeric() || *c == '\'').collect();
        if word.is_empty() {
            continue;
        }
        match word.parse::<usize>() {
            Ok(number) => all.extend(spoken(&word, number)),
            Err(_) => all.extend(written_out(&word)),
        }
        all.extend(amount.then(|| "dollars".to_owned()));
        all.extend(share.then(|| "percent".to_owned()));
    }
    all
}

/// A number up to 99 in words; longer ones digit by digit, as people read out what names an order.
fn spoken(digits: &str, number: usize) -> Vec<String> {
    let word = |list: &[&str], at: usize| list.get(at).map(|word| (*word).to_owned());
    let parts = match number {
        0..20 => vec![word(&ONES, number)],
        20..100 if number.is_multiple_of(10) => vec![word(&TENS, number / 10)],
        20..100 => vec![word(&TENS, number / 10), word(&ONES, number % 10)],
        _ => digits.bytes().map(|digit| word(&ONES, usize::from(digit - b'0'))).collect(),
    };
    parts.into_iter().flatten().collect()
}

/// Short forms as what they stand for.
fn written_out(word: &str) -> Vec<String> {
    let (start, end) = match word {
        "okay" => ("ok", None),
        "i'm" => ("i", Some("am")),
        "it's" => ("it", Some("is")),
        _ => match word.strip_suffix("'re") {
            Some(start) => (start, Some("are")),
            None => (word, None),
        },
    };
    [Some(start), end].into_iter().flatten().map(str::to_owned).collect()
}

/// The fewest words to put in, leave out or exchange to make one of the other (Levenshtein's distance).
pub fn errors(spoken: &[String], heard: &[String]) -> usize {
    let mut row: Vec<usize> = (0..=heard.len()).collect();
    for (at, word) in spoken.iter().enumerate() {
        let mut next = vec![at + 1];
        for (pair, other) in row.windows(2).zip(heard) {
            let exchanged = pair[0] + usize::from(word != other);
            let left_out = next.last().copied().unwrap_or_default() + 1;
            next.push(exchanged.min(pair[1] + 1).min(left_out));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_say_the_same_have_the_same_words() {
        for (one, other) in [
            ("It's 47291.", "it is four seven two nine one"),
            ("A ten percent discount, okay?", "a 10% discount, OK"),
            ("Ninety nine dollars, not twelve dollars.", "$99, not $12."),
            ("I'm sure they're forty-two", "I am sure they are 42"),
        ] {
            assert_eq!(words(one), words(other));
        }
    }

    #[test]
    fn errors_are_counted_in_words() {
        let count = |one: &str, other: &str| errors(&words(one), &words(other));
        assert_eq!(count("how can I help you", "how can I help you"), 0);
        assert_eq!(count("how can I help you", "how can help view today"), 3);
        assert_eq!(count("", "one two"), 2);
        assert_eq!(count("one two", ""), 2);
    }
}
