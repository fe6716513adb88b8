use std::time::{Duration, SystemTime};

use super::*;
use crate::{AUTO_GENERATED, Tls};

fn settings() -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".into(),
        port: 25,
        tls: Tls::None,
        username: None,
        password: None,
        from_name: "Atelier Sud".into(),
        from_address: "bonjour@ateliersud.example".into(),
        timeout: Duration::from_secs(5),
    }
}

fn outgoing() -> Outgoing {
    Outgoing {
        message_id: "<m1@ateliersud.example>".into(),
        date: SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600),
        from: None,
        reply_to: None,
        to: vec![Mailbox { name: Some("Zoë".into()), address: "zoe@client.example".into() }],
        subject: "Votre commande".into(),
        text: "Bonjour".into(),
        html: None,
        calendar: None,
        in_reply_to: None,
        references: Vec::new(),
        headers: Vec::new(),
    }
}

fn written(outgoing: &Outgoing) -> String {
    String::from_utf8(compose(outgoing, &settings()).unwrap().formatted()).unwrap()
}

fn refused(outgoing: &Outgoing) -> &'static str {
    match compose(outgoing, &settings()) {
        Err(SendError::Invalid { field, .. }) => field,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

// PITFALL-12, PITFALL-22
#[test]
fn what_identifies_a_mail_is_kept_and_repeats_exactly() {
    let mail = Outgoing {
        in_reply_to: Some("<c2@client.example>".into()),
        references: (0..40).map(|n| format!("<a-rather-long-identifier-{n}@client.example>")).collect(),
        ..outgoing()
    };
    let text = written(&mail);
    assert!(text.contains("Message-ID: <m1@ateliersud.example>\r\n"), "{text}");
    assert!(text.contains("Date: Thu, 01 Jan 2026 00:00:00 +0000\r\n"), "{text}");
    assert!(text.contains("In-Reply-To: <c2@client.example>\r\n"), "{text}");
    let unfolded = text.replace("\r\n ", " ").replace("  ", " ");
    assert!(unfolded.contains(&format!("References: {}\r\n", mail.references.join(" "))), "{unfolded}");
    assert!(text.lines().all(|line| line.len() <= LINE_LIMIT));
    assert_eq!(written(&mail), text);
}

#[test]
fn letters_outside_ascii_travel_as_encoded_words() {
    let mail = Outgoing {
        subject: "Réponse à votre commande n° 12 — merci".into(),
        text: "Très bien\n.\nÀ bientôt".into(),
        ..outgoing()
    };
    let text = written(&mail);
    assert!(text.is_ascii());
    assert!(text.contains("Subject: =?utf-8?b?"), "{text}");
    assert!(text.contains("From: \"Atelier Sud\" <bonjour@ateliersud.example>"), "{text}");
    assert!(text.contains("To: =?utf-8?b?Wm/Dqw==?= <zoe@client.example>"), "{text}");
}

#[test]
fn html_comes_beside_plain_text_and_after_it() {
    let text = written(&Outgoing { html: Some("<p>Bonjour</p>".into()), ..outgoing() });
    assert!(text.contains("Content-Type: multipart/alternative"), "{text}");
    let plain = text.find("Content-Type: text/plain; charset=utf-8").unwrap();
    let html = text.find("Content-Type: text/html; charset=utf-8").unwrap();
    assert!(plain < html, "the preferred alternative stands last");
}

#[test]
fn an_invitation_is_an_alternative_and_a_file() {
    let text = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Démo\r\nEND:VCALENDAR\r\n";
    let calendar = Some(Calendar { method: "REQUEST".into(), text: text.into() });
    let written = written(&Outgoing { html: Some("<p>Bonjour</p>".into()), calendar, ..outgoing() });
    let at = |part: &str| written.find(part).unwrap_or_else(|| panic!("{part} is missing: {written}"));
    let order = [
        "Content-Type: multipart/mixed",
        "Content-Type: multipart/alternative",
        "Content-Type: text/plain",
        "Content-Type: text/html",
        "Content-Type: text/calendar; charset=utf-8; method=REQUEST",
        "Content-Disposition: attachment; filename=\"invite.ics\"",
    ];
    assert!(order.map(at).is_sorted(), "{written}");
    assert!(written.is_ascii());
    let calendar = Some(Calendar { method: "REQUEST\r\nBcc: x@y".into(), text: text.into() });
    assert_eq!(refused(&Outgoing { calendar, ..outgoing() }), "calendar");
}

// PITFALL-23
#[test]
fn automatic_mails_say_so() {
    let header = (AUTO_GENERATED.0.to_owned(), AUTO_GENERATED.1.to_owned());
    let text = written(&Outgoing { headers: vec![header], ..outgoing() });
    assert!(text.contains("Auto-Submitted: auto-generated\r\n"), "{text}");
}

#[test]
fn line_ends_in_header_values_are_refused() {
    let evil = "x\r\nBcc: victim@example.com";
    let to = |address: &str| vec![Mailbox::unnamed(address)];
    let cases = [
        ("subject", Outgoing { subject: evil.into(), ..outgoing() }),
        ("subject", Outgoing { subject: "a\nb".into(), ..outgoing() }),
        ("message_id", Outgoing { message_id: format!("<{evil}@x>"), ..outgoing() }),
        ("message_id", Outgoing { message_id: "m1@x".into(), ..outgoing() }),
        ("message_id", Outgoing { message_id: "<m 1@x>".into(), ..outgoing() }),
        ("in_reply_to", Outgoing { in_reply_to: Some(evil.into()), ..outgoing() }),
        ("references", Outgoing { references: vec!["<a@b>".into(), evil.into()], ..outgoing() }),
        ("to", Outgoing { to: to("a@b.example\r\nRCPT TO:<c@d.example>"), ..outgoing() }),
        ("to", Outgoing { to: to("not an address"), ..outgoing() }),
        ("to", Outgoing { to: Vec::new(), ..outgoing() }),
        (
            "to",
            Outgoing {
                to: vec![Mailbox { name: Some(evil.into()), address: "a@b.example".into() }],
                ..outgoing()
            },
        ),
        ("reply_to", Outgoing { reply_to: Some(Mailbox::unnamed("x@")), ..outgoing() }),
        ("from", Outgoing { from: Some(Mailbox::unnamed("@x")), ..outgoing() }),
        ("headers", Outgoing { headers: vec![("X-A".into(), evil.into())], ..outgoing() }),
        ("headers", Outgoing { headers: vec![("X-A: b\r\nBcc".into(), "x".into())], ..outgoing() }),
        ("headers", Outgoing { headers: vec![("bcc".into(), "a@b.example".into())], ..outgoing() }),
        ("headers", Outgoing { headers: vec![("Content-Type".into(), "text/html".into())], ..outgoing() }),
    ];
    for (field, mail) in cases {
        assert_eq!(refused(&mail), field, "{mail:?}");
    }
}
