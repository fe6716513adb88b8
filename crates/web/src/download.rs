//! Sends a stored file, whole or in part, so that a browser never takes it for a page.

use std::future::Future;
use std::ops::Range;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap, IF_NONE_MATCH, IF_RANGE, RANGE,
    X_CONTENT_TYPE_OPTIONS,
};
use actix_web::http::header::{
    Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue, HeaderName,
};
use actix_web::{HttpResponse, HttpResponseBuilder};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use platform::{Error, Result};

use crate::Reply;

/// A page that gets hold of the file can do nothing with it.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// A file to be sent.
#[derive(Clone, Debug)]
pub struct Download {
    /// The name to save it under.
    pub name: String,
    /// Its type, as found by looking at it.
    pub content_type: String,
    /// Its length in bytes.
    pub size: u64,
    /// A text that changes with the content, for example its digest.
    pub version: String,
    /// Whether a browser may show it in place. Only for pictures, sound and film.
    pub inline: bool,
    /// For how many seconds the browser alone may keep it.
    pub keep_seconds: u64,
}

impl Download {
    /// Answers with the whole file (200), the part that was asked for (206), the word that the browser has it already
    /// (304), or that there is no such part (416). See RFC 9110, sections 13 and 14; of several parts at once the whole
    /// is sent. `open` gives the bytes of the file, or of a part of it.
    ///
    /// # Errors
    /// What `open` returns.
    pub async fn answer<S, E, F>(self, asked: &HeaderMap, open: impl FnOnce(Option<Range<u64>>) -> F) -> Reply
    where
        F: Future<Output = Result<S>>,
        S: Stream<Item = Result<Bytes, E>> + 'static,
        E: std::error::Error + 'static,
    {
        let etag = format!("\"{}\"", self.version.replace(|c: char| !c.is_ascii_alphanumeric(), ""));
        if header(asked, IF_NONE_MATCH).is_some_and(|known| matches_any(known, &etag)) {
            return Ok(self.head(StatusCode::NOT_MODIFIED, &etag).finish());
        }
        // A part of another version than the one at hand is of no use.
        let part = header(asked, RANGE).filter(|_| header(asked, IF_RANGE).is_none_or(|known| known == etag));
        match part.and_then(|range| parse_range(range, self.size)) {
            None => {
                let stream = open(None).await?;
                Ok(self.head(StatusCode::OK, &etag).no_chunking(self.size).streaming(logged(stream)))
            }
            Some(Some(range)) => {
                let stream = open(Some(range.clone())).await?;
                let place = format!("bytes {}-{}/{}", range.start, range.end - 1, self.size);
                Ok(self
                    .head(StatusCode::PARTIAL_CONTENT, &etag)
                    .insert_header((CONTENT_RANGE, place))
                    .no_chunking(range.end - range.start)
                    .streaming(logged(stream)))
            }
            Some(None) => Ok(self
                .head(StatusCode::RANGE_NOT_SATISFIABLE, &etag)
                .insert_header((CONTENT_RANGE, format!("bytes */{}", self.size)))
                .finish()),
        }
    }

    fn head(&self, status: StatusCode, etag: &str) -> HttpResponseBuilder {
        let mut reply = HttpResponse::build(status);
        reply
            .insert_header((ETAG, etag))
            .insert_header((ACCEPT_RANGES, "bytes"))
            .insert_header((CACHE_CONTROL, format!("private, max-age={}, immutable", self.keep_seconds)))
            .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header((CONTENT_SECURITY_POLICY, POLICY))
            .insert_header((RESOURCE_POLICY, "same-site"));
        if status.is_success() {
            reply
                .insert_header((CONTENT_TYPE, self.content_type.as_str()))
                .insert_header((CONTENT_DISPOSITION, disposition(&self.name, self.inline)));
        } else {
            reply.insert_header((CONTENT_LENGTH, "0"));
        }
        reply
    }
}

/// How to save a file (RFC 6266), its name in ASCII for old clients and in UTF-8 (RFC 8187) for all others.
fn disposition(name: &str, inline: bool) -> ContentDisposition {
    let plain: String =
        name.chars()
            .map(|c| {
                if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%' | '/') || c == ' ' { c } else { '_' }
            })
            .collect();
    let mut parameters = vec![DispositionParam::Filename(plain.clone())];
    if plain != name {
        parameters.push(DispositionParam::FilenameExt(ExtendedValue {
            charset: Charset::Ext("UTF-8".to_owned()),
            language_tag: None,
            value: name.as_bytes().to_vec(),
        }));
    }
    let disposition = if inline { DispositionType::Inline } else { DispositionType::Attachment };
    ContentDisposition { disposition, parameters }
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Whether a list of entity tags names this one, or any (weak comparison).
pub fn matches_any(list: &str, etag: &str) -> bool {
    list.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == etag)
}

/// The part that a `Range` header asks for: nothing when it is to be ignored, `Some(None)` when there is no such part.
fn parse_range(text: &str, size: u64) -> Option<Option<Range<u64>>> {
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| text.trim().parse::<u64>();
    let range = match (first.trim().is_empty(), last.trim().is_empty()) {
        (true, true) => return None,
        (true, false) => size.saturating_sub(number(last).ok()?)..size,
        (false, true) => number(first).ok()?..size,
        (false, false) => {
            let (first, last) = (number(first).ok()?, number(last).ok()?);
            if last < first {
                return None;
            }
            first..last.saturating_add(1).min(size)
        }
    };
    Some((range.start < range.end).then_some(range))
}

/// Logs why a file broke off: the status was sent long ago.
fn logged<S, E>(stream: S) -> impl Stream<Item = Result<Bytes, Error>>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: std::error::Error,
{
    stream.map(|part| {
        part.map_err(|cause| {
            tracing::error!(%cause, "a download broke off");
            Error::internal(cause.to_string())
        })
    })
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;
    use futures_util::stream;

    use super::*;

    async fn fetch(headers: &[(HeaderName, &'static str)]) -> HttpResponse {
        let mut asked = HeaderMap::new();
        for (name, value) in headers {
            asked.insert(name.clone(), HeaderValue::from_static(value));
        }
        let download = Download {
            name: "Straße \"1\".txt".to_owned(),
            content_type: "text/plain".to_owned(),
            size: 10,
            version: "v1".to_owned(),
            inline: false,
            keep_seconds: 60,
        };
        let content = Bytes::from_static(b"0123456789");
        let open = |range: Option<Range<u64>>| async move {
            let range = range.unwrap_or(0..10);
            Ok(stream::iter([Ok::<_, std::io::Error>(
                content.slice(range.start as usize..range.end as usize),
            )]))
        };
        download.answer(&asked, open).await.unwrap()
    }

    async fn body(reply: HttpResponse) -> Bytes {
        actix_web::body::to_bytes(reply.into_body()).await.unwrap()
    }

    #[actix_web::test]
    async fn a_file_is_sent_as_a_file() {
        let reply = fetch(&[]).await;
        assert_eq!(reply.status(), 200);
        let disposition = reply.headers().get(CONTENT_DISPOSITION).unwrap().to_str().unwrap();
        assert!(
            disposition.starts_with("attachment; filename=\"Stra_e _1_.txt\"; filename*=UTF-8''Stra%C3%9Fe")
        );
        assert_eq!(reply.headers().get(CONTENT_SECURITY_POLICY).unwrap(), POLICY);
        assert_eq!(body(reply).await, "0123456789");
    }

    #[actix_web::test]
    async fn parts_are_sent_as_asked() {
        for (range, status, place, content) in [
            ("bytes=2-4", 206, "bytes 2-4/10", "234"),
            ("bytes=7-", 206, "bytes 7-9/10", "789"),
            ("bytes=-3", 206, "bytes 7-9/10", "789"),
            ("bytes=8-99", 206, "bytes 8-9/10", "89"),
            ("bytes=10-", 416, "bytes */10", ""),
            ("bytes=-0", 416, "bytes */10", ""),
        ] {
            let reply = fetch(&[(RANGE, range)]).await;
            assert_eq!(reply.status(), status, "{range}");
            assert_eq!(reply.headers().get(CONTENT_RANGE).unwrap(), place);
            assert_eq!(body(reply).await, content);
        }
        for ignored in ["bytes=4-2", "bytes=0-1,3-4", "lines=1-2", "bytes=-"] {
            assert_eq!(fetch(&[(RANGE, ignored)]).await.status(), 200, "{ignored}");
        }
    }

    #[actix_web::test]
    async fn versions_are_compared() {
        assert_eq!(fetch(&[(IF_NONE_MATCH, "W/\"v0\", \"v1\"")]).await.status(), 304);
        assert_eq!(fetch(&[(IF_NONE_MATCH, "\"v0\"")]).await.status(), 200);
        assert_eq!(fetch(&[(RANGE, "bytes=0-1"), (IF_RANGE, "\"v1\"")]).await.status(), 206);
        assert_eq!(fetch(&[(RANGE, "bytes=0-1"), (IF_RANGE, "\"v0\"")]).await.status(), 200);
    }
}
