//! The page inside the chat's iframe, rendered here so that something useful is painted at once.

mod policy;
mod shell;
mod texts;

use std::collections::HashMap;

use accounts::token::new_token;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use actix_web::web as actix;
use platform::{Error, Result, Tx};
use serde::Deserialize;
use serde_json::value::RawValue;
use types::WidgetId;
use types::channels::{WidgetLocale, WidgetStyle};
use web::page::{Color, Theme, notice_page};
use web::{Assets, OpenCall, Params, Reply, Routes};

use crate::access;
use crate::chat_widgets::store::WidgetRow;
use crate::visitors::TEXT_CHARACTERS;
use policy::content_security_policy;
use shell::{ChatAssets, ChatConfig, ChatLimits, ChatStyle, PageTexts};

/// The paths. A page is no part of the API's document.
pub(crate) fn routes(cfg: &mut Routes) {
    cfg.route("/chat/{widget_id}", actix::get().to(show_chat));
}

/// How the page is asked for. What is unknown or makes no sense is left aside: a site's page must not break over it.
#[derive(Debug, Default, Deserialize)]
struct ChatQuery {
    lang: Option<String>,
    theme: Option<String>,
    /// `1` shows how the widget would look with the style that follows, and stores nothing.
    preview: Option<String>,
    color: Option<String>,
    title: Option<String>,
    welcome: Option<String>,
}

impl ChatQuery {
    fn is_preview(&self) -> bool {
        self.preview.as_deref() == Some("1")
    }

    fn theme(&self) -> Option<Theme> {
        match self.theme.as_deref() {
            Some("light") => Some(Theme::Light),
            Some("dark") => Some(Theme::Dark),
            _ => None,
        }
    }

    /// The language: the widget's own, else the site's, else the browser's, else English. A preview asks for its own.
    fn locale(&self, widget: Option<WidgetLocale>, accepted: &str) -> WidgetLocale {
        let asked = self.lang.as_deref().and_then(texts::wanted);
        let chosen = if self.is_preview() { asked.or(widget) } else { widget.or(asked) };
        chosen.or_else(|| texts::wanted(accepted)).unwrap_or(WidgetLocale::English)
    }

    /// The style with what a preview changes about it.
    fn style(&self, mut style: WidgetStyle) -> WidgetStyle {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        if self.is_preview() {
            style.title = given(&self.title);
            style.welcome = given(&self.welcome);
            if let Some(color) = &self.color {
                style.color.clone_from(color);
            }
        }
        style
    }
}

/// What the page shows that stands in the database.
struct Shown {
    widget: WidgetRow,
    company_name: String,
}

/// Serves the page of a widget; a friendly one with 404 when there is no such widget or it is off.
async fn show_chat(call: OpenCall, path: actix::Path<String>, query: Params<ChatQuery>) -> Reply {
    let nonce = new_token();
    let accepted = call.request().headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let accepted = accepted.unwrap_or_default().to_owned();
    let found = match path.parse::<WidgetId>() {
        Ok(id) => {
            let preview = query.is_preview();
            call.query(move |tx| find(tx, id, preview)).await
        }
        Err(_) => Err(Error::NotFound),
    };
    match found {
        Ok(shown) => {
            let html = render(&call, &shown, &query, &accepted, &nonce)?;
            let server = &call.ctx().config().server;
            let own = [server.spa_origin.as_str()];
            let policy = content_security_policy(&shown.widget.allowed_origins.0, &own, &nonce);
            Ok(page(StatusCode::OK, policy, html))
        }
        Err(Error::NotFound) => {
            let locale = query.locale(None, &accepted);
            let texts = texts_of(locale)?;
            let text = |key| text(&texts, key);
            let (title, detail) = (text("not_found_title"), text("not_found_detail"));
            let html = notice_page(locale, title, detail, query.theme(), &nonce);
            Ok(page(StatusCode::NOT_FOUND, content_security_policy(&[], &[], &nonce), html))
        }
        Err(other) => Err(other.into()),
    }
}

/// The widget, also one that is off when it is only previewed: its style is no secret.
fn find(tx: &mut Tx<'_>, id: WidgetId, preview: bool) -> Result<Shown> {
    let widget = if preview { access::widget_to_preview(tx, id)? } else { access::open_widget(tx, id)? };
    let company_name = accounts::settings::load(tx)?.company_name;
    Ok(Shown { widget, company_name })
}

fn render(call: &OpenCall, shown: &Shown, query: &ChatQuery, accepted: &str, nonce: &str) -> Result<String> {
    let style = query.style(shown.widget.style.0.clone());
    let locale = query.locale(style.locale, accepted);
    let texts = texts_of(locale)?;
    // A preview is shown while somebody types: until the colour is whole, the one of before stays.
    let color = style.color.parse().or_else(|_| shown.widget.style.0.color.parse()).unwrap_or(Color::BLACK);
    let limits = &call.ctx().config().limits;
    let raw: &RawValue = serde_json::from_str(texts::json(locale))?;
    let config = ChatConfig {
        widget_id: shown.widget.id,
        api_base: "",
        locale,
        texts: raw,
        style: ChatStyle {
            color: color.to_string(),
            ink_color: color.ink().to_string(),
            position: style.position,
            title: style.title.as_deref().unwrap_or(&shown.company_name),
            welcome: style.welcome.as_deref().unwrap_or_else(|| text(&texts, "welcome")),
            launcher_label: style.launcher_label.as_deref(),
        },
        company_name: &shown.company_name,
        preview: query.is_preview(),
        parent_origins: &shown.widget.allowed_origins.0,
        limits: ChatLimits {
            message_characters: TEXT_CHARACTERS,
            attachment_bytes: limits.attachment_bytes,
            attachments_per_message: limits.attachments_per_message,
        },
    };
    let assets = call.ctx().extension::<Assets>()?;
    let path =
        |name| assets.path(name).ok_or_else(|| Error::Unavailable(format!("{name} has not been built")));
    let assets = ChatAssets {
        style: path("chat/chat.css")?,
        script: path("chat/chat.js")?,
        program: path("chat/chat_bg.wasm")?,
    };
    let page_texts = PageTexts { noscript: text(&texts, "noscript"), loading: text(&texts, "loading") };
    Ok(shell::chat_page(&config, color, page_texts, assets, query.theme(), nonce)?)
}

type Texts = HashMap<&'static str, &'static str>;

fn texts_of(locale: WidgetLocale) -> Result<Texts> {
    Ok(serde_json::from_str(texts::json(locale))?)
}

fn text(texts: &Texts, key: &str) -> &'static str {
    texts.get(key).copied().unwrap_or_default()
}

fn page(status: StatusCode, policy: String, html: String) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_SECURITY_POLICY, policy))
        .body(html)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat_widgets::default_style;

    fn query(pairs: &[(&str, &str)]) -> ChatQuery {
        let object: serde_json::Map<_, _> =
            pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())).collect();
        serde_json::from_value(object.into()).unwrap()
    }

    #[test]
    fn the_widgets_language_comes_first() {
        let french = Some(WidgetLocale::French);
        let asked = query(&[("lang", "de-CH")]);
        assert_eq!(asked.locale(french, "es"), WidgetLocale::French);
        assert_eq!(asked.locale(None, "es"), WidgetLocale::German);
        assert_eq!(query(&[("lang", "it")]).locale(None, "es"), WidgetLocale::Spanish);
        assert_eq!(query(&[]).locale(None, ""), WidgetLocale::English);
        let preview = query(&[("lang", "de"), ("preview", "1")]);
        assert_eq!(preview.locale(french, "es"), WidgetLocale::German);
    }

    #[test]
    fn only_a_preview_changes_the_style() {
        let changes = [("color", "#000000"), ("title", "Shop"), ("welcome", " ")];
        let stored = WidgetStyle { welcome: Some("Hi".to_owned()), ..default_style() };
        assert_eq!(query(&changes).style(stored.clone()), stored);
        let preview: Vec<_> = changes.into_iter().chain([("preview", "1")]).collect();
        let style = query(&preview).style(stored);
        assert_eq!(style.color, "#000000");
        assert_eq!(style.title.as_deref(), Some("Shop"));
        assert_eq!(style.welcome, None);
    }

    #[test]
    fn every_text_of_the_page_exists() {
        for &locale in WidgetLocale::ALL {
            let texts = texts_of(locale).unwrap();
            for key in ["welcome", "noscript", "loading", "not_found_title", "not_found_detail"] {
                assert!(!text(&texts, key).is_empty(), "{locale} {key}");
            }
        }
    }
}
