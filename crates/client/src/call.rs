//! One call of an operation, put together from its path, query and body.

use serde::Serialize;
use serde_json::Value;

use crate::{Body, ClientError, Method, Request};

/// A file to upload.
#[derive(Clone, Debug, PartialEq)]
pub struct Upload {
    /// The file's name.
    pub name: String,
    /// The media type as the sender believes it to be; the server looks for itself.
    pub content_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// One part of a larger upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The checksum of the bytes, as in `sha-256=:<base64>:` (RFC 9530).
    pub digest: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

pub(crate) struct Call {
    method: Method,
    path: String,
    query: String,
    body: Body,
    headers: Vec<(&'static str, String)>,
}

impl Call {
    pub(crate) fn new(method: Method, template: &str) -> Self {
        Self {
            method,
            path: template.to_owned(),
            query: String::new(),
            body: Body::Empty,
            headers: Vec::new(),
        }
    }

    /// Puts each field of `path` in the place of its name in the template.
    pub(crate) fn path(&mut self, path: &impl Serialize) -> Result<(), ClientError> {
        if let Value::Object(fields) = serde_json::to_value(path).map_err(unwritable)? {
            for (name, value) in fields {
                let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
                self.path = self.path.replace(&format!("{{{name}}}"), &text);
            }
        }
        Ok(())
    }

    pub(crate) fn query(&mut self, query: &impl Serialize) -> Result<(), ClientError> {
        self.query = serde_urlencoded::to_string(query).map_err(unwritable)?;
        Ok(())
    }

    pub(crate) fn body(&mut self, body: &impl Serialize) -> Result<(), ClientError> {
        self.body = Body::Json(serde_json::to_vec(body).map_err(unwritable)?);
        Ok(())
    }

    pub(crate) fn file(&mut self, file: &Upload) -> Result<(), ClientError> {
        self.body = Body::File(file.clone());
        Ok(())
    }

    pub(crate) fn part(&mut self, part: &Part) -> Result<(), ClientError> {
        self.headers.push(("Content-Digest", part.digest.clone()));
        self.body = Body::Bytes(part.bytes.clone());
        Ok(())
    }

    pub(crate) fn into_request(self, idempotency_key: Option<String>) -> Result<Request, ClientError> {
        let path = if self.query.is_empty() { self.path } else { format!("{}?{}", self.path, self.query) };
        let key = idempotency_key.filter(|_| self.method == Method::Post);
        let key = key.map(|key| ("Idempotency-Key", key));
        let headers = self.headers.into_iter().chain(key).collect();
        Ok(Request { method: self.method, path, headers, body: self.body })
    }
}

fn unwritable(cause: impl std::fmt::Display) -> ClientError {
    ClientError::Decode(format!("the request cannot be written: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::ThreadId;
    use types::conversations::{ListThreads, ThreadPath, View};

    #[test]
    fn path_and_query_are_filled_in() {
        let mut call = Call::new(Method::Post, "/v1/threads/{thread_id}/close");
        call.path(&ThreadPath { thread_id: ThreadId(7) }).unwrap();
        let request = call.into_request(Some("k".into())).unwrap();
        assert_eq!(request.path, "/v1/threads/7/close");
        assert_eq!(request.headers, [("Idempotency-Key", "k".to_owned())]);

        let mut call = Call::new(Method::Get, "/v1/threads");
        call.query(&ListThreads { view: Some(View::AllOpen), limit: Some(5), ..Default::default() }).unwrap();
        assert_eq!(call.into_request(None).unwrap().path, "/v1/threads?limit=5&view=all_open");
    }
}
