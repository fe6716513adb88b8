//! The HTML of the chat's iframe: what is painted before the program that runs in it has arrived.

use serde::Serialize;
use serde_json::value::RawValue;
use types::WidgetId;
use types::channels::{WidgetLocale, WidgetPosition};
use web::page::{Color, Theme, colors, data_block, escape, head};

/// Everything that the program in the page is told: the data block `rapport-config`.
#[derive(Debug, Serialize)]
pub struct ChatConfig<'a> {
    /// The widget.
    pub widget_id: WidgetId,
    /// What paths of the API start with; empty for this server.
    pub api_base: &'a str,
    /// The language.
    pub locale: WidgetLocale,
    /// The texts of that language.
    pub texts: &'a RawValue,
    /// How it looks and what it says, defaults filled in.
    pub style: ChatStyle<'a>,
    /// The company's name.
    pub company_name: &'a str,
    /// Whether it only shows how it would look: no session is started, nothing is sent.
    pub preview: bool,
    /// The origins that may embed it; empty for any.
    pub parent_origins: &'a [String],
    /// What a visitor may send.
    pub limits: ChatLimits,
}

/// How the chat looks and what it says.
#[derive(Debug, Serialize)]
pub struct ChatStyle<'a> {
    /// The accent colour as `#rrggbb`.
    pub color: String,
    /// Black or white: what reads on the accent colour.
    pub ink_color: String,
    /// The side of the launcher.
    pub position: WidgetPosition,
    /// The heading.
    pub title: &'a str,
    /// The sentence below it.
    pub welcome: &'a str,
    /// The words on the launcher.
    pub launcher_label: Option<&'a str>,
}

/// What a visitor may send.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ChatLimits {
    /// The longest message, in characters.
    pub message_characters: usize,
    /// The largest file, in bytes.
    pub attachment_bytes: u64,
    /// How many files a message may have.
    pub attachments_per_message: usize,
}

/// Where the files of the chat's program are found.
#[derive(Clone, Copy, Debug)]
pub struct ChatAssets<'a> {
    /// The style sheet.
    pub style: &'a str,
    /// The script that starts the program.
    pub script: &'a str,
    /// The program.
    pub program: &'a str,
}

/// The texts that the page itself shows.
#[derive(Clone, Copy, Debug)]
pub struct PageTexts<'a> {
    /// That the chat needs JavaScript.
    pub noscript: &'a str,
    /// That the chat is being loaded.
    pub loading: &'a str,
}

/// The page. `nonce` is that of its `Content-Security-Policy`.
///
/// # Errors
/// When the configuration cannot be written as JSON.
pub fn chat_page(
    config: &ChatConfig<'_>,
    color: Color,
    texts: PageTexts<'_>,
    assets: ChatAssets<'_>,
    theme: Option<Theme>,
    nonce: &str,
) -> Result<String, serde_json::Error> {
    let data = data_block(config)?;
    let (title, welcome) = (escape(config.style.title), escape(config.style.welcome));
    let (style, script, program) = (escape(assets.style), escape(assets.script), escape(assets.program));
    let (loading, noscript) = (escape(texts.loading), escape(texts.noscript));
    let head = head(config.locale, theme, config.style.title);
    let colors = colors(color, theme);
    Ok(format!(
        r#"{head}<link rel="stylesheet" href="{style}">
<style nonce="{nonce}">{colors}</style>
<link rel="preload" href="{program}" as="fetch" type="application/wasm" crossorigin>
<script type="module" src="{script}"></script>
</head>
<body class="chat">
<div id="chat-shell" class="chat-shell" aria-busy="true">
<header class="chat-header"><h1 class="chat-title">{title}</h1><p class="chat-welcome">{welcome}</p></header>
<div class="chat-skeleton" role="status" aria-label="{loading}"><i></i><i></i><i></i></div>
</div>
<div id="chat"></div>
<noscript><p class="chat-noscript">{noscript}</p></noscript>
<script type="application/json" id="rapport-config">{data}</script>
</body>
</html>
"#
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat_page::texts;

    fn page(title: &str, theme: Option<Theme>) -> String {
        let texts: Box<RawValue> = serde_json::from_str(texts::json(WidgetLocale::French)).unwrap();
        let color: Color = "#0b6e4f".parse().unwrap();
        let config = ChatConfig {
            widget_id: WidgetId(7),
            api_base: "",
            locale: WidgetLocale::French,
            texts: &texts,
            style: ChatStyle {
                color: color.to_string(),
                ink_color: color.ink().to_string(),
                position: WidgetPosition::Right,
                title,
                welcome: "Bonjour !",
                launcher_label: None,
            },
            company_name: "Atelier Sud",
            preview: false,
            parent_origins: &[],
            limits: ChatLimits {
                message_characters: 10_000,
                attachment_bytes: 1,
                attachments_per_message: 10,
            },
        };
        let assets = ChatAssets {
            style: "/chat/assets/chat-1.css",
            script: "/chat/assets/chat-1.js",
            program: "/chat/assets/chat_bg-1.wasm",
        };
        let texts = PageTexts { noscript: "JavaScript", loading: "Chargement" };
        chat_page(&config, color, texts, assets, theme, "n0nce").unwrap()
    }

    #[test]
    fn hostile_texts_stay_texts() {
        let page = page("</script><script>alert(1)</script>", None);
        assert!(!page.contains("<script>alert"), "{page}");
        assert!(page.contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1>"), "{page}");
        let data = page.split(r#"id="rapport-config">"#).nth(1).unwrap().split("</script>").next().unwrap();
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["style"]["title"], "</script><script>alert(1)</script>");
        assert_eq!(data["texts"]["send"], "Envoyer");
        assert_eq!(data["widget_id"], "7");
    }

    #[test]
    fn the_page_says_its_language_and_theme() {
        let dark = page("Atelier Sud", Some(Theme::Dark));
        assert!(dark.contains(r#"<html lang="fr" data-theme="dark">"#), "{dark}");
        let system = page("Atelier Sud", None);
        assert!(
            system.contains(r#"<html lang="fr">"#) && system.contains("prefers-color-scheme"),
            "{system}"
        );
    }

    #[test]
    fn nothing_inline_runs_and_only_the_nonce_styles() {
        let page = page("Atelier Sud", None);
        assert!(!page.contains(" style="), "{page}");
        let scripts: Vec<_> = page.match_indices("<script").collect();
        assert_eq!(scripts.len(), 2);
        assert!(page.contains(r#"<script type="module" src="/chat/assets/chat-1.js"></script>"#));
        assert!(page.contains(r#"<style nonce="n0nce">"#));
    }
}
