//! The chat as it will look, while its style is changed.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use types::WidgetId;
use types::channels::ChatWidget;
use ui::{Icon, IconName};

use super::form::WidgetForm;
use crate::context::{App, use_app};
use crate::texts::text;

/// After the last change, before the preview is loaded anew.
const PAUSE: Duration = Duration::from_millis(400);

/// The chat's own page in a frame, and the launcher below it.
#[component]
pub fn Preview(
    /// What is typed.
    form: WidgetForm,
    /// What is saved.
    widget: Memo<Option<ChatWidget>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let id = Memo::new(move |_| widget.with(|widget| widget.as_ref().map(|widget| widget.id)));
    let address = RwSignal::new(None::<String>);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let Some(wanted) = id.get().map(|id| preview_address(app, form, id)) else { return };
        if address.with_untracked(Option::is_none) {
            address.set(Some(wanted));
            return;
        }
        if let Some(timer) = waiting.get_value() {
            timer.clear();
        }
        let show = move || {
            // The tab may have been left by now.
            let _ = address.try_set(Some(wanted));
        };
        // Without a timer the preview merely stays as it is.
        waiting.set_value(set_timeout_with_handle(show, PAUSE).ok());
    });
    let is_left = move || form.position.with(|position| position == "left");
    let color = move || form.color.with(|color| color.trim().to_owned());
    let words = move || form.launcher_label.with(|words| words.trim().to_owned());
    view! {
        <section class="chat-preview" aria-label=text!(i18n, chat.preview)>
            <h2>{text!(i18n, chat.preview)}</h2>
            <p class="muted">{text!(i18n, chat.preview_hint)}</p>
            <div class="stage" class:left=is_left>
                <iframe title=text!(i18n, chat.preview) src=move || address.get()></iframe>
                <span
                    class="launcher"
                    class:round=move || words().is_empty()
                    style:background-color=color
                    style:color=move || ink_on(&color())
                >
                    <Icon name=IconName::Chat />
                    {words}
                </span>
            </div>
        </section>
    }
    .into_any()
}

fn preview_address(app: App, form: WidgetForm, id: WidgetId) -> String {
    let encoded = |text: RwSignal<String>| String::from(js_sys::encode_uri_component(text.get().trim()));
    let theme = document().document_element().and_then(|root| root.get_attribute("data-theme"));
    let mut path = format!(
        "/chat/{id}?preview=1&color={}&title={}&welcome={}",
        encoded(form.color),
        encoded(form.title),
        encoded(form.welcome),
    );
    for (name, value) in [("lang", form.locale.get()), ("theme", theme.unwrap_or_default())] {
        if !value.is_empty() {
            path.push_str(&format!("&{name}={value}"));
        }
    }
    app.session.server_url(&path)
}

/// Black or white, whichever has the higher contrast on a colour written `#rrggbb` (relative luminance of WCAG 2.2).
fn ink_on(color: &str) -> &'static str {
    let channel = |at: usize| {
        let byte = color.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or(0);
        let value = f64::from(byte) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
    // Where both have the same contrast: (1.05 / (l + 0.05)) = ((l + 0.05) / 0.05).
    if luminance > 0.1791 { "#000000" } else { "#ffffff" }
}

#[cfg(test)]
mod tests {
    use super::ink_on;

    #[test]
    fn the_ink_is_the_one_that_is_easier_to_read() {
        assert_eq!(ink_on("#4b3fe4"), "#ffffff");
        assert_eq!(ink_on("#ffd400"), "#000000");
        assert_eq!(ink_on("nonsense"), "#ffffff");
    }
}
