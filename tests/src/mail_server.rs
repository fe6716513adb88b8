//! A real mail server (aiosmtpd) that can be told to misbehave.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

use platform::Config;
use platform::config::SmtpSecurity;
use serde::Deserialize;

use crate::child::free_port;
use crate::tools::python;

/// A mail that the server took.
#[derive(Debug, Deserialize)]
pub struct Received {
    /// The recipient.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// Its Message-ID.
    pub message_id: String,
    /// The plain text.
    pub text: String,
    /// Who it is from: the name and the address.
    pub sender: String,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// The invitation in it.
    pub calendar: Option<ReceivedCalendar>,
    /// The names of the attached files.
    pub files: Vec<String>,
}

/// An invitation in a mail.
#[derive(Debug, Deserialize)]
pub struct ReceivedCalendar {
    /// The method that its part is labelled with.
    pub method: String,
    /// The iCalendar text.
    pub text: String,
}

impl Received {
    /// The token of the link in the text, which stands behind `#`.
    pub fn token(&self) -> String {
        let (_, rest) = self.text.split_once('#').expect("the mail holds a link");
        rest.split_whitespace().next().unwrap().to_owned()
    }
}

/// A mail server on a port of its own. It is killed when dropped.
pub struct MailServer {
    folder: PathBuf,
    port: u16,
    certificate: Option<PathBuf>,
    child: Option<Child>,
}

impl MailServer {
    /// A server that is not started yet.
    pub fn new(folder: &Path) -> Self {
        let folder = folder.join("mails");
        std::fs::create_dir_all(&folder).unwrap();
        Self { folder, port: free_port(), certificate: None, child: None }
    }

    /// Has it speak TLS after STARTTLS (RFC 3207), with a certificate that nobody knows; where that is.
    pub fn with_tls(&mut self) -> PathBuf {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("programs/certificate.py");
        assert!(python().arg(program).arg(&self.folder).status().unwrap().success());
        let certificate = self.folder.join("certificate.pem");
        self.certificate = Some(certificate.clone());
        certificate
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Makes it the one that Rapport hands its mails to.
    pub fn configure(&self, config: &mut Config) {
        config.smtp.host = "127.0.0.1".to_owned();
        config.smtp.port = self.port;
        config.smtp.security = SmtpSecurity::None;
        config.smtp.from_address = "rapport@example.org".to_owned();
    }

    /// Starts it and waits until it answers.
    pub async fn start(&mut self) {
        let mut command = python();
        command.args(["-m", "aiosmtpd", "--nosetuid", "--listen", &format!("127.0.0.1:{}", self.port)]);
        if let Some(certificate) = &self.certificate {
            command.arg("--tlscert").arg(certificate).arg("--tlskey").arg(self.folder.join("key.pem"));
        }
        command.args(["--class", "mail_server.Handler"]).arg(&self.folder);
        command.env("PYTHONPATH", Path::new(env!("CARGO_MANIFEST_DIR")).join("programs"));
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        // It reports every client that does not trust it.
        command.stdin(Stdio::null()).stderr(Stdio::null());
        self.child = Some(command.spawn().expect("aiosmtpd can be started"));
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the mail server does not answer");
    }

    /// From now on every mail is answered with this line; nothing for taking them.
    pub fn answer(&self, reply: Option<&str>) {
        let file = self.folder.join("reply");
        match reply {
            Some(reply) => std::fs::write(file, reply).unwrap(),
            None => std::fs::remove_file(file).unwrap(),
        }
    }

    /// How often a mail was handed to it, whatever it answered.
    pub fn attempts(&self) -> usize {
        std::fs::read_to_string(self.folder.join("attempts")).map_or(0, |text| text.parse().unwrap())
    }

    /// The mails that it took, oldest first.
    pub fn received(&self) -> Vec<Received> {
        let read = |number| std::fs::read(self.folder.join(format!("{number}.json"))).ok();
        (1..).map_while(read).map(|text| serde_json::from_slice(&text).unwrap()).collect()
    }

    /// The newest mail, once it is there.
    pub async fn newest(&self, count: usize) -> Received {
        crate::until("the mail arrives", async || self.received().len() >= count).await;
        self.received().pop().unwrap()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // It may have ended already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
