//! The form of a mail: paragraphs, facts and links, as text and as HTML of the same words.

use accounts::mails::NewMail;
use types::booking::BookingLanguage;
use web::page::escape;

use super::about::one_line;

/// A mail being written.
#[derive(Clone, Debug, Default)]
pub(super) struct Letter {
    text: String,
    html: String,
}

impl Letter {
    /// Adds a paragraph. Its line ends stay. An empty one is left out.
    pub(super) fn paragraph(&mut self, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        self.text.push_str(words);
        self.text.push_str("\n\n");
        let lines = escape(words).replace('\n', "<br>\n");
        self.html.push_str(&format!("<p>{lines}</p>\n"));
    }

    /// Adds facts, each with its label. Those without a value are left out.
    pub(super) fn facts(&mut self, facts: &[(&str, String)]) {
        self.html.push_str("<table>\n");
        for (label, value) in facts.iter().filter(|(_, value)| !value.trim().is_empty()) {
            let value = value.trim();
            self.text.push_str(&format!("{label}: {value}\n"));
            let (label, value) = (escape(label), linked(value));
            self.html.push_str(&format!(
                "<tr><th align=\"left\" valign=\"top\">{label}</th><td>{value}</td></tr>\n"
            ));
        }
        self.text.push('\n');
        self.html.push_str("</table>\n");
    }

    /// Adds a link.
    pub(super) fn link(&mut self, label: &str, url: &str) {
        self.text.push_str(&format!("{label}:\n{url}\n\n"));
        let (label, url) = (escape(label), escape(url));
        self.html.push_str(&format!("<p><a href=\"{url}\">{label}</a></p>\n"));
    }

    /// The mail of these words.
    pub(super) fn mail(self, language: BookingLanguage, to: &str, subject: &str, purpose: &str) -> NewMail {
        let (text, html) = self.finish(language);
        NewMail {
            to: to.to_owned(),
            subject: one_line(subject),
            text,
            html: Some(html),
            purpose: purpose.to_owned(),
            ..NewMail::default()
        }
    }

    /// The text, and the HTML.
    pub(super) fn finish(self, language: BookingLanguage) -> (String, String) {
        let html = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"></head>\n<body>\n{}</body>\n</html>\n",
            language.as_str(),
            self.html
        );
        (format!("{}\n", self.text.trim_end()), html)
    }
}

/// A value as HTML; one that is an address of the web as a link.
fn linked(value: &str) -> String {
    let escaped = escape(value);
    let is_address = value.starts_with("https://") && !value.contains(char::is_whitespace);
    if is_address { format!("<a href=\"{escaped}\">{escaped}</a>") } else { escaped.replace('\n', "<br>\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_others_are_no_markup() {
        let mut letter = Letter::default();
        letter.paragraph("<b>Hello</b>\nZoë");
        letter.facts(&[("Where", "https://example.com/?a=1&b=\"2\"".to_owned()), ("Why", String::new())]);
        letter.link("Move", "https://example.com/x");
        let (text, html) = letter.finish(BookingLanguage::English);
        assert_eq!(
            text,
            "<b>Hello</b>\nZoë\n\nWhere: https://example.com/?a=1&b=\"2\"\n\nMove:\nhttps://example.com/x\n"
        );
        assert!(html.contains("&lt;b&gt;Hello&lt;/b&gt;<br>"), "{html}");
        assert!(html.contains("href=\"https://example.com/?a=1&amp;b=&quot;2&quot;\""), "{html}");
        assert!(!html.contains("Why"), "{html}");
    }
}
