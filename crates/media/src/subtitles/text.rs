//! From the text of a cue to plain text.

/// The longest tag that is looked for, in bytes; a lone `<` is a character like any other.
const LONGEST_TAG: usize = 300;
/// The longest character reference, with its `&` and `;`.
const LONGEST_REFERENCE: usize = 12;

/// The plain text of a cue, parted where a voice tag begins, with the name in the tag.
pub(super) fn voices(text: &str) -> Vec<(Option<String>, String)> {
    let mut parts: Vec<(Option<String>, String)> = vec![(None, String::new())];
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let (plain, length) = match character {
            '<' => match tag(rest) {
                Some(tag) => {
                    if let Some(name) = voice(tag) {
                        parts.push((Some(name), String::new()));
                    }
                    // What a tag parted stays parted.
                    (None, tag.len() + 2)
                }
                None => (Some('<'), 1),
            },
            '{' if rest.starts_with("{\\") => match rest.find('}').filter(|end| *end < LONGEST_TAG) {
                Some(end) => (None, end + 1),
                None => (Some('{'), 1),
            },
            '&' => reference(rest).map_or((Some('&'), 1), |(character, length)| (Some(character), length)),
            other => (Some(other), other.len_utf8()),
        };
        if let (Some(plain), Some((_, said))) = (plain, parts.last_mut()) {
            said.push(plain);
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    parts
        .into_iter()
        .map(|(name, said)| (name, one_line(&said)))
        .filter(|(_, said)| !said.is_empty())
        .collect()
}

/// What is between `<` and `>`, if that is a tag: its name, a slash or a time follows the `<`.
fn tag(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?;
    let end = inner.find('>').filter(|end| *end < LONGEST_TAG)?;
    let inner = inner.get(..end)?;
    inner.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '/').then_some(inner)
}

/// The name in `v Name` or `v.class Name`.
fn voice(tag: &str) -> Option<String> {
    let rest = tag.strip_prefix('v').filter(|rest| rest.starts_with([' ', '\t', '.']))?;
    let (_, name) = rest.split_once([' ', '\t'])?;
    let mut plain = String::new();
    let mut rest = name;
    while let Some(character) = rest.chars().next() {
        let (character, length) = reference(rest).unwrap_or((character, character.len_utf8()));
        plain.push(character);
        rest = rest.get(length..).unwrap_or_default();
    }
    Some(one_line(&plain)).filter(|name| !name.is_empty())
}

/// The character that a reference at the beginning stands for, and the reference's length.
fn reference(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix('&')?;
    let end = inner.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';')?;
    let name = inner.get(..end)?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((character, end + 2))
}

/// Without control characters, and with single spaces for white space of any kind.
pub(super) fn one_line(text: &str) -> String {
    let plain = text.replace(|character: char| character.is_control(), " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
