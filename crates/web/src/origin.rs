//! Which pages may call with the browser's cookies, or open a socket.

use actix_web::http::header::{HeaderMap, ORIGIN};
use platform::Config;
use types::ErrorCode;

use crate::{Call, Failure};

/// Refuses a request that a page of another origin has sent. Programs, which send no `Origin`, are let through: they
/// hold no cookies of a browser.
///
/// # Errors
/// [`Failure::Request`] with `origin_refused` (403).
pub fn require_own(headers: &HeaderMap, config: &Config) -> Result<(), Failure> {
    match headers.get(ORIGIN) {
        None => Ok(()),
        Some(origin) if origin.to_str().is_ok_and(|origin| is_own(origin, config)) => Ok(()),
        Some(_) => {
            let detail = "Pages of this origin may not do this; see server.public_url and server.spa_origin.";
            Err(Failure::request(ErrorCode::OriginRefused, detail))
        }
    }
}

impl<Who> Call<Who> {
    /// Refuses the request when a page of another origin has sent it; see [`require_own`].
    ///
    /// # Errors
    /// [`Failure::Request`] with `origin_refused` (403).
    pub fn require_own_origin(&self) -> Result<(), Failure> {
        require_own(self.request().headers(), self.ctx().config())
    }
}

/// Whether an origin is the one of Rapport itself or of the app that is served elsewhere.
pub fn is_own(origin: &str, config: &Config) -> bool {
    origin == of_url(&config.server.public_url)
        || (!config.server.spa_origin.is_empty() && origin == config.server.spa_origin)
}

/// Scheme, host and port of a URL.
pub fn of_url(url: &str) -> &str {
    let Some(host) = url.find("://").map(|at| at + 3) else { return url };
    url[host..].find('/').map_or(url, |end| &url[..host + end])
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn only_own_origins_and_programs_are_let_through() {
        let mut config = Config::default();
        config.server.public_url = "https://desk.example/rapport".to_owned();
        config.server.spa_origin = "https://app.desk.example".to_owned();
        let allowed = |origin: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ORIGIN, HeaderValue::from_static(origin));
            require_own(&headers, &config).is_ok()
        };
        assert!(allowed("https://desk.example"));
        assert!(allowed("https://app.desk.example"));
        assert!(!allowed("http://desk.example"));
        assert!(!allowed("https://desk.example.evil.example"));
        assert!(!allowed("null"));
        assert!(require_own(&HeaderMap::new(), &config).is_ok());
    }
}
