//! Looks names up for a client, and refuses those that lead where it may not go.

use std::io;
use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::{Refused, Rule};

/// The system's resolver under a rule. What it answers is what is connected to.
pub(crate) struct Guarded(pub(crate) Rule);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let rule = self.0.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = found.collect();
            // One of several is enough to refuse: who mixes them means to get in.
            if found.iter().any(|address| !rule.may_connect(name.as_str(), address.ip())) {
                return Err(io::Error::other(Refused::Private).into());
            }
            let found: Addrs = Box::new(found.into_iter());
            Ok(found)
        })
    }
}
