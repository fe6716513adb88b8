//! Domains of the account's own: how it is shown that they are, what proxies are told, and who may add them.

use rapport_tests::{DnsServer, test_on_both, until};
use reqwest::header::HOST;
use reqwest::{Method, StatusCode};
use types::accounts::*;
use types::page::PageQuery;
use types::{ErrorCode, Permission};

use super::domain_desk::{Site, add, connected, open, own_port, path, verify};
use crate::booking::desk::code_of;
use crate::crm::desk::wrong_fields;

const DAY: i64 = 24 * 3600;

fn faults(domain: &Domain) -> (Option<DomainFault>, Option<DomainFault>) {
    (domain.dns_fault, domain.http_fault)
}

/// A name to ask for.
fn check(domain: &str) -> CheckDomain {
    CheckDomain { domain: domain.to_owned() }
}

test_on_both!(
    /// A TXT record proves a domain; what is wrong with it is said, and nothing is claimed before.
    a_record_proves_a_domain,
    async |app| {
        app.shows(&["SYS-29"]);
        let dns = open(app, 1).await;
        let admin = app.super_admin();
        let domain = add(admin, " Meet.Bücher.Example. ").await.unwrap();
        assert_eq!((domain.name.as_str(), domain.state), ("meet.xn--bcher-kva.example", DomainState::Pending));
        assert_eq!(domain.dns_name, "_rapport-challenge.meet.xn--bcher-kva.example");
        assert_eq!((faults(&domain), domain.error.as_deref(), domain.checked_at), ((None, None), None, None));
        let seen = verify(admin, &domain).await;
        assert_eq!(faults(&seen), (Some(DomainFault::NoRecord), Some(DomainFault::Unreachable)));
        assert!(seen.error.unwrap().contains("no TXT record") && seen.checked_at.is_some());
        dns.set_texts(&domain.dns_name, &["v=spf1 -all", &domain.dns_value[1..]]);
        let seen = verify(admin, &domain).await;
        assert_eq!((seen.state, seen.dns_fault), (DomainState::Pending, Some(DomainFault::WrongRecord)));
        dns.break_down(true);
        assert_eq!(verify(admin, &domain).await.dns_fault, Some(DomainFault::DnsFailed));
        dns.break_down(false);
        assert_eq!(code_of(app.anonymous().check_domain(&check(&domain.name)).await), ErrorCode::NotFound);

        dns.set_texts(&domain.dns_name, &["v=spf1 -all", &domain.dns_value]);
        let seen = verify(admin, &domain).await;
        assert_eq!((seen.state, seen.proof), (DomainState::Verified, Some(DomainProof::Dns)));
        assert_eq!((faults(&seen), seen.error), ((None, None), None));
        assert_eq!(admin.list_domains(&PageQuery::default()).await.unwrap().items, [admin.get_domain(&path(&domain)).await.unwrap()]);
        let known = app.anonymous().check_domain(&check("MEET.bücher.example.")).await.unwrap();
        assert_eq!(known.name, domain.name);
        // The name of Rapport itself gets a certificate too.
        app.anonymous().check_domain(&check("127.0.0.1")).await.unwrap();
        admin.delete_domain(&path(&domain)).await.unwrap();
        assert_eq!(code_of(app.anonymous().check_domain(&check(&domain.name)).await), ErrorCode::NotFound);
    }
);

test_on_both!(
    /// What a domain answers over HTTP proves it, if it is the whole of it and comes from the domain itself; nothing private is
    /// asked unless the settings list it.
    an_answer_proves_a_domain,
    async |app| {
        let (site, admin) = (Site::start().await, app.super_admin());
        let dns = DnsServer::start().await;
        let private = |config: &mut platform::Config| {
            dns.configure(config);
            config.domains.http_port = site.port();
        };
        app.restart(private).await;
        let domain = add(admin, "meet.example.org").await.unwrap();
        site.answers("200 OK", "", &domain.http_body);
        assert_eq!(verify(admin, &domain).await.http_fault, Some(DomainFault::PrivateAddress));
        app.restart(|config| {
            private(config);
            config.outgoing.allowed_private = vec!["127.0.0.0/8".parse().unwrap()];
        })
        .await;
        let elsewhere = format!("Location: http://other.example.org:{}{{path}}\r\n", site.port());
        let endless = format!("Location: {}\r\n", domain.http_url);
        let long = format!("{}{}", " ".repeat(2000), domain.http_body);
        let wrong = [
            ("404 Not Found", "", domain.http_body.as_str(), DomainFault::WrongAnswer),
            // A page that repeats its address.
            ("200 OK", "", "{path}", DomainFault::WrongAnswer),
            ("200 OK", "", &domain.dns_value, DomainFault::WrongAnswer),
            ("200 OK", "", &long, DomainFault::WrongAnswer),
            ("302 Found", &elsewhere, "", DomainFault::Redirected),
            ("302 Found", &endless, "", DomainFault::Redirected),
        ];
        for (status, headers, body, fault) in wrong {
            site.answers(status, headers, body);
            let seen = verify(admin, &domain).await;
            assert_eq!((seen.state, seen.http_fault), (DomainState::Pending, Some(fault)), "{status} {headers}");
        }
        site.answers("200 OK", "", &format!("{}\r\n", domain.http_body));
        let seen = verify(admin, &domain).await;
        assert_eq!((seen.state, seen.proof), (DomainState::Verified, Some(DomainProof::Http)));
        let nowhere = add(admin, "meet.nowhere.test").await.unwrap();
        assert_eq!(verify(admin, &nowhere).await.http_fault, Some(DomainFault::Unreachable));
    }
);

test_on_both!(
    /// A domain that leads to Rapport proves itself: Rapport answers for its own domains, by their names and tokens alone.
    a_domain_that_leads_here_proves_itself,
    async |app| {
        let _dns = open(app, own_port(app)).await;
        let admin = app.super_admin();
        let (domain, other) = (add(admin, "a.example.org").await.unwrap(), add(admin, "b.example.org").await.unwrap());
        let ask = async |host: &str, of: &Domain| {
            let at = reqwest::Url::parse(&of.http_url).unwrap();
            let reply = app.raw(Method::GET, at.path()).header(HOST, host).send().await.unwrap();
            (reply.status(), reply.text().await.unwrap())
        };
        assert_eq!(ask("A.example.org:80", &domain).await, (StatusCode::OK, domain.http_body.clone()));
        for (host, of) in [("a.example.org", &other), ("c.example.org", &domain), ("127.0.0.1", &domain)] {
            assert_eq!(ask(host, of).await.0, StatusCode::NOT_FOUND, "{host}");
        }
        let seen = verify(admin, &domain).await;
        assert_eq!((seen.state, seen.proof), (DomainState::Verified, Some(DomainProof::Http)));
        assert_eq!(ask("a.example.org", &domain).await.0, StatusCode::OK);
    }
);

test_on_both!(
    /// A verified domain is looked at every day; one that fails for three days is failing, is still served, and comes back.
    verified_domains_are_looked_at_again,
    async |app| {
        let dns = open(app, 1).await;
        let domain = connected(app.super_admin(), &dns, "meet.example.org").await;
        dns.set_texts(&domain.dns_name, &[]);
        let after_a_day = async || {
            app.clock().advance(DAY + 60);
            let admin = app.sign_in(&app.super_admin().profile).await;
            let before = app.clock().now();
            until("it was looked at", async || {
                let seen = admin.get_domain(&path(&domain)).await.unwrap();
                seen.checked_at.is_some_and(|at| at >= before)
            })
            .await;
            admin.get_domain(&path(&domain)).await.unwrap()
        };
        let seen = after_a_day().await;
        assert_eq!((seen.state, seen.dns_fault), (DomainState::Verified, Some(DomainFault::NoRecord)));
        let since = seen.failing_since.unwrap();
        for _ in 0..2 {
            assert_eq!(after_a_day().await.state, DomainState::Verified);
        }
        let seen = after_a_day().await;
        assert_eq!((seen.state, seen.failing_since), (DomainState::Failing, Some(since)));
        app.anonymous().check_domain(&check("meet.example.org")).await.unwrap();
        dns.set_texts(&domain.dns_name, &[&domain.dns_value]);
        let seen = after_a_day().await;
        assert_eq!((seen.state, seen.failing_since), (DomainState::Verified, None));
        assert_eq!(seen.verified_at, domain.verified_at);
    }
);

test_on_both!(
    /// What is no name of somebody's is refused, as are names that are there already and those of Rapport itself; domains are for
    /// who manages them.
    domains_are_managed,
    async |app| {
        let admin = app.super_admin();
        app.restart(|config| config.server.public_url = "https://desk.example.org".to_owned()).await;
        let long = format!("{}.org", "a.".repeat(120));
        let bad = [
            "", "localhost", "127.0.0.1", "0x7f.1", "[::1]", "https://a.example.org", "a.example.org/x", "a_b.example.org",
            "*.example.org", "a..example.org", "desk.example.org", "DESK.example.org.", &long,
        ];
        for name in bad {
            assert_eq!(wrong_fields(add(admin, name).await), ["name"], "{name}");
        }
        let domain = add(admin, "meet.desk.example.org").await.unwrap();
        assert_eq!(wrong_fields(add(admin, "MEET.desk.example.org").await), ["name"]);
        let ana = app.agent("Ana").await;
        assert_eq!(code_of(add(&ana, "ana.example.org").await), ErrorCode::Forbidden);
        assert_eq!(code_of(ana.verify_domain(&path(&domain)).await), ErrorCode::Forbidden);
        assert_eq!(code_of(ana.delete_domain(&path(&domain)).await), ErrorCode::Forbidden);
        let amy = app.user("Amy", types::BuiltinRole::Administrator).await;
        assert!(amy.profile.id != ana.profile.id && add(&amy, "amy.example.org").await.is_ok());
        let program = app.token(admin, &[Permission::ManageSettings]).await;
        assert_eq!(code_of(program.list_domains(&PageQuery::default()).await), ErrorCode::Forbidden);
        for name in ["x", "x.example.org", "meet.desk.example.org", "a b", ""] {
            assert_eq!(code_of(app.anonymous().check_domain(&check(name)).await), ErrorCode::NotFound, "{name}");
        }
        admin.delete_domain(&path(&domain)).await.unwrap();
        assert_eq!(code_of(admin.get_domain(&path(&domain)).await), ErrorCode::NotFound);
    }
);

test_on_both!(
    /// Whoever asks without a credential cannot ask without end; nor can users have domains looked at without end.
    questions_about_domains_are_counted,
    async |app| {
        let dns = DnsServer::start().await;
        app.restart(|config| {
            dns.configure(config);
            config.domains.http_port = 1;
            config.limits.domain_checks_per_minute = 3;
        })
        .await;
        let ask = async || app.anonymous().check_domain(&check("x.example.org")).await;
        for _ in 0..3 {
            assert_eq!(code_of(ask().await), ErrorCode::NotFound);
        }
        assert_eq!(code_of(ask().await), ErrorCode::RateLimited);
        let challenge = app.raw(Method::GET, "/.well-known/rapport-challenge/x").send().await.unwrap();
        assert_eq!(challenge.status(), StatusCode::TOO_MANY_REQUESTS);
        let domain = add(app.super_admin(), "meet.example.org").await.unwrap();
        for _ in 0..30 {
            verify(app.super_admin(), &domain).await;
        }
        let refused = app.super_admin().verify_domain(&path(&domain)).await;
        assert_eq!(code_of(refused), ErrorCode::RateLimited);
    }
);
