//! Languages that can be transcribed.

use std::{fmt, str::FromStr};

use crate::Error;

/// A language that Whisper knows, by its code: ISO 639-1, or ISO 639-3 where there is none.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Language(&'static str);

/// Code and English name of every language that Whisper knows, in the order of its own list. A few names have several
/// codes in use; these are the model's.
#[rustfmt::skip]
pub const LANGUAGES: [(&str, &str); 99] = [
    ("en", "english"), ("zh", "chinese"), ("de", "german"), ("es", "spanish"), ("ru", "russian"), ("ko", "korean"),
    ("fr", "french"), ("ja", "japanese"), ("pt", "portuguese"), ("tr", "turkish"), ("pl", "polish"), ("ca", "catalan"),
    ("nl", "dutch"), ("ar", "arabic"), ("sv", "swedish"), ("it", "italian"), ("id", "indonesian"), ("hi", "hindi"),
    ("fi", "finnish"), ("vi", "vietnamese"), ("he", "hebrew"), ("uk", "ukrainian"), ("el", "greek"), ("ms", "malay"),
    ("cs", "czech"), ("ro", "romanian"), ("da", "danish"), ("hu", "hungarian"), ("ta", "tamil"), ("no", "norwegian"),
    ("th", "thai"), ("ur", "urdu"), ("hr", "croatian"), ("bg", "bulgarian"), ("lt", "lithuanian"), ("la", "latin"),
    ("mi", "maori"), ("ml", "malayalam"), ("cy", "welsh"), ("sk", "slovak"), ("te", "telugu"), ("fa", "persian"),
    ("lv", "latvian"), ("bn", "bengali"), ("sr", "serbian"), ("az", "azerbaijani"), ("sl", "slovenian"),
    ("kn", "kannada"), ("et", "estonian"), ("mk", "macedonian"), ("br", "breton"), ("eu", "basque"),
    ("is", "icelandic"), ("hy", "armenian"), ("ne", "nepali"), ("mn", "mongolian"), ("bs", "bosnian"),
    ("kk", "kazakh"), ("sq", "albanian"), ("sw", "swahili"), ("gl", "galician"), ("mr", "marathi"), ("pa", "punjabi"),
    ("si", "sinhala"), ("km", "khmer"), ("sn", "shona"), ("yo", "yoruba"), ("so", "somali"), ("af", "afrikaans"),
    ("oc", "occitan"), ("ka", "georgian"), ("be", "belarusian"), ("tg", "tajik"), ("sd", "sindhi"), ("gu", "gujarati"),
    ("am", "amharic"), ("yi", "yiddish"), ("lo", "lao"), ("uz", "uzbek"), ("fo", "faroese"), ("ht", "haitian creole"),
    ("ps", "pashto"), ("tk", "turkmen"), ("nn", "nynorsk"), ("mt", "maltese"), ("sa", "sanskrit"),
    ("lb", "luxembourgish"), ("my", "myanmar"), ("bo", "tibetan"), ("tl", "tagalog"), ("mg", "malagasy"),
    ("as", "assamese"), ("tt", "tatar"), ("haw", "hawaiian"), ("ln", "lingala"), ("ha", "hausa"), ("ba", "bashkir"),
    ("jw", "javanese"), ("su", "sundanese"),
];

impl Language {
    /// The code.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// The language that an engine names, by code or by English name in any case.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let found = LANGUAGES.iter().find(|(code, english)| *code == name || *english == name);
        found.map(|(code, _)| Self(code))
    }
}

impl FromStr for Language {
    type Err = Error;

    /// The language with a code.
    fn from_str(code: &str) -> Result<Self, Error> {
        let found = LANGUAGES.iter().find(|(known, _)| *known == code);
        let rule = "must be the code of a language that can be transcribed, such as en or fr";
        found.map(|(code, _)| Self(code)).ok_or_else(|| Error::invalid("language", rule))
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_found_by_code_and_by_the_names_of_engines() {
        assert_eq!("fr".parse::<Language>().unwrap().code(), "fr");
        assert_eq!(Language::named("English"), Some("en".parse().unwrap()));
        assert_eq!(Language::named("haw"), Some("haw".parse().unwrap()));
        assert_eq!(Language::named("klingon"), None);
        assert!(matches!("French".parse::<Language>(), Err(Error::Invalid { field: "language", .. })));
    }
}
