//! What people write, made safe: the HTML that may be shown as it is, and the same as plain text.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use platform::{Error, Result};
use types::FieldError;
use types::files::File;

/// Most bytes of HTML that are taken in.
const MAX_HTML_BYTES: usize = 100_000;
/// How many characters a row of the list shows.
const PREVIEW_CHARACTERS: usize = 140;

/// Content that may be stored and shown. Make it before the transaction: it takes a while for a long text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    html: String,
    text: String,
}

impl Content {
    /// Takes HTML from outside. Only formatting of text and links to `http`, `https`, `mailto` and `tel` remain.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `field` when it has more than 100,000 bytes.
    pub fn from_html(field: &str, html: &str) -> Result<Self> {
        Self::sanitized(field, html, &SANITIZER)
    }

    /// The same for a text about a recording: links to a moment of it remain too, as `<a data-at-ms="83000">`, in
    /// milliseconds.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `field` when it has more than 100,000 bytes.
    pub fn from_html_with_moments(field: &str, html: &str) -> Result<Self> {
        Self::sanitized(field, html, &SANITIZER_WITH_MOMENTS)
    }

    fn sanitized(field: &str, html: &str, sanitizer: &Builder<'static>) -> Result<Self> {
        if html.len() > MAX_HTML_BYTES {
            return Err(Error::Invalid(vec![FieldError {
                field: field.to_owned(),
                code: "too_long".to_owned(),
                detail: format!("must have at most {MAX_HTML_BYTES} bytes"),
            }]));
        }
        let html = sanitizer.clean(html).to_string();
        let text = plain_text(&html);
        Ok(Self { html, text })
    }

    /// Takes plain text from outside: paragraphs and lines stay, and web addresses become links.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `field` when it has more than 100,000 bytes as HTML.
    pub fn from_text(field: &str, text: &str) -> Result<Self> {
        let paragraphs = text.trim().split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
        let html: String = paragraphs
            .map(|paragraph| paragraph.lines().map(linked).collect::<Vec<_>>().join("<br>"))
            .map(|paragraph| format!("<p>{paragraph}</p>"))
            .collect();
        Self::from_html(field, &html)
    }

    /// The HTML, safe to show as it is.
    pub fn html(&self) -> &str {
        &self.html
    }

    /// The plain text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The beginning of the text on one line, as a row of the list shows it; without a text, the names of the files.
    pub fn preview(&self, files: &[File]) -> String {
        if self.is_empty() {
            return beginning(files.iter().map(|file| file.name.as_str()), ", ");
        }
        preview_of(&self.text)
    }
}

/// The beginning of a text on one line: at most 140 characters.
pub fn preview_of(text: &str) -> String {
    beginning(text.split_whitespace(), " ")
}

fn beginning<'a>(words: impl Iterator<Item = &'a str>, between: &str) -> String {
    // A few words more than are shown are enough; a long text need not be walked to its end.
    let line = words.take(PREVIEW_CHARACTERS).collect::<Vec<_>>().join(between);
    match line.char_indices().nth(PREVIEW_CHARACTERS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// The moments that safe HTML links to, in milliseconds, in the order of the text.
pub fn moments(html: &str) -> Vec<i64> {
    let mut moments = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (tag, after) = rest[start + 1..].split_at(end_of_tag(&rest[start + 1..]));
        // Quotation marks within an attribute are entities, so this is no part of another one.
        let value = tag.split_once(MOMENT_ATTRIBUTE).and_then(|(_, value)| value.strip_prefix("=\""));
        moments.extend(value.and_then(|value| value.split('"').next()?.parse::<i64>().ok()));
        rest = after;
    }
    moments
}

/// The attribute of a link that names a moment of a recording.
const MOMENT_ATTRIBUTE: &str = "data-at-ms";

static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(sanitizer);

static SANITIZER_WITH_MOMENTS: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = sanitizer();
    builder.add_tag_attributes("a", [MOMENT_ATTRIBUTE]).attribute_filter(|_, attribute, value| {
        let is_kept = attribute != MOMENT_ATTRIBUTE || is_moment(value);
        is_kept.then(|| value.into())
    });
    builder
});

/// Whether a text is a moment as `moments` reads it: digits, at most those of 7 days.
fn is_moment(text: &str) -> bool {
    (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn sanitizer() -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from([
            "a",
            "b",
            "blockquote",
            "br",
            "code",
            "del",
            "div",
            "em",
            "h1",
            "h2",
            "h3",
            "hr",
            "i",
            "li",
            "ol",
            "p",
            "pre",
            "s",
            "strong",
            "u",
            "ul",
        ]))
        .clean_content_tags(HashSet::from([
            "script", "style", "title", "svg", "math", "noscript", "template",
        ]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        .strip_comments(true);
    builder
}

/// One line of text as HTML, with web addresses as links.
fn linked(line: &str) -> String {
    let mut html = String::with_capacity(line.len());
    for word in line.split_inclusive(char::is_whitespace) {
        let address = word.trim_end();
        let bare = address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', '>']);
        if bare.starts_with("https://") || bare.starts_with("http://") {
            let (link, rest) = (escaped(bare), escaped(&word[bare.len()..]));
            html.push_str(&format!("<a href=\"{link}\">{link}</a>{rest}"));
        } else {
            html.push_str(&escaped(word));
        }
    }
    html
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The text of HTML as the sanitizer writes it: each `<` that is not within a quoted attribute begins a tag, and the only
/// entities are those that [`decoded`] knows (HTML, section 13.3, serialising HTML fragments).
fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&decoded(&rest[..start]));
        let (tag, after) = rest[start + 1..].split_at(end_of_tag(&rest[start + 1..]));
        text.push_str(break_of(tag));
        rest = after.strip_prefix('>').unwrap_or(after);
    }
    text.push_str(&decoded(rest));
    let lines = text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    collapse_empty_lines(lines.trim())
}

/// Where the tag ends that begins before `inner`: at the first `>` outside of quotes.
fn end_of_tag(inner: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at,
            _ => {}
        }
    }
    inner.len()
}

/// What stands in plain text where a tag was.
fn break_of(tag: &str) -> &'static str {
    match tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default() {
        "p" | "blockquote" | "pre" | "h1" | "h2" | "h3" | "hr" if tag.starts_with('/') => "\n\n",
        "br" | "div" | "ul" | "ol" => "\n",
        "li" if tag.starts_with('/') => "\n",
        "li" => "- ",
        "hr" => "\n\n",
        _ => "",
    }
}

fn decoded(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

fn collapse_empty_lines(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in text.lines() {
        if !(line.is_empty() && kept.last().is_some_and(|last| last.is_empty())) {
            kept.push(line);
        }
    }
    kept.join("\n")
}

#[cfg(test)]
#[path = "content_tests.rs"]
mod tests;
