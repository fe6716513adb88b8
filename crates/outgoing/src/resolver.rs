//! Looks names up for a client, and refuses those that lead where it may not go.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::{Refused, Rule};

/// A resolver under a rule, the system's unless another is given. What it answers is what is connected to.
pub(crate) struct Guarded(pub(crate) Rule, pub(crate) Option<Arc<dyn Resolve>>);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let (rule, other) = (self.0.clone(), self.1.clone());
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = match other {
                Some(other) => other.resolve(name).await?.collect(),
                None => tokio::net::lookup_host((host.as_str(), 0)).await?.collect(),
            };
            // One of several is enough to refuse: who mixes them means to get in.
            if found.iter().any(|address| !rule.may_connect(&host, address.ip())) {
                return Err(io::Error::other(Refused::Private).into());
            }
            let found: Addrs = Box::new(found.into_iter());
            Ok(found)
        })
    }
}
