//! The HTML of a link's page: what is painted before the program that runs in it has arrived.

use serde::Serialize;
use serde_json::value::RawValue;
use types::accounts::Locale;
use types::clips::SharedClip;
use web::page::{Color, colors, data_block, escape, head};

use super::texts::Texts;

/// Everything that the program in the page is told: the data block `rapport-config`.
#[derive(Debug, Serialize)]
pub(super) struct ClipConfig<'a> {
    /// The link's secret.
    pub(super) token: &'a str,
    /// The language.
    pub(super) locale: Locale,
    /// The texts of that language.
    pub(super) texts: &'a RawValue,
    /// What the clip is.
    pub(super) clip: &'a SharedClip,
}

/// Where the files of the program are found.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClipAssets<'a> {
    pub(super) style: &'a str,
    pub(super) script: &'a str,
    pub(super) program: &'a str,
}

/// The page. `nonce` is that of its `Content-Security-Policy`.
///
/// # Errors
/// When the configuration cannot be written as JSON.
pub(super) fn clip_page(
    config: &ClipConfig<'_>,
    color: Color,
    texts: &Texts,
    assets: ClipAssets<'_>,
    nonce: &str,
) -> Result<String, serde_json::Error> {
    let data = data_block(config)?;
    let clip = config.clip;
    let (title, company) = (escape(&clip.title), escape(&clip.company_name));
    let (style, script, program) = (escape(assets.style), escape(assets.script), escape(assets.program));
    let (loading, noscript) = (escape(texts.get("loading")), escape(texts.get("noscript")));
    let head = head(config.locale, None, &clip.title);
    let colors = colors(color, None);
    let length = length(clip.duration_ms);
    Ok(format!(
        r#"{head}<link rel="stylesheet" href="{style}">
<style nonce="{nonce}">{colors}</style>
<link rel="preload" href="{program}" as="fetch" type="application/wasm" crossorigin>
<script type="module" src="{script}"></script>
</head>
<body class="clip">
<main class="clip-page">
<header class="clip-head"><p class="clip-company">{company}</p><h1>{title}</h1><p class="clip-length">{length}</p></header>
<div id="clip" aria-busy="true"><p class="clip-loading" role="status">{loading}</p></div>
<noscript><p class="clip-noscript">{noscript}</p></noscript>
</main>
<script type="application/json" id="rapport-config">{data}</script>
</body>
</html>
"#
    ))
}

/// A length as people read it: `1:07`, or `1:02:03` from an hour on, as the player says it.
fn length(ms: i64) -> String {
    let seconds = ms / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use types::Timestamp;
    use types::clips::CutState;

    use super::super::texts;
    use super::*;

    fn page(title: &str) -> String {
        let clip = SharedClip {
            title: title.to_owned(),
            company_name: "Atelier Sud".to_owned(),
            color: "#0b6e4f".to_owned(),
            state: CutState::Ready,
            duration_ms: 30_040,
            has_picture: false,
            picture_left_out: false,
            has_password: false,
            has_transcript: true,
            expires_at: Timestamp(0),
        };
        let texts = texts::of(Locale::French).unwrap();
        let config = ClipConfig { token: "t0ken", locale: Locale::French, texts: texts.raw(), clip: &clip };
        let assets = ClipAssets {
            style: "/clip/assets/clip-1.css",
            script: "/clip/assets/clip-1.js",
            program: "/clip/assets/clip_bg-1.wasm",
        };
        clip_page(&config, clip.color.parse().unwrap(), &texts, assets, "n0nce").unwrap()
    }

    #[test]
    fn hostile_titles_stay_titles() {
        let page = page("</script><script>alert(1)</script>");
        assert!(!page.contains("<script>alert"), "{page}");
        let data = page.split(r#"id="rapport-config">"#).nth(1).unwrap().split("</script>").next().unwrap();
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["clip"]["title"], "</script><script>alert(1)</script>");
        assert_eq!(data["clip"]["duration_ms"], 30_040);
    }

    #[test]
    fn title_and_length_are_painted_before_the_program_is_there() {
        let page = page("Le prix");
        for text in
            [r#"<html lang="fr">"#, "<h1>Le prix</h1>", ">0:30<", "Atelier Sud", "noindex", "Chargement"]
        {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert!(!page.contains(" style="), "{page}");
    }
}
