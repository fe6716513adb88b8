//! What is typed into the form of a booking page.

/// How many guests may be named.
pub const MOST_GUESTS: usize = 10;

/// Whether a text can be an address: something on both sides of its one `@`, a dot in the domain, no spaces. Whether mail
/// arrives there is for the mail to show.
pub fn is_address(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let is_plain = |part: &str| !part.is_empty() && !part.contains(|c: char| c == '@' || c.is_whitespace());
    is_plain(name)
        && is_plain(domain)
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
}

/// The addresses of a text that has them between commas, semicolons, spaces or on lines of their own; each once.
pub fn addresses(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for one in text.split(|c: char| matches!(c, ',' | ';') || c.is_whitespace()) {
        if !one.is_empty() && !found.iter().any(|known| known.eq_ignore_ascii_case(one)) {
            found.push(one.to_owned());
        }
    }
    found
}

/// The field of the form that a field of the request belongs to: `answers.1.value` to the key of the second answer,
/// `guests.0.email` to `guests`, all others to themselves.
pub fn field_of(name: &str, answered: &[String]) -> String {
    let mut parts = name.split('.');
    match (parts.next(), parts.next()) {
        (Some("answers"), Some(one)) => {
            let by_place = one.parse::<usize>().ok().and_then(|place| answered.get(place).cloned());
            by_place.unwrap_or_else(|| one.to_owned())
        }
        (Some(first), _) => first.to_owned(),
        (None, _) => name.to_owned(),
    }
}

/// Whether the name of a zone, or of its town, holds every word that is searched for: `new yo` finds
/// `America/New_York`.
pub fn zone_matches(zone: &str, searched: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(['_', '/'], " ");
    let zone = plain(zone);
    plain(searched).split(' ').all(|word| zone.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_two_sides() {
        for good in ["zoe@client.example", "a.b+c@x.y.example", "été@é.example"] {
            assert!(is_address(good), "{good}");
        }
        for bad in
            ["", "zoe", "@client.example", "zoe@", "zoe@client", "z oe@client.example", "a@b@c.d", "a@.b"]
        {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn guests_may_be_written_in_any_way() {
        let found = addresses(" li@a.example, bo@a.example;\nLI@a.example\tjo@a.example ,");
        assert_eq!(found, ["li@a.example", "bo@a.example", "jo@a.example"]);
        assert!(addresses(" \n").is_empty());
    }

    #[test]
    fn what_the_server_finds_is_shown_at_its_field() {
        let answered = ["size".to_owned(), "wood".to_owned()];
        let found = ["email", "answers.1.value", "answers.size", "guests.0.email", "answers.9"]
            .map(|name| field_of(name, &answered));
        assert_eq!(found, ["email", "wood", "size", "guests", "9"]);
    }

    #[test]
    fn zones_are_found_by_words() {
        assert!(zone_matches("America/New_York", "new yo"));
        assert!(zone_matches("America/New_York", "america/new_york"));
        assert!(zone_matches("Europe/Paris", ""));
        assert!(!zone_matches("Europe/Paris", "paris texas"));
    }
}
