//! An S3 server: moto's, which imitates Amazon's and does not check signatures.

use std::process::{Child, Stdio};

use platform::Config;
use platform::config::StorageKind;

use crate::child::free_port;
use crate::tools::{python, until};

const BUCKET: &str = "rapport";

/// A store with an empty bucket, on a port of its own. It is killed when dropped.
pub struct ObjectStore {
    http: reqwest::Client,
    port: u16,
    child: Child,
}

impl ObjectStore {
    /// Starts it and makes the bucket.
    pub async fn start() -> Self {
        let port = free_port();
        let mut command = python();
        command.args(["-m", "moto.server", "--host", "127.0.0.1", "--port", &port.to_string()]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let store = Self { http, port, child: child.expect("moto can be started") };
        until("the store answers", async || {
            let made = store.http.put(store.url()).send().await;
            made.is_ok_and(|reply| reply.status().is_success())
        })
        .await;
        store
    }

    fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn url(&self) -> String {
        format!("{}/{BUCKET}", self.endpoint())
    }

    /// Makes it the one that Rapport keeps its files in.
    pub fn configure(&self, config: &mut Config) {
        config.storage.kind = StorageKind::S3;
        config.storage.s3_bucket = BUCKET.to_owned();
        config.storage.s3_endpoint = self.endpoint();
        config.storage.s3_allow_http = true;
        config.storage.s3_access_key_id = "rapport".to_owned();
        config.storage.s3_secret_access_key = "correct horse battery".to_owned();
    }

    /// The keys of its objects, as the store lists them.
    pub async fn keys(&self) -> Vec<String> {
        let listed = self.http.get(format!("{}?list-type=2", self.url())).send().await.unwrap();
        let listed = listed.error_for_status().unwrap().text().await.unwrap();
        let keys = listed.split("<Key>").skip(1).filter_map(|rest| rest.split_once("</Key>"));
        keys.map(|(key, _)| key.to_owned()).collect()
    }

    /// Ends it, with everything in it.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for ObjectStore {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
