//! Schemathesis sends what the document allows and what it forbids to every operation of a real server.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rapport_tests::{TestApp, python, test_on_both};
use types::accounts::{CreateUser, ListMails, SaveTeam};
use types::conversations::ThreadPath;
use types::crm::SaveCompany;
use types::page::PageQuery;

/// What a reply must fulfil: no 5xx, a status, headers and a body that the document knows, 405 with `Allow` for other
/// methods; what breaks the document's rules is refused, and so is a request without its credential.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,\
    response_headers_conformance,negative_data_rejection,unsupported_method,allow_header_conformance,ignored_auth";

/// Operations that are left out.
const LEFT_OUT: [&str; 5] = [
    // Speaks another protocol than requests and replies.
    "open_live_stream",
    // These would end the session that asks.
    "delete_session",
    "delete_sessions",
    "sign_out_user",
    // `GET /v1/mails/retry` is a mail that is not there, not a method that is not there.
    "retry_mails",
];

/// How thoroughly a caller is played in the usual run: by which of Schemathesis' phases, and with how many examples for
/// each operation. In the full run it is every phase and a hundred examples for all.
struct Depth {
    phases: &'static str,
    examples: u32,
}

const EVERY_PHASE: &str = "examples,coverage,fuzzing,stateful";
const THOROUGH: Depth = Depth { phases: EVERY_PHASE, examples: 3 };
/// For those who are refused most things, by checks that stand before all else.
const BRIEF: Depth = Depth { phases: "examples,fuzzing", examples: 2 };

/// Runs Schemathesis with a credential over the paths that match.
async fn attack(app: &TestApp, token: Option<&str>, paths: &str, depth: Depth) {
    app.expects_errors_with("request parse error");
    let folder = app.files().with_file_name("schemathesis");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("schemathesis.toml"), settings(app).await).unwrap();
    let full = rapport_tests::full();
    let depth = if full { Depth { phases: EVERY_PHASE, examples: 50 } } else { depth };
    let mut command = python();
    command.args(["-m", "schemathesis.cli", "--config-file"]).arg(folder.join("schemathesis.toml"));
    command.arg("run").arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/rapport.json"));
    command.args(["--url", app.base(), "--checks", CHECKS, "--include-path-regex", paths]);
    command.args(["--phases", depth.phases, "--max-examples", &depth.examples.to_string()]);
    command.args(["--no-color", "--continue-on-failure"]);
    command.args(["--suppress-health-check", "all"]);
    // In the usual run the same requests each time: what fails once fails again.
    command.args(if full {
        ["--generation-database", "none"].as_slice()
    } else {
        &["--generation-deterministic"]
    });
    for operation in LEFT_OUT {
        command.args(["--exclude-operation-id", operation]);
    }
    if let Some(token) = token {
        command.arg("--header").arg(format!("Authorization: Bearer {token}"));
    }
    command.current_dir(&folder);
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}{complaints}");
    assert!(told.contains(" generated, "), "nothing was tried: {told}");
}

/// Things that are there, several of each because some are deleted on the way: with made-up ids alone almost
/// everything would be answered with 404.
async fn known_ids(app: &TestApp) -> BTreeMap<&'static str, Vec<String>> {
    let admin = app.super_admin();
    let inbox = app.inbox("Sales", &[admin.id()]).await;
    let mut known: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let mut keep = |name, id: String| known.entry(name).or_default().push(id);
    keep("inbox_id", inbox.id.to_string());
    let roles = admin.list_roles(&PageQuery::default()).await.unwrap().items;
    keep("role_id", roles[0].id.to_string());
    for number in 0..4 {
        let widget = app.widget(&inbox).await;
        keep("widget_id", widget.id.to_string());
        let thread_id = app.visitor(&widget).await.says("Hello").await.thread_id;
        keep("thread_id", thread_id.to_string());
        let message = admin.reply(thread_id, "<p>Good morning</p>").await;
        keep("message_id", message.id.to_string());
        let thread = admin.get_thread(&ThreadPath { thread_id }).await.unwrap().thread;
        keep("contact_id", thread.contact_id.to_string());
        let company = SaveCompany { name: format!("Company {number}"), ..SaveCompany::default() };
        keep("company_id", admin.create_company(&company).await.unwrap().id.to_string());
        let team = SaveTeam { name: format!("Team {number}"), member_ids: vec![admin.id()] };
        keep("team_id", admin.create_team(&team).await.unwrap().id.to_string());
        let user = CreateUser {
            name: format!("User {number}"),
            email: format!("user{number}@example.org"),
            role_id: roles[0].id,
            team_ids: Vec::new(),
        };
        keep("user_id", admin.create_user(&user).await.unwrap().id.to_string());
    }
    for mail in admin.list_mails(&ListMails::default()).await.unwrap().items {
        keep("mail_id", mail.id.to_string());
    }
    known
}

/// The ids as Schemathesis' settings: mostly these, sometimes made-up ones.
async fn settings(app: &TestApp) -> String {
    let (mut dictionaries, mut parameters) = (String::new(), "[parameters]\n".to_owned());
    for (name, ids) in known_ids(app).await {
        writeln!(dictionaries, "[dictionaries.{name}]\nvalues = {ids:?}").unwrap();
        for place in ["path", "query", "body"] {
            let source = format!("{{ dictionary = \"{name}\", probability = 0.8 }}");
            writeln!(parameters, "\"{place}.{name}\" = {source}").unwrap();
        }
    }
    dictionaries + &parameters
}

test_on_both!(
    /// H: random and forbidden requests of an administrator: no 5xx, nothing that the document does not know.
    an_administrators_random_requests,
    async |app| {
        attack(app, Some(&app.super_admin().token), ".", THOROUGH).await;
        assert!(app.super_admin().get_me().await.is_ok(), "the session ended on the way");
    }
);

test_on_both!(
    /// H: the same for an agent, who may do little of it.
    an_agents_random_requests,
    async |app| {
        let agent = app.agent("Ana").await;
        attack(app, Some(&agent.token), ".", BRIEF).await;
        assert!(agent.get_me().await.is_ok(), "the session ended on the way");
    }
);

test_on_both!(
    /// H: the same for a visitor of a site, on what visitors may do.
    a_visitors_random_requests,
    async |app| {
        let widget = app.widget(&app.inbox("Site", &[]).await).await;
        let visitor = app.visitor(&widget).await;
        attack(app, Some(&visitor.session.token), "^/v1/visitor", THOROUGH).await;
    }
);

test_on_both!(
    /// H: the same without a credential.
    a_strangers_random_requests,
    async |app| {
        attack(app, None, ".", BRIEF).await;
    }
);
