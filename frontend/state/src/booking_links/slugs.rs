//! The parts of a link's address.

/// The most characters of a part.
pub const MOST_SLUG_LENGTH: usize = 60;

/// The letters of Latin with marks that names are written with, and what stands for them in an address.
const FOLDED: &[(&str, &str)] = &[
    ("àáâãäå", "a"),
    ("ç", "c"),
    ("èéêë", "e"),
    ("ìíîï", "i"),
    ("ñ", "n"),
    ("òóôõöø", "o"),
    ("ùúûü", "u"),
    ("ýÿ", "y"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
];

/// A part of an address made from a name: small letters, digits, and one hyphen for all that lies between them.
pub fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        let folded = FOLDED.iter().find(|(letters, _)| letters.contains(letter));
        match folded {
            Some((_, plain)) => slug.push_str(plain),
            None if letter.is_ascii_alphanumeric() => slug.push(letter),
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    slug.truncate(MOST_SLUG_LENGTH);
    slug.trim_end_matches('-').to_owned()
}

/// The last part of a link's address that the server makes of its name: `meeting` where nothing of it can be in an address,
/// or where it is that of booked meetings.
pub fn link_slug_of(name: &str) -> String {
    let slug = slug_of(name);
    if slug.is_empty() || slug == "booked" { "meeting".to_owned() } else { slug }
}

/// Whether a text can be a part of an address: 1 to 60 of `a-z`, `0-9` and `-`.
pub fn is_slug(text: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    (1..=MOST_SLUG_LENGTH).contains(&text.len()) && text.chars().all(fits)
}
