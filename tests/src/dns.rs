//! A DNS server of ours: it answers over UDP what a test tells it to, in messages of the library hickory.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use hickory_proto::op::{Message, OpCode, ResponseCode};
use hickory_proto::rr::rdata::{A, TXT};
use hickory_proto::rr::{RData, Record, RecordType};
use platform::Config;
use tokio::net::UdpSocket;

/// The server; it ends with the test's runtime.
pub struct DnsServer {
    address: SocketAddr,
    zone: Arc<Mutex<Zone>>,
}

#[derive(Default)]
struct Zone {
    texts: BTreeMap<String, Vec<String>>,
    is_broken: bool,
}

impl DnsServer {
    /// Starts it. Every name leads to 127.0.0.1, except those below `nowhere.test`.
    pub async fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: socket.local_addr().unwrap(), zone: Arc::default() };
        let zone = server.zone.clone();
        tokio::spawn(async move {
            let mut packet = [0; 4096];
            while let Ok((length, asker)) = socket.recv_from(&mut packet).await {
                let Ok(request) = Message::from_vec(&packet[..length]) else { continue };
                let reply = zone.lock().unwrap().answer(&request);
                // Whoever went away needs no answer.
                let _ = socket.send_to(&reply.to_vec().unwrap(), asker).await;
            }
        });
        server
    }

    /// Has domains looked up here.
    pub fn configure(&self, config: &mut Config) {
        config.domains.dns_servers = vec![self.address];
    }

    /// From now on a name has these TXT records; none takes the name away.
    pub fn set_texts(&self, name: &str, texts: &[&str]) {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        self.zone.lock().unwrap().texts.insert(name.to_owned(), texts);
    }

    /// Whether every question is answered with an error.
    pub fn break_down(&self, is_broken: bool) {
        self.zone.lock().unwrap().is_broken = is_broken;
    }
}

impl Zone {
    fn answer(&self, request: &Message) -> Message {
        let mut reply = Message::response(request.metadata.id, OpCode::Query);
        reply.metadata.recursion_available = true;
        let Some(query) = request.queries.first() else { return reply };
        reply.add_query(query.clone());
        if self.is_broken {
            reply.metadata.response_code = ResponseCode::ServFail;
            return reply;
        }
        let name = query.name().to_ascii().trim_end_matches('.').to_lowercase();
        let texts = self.texts.get(&name);
        let data: Vec<RData> = match query.query_type() {
            RecordType::TXT => texts.into_iter().flatten().map(|text| RData::TXT(in_pieces(text))).collect(),
            RecordType::A if !name.ends_with("nowhere.test") => vec![RData::A(A(Ipv4Addr::LOCALHOST))],
            _ => Vec::new(),
        };
        if data.is_empty() {
            reply.metadata.response_code = ResponseCode::NXDomain;
        }
        for data in data {
            reply.add_answer(Record::from_rdata(query.name().clone(), 60, data));
        }
        reply
    }
}

/// A text in two pieces, as long ones come.
fn in_pieces(text: &str) -> TXT {
    let (first, second) = text.split_at(text.len() / 2);
    TXT::new(vec![first.to_owned(), second.to_owned()])
}
