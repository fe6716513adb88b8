//! A server with this slice alone.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use actix_web::http::{Method, StatusCode};
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App, test};
use db::testing::TestDatabase;
use futures_util::future::BoxFuture;
use platform::{Actor, Authenticator, Credential, Ctx, Engine};
use serde_json::{Value, json};
use web::Routes;

/// Nobody visits here.
struct NoVisitors;

impl Authenticator for NoVisitors {
    fn authenticate<'a>(
        &'a self,
        _: &'a Ctx,
        _: Credential,
        _: IpAddr,
    ) -> BoxFuture<'a, platform::Result<Actor>> {
        Box::pin(async { Err(platform::Error::Unauthenticated) })
    }
}

/// A context, and the database that lives as long.
pub struct Node {
    pub ctx: Ctx,
    pub database: TestDatabase,
    directory: PathBuf,
}

impl Drop for Node {
    fn drop(&mut self) {
        // What cannot be deleted is left to whoever cleans the temporary files up.
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

static NODES: AtomicU32 = AtomicU32::new(0);

pub async fn node(engine: Engine) -> Node {
    let database = TestDatabase::new(engine).unwrap();
    let name = format!("rapport-accounts-{}-{}", std::process::id(), NODES.fetch_add(1, Ordering::Relaxed));
    let directory = std::env::temp_dir().join(name);
    let blobs = blob::Store::open(&blob::BlobSettings::Disk { directory: directory.clone() }).unwrap();
    let builder = platform::testing::builder(&database)
        .unwrap()
        .extension(blobs)
        .extension(web::RateLimiter::default())
        .authenticator(accounts::Authentication::new(NoVisitors))
        .subscribers(accounts::subscribers());
    let ctx = accounts::jobs(builder).build().await.unwrap();
    ctx.write(&Actor::System, accounts::ensure_builtin_roles).await.unwrap();
    Node { ctx, database, directory }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
    /// The refresh token that was set.
    pub cookie: Option<String>,
}

impl Answer {
    pub fn ok(self) -> Self {
        assert!(self.status.is_success(), "{self:?}");
        self
    }

    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    pub fn text(&self, field: &str) -> String {
        self.body[field].as_str().unwrap_or_else(|| panic!("no {field}: {self:?}")).to_owned()
    }
}

/// One request.
pub struct Ask<'a> {
    pub method: Method,
    pub path: &'a str,
    pub token: Option<&'a str>,
    pub cookie: Option<&'a str>,
    pub body: Option<Value>,
}

pub fn ask<'a>(method: Method, path: &'a str) -> Ask<'a> {
    Ask { method, path, token: None, cookie: None, body: None }
}

impl<'a> Ask<'a> {
    pub fn token(self, token: &'a str) -> Self {
        Self { token: Some(token), ..self }
    }

    pub fn cookie(self, cookie: &'a str) -> Self {
        Self { cookie: Some(cookie), ..self }
    }

    pub fn body(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    pub async fn of(self, ctx: &Ctx) -> Answer {
        let mut request = test::TestRequest::with_uri(self.path)
            .method(self.method)
            .peer_addr(SocketAddr::from((Ipv4Addr::LOCALHOST, 4711)));
        if let Some(token) = self.token {
            request = request.insert_header(("Authorization", format!("Bearer {token}")));
        }
        if let Some(cookie) = self.cookie {
            request = request.insert_header(("Cookie", format!("rapport_refresh={cookie}")));
        }
        if let Some(body) = &self.body {
            request = request.set_json(body);
        }
        send(ctx, request).await
    }
}

/// Uploads a file.
pub async fn upload(ctx: &Ctx, token: &str, name: &str, content: &[u8]) -> Answer {
    let head = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: image/png\r\n\r\n"
    );
    let request = test::TestRequest::post()
        .uri("/v1/files")
        .insert_header(("Authorization", format!("Bearer {token}")))
        .insert_header(("Content-Type", "multipart/form-data; boundary=cut"))
        .set_payload([head.as_bytes(), content, b"\r\n--cut--\r\n"].concat());
    send(ctx, request).await
}

async fn send(ctx: &Ctx, request: test::TestRequest) -> Answer {
    let app = App::new().configure(|config| accounts::routes(&mut Routes::Served(config)));
    let app = app.app_data(Data::new(ctx.clone())).wrap(from_fn(web::authenticate));
    let service = test::init_service(app).await;
    let response = test::call_service(&service, request.to_request()).await;
    let status = response.status();
    let cookie = response
        .headers()
        .get("set-cookie")
        .and_then(|value| value.to_str().ok()?.strip_prefix("rapport_refresh=")?.split(';').next())
        .map(str::to_owned);
    let bytes = test::read_body(response).await;
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Answer { status, body, cookie }
}

pub const PASSWORD: &str = "correct horse";

/// The first administrator's access token and refresh token.
pub async fn administrator(ctx: &Ctx) -> (String, String) {
    let body = json!({
        "name": "Ann Admin", "email": "Ann@Example.com", "password": PASSWORD, "company_name": "Acme",
    });
    let answer = ask(Method::POST, "/v1/setup").body(body).of(ctx).await.ok();
    (answer.text("access_token"), answer.cookie.unwrap())
}

/// The id of a built-in role.
pub async fn role(ctx: &Ctx, token: &str, builtin: &str) -> String {
    let roles = ask(Method::GET, "/v1/roles").token(token).of(ctx).await.ok();
    let items = roles.body["items"].as_array().unwrap().clone();
    let found = items.iter().find(|role| role["builtin"] == builtin).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

/// Invites somebody and takes the invitation up: id and access token.
pub async fn member(ctx: &Ctx, admin: &str, email: &str, builtin: &str) -> (String, String) {
    let role_id = role(ctx, admin, builtin).await;
    let body = json!({ "name": "New User", "email": email, "role_id": role_id });
    let user = ask(Method::POST, "/v1/users").token(admin).body(body).of(ctx).await.ok();
    let token = link_of(ctx, admin, email).await;
    let body = json!({ "token": token, "name": "Bob Agent", "password": PASSWORD });
    let answer = ask(Method::POST, "/v1/invitations/accept").body(body).of(ctx).await.ok();
    (user.text("id"), answer.text("access_token"))
}

/// The token of the link in the latest mail to somebody.
pub async fn link_of(ctx: &Ctx, admin: &str, email: &str) -> String {
    let mails = ask(Method::GET, "/v1/mails").token(admin).of(ctx).await.ok();
    let items = mails.body["items"].as_array().unwrap().clone();
    let mail = items.iter().find(|mail| mail["to"] == email).unwrap();
    let text = mail["text"].as_str().unwrap();
    text.split('#').nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

/// Runs a test on both engines.
macro_rules! on_both_engines {
    ($($name:ident)+) => { $(
        mod $name {
            #[actix_web::test]
            async fn sqlite() {
                super::$name(platform::Engine::Sqlite).await;
            }

            #[actix_web::test]
            async fn postgres() {
                super::$name(platform::Engine::Postgres).await;
            }
        }
    )+ };
}
pub(crate) use on_both_engines;
