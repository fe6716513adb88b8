//! A real CalDAV server: Radicale, with one user and calendars of its own.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use reqwest::{Method, RequestBuilder, Url};

use crate::child::free_port;
use crate::fake::Fake;
use crate::tools::python;

/// The user, who is also the first part of every path.
pub const USER: &str = "rep@example.com";
/// The user's password.
pub const PASSWORD: &str = "secret";

/// Somebody else who has an account there.
const STRANGER: &str = "boss@example.com";

/// A running Radicale. It ends with this, and its data is deleted.
pub struct Radicale {
    running: Option<Fake>,
    http: reqwest::Client,
    port: u16,
    folder: PathBuf,
}

impl Radicale {
    /// Starts it with these calendars.
    pub async fn start(calendars: &[&str]) -> Self {
        let port = free_port();
        let folder = std::env::temp_dir().join(format!("rapport-radicale-{}-{port}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("users"), format!("{USER}:{PASSWORD}\n{STRANGER}:{PASSWORD}\n")).unwrap();
        let at = folder.display();
        let config = format!(
            "[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = {at}/users\n\
             htpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = {at}/data\n"
        );
        std::fs::write(folder.join("config"), config).unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut server = Self { running: None, http, port, folder };
        server.resume().await;
        for name in calendars {
            let made = server.ask("MKCALENDAR", &format!("{name}/")).send().await.unwrap();
            assert!(made.status().is_success(), "{}", made.status());
        }
        server
    }

    /// Ends the server. Its data stays.
    pub fn pause(&mut self) {
        self.running = None;
    }

    /// Starts the server again.
    pub async fn resume(&mut self) {
        let mut command: Command = python();
        command.args(["-m", "radicale", "-C"]).arg(self.folder.join("config")).stderr(Stdio::null());
        self.running = Some(Fake::run(command, self.port).await);
    }

    /// Host and port.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The address to connect.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address())
    }

    /// The address of a calendar, with the sign-in in it, as a file.
    pub fn feed(&self, calendar: &str) -> String {
        format!("http://rep%40example.com:{PASSWORD}@{}/{USER}/{calendar}/", self.address())
    }

    fn ask(&self, method: &str, path: &str) -> RequestBuilder {
        self.ask_as(USER, method, path)
    }

    fn ask_as(&self, user: &str, method: &str, path: &str) -> RequestBuilder {
        let url = Url::parse(&format!("{}{user}/{path}", self.url())).unwrap();
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        self.http.request(method, url).basic_auth(user, Some(PASSWORD))
    }

    /// Makes a calendar of somebody else's, which the user may not see. Answers its path.
    pub async fn strangers_calendar(&self) -> String {
        let made = self.ask_as(STRANGER, "MKCALENDAR", "private/").send().await.unwrap();
        assert!(made.status().is_success(), "{}", made.status());
        format!("{STRANGER}/private/")
    }

    /// Writes an event, with these lines besides its UID.
    pub async fn put(&self, calendar: &str, uid: &str, lines: &str) {
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n\
             DTSTAMP:20310101T000000Z\r\n{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            lines.replace('\n', "\r\n")
        );
        self.store(calendar, uid, text).await;
    }

    /// Writes the whole text of an event.
    pub async fn store(&self, calendar: &str, uid: &str, text: String) {
        let request =
            self.ask("PUT", &format!("{calendar}/{uid}.ics")).header("content-type", "text/calendar");
        let reply = request.body(text).send().await.unwrap();
        assert!(reply.status().is_success(), "{}", reply.status());
    }

    /// The whole text of an event, if it is there.
    pub async fn event(&self, calendar: &str, uid: &str) -> Option<String> {
        let reply = self.ask("GET", &format!("{calendar}/{uid}.ics")).send().await.unwrap();
        // Long lines are folded (RFC 5545, section 3.1).
        if reply.status() == 404 { None } else { Some(reply.text().await.unwrap().replace("\r\n ", "")) }
    }

    /// How many events a calendar holds.
    pub async fn count(&self, calendar: &str) -> usize {
        let reply = self.ask("GET", &format!("{calendar}/")).send().await.unwrap();
        reply.text().await.unwrap().matches("BEGIN:VEVENT").count()
    }

    /// Deletes an event.
    pub async fn delete(&self, calendar: &str, uid: &str) {
        let reply = self.ask("DELETE", &format!("{calendar}/{uid}.ics")).send().await.unwrap();
        assert!(reply.status().is_success(), "{}", reply.status());
    }
}

impl Drop for Radicale {
    fn drop(&mut self) {
        self.running = None;
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}
