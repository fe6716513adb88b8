//! The type of a file, found by looking at it. What the uploader claims counts for nothing.

/// Images that a browser may show in place. SVG is none: it is a document that can run script.
const IMAGES: [&str; 5] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

/// Types that a browser could take for a page.
const PAGES: [&str; 5] =
    ["text/html", "text/xml", "application/xml", "application/xhtml+xml", "image/svg+xml"];

/// For what is not recognised, or not to be shown.
const BYTES: &str = "application/octet-stream";
/// For text, whatever it says.
const TEXT: &str = "text/plain; charset=utf-8";

/// The media type of a file by its first bytes, up to 8 KiB.
pub(super) fn content_type(head: &[u8]) -> &'static str {
    match infer::get(head).map(|kind| kind.mime_type()) {
        Some(page) if PAGES.contains(&page) => TEXT,
        Some(script) if script.starts_with("text/") => TEXT,
        Some(known) => known,
        None if is_text(head) => TEXT,
        None => BYTES,
    }
}

/// Whether a browser may show a file of this type in place.
pub(super) fn is_image(content_type: &str) -> bool {
    IMAGES.contains(&content_type)
}

/// UTF-8 without control characters other than white space; the head may end within a character.
fn is_text(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !valid.is_empty() && valid.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{c}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_found_by_content() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        assert_eq!(content_type(png), "image/png");
        assert_eq!(content_type(b"\xff\xd8\xff\xe0\0\x10JFIF"), "image/jpeg");
        assert_eq!(content_type(b"%PDF-1.7\n"), "application/pdf");
        assert_eq!(content_type(b"Hello \xc3\xa9t\xc3"), TEXT);
        assert_eq!(content_type(b"\0\x01\x02\xff"), BYTES);
        assert_eq!(content_type(b""), BYTES);
    }

    #[test]
    fn nothing_that_can_run_script_keeps_its_type() {
        for page in [
            "<!DOCTYPE html><script>alert(1)</script>",
            "  <html><body onload=alert(1)>",
            "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "#!/bin/sh\necho",
        ] {
            assert_eq!(content_type(page.as_bytes()), TEXT, "{page}");
            assert!(!is_image(content_type(page.as_bytes())));
        }
        assert!(is_image("image/webp") && !is_image("image/svg+xml") && !is_image("image/tiff"));
    }
}
