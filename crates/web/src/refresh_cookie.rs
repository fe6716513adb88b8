//! The cookie that holds a user's refresh token, out of reach of scripts and sent to the sessions' paths alone.

use actix_web::HttpResponse;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use platform::{Config, Error, Result};

use crate::Call;

/// The cookie's name.
pub const NAME: &str = "rapport_refresh";

/// The paths that get it.
const PATH: &str = "/v1/sessions";

/// The refresh token that came with a request.
pub fn token<Who>(call: &Call<Who>) -> Option<String> {
    call.request().cookie(NAME).map(|cookie| cookie.value().to_owned()).filter(|token| !token.is_empty())
}

/// Has the browser keep a refresh token for as long as a session lasts.
///
/// # Errors
/// [`Error::Internal`] when the token cannot stand in a cookie.
pub fn set(response: &mut HttpResponse, config: &Config, token: &str) -> Result<()> {
    attach(response, config, token, Duration::days(config.sessions.refresh_token_days))
}

/// Has the browser forget the refresh token.
///
/// # Errors
/// [`Error::Internal`] when the cookie cannot be written.
pub fn clear(response: &mut HttpResponse, config: &Config) -> Result<()> {
    attach(response, config, "", Duration::ZERO)
}

fn attach(response: &mut HttpResponse, config: &Config, token: &str, max_age: Duration) -> Result<()> {
    let cookie = Cookie::build(NAME, token)
        .path(PATH)
        .http_only(true)
        .secure(config.server.public_url.starts_with("https://"))
        .same_site(SameSite::Strict)
        .max_age(max_age)
        .finish();
    response.add_cookie(&cookie).map_err(|cause| Error::internal(cause.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        let mut config = Config::default();
        config.server.public_url = "https://desk.example".to_owned();
        let mut response = HttpResponse::Ok().finish();
        set(&mut response, &config, "token").unwrap();
        let header = response.headers().get("set-cookie").unwrap().to_str().unwrap().to_owned();
        for part in ["rapport_refresh=token", "HttpOnly", "Secure", "SameSite=Strict", "Path=/v1/sessions"] {
            assert!(header.contains(part), "{part}: {header}");
        }
    }
}
