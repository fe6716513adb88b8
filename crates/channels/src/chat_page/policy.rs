//! The `Content-Security-Policy` of the chat's page (CSP Level 3).

/// What the page may load, and who may embed it: nothing from elsewhere, and the sites in `embedders` (any when empty).
///
/// `own_origins` are Rapport's own, which show previews and the sample site.
pub fn content_security_policy(embedders: &[String], own_origins: &[&str], nonce: &str) -> String {
    let ancestors = if embedders.is_empty() {
        "*".to_owned()
    } else {
        let others = own_origins.iter().copied().chain(embedders.iter().map(String::as_str));
        std::iter::once("'self'")
            .chain(others.filter(|origin| !origin.is_empty()))
            .collect::<Vec<_>>()
            .join(" ")
    };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         connect-src 'self'; img-src 'self' data: blob:; font-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors {ancestors}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_of_the_widget_may_embed_it() {
        let sites = ["https://www.example.org".to_owned()];
        let policy = content_security_policy(&sites, &["https://app.example", ""], "x");
        assert!(
            policy.ends_with("frame-ancestors 'self' https://app.example https://www.example.org"),
            "{policy}"
        );
        assert!(policy.contains("style-src 'self' 'nonce-x'"));
        assert!(content_security_policy(&[], &["https://app.example"], "x").ends_with("frame-ancestors *"));
    }
}
