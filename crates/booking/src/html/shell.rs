//! The HTML of a page: what is painted before the program that runs in it has arrived.

use serde::Serialize;
use serde_json::value::RawValue;
use types::booking::{BookedMeeting, BookingLanguage, BookingPage};
use web::page::{Color, Theme, colors, data_block, escape, head, indexed_head};

use super::texts::Texts;

/// Everything that the program in the page is told: the data block `rapport-config`.
#[derive(Debug, Serialize)]
pub(super) struct PageConfig<'a> {
    /// The locale that dates and times are written by.
    pub(super) locale: &'a str,
    /// The texts of the link's language.
    pub(super) texts: &'a RawValue,
    /// Whether the page stands in one of somebody else.
    pub(super) is_embedded: bool,
    /// The link's page.
    pub(super) page: Option<&'a BookingPage>,
    /// The meeting, on its own page.
    pub(super) booked: Option<&'a BookedMeeting>,
}

/// Where the files of the program are found.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageAssets<'a> {
    pub(super) style: &'a str,
    pub(super) script: &'a str,
    pub(super) program: &'a str,
}

/// The page, in a language and perhaps to be found by search engines. `nonce` is that of its `Content-Security-Policy`.
///
/// # Errors
/// When the configuration cannot be written as JSON.
pub(super) fn booking_page(
    config: &PageConfig<'_>,
    (language, is_indexed): (BookingLanguage, bool),
    (color, theme): (Color, Option<Theme>),
    texts: &Texts,
    assets: PageAssets<'_>,
    nonce: &str,
) -> Result<String, serde_json::Error> {
    let data = data_block(config)?;
    let (style, script, program) = (escape(assets.style), escape(assets.script), escape(assets.program));
    let noscript = escape(texts.get("noscript"));
    let title = title(config);
    let head = if is_indexed { indexed_head(language, theme, title) } else { head(language, theme, title) };
    let colors = colors(color, theme);
    let class = if config.is_embedded { "book book-embedded" } else { "book" };
    let card = card(config, texts);
    Ok(format!(
        r#"{head}<link rel="stylesheet" href="{style}">
<style nonce="{nonce}">{colors}</style>
<link rel="preload" href="{program}" as="fetch" type="application/wasm" crossorigin>
<script type="module" src="{script}"></script>
</head>
<body class="{class}">
<main class="book-page">
<div id="booking" aria-busy="true">{card}</div>
<noscript><p class="book-noscript">{noscript}</p></noscript>
</main>
<script type="application/json" id="rapport-config">{data}</script>
</body>
</html>
"#
    ))
}

fn title<'a>(config: &PageConfig<'a>) -> &'a str {
    match (config.page, config.booked) {
        (_, Some(booked)) => &booked.title,
        (Some(page), None) => &page.title,
        (None, None) => "",
    }
}

/// Who is met and what for, and the shape of what comes beside it. The program builds the same, so nothing jumps.
fn card(config: &PageConfig<'_>, texts: &Texts) -> String {
    let who = match (config.page, config.booked) {
        (Some(page), _) => who(page, texts),
        (None, Some(booked)) => format!(r#"<h1>{}</h1>"#, escape(&booked.title)),
        (None, None) => String::new(),
    };
    let loading = escape(texts.get("loading"));
    let beside = if config.booked.is_some() {
        format!(
            r#"<section class="book-meeting"><p class="book-muted" role="status">{loading}</p></section>"#
        )
    } else {
        let bars = "<i></i>".repeat(5);
        let days = "<i></i>".repeat(35);
        format!(
            r#"<section class="book-choose"><div class="book-calendar"><p class="book-title" role="status">{loading}</p><div class="book-bones" aria-hidden="true">{days}</div></div><div class="book-times" aria-hidden="true"><div class="book-bars">{bars}</div></div></section>"#
        )
    };
    format!(
        r#"<div class="book-screen"><div class="book-card" data-step="choose" data-span="month"><section class="book-who">{who}</section>{beside}</div></div>"#
    )
}

fn who(page: &BookingPage, texts: &Texts) -> String {
    let names: Vec<&str> = page.hosts.iter().map(|host| host.name.as_str()).collect();
    let names = if names.is_empty() { page.account_name.clone() } else { names.join(", ") };
    let logo = page.logo_url.as_ref().map(|url| {
        format!(r#"<img class="book-logo" src="{}" alt="{}">"#, escape(url), escape(&page.account_name))
    });
    let host_photo = page.hosts.first().and_then(|host| host.photo_url.as_ref());
    let portrait = match page.photo_url.as_ref().or(host_photo) {
        Some(url) => format!(r#"<img class="book-portrait" src="{}" alt="">"#, escape(url)),
        None => {
            let initials: String = names.split(' ').filter_map(|word| word.chars().next()).take(2).collect();
            format!(r#"<span class="book-portrait" aria-hidden="true">{}</span>"#, escape(&initials))
        }
    };
    let minutes = page.durations_minutes.first().map(|minutes| {
        let text = texts.get("minutes").replace("{minutes}", &minutes.to_string());
        format!(r#"<p class="book-fact">{}</p>"#, escape(&text))
    });
    let description =
        page.description.as_ref().map(|text| format!(r#"<p class="book-description">{}</p>"#, escape(text)));
    format!(
        r#"{}{portrait}<p class="book-host">{}</p><h1>{}</h1>{}{}"#,
        logo.unwrap_or_default(),
        escape(&names),
        escape(&page.title),
        minutes.unwrap_or_default(),
        description.unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use types::Date;
    use types::booking::{BookingPageState, PageHost};

    use super::super::texts;
    use super::*;

    fn page(title: &str) -> BookingPage {
        BookingPage {
            slug: "ana/intro".into(),
            state: BookingPageState::Open,
            title: title.into(),
            account_name: "Atelier Sud".into(),
            hosts: vec![PageHost { name: "Ana Ruiz".into(), photo_url: None }],
            photo_url: None,
            logo_url: Some("/v1/logo?a=1&b=2".into()),
            accent_color: "#0b6e4f".into(),
            durations_minutes: vec![30, 60],
            location: None,
            has_conference: true,
            description: Some("Bring <b>drawings</b>".into()),
            language: BookingLanguage::French,
            country: "FR".into(),
            host_time_zone: "Europe/Paris".into(),
            form: Vec::new(),
            consent: None,
            allows_guests: false,
            requires_confirmation: false,
            verifies_email: false,
            first_date: Date::of(2026, 6, 12),
            last_date: Date::of(2026, 8, 12),
        }
    }

    fn rendered(title: &str, is_embedded: bool) -> String {
        let (page, texts) = (page(title), texts::of(BookingLanguage::French).unwrap());
        let config =
            PageConfig { locale: "fr-FR", texts: texts.raw(), is_embedded, page: Some(&page), booked: None };
        let assets = PageAssets {
            style: "/booking/assets/booking-1.css",
            script: "/booking/assets/booking-1.js",
            program: "/booking/assets/booking_bg-1.wasm",
        };
        let about = (BookingLanguage::French, !is_embedded);
        booking_page(&config, about, ("#0b6e4f".parse().unwrap(), None), &texts, assets, "n0nce").unwrap()
    }

    #[test]
    fn hostile_titles_stay_titles() {
        let page = rendered("</script><script>alert(1)</script>", false);
        assert!(!page.contains("<script>alert"), "{page}");
        let data = page.split(r#"id="rapport-config">"#).nth(1).unwrap().split("</script>").next().unwrap();
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["page"]["title"], "</script><script>alert(1)</script>");
        assert_eq!(data["locale"], "fr-FR");
    }

    #[test]
    fn who_is_met_is_painted_before_the_program_is_there() {
        let page = rendered("Visite", false);
        let expected = [
            r#"<html lang="fr">"#,
            "<h1>Visite</h1>",
            ">Ana Ruiz<",
            ">AR<",
            "30 minutes",
            "Bring &lt;b&gt;",
            "/v1/logo?a=1&amp;b=2",
            "nonce=\"n0nce\"",
        ];
        for text in expected {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert!(!page.contains(" style="), "{page}");
        assert!(!page.contains("noindex"), "{page}");
    }

    #[test]
    fn embedded_it_is_not_to_be_found() {
        let page = rendered("Visite", true);
        assert!(page.contains(r#"content="noindex""#) && page.contains("book-embedded"), "{page}");
    }
}
