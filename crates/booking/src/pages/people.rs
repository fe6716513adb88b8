//! Hosts as people outside see them.

use types::booking::PageHost;

use crate::store::links::HostRow;

/// The hosts of a page.
pub(crate) fn page_hosts(hosts: &[HostRow]) -> Vec<PageHost> {
    hosts.iter().map(|host| PageHost { name: host.name.clone(), photo_url: None }).collect()
}
