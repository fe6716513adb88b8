//! What the tests of the whole server start from: [`TestApp`], a real server in this process on a database of its own.
//!
//! Map: `app` the server; `actors` who talks to it, each with a typed client; `live` a client of the event stream;
//! `log` fails a test that logged an error; `rows` writes down which acceptance rows a passing test shows;
//! `child` the built program as a process of its own, to be killed; `mail_server` and
//! `object_store` where mails and files go; `dns` where names are looked up; `radicale` a server of calendars; `zoom` and `microsoft` fakes of those two, `google` an imitation of
//! Google's sign-in, each a `fake`; `tools` programs of others and patience.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod actors;
mod app;
pub mod child;
mod dns;
mod fake;
pub mod google;
mod live;
mod log;
mod mail_server;
pub mod microsoft;
mod object_store;
pub mod radicale;
mod rows;
mod tools;
pub mod zoom;

pub use actors::{User, Visitor};
pub use app::{PASSWORD, TestApp, run};
pub use client::{Client, ClientError, native::HttpTransport};
pub use db::Engine;
pub use dns::DnsServer;
pub use live::LiveSocket;
pub use mail_server::{MailServer, Received, ReceivedCalendar};
pub use object_store::ObjectStore;
pub use radicale::Radicale;
pub use tools::{full, node, python, until};

/// Declares a test that runs on SQLite and on PostgreSQL, each with a server of its own.
#[macro_export]
macro_rules! test_on_both {
    ($(#[doc = $doc:literal])* $name:ident, async |$app:ident| $body:block) => {
        $(#[doc = $doc])*
        mod $name {
            use super::*;

            async fn body($app: &$crate::TestApp) $body

            #[test]
            fn sqlite() {
                $crate::run($crate::Engine::Sqlite, module_path!(), |app| Box::pin(body(app)));
            }

            #[test]
            fn postgres() {
                $crate::run($crate::Engine::Postgres, module_path!(), |app| Box::pin(body(app)));
            }
        }
    };
}
