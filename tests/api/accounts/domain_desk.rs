//! A server whose domains are looked up at a DNS server of the test, and a site that a domain leads to.

use std::sync::{Arc, Mutex};

use rapport_tests::{ClientError, DnsServer, TestApp, User};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use types::accounts::{CreateDomain, Domain, DomainPath};

/// Restarts the server so that domains are looked up at a DNS server, and asked over HTTP at a port of this machine, which is
/// allowed.
pub async fn open(app: &TestApp, http_port: u16) -> DnsServer {
    let dns = DnsServer::start().await;
    app.restart(|config| {
        dns.configure(config);
        config.domains.http_port = http_port;
        config.outgoing.allowed_private = vec!["127.0.0.0/8".parse().unwrap()];
    })
    .await;
    dns
}

/// The port that the server itself listens at.
pub fn own_port(app: &TestApp) -> u16 {
    app.base().rsplit(':').next().unwrap().parse().unwrap()
}

pub async fn add(by: &User, name: &str) -> Result<Domain, ClientError> {
    by.create_domain(&CreateDomain { name: name.to_owned() }).await
}

pub async fn verify(by: &User, domain: &Domain) -> Domain {
    by.verify_domain(&path(domain)).await.unwrap()
}

/// A domain that is proved by a record.
pub async fn connected(by: &User, dns: &DnsServer, name: &str) -> Domain {
    let domain = add(by, name).await.unwrap();
    dns.set_texts(&domain.dns_name, &[&domain.dns_value]);
    verify(by, &domain).await
}

pub fn path(domain: &Domain) -> DomainPath {
    DomainPath { domain_id: domain.id }
}

/// A site that answers every request alike; it ends with the test's runtime.
pub struct Site {
    port: u16,
    answer: Arc<Mutex<String>>,
}

impl Site {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = Self { port: listener.local_addr().unwrap().port(), answer: Arc::default() };
        let answer = site.answer.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = [0; 8192];
                let length = stream.read(&mut request).await.unwrap_or_default();
                let text = String::from_utf8_lossy(&request[..length]).into_owned();
                let path = text.split(' ').nth(1).unwrap_or_default();
                let reply = answer.lock().unwrap().replace("{path}", path);
                // A client that went away needs no reply.
                let _ = stream.write_all(reply.as_bytes()).await;
            }
        });
        site
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// From now on it answers with this status line, these headers and this body; `{path}` in it is the path that was asked for.
    pub fn answers(&self, status: &str, headers: &str, body: &str) {
        let reply = format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n{body}");
        *self.answer.lock().unwrap() = reply;
    }
}
