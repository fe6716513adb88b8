//! Plain text as HTML.

/// Text that can stand in HTML, between tags or inside a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A visitor's plain text as HTML: paragraphs at blank lines, line breaks kept, addresses of pages as links.
pub fn from_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut html = String::with_capacity(text.len() + 32);
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.trim_matches('\n'));
    for paragraph in paragraphs.filter(|paragraph| !paragraph.trim().is_empty()) {
        html.push_str("<p>");
        for (index, line) in paragraph.split('\n').enumerate() {
            if index > 0 {
                html.push_str("<br>");
            }
            push_line(&mut html, line);
        }
        html.push_str("</p>");
    }
    html
}

/// Writes one line with its links.
fn push_line(html: &mut String, line: &str) {
    let mut rest = line;
    while let Some(start) = next_link(rest) {
        let (before, from_link) = rest.split_at(start);
        let (link, after) = from_link.split_at(link_length(from_link));
        html.push_str(&escape(before));
        let link = escape(link);
        html.push_str(&format!(r#"<a href="{link}" rel="noopener noreferrer nofollow">{link}</a>"#));
        rest = after;
    }
    html.push_str(&escape(rest));
}

/// Where the next `http://` or `https://` with something behind it begins.
fn next_link(text: &str) -> Option<usize> {
    text.match_indices("http").map(|(at, _)| at).find(|&at| {
        let starts_word = !text[..at].ends_with(|c: char| c.is_alphanumeric());
        let behind = text[at..].strip_prefix("https://").or_else(|| text[at..].strip_prefix("http://"));
        starts_word && behind.is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric() || c == '['))
    })
}

/// How many bytes of `text` belong to the link it starts with. Punctuation at the end belongs to the sentence.
fn link_length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(text.len());
    let mut link = &text[..end];
    loop {
        let unbalanced = link.ends_with(')') && link.matches(')').count() > link.matches('(').count();
        match link.strip_suffix(['.', ',', ';', ':', '!', '?', '\'', '…', '»']) {
            Some(shorter) => link = shorter,
            None if unbalanced => link = &link[..link.len() - 1],
            None => return link.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let hostile = r#"<script>alert('x')</script> & "quotes""#;
        let html = from_text(hostile);
        assert_eq!(html, "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quotes&quot;</p>");
    }

    #[test]
    fn lines_and_paragraphs_are_kept() {
        assert_eq!(from_text("one\r\ntwo\n\n\nthree\n"), "<p>one<br>two</p><p>three</p>");
        assert_eq!(from_text("  \n\n "), "");
    }

    #[test]
    fn addresses_become_links() {
        let link = |url: &str| format!(r#"<a href="{url}" rel="noopener noreferrer nofollow">{url}</a>"#);
        let one = link("https://example.org/a?b=1");
        assert_eq!(from_text("See https://example.org/a?b=1, thanks."), format!("<p>See {one}, thanks.</p>"));
        let wiki = link("https://example.org/x_(y)");
        assert_eq!(from_text("(https://example.org/x_(y))"), format!("<p>({wiki})</p>"));
        let query = r#"<a href="https://e.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow">https://e.org/?a=1&amp;b=2</a>"#;
        assert_eq!(from_text("https://e.org/?a=1&b=2"), format!("<p>{query}</p>"));
        let quoted = from_text(r#"https://e.org/"onmouseover="alert(1)"#);
        assert!(
            quoted.contains(r#"<a href="https://e.org/" "#) && !quoted.contains(r#""onmouseover"#),
            "{quoted}"
        );
        for text in ["javascript:alert(1)", "http:// x", "xhttp://e.org", "https", "http://"] {
            assert!(!from_text(text).contains("<a "), "{text}");
        }
        assert_eq!(from_text("http http://é.org!"), format!("<p>http {}!</p>", link("http://é.org")));
    }
}
