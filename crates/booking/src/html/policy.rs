//! The `Content-Security-Policy` of the pages (CSP Level 3).

/// For a page that no page may embed.
pub(super) const NOBODY: &str = "'none'";

/// Of a link that may not be embedded: Rapport itself, which shows previews.
pub(super) const OURS: &str = "'self'";

/// The sources of `frame-ancestors`: any where a link names none; else those it names, and Rapport itself, which shows previews.
/// What could end the directive is left out: it is no origin.
pub(super) fn embedders(origins: &[String]) -> String {
    if origins.is_empty() {
        return "*".to_owned();
    }
    let is_origin = |origin: &&str| !origin.is_empty() && !origin.contains([';', ',', ' ', '\'']);
    let origins = origins.iter().map(String::as_str).filter(is_origin);
    std::iter::once("'self'").chain(origins).collect::<Vec<_>>().join(" ")
}

/// What a page may load, and who may embed it: nothing from elsewhere, and the sources in `embedders`.
pub(super) fn content_security_policy(embedders: &str, nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         connect-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors {embedders}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origins_of_the_link_may_embed_it() {
        let origins = ["https://www.example.org".to_owned(), "https://x.example; script-src *".to_owned()];
        let policy = content_security_policy(&embedders(&origins), "n0nce");
        assert!(policy.ends_with("frame-ancestors 'self' https://www.example.org"), "{policy}");
        assert!(policy.contains("style-src 'self' 'nonce-n0nce'"));
        assert!(content_security_policy(&embedders(&[]), "x").ends_with("frame-ancestors *"));
        assert!(content_security_policy(NOBODY, "x").ends_with("frame-ancestors 'none'"));
    }
}
