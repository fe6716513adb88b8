//! The vocabulary: what tokens mean, and which may come next.

use std::{collections::HashMap, fs::File, io::BufReader, path::Path};

use anyhow::{Context, Result};
use serde::{Deserialize, de::DeserializeOwned};

/// What is known of a model's tokens.
pub struct Tokens {
    names: Vec<String>,
    /// Languages by their tokens, in the order of the vocabulary; one or none with a model of one language.
    languages: Vec<u32>,
    /// For each token whether it never comes next: those that steer, and those for sounds such as notes of music.
    never: Vec<bool>,
    /// Tokens that do not come first: the end, and a blank.
    not_first: Vec<u32>,
    /// Bytes by the letters that stand for them.
    bytes: HashMap<char, u8>,
    pub start: u32,
    pub end: u32,
    pub no_speech: u32,
    transcribe: u32,
    no_timestamps: u32,
}

/// `config.json` of CTranslate2.
#[derive(Deserialize)]
struct Config {
    #[serde(default)]
    lang_ids: Vec<u32>,
    suppress_ids: Vec<u32>,
    suppress_ids_begin: Vec<u32>,
}

impl Tokens {
    /// Reads `config.json` and `vocabulary.json` of a folder.
    ///
    /// # Errors
    /// When one is missing or is not what it should be.
    pub fn load(folder: &Path) -> Result<Self> {
        Self::new(read(&folder.join("vocabulary.json"))?, read(&folder.join("config.json"))?)
    }

    fn new(names: Vec<String>, config: Config) -> Result<Self> {
        let token = |name: &str| -> Result<u32> {
            let at = names.iter().position(|known| known == name);
            Ok(u32::try_from(at.with_context(|| format!("the vocabulary has no {name}"))?)?)
        };
        let end = token("<|endoftext|>")?;
        // Behind the end there are only tokens that steer.
        let never = (0..).zip(&names).map(|(token, _)| token > end || config.suppress_ids.contains(&token));
        Ok(Self {
            start: token("<|startoftranscript|>")?,
            end,
            no_speech: token("<|nospeech|>").or_else(|_| token("<|nocaptions|>"))?,
            transcribe: token("<|transcribe|>")?,
            no_timestamps: token("<|notimestamps|>")?,
            languages: config.lang_ids,
            never: never.collect(),
            not_first: config.suppress_ids_begin,
            bytes: letters_of_bytes(),
            names,
        })
    }

    /// What stands between the start and the text.
    ///
    /// # Errors
    /// When the model does not know the language.
    pub fn prompt(&self, language: Option<&str>) -> Result<Vec<u32>> {
        if self.languages.len() < 2 {
            return Ok(vec![self.no_timestamps]);
        }
        let language = language.context("no language")?;
        let name = format!("<|{language}|>");
        let token = self.languages.iter().find(|token| self.name(**token) == name);
        let token = token.with_context(|| format!("the model does not know the language {language}"))?;
        Ok(vec![*token, self.transcribe, self.no_timestamps])
    }

    /// The likeliest language by the logits after the start, and how likely it is among the languages; nothing with a model
    /// of one language.
    pub fn language(&self, logits: &[f32]) -> Option<(String, f32)> {
        let of = |token: &u32| logits.get(*token as usize).copied().unwrap_or(f32::NEG_INFINITY);
        let likeliest = self.languages.iter().max_by(|one, other| of(one).total_cmp(&of(other)))?;
        let all: f32 = self.languages.iter().map(|token| (of(token) - of(likeliest)).exp()).sum();
        let code = self.name(*likeliest).trim_matches(['<', '|', '>']).to_owned();
        Some((code, 1.0 / all))
    }

    /// The likeliest token to come next, and its probability among those that may.
    pub fn likeliest(&self, logits: &[f32], first: bool) -> (u32, f32) {
        let barred = |token: u32| first && self.not_first.contains(&token);
        let open =
            (0..).zip(logits).zip(&self.never).filter(|((token, _), never)| !**never && !barred(*token));
        let likeliest = open.max_by(|((_, one), _), ((_, other), _)| one.total_cmp(other));
        likeliest.map_or((self.end, 0.0), |((token, _), _)| (token, probability(logits, token)))
    }

    /// The text of tokens.
    pub fn text(&self, tokens: &[u32]) -> String {
        let letters = tokens.iter().flat_map(|token| self.name(*token).chars());
        let bytes: Vec<u8> = letters.filter_map(|letter| self.bytes.get(&letter).copied()).collect();
        String::from_utf8_lossy(&bytes).trim().to_owned()
    }

    fn name(&self, token: u32) -> &str {
        self.names.get(token as usize).map_or("", String::as_str)
    }
}

/// How likely a token is among all.
pub fn probability(logits: &[f32], token: u32) -> f32 {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let all: f32 = logits.iter().map(|logit| (logit - largest).exp()).sum();
    logits.get(token as usize).map_or(0.0, |logit| (logit - largest).exp() / all)
}

/// GPT-2's alphabet: bytes that print stand for themselves, the others for the letters from U+0100 on.
fn letters_of_bytes() -> HashMap<char, u8> {
    let prints = |byte: u8| matches!(byte, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    let others = (0..=u8::MAX).filter(|byte| !prints(*byte));
    let mut letters: HashMap<char, u8> = ('\u{100}'..).zip(others).collect();
    letters.extend((0..=u8::MAX).filter(|byte| prints(*byte)).map(|byte| (char::from(byte), byte)));
    letters
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    serde_json::from_reader(BufReader::new(file)).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens() -> Tokens {
        let names = ["Ġ", "ĠsÃ©", "ance", "[", "<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|fr|>"];
        let steering = ["<|transcribe|>", "<|nospeech|>", "<|notimestamps|>"];
        let names = names.iter().chain(&steering).map(|name| (*name).to_owned()).collect();
        let config = Config { lang_ids: vec![6, 7], suppress_ids: vec![3], suppress_ids_begin: vec![0, 4] };
        Tokens::new(names, config).unwrap()
    }

    #[test]
    fn tokens_become_text_byte_by_byte() {
        assert_eq!(tokens().text(&[1, 2]), "séance");
        assert_eq!(letters_of_bytes().len(), 256);
    }

    #[test]
    fn the_likeliest_of_those_that_may_come_next_does() {
        let tokens = tokens();
        let logits = [3.0, 1.0, 0.0, 9.0, 4.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0];
        assert_eq!(tokens.likeliest(&logits, true).0, 1);
        assert_eq!(tokens.likeliest(&logits, false).0, 4);
        assert!((probability(&[0.0, 0.0, f32::NEG_INFINITY, 0.0, 0.0], 1) - 0.25).abs() < 1e-6);
    }

    #[test]
    fn languages_are_found_and_asked_for_by_code() {
        let tokens = tokens();
        let mut logits = vec![0.0; 11];
        logits[7] = 20.0;
        let (language, probability) = tokens.language(&logits).unwrap();
        assert_eq!(language, "fr");
        assert!(probability > 0.99);
        assert_eq!(tokens.prompt(Some("en")).unwrap(), [6, 8, 10]);
        assert!(tokens.prompt(Some("de")).is_err());
    }
}
