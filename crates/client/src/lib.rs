//! A typed client of Rapport's API: one method an operation, made from one table of endpoints.
//!
//! The table in [`endpoints`] is compared with the API document by a test, so a method can neither be missing nor
//! differ. What carries the bytes is a [`Transport`]: reqwest natively (feature `native`), the browser's fetch on wasm,
//! or a wrapper of either that adds a credential.

mod call;
pub mod endpoints;
mod error;
mod transport;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(feature = "native")]
pub mod native;

pub use call::{Part, Upload};
pub use endpoints::{ENDPOINTS, Endpoint, UNTYPED};
pub use error::ClientError;
pub use transport::{Body, Method, Request, Response, Transport};

/// A client of one server. Clone it freely; what it holds is the transport.
#[derive(Clone, Debug)]
pub struct Client<T> {
    transport: T,
    idempotency_key: Option<String>,
}

impl<T: Transport> Client<T> {
    /// A client over this transport.
    pub fn new(transport: T) -> Self {
        Self { transport, idempotency_key: None }
    }

    /// What carries the bytes.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    async fn run<R: serde::de::DeserializeOwned>(&self, call: call::Call) -> Result<R, ClientError> {
        let request = call.into_request(self.idempotency_key.clone())?;
        error::read(self.transport.send(request).await?)
    }
}

impl<T: Transport + Clone> Client<T> {
    /// The same client, whose next POST carries this `Idempotency-Key`: repeating it after a lost reply gives the
    /// first reply again. Use a fresh key, 1 to 255 visible ASCII characters, for each act.
    pub fn with_idempotency_key(&self, key: impl Into<String>) -> Self {
        Self { transport: self.transport.clone(), idempotency_key: Some(key.into()) }
    }
}
