//! The values of a chat widget while they are changed.

use leptos::prelude::*;
use types::channels::{ChatWidget, UpdateChatWidget, WidgetPosition, WidgetStyle};

/// What is typed on the page of a widget.
#[derive(Clone, Copy)]
pub struct WidgetForm {
    pub name: RwSignal<String>,
    pub inbox: RwSignal<String>,
    pub enabled: RwSignal<bool>,
    pub color: RwSignal<String>,
    pub position: RwSignal<String>,
    pub title: RwSignal<String>,
    pub welcome: RwSignal<String>,
    pub launcher_label: RwSignal<String>,
    pub locale: RwSignal<String>,
    /// One origin a line.
    pub origins: RwSignal<String>,
    pub require_signed_identity: RwSignal<bool>,
}

impl WidgetForm {
    /// Empty until a widget is shown.
    pub fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            name: text(),
            inbox: text(),
            enabled: RwSignal::new(true),
            color: text(),
            position: text(),
            title: text(),
            welcome: text(),
            launcher_label: text(),
            locale: text(),
            origins: text(),
            require_signed_identity: RwSignal::new(false),
        }
    }

    /// Puts in what is saved.
    pub fn show(self, widget: &ChatWidget) {
        let ChatWidget { style, .. } = widget;
        self.name.set(widget.name.clone());
        self.inbox.set(widget.inbox_id.to_string());
        self.enabled.set(widget.enabled);
        self.color.set(style.color.clone());
        self.position.set(style.position.to_string());
        self.title.set(style.title.clone().unwrap_or_default());
        self.welcome.set(style.welcome.clone().unwrap_or_default());
        self.launcher_label.set(style.launcher_label.clone().unwrap_or_default());
        self.locale.set(style.locale.map(|locale| locale.to_string()).unwrap_or_default());
        self.origins.set(widget.allowed_origins.join("\n"));
        self.require_signed_identity.set(widget.require_signed_identity);
    }

    /// What to save; the inbox stays as it is while none is chosen. Tracked.
    pub fn request(self, saved: &ChatWidget) -> UpdateChatWidget {
        let given =
            |text: RwSignal<String>| Some(text.get().trim().to_owned()).filter(|text| !text.is_empty());
        UpdateChatWidget {
            name: self.name.get().trim().to_owned(),
            inbox_id: self.inbox.get().parse().unwrap_or(saved.inbox_id),
            enabled: self.enabled.get(),
            style: WidgetStyle {
                color: self.color.get().trim().to_owned(),
                position: self.position.get().parse().unwrap_or(WidgetPosition::Right),
                title: given(self.title),
                welcome: given(self.welcome),
                launcher_label: given(self.launcher_label),
                locale: self.locale.get().parse().ok(),
            },
            allowed_origins: self.origins(),
            require_signed_identity: self.require_signed_identity.get(),
        }
    }

    /// The origins without empty lines. Tracked.
    fn origins(self) -> Vec<String> {
        let lines = self.origins.get();
        lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
    }

    /// Whether something differs from what is saved. Tracked.
    pub fn differs(self, saved: &ChatWidget) -> bool {
        let now = self.request(saved);
        now.name != saved.name
            || now.inbox_id != saved.inbox_id
            || now.enabled != saved.enabled
            || now.style != saved.style
            || now.allowed_origins != saved.allowed_origins
            || now.require_signed_identity != saved.require_signed_identity
    }

    /// The number of the first line, from 1, that is no origin: a scheme, a host and perhaps a port (RFC 6454). Tracked.
    pub fn wrong_origin(self) -> Option<usize> {
        self.origins.with(|origins| {
            let wrong = |line: &str| !line.trim().is_empty() && !is_origin(line.trim());
            origins.lines().position(wrong).map(|index| index + 1)
        })
    }

    /// The line, from 1, of the n-th origin, from 0. Tracked.
    pub fn line_of_origin(self, index: usize) -> usize {
        self.origins.with(|origins| {
            let mut filled = origins.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            filled.nth(index).map_or(1, |(line, _)| line + 1)
        })
    }
}

/// Whether a text looks like an origin. The server looks closer.
fn is_origin(text: &str) -> bool {
    let text = text.to_lowercase();
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = host.map(|host| host.strip_suffix('/').unwrap_or(host));
    host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ', '*']))
}

#[cfg(test)]
mod tests {
    use super::is_origin;

    #[test]
    fn an_origin_is_scheme_and_host_alone() {
        assert!(is_origin("https://www.example.org"));
        assert!(is_origin("HTTP://localhost:3000/"));
        for wrong in ["www.example.org", "https://", "https://example.org/shop", "https://*.example.org"] {
            assert!(!is_origin(wrong), "{wrong}");
        }
    }
}
