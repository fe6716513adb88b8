//! Recognises text that an engine made up by repeating itself, as speech models do on sounds they cannot make out.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};

/// Text that shrinks by more than this factor repeats itself (as in OpenAI's reference decoder of Whisper).
const COMPRESSION: f32 = 2.4;

/// The most characters that anyone speaks in a second, and what a short utterance may have on top. Fast speech has 25.
const CHARACTERS_PER_SECOND: f32 = 40.0;
const CHARACTERS: f32 = 20.0;

/// Words of the longest phrase that is looked for.
const PHRASE: usize = 12;

/// How often a phrase, and a single word, may follow itself: people do say "no, no, no, no".
const PHRASE_TIMES: usize = 3;
const WORD_TIMES: usize = 5;

/// Whether nobody can have said this text in so many seconds.
pub(crate) fn is_loop(text: &str, seconds: f32) -> bool {
    text.chars().count() as f32 > CHARACTERS + CHARACTERS_PER_SECOND * seconds
        || compression(text) > COMPRESSION
        || repeats(text)
}

fn compression(text: &str) -> f32 {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail; text that could not be looked at would count as no loop.
    let size = encoder
        .write_all(text.as_bytes())
        .and_then(|()| encoder.finish())
        .map_or(usize::MAX, |out| out.len());
    text.len() as f32 / size as f32
}

/// Whether a phrase follows itself too often.
fn repeats(text: &str) -> bool {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect())
        .collect();
    (1..=PHRASE).any(|length| {
        let most = if length == 1 { WORD_TIMES } else { PHRASE_TIMES };
        // How many words in a row equal the word one phrase before them.
        let mut same = 0;
        words.iter().zip(words.iter().skip(length)).any(|(word, later)| {
            same = if word == later { same + 1 } else { 0 };
            same >= length * most
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_say_is_no_loop() {
        for (text, seconds) in [
            ("", 0.2),
            ("No, no, no, no, no.", 1.5),
            ("Yes.", 0.3),
            ("The order number is four seven two nine one, four seven two nine one, yes.", 5.0),
            ("Could you tell me about the price of the yearly maintenance plan as well?", 5.0),
            ("Der Kostenvoranschlag für die Instandhaltungsarbeiten kommt am Donnerstagvormittag.", 4.5),
            ("我想问一下我的订单什么时候可以送到，因为星期五之前我需要用。", 5.0),
        ] {
            assert!(!is_loop(text, seconds), "{text}");
        }
    }

    // PITFALL-93
    #[test]
    fn repetition_is_a_loop() {
        assert!(is_loop(&"Thank you. ".repeat(5), 6.0));
        assert!(is_loop(&"no ".repeat(7), 6.0));
        assert!(is_loop(&"so I went there and ".repeat(4), 12.0));
        assert!(is_loop(&"はい、そうですね。".repeat(8), 10.0));
        assert!(is_loop("I ordered a coffee machine last week and it has still not arrived.", 0.5));
    }
}
