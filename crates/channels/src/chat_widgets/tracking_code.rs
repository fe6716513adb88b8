//! The HTML that a site puts into each of its pages.

use types::WidgetId;
use types::channels::WidgetStyle;
use web::page::escape;

/// The script tag of the loader. What the launcher looks like stands in it, so that the loader needs no request.
pub fn tracking_code(public_url: &str, widget: WidgetId, style: &WidgetStyle) -> String {
    let mut tag = format!(
        r#"<script async src="{}/embed/rapport.js" data-widget="{widget}" data-color="{}" data-position="{}""#,
        escape(public_url),
        escape(&style.color),
        style.position,
    );
    if let Some(label) = &style.launcher_label {
        tag.push_str(&format!(r#" data-label="{}""#, escape(label)));
    }
    if let Some(locale) = style.locale {
        tag.push_str(&format!(r#" data-lang="{locale}""#));
    }
    tag.push_str("></script>");
    tag
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::channels::{WidgetLocale, WidgetPosition};

    #[test]
    fn the_tag_carries_the_look_and_escapes_it() {
        let mut style = WidgetStyle {
            color: "#0b6e4f".to_owned(),
            position: WidgetPosition::Left,
            title: None,
            welcome: None,
            launcher_label: None,
            locale: None,
        };
        let plain = r##"<script async src="https://chat.example/embed/rapport.js" data-widget="7" data-color="#0b6e4f" data-position="left"></script>"##;
        assert_eq!(tracking_code("https://chat.example", WidgetId(7), &style), plain);
        style.launcher_label = Some(r#"Ask "us" <now>"#.to_owned());
        style.locale = Some(WidgetLocale::French);
        let code = tracking_code("https://chat.example", WidgetId(7), &style);
        assert!(
            code.ends_with(r#" data-label="Ask &quot;us&quot; &lt;now&gt;" data-lang="fr"></script>"#),
            "{code}"
        );
    }
}
