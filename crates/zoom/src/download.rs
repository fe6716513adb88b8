//! Fetching files.

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::try_unfold;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{Response, Url};

use crate::{Error, Zoom};

/// Most redirects that are followed.
const MOST_REDIRECTS: usize = 5;
/// The host of Zoom, and the end of the names of its others.
const ZOOM: &str = "zoom.us";

impl Zoom {
    /// Fetches a file in pieces.
    ///
    /// # Errors
    /// [`Error::Elsewhere`] when it, or what it redirects to, is not at Zoom; [`Error::SignIn`] when the token does not
    /// open it; [`Error::NotFound`] when it is gone.
    pub async fn download(
        &self,
        token: &str,
        url: &str,
    ) -> Result<impl Stream<Item = Result<Bytes, Error>> + Send + use<>, Error> {
        let reply = self.open_file(token, url).await?;
        Ok(try_unfold(reply, |mut reply| async move { Ok(reply.chunk().await?.map(|bytes| (bytes, reply))) }))
    }

    /// Fetches a text of at most so many bytes.
    ///
    /// # Errors
    /// As [`download`](Self::download); [`Error::Refused`] when it is longer, or no text.
    pub async fn text(&self, token: &str, url: &str, most_bytes: usize) -> Result<String, Error> {
        let mut reply = self.open_file(token, url).await?;
        let mut text = Vec::new();
        while let Some(bytes) = reply.chunk().await? {
            text.extend_from_slice(&bytes);
            if text.len() > most_bytes {
                return Err(Error::Refused(format!("the file is longer than {most_bytes} bytes")));
            }
        }
        String::from_utf8(text).map_err(|_| Error::Refused("the file is no text".to_owned()))
    }

    async fn open_file(&self, token: &str, url: &str) -> Result<Response, Error> {
        let mut url = Url::parse(url).map_err(|cause| Error::Elsewhere(cause.to_string()))?;
        for _ in 0..=MOST_REDIRECTS {
            if !self.is_at_zoom(&url) {
                return Err(Error::Elsewhere(url.host_str().unwrap_or_default().to_owned()));
            }
            let reply = self.http.get(url.clone()).bearer_auth(token).send().await?;
            let status = reply.status();
            if status.is_redirection() {
                let to = reply.headers().get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
                url = url.join(to).map_err(|cause| Error::Elsewhere(cause.to_string()))?;
                continue;
            }
            if !status.is_success() {
                return Err(Error::of_reply(status, b""));
            }
            // Whom a token does not let in is shown a page to sign in.
            let kind = reply.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
            if kind.is_some_and(|kind| kind.starts_with("text/html")) {
                return Err(Error::SignIn("it answers with a page instead of the file".to_owned()));
            }
            return Ok(reply);
        }
        Err(Error::Refused("it redirects too often".to_owned()))
    }

    /// Whether a file lies where tokens may be sent to: at Zoom over TLS, or at the address that the settings name.
    fn is_at_zoom(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let own = host == ZOOM || host.strip_suffix(ZOOM).is_some_and(|rest| rest.ends_with('.'));
        (own && url.scheme() == "https" && url.port().is_none()) || url.origin() == self.api_url.origin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_go_to_zoom_alone() {
        let zoom = Zoom::open("https://api.zoom.us/v2").unwrap();
        let is = |url: &str| zoom.is_at_zoom(&Url::parse(url).unwrap());
        assert!(is("https://zoom.us/rec/download/abc") && is("https://us02web.zoom.us/rec/download/abc"));
        for bad in [
            "http://zoom.us/rec/download/abc",
            "https://zoom.us.example.org/abc",
            "https://evilzoom.us/abc",
            "https://zoom.us:8443/abc",
            "https://169.254.169.254/latest",
            "https://user@example.org/zoom.us",
        ] {
            assert!(!is(bad), "{bad}");
        }
    }
}
