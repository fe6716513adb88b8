//! Numbers as people of a country type them.

/// What stands between the digits of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Between thousands; none where they are not parted.
    pub group: Option<char>,
    /// Before the fraction.
    pub decimal: char,
}

impl Marks {
    /// The marks in a number of five digits and a fraction, such as `12,345.6`.
    pub fn of_example(example: &str) -> Option<Self> {
        let marks: Vec<char> = example.chars().filter(|c| !c.is_ascii_digit()).collect();
        match marks[..] {
            [decimal] => Some(Self { group: None, decimal }),
            [group, decimal] => Some(Self { group: Some(group), decimal }),
            _ => None,
        }
    }

    /// The number with a point and nothing between thousands; nothing where the text is no number that is written so.
    ///
    /// A mark between thousands counts only where three digits follow: `1.5` is no 15 where thousands are parted by points.
    pub fn plain(&self, typed: &str) -> Option<String> {
        let typed = typed.trim().replace('\u{2212}', "-");
        let (sign, digits) = match typed.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", typed.as_str()),
        };
        let (whole, fraction) = match digits.split_once(self.decimal) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let whole = self.ungrouped(whole)?;
        let is_number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        match fraction {
            Some(fraction) if is_number(&whole) && is_number(fraction) => {
                Some(format!("{sign}{whole}.{fraction}"))
            }
            None if is_number(&whole) => Some(format!("{sign}{whole}")),
            _ => None,
        }
    }

    fn ungrouped(&self, whole: &str) -> Option<String> {
        let is_group = |c: char| {
            Some(c) == self.group || (c.is_whitespace() && self.group.is_some_and(char::is_whitespace))
        };
        let mut groups = whole.split(is_group);
        let first = groups.next()?;
        let rest: Vec<&str> = groups.collect();
        let is_parted = rest.is_empty() || (1..=3).contains(&first.len());
        (is_parted && rest.iter().all(|group| group.len() == 3)).then(|| [first, &rest.concat()].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(example: &str, typed: &str) -> Option<String> {
        Marks::of_example(example).unwrap().plain(typed)
    }

    #[test]
    fn numbers_are_read_as_the_country_writes_them() {
        let english = "12,345.6";
        assert_eq!(plain(english, " 1,234.5 ").as_deref(), Some("1234.5"));
        assert_eq!(plain(english, "-12").as_deref(), Some("-12"));
        assert_eq!(plain(english, "1,5"), None);
        let french = "12\u{202f}345,6";
        assert_eq!(plain(french, "1 234,5").as_deref(), Some("1234.5"));
        assert_eq!(plain(french, "12\u{a0}345").as_deref(), Some("12345"));
        assert_eq!(plain(french, "1234,5").as_deref(), Some("1234.5"));
        let german = "12.345,6";
        assert_eq!(plain(german, "1.234").as_deref(), Some("1234"));
        assert_eq!(plain(german, "1.5"), None);
        assert_eq!(plain("12345,6", "1234,5").as_deref(), Some("1234.5"));
    }

    #[test]
    fn what_is_no_number_is_left_alone() {
        for typed in ["", "-", "a", "1,,000", ",5", "1234,567.0", "1.2.3", "1e5", "12,345.", "\u{661}"] {
            assert_eq!(plain("12,345.6", typed), None, "{typed}");
        }
        assert_eq!(Marks::of_example("12345"), None);
    }
}
