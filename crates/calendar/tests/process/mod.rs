//! Programs that run beside a test.

use std::net::TcpListener;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

/// A program that is killed when dropped.
pub struct Process(Child);

impl Process {
    /// Starts it, and waits until this address answers anything.
    pub async fn start(mut command: Command, url: &str) -> Self {
        let process = Self(command.spawn().expect("the program can be started"));
        for _ in 0..1200 {
            if http().get(url).send().await.is_ok() {
                return process;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nothing answers at {url}");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A client as the adapters are to be given one.
pub fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// A free port below the range that the system gives to outgoing connections, another one at each call.
pub fn free_port() -> u16 {
    static ASKED: AtomicU16 = AtomicU16::new(0);
    let first = 12_000 + u16::try_from(std::process::id() % 700).unwrap() * 10;
    let first = first + ASKED.fetch_add(1, Ordering::Relaxed);
    (first..20_000).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a port is free")
}
