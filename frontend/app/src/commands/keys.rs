//! Turns keys into commands. A single letter means a command only where nothing is being typed.

use leptos::{ev, ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{COMMANDS, Commands, Entry};
use crate::browser;

/// The second key of a pair has to follow within this time, in milliseconds.
const PAIR_MS: f64 = 1500.0;

/// A first key and when it was pressed.
type First = Option<(String, f64)>;

pub(super) fn listen(commands: Commands) {
    let first = StoredValue::new(First::None);
    let listener = window_event_listener(ev::keydown, move |event| on_key(commands, first, &event));
    on_cleanup(move || listener.remove());
}

fn on_key(commands: Commands, first: StoredValue<First>, event: &KeyboardEvent) {
    if event.default_prevented() || event.alt_key() || event.repeat() && event.key().len() > 1 {
        return;
    }
    let chord = event.ctrl_key() || event.meta_key();
    if is_dialog_open() || (!chord && is_typing(event)) {
        return;
    }
    let key = name(event, chord);
    if key == "Space" && is_on_control(event) {
        return;
    }
    let pair = first
        .get_value()
        .filter(|(_, at)| browser::now_ms() - at < PAIR_MS)
        .map(|(k, _)| format!("{k} {key}"));
    let is_wanted = |entry: &&Entry, keys: &str| {
        entry.keys.split('|').any(|own| own == keys) && untrack(|| commands.is_offered(entry.command))
    };
    let wanted = |keys: &str| COMMANDS.iter().find(|entry| is_wanted(entry, keys));
    let entry = pair.as_deref().and_then(wanted).or_else(|| wanted(&key));
    first.set_value(None);
    if let Some(entry) = entry {
        if commands.run(entry.command) {
            event.prevent_default();
        }
    } else if COMMANDS
        .iter()
        .any(|entry| entry.keys.strip_prefix(&key).is_some_and(|rest| rest.starts_with(' ')))
    {
        first.set_value(Some((key, browser::now_ms())));
    }
}

/// The key as the registry writes it.
fn name(event: &KeyboardEvent, chord: bool) -> String {
    let key = event.key();
    if chord {
        format!("Mod+{}", key.to_lowercase())
    } else if key == " " {
        "Space".to_owned()
    } else if event.shift_key() && key.chars().all(char::is_alphabetic) {
        format!("Shift+{}", key.to_ascii_uppercase())
    } else {
        key
    }
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target() else { return false };
    let in_control = target
        .dyn_ref::<Element>()
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
    in_control || target.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable)
}

/// The space bar presses what has the focus.
fn is_on_control(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| matches!(target.closest("button, a, summary, [role=tab]"), Ok(Some(_))))
}

/// Dialogs and menus have keys of their own.
fn is_dialog_open() -> bool {
    document().query_selector("dialog[open], [popover]:popover-open").ok().flatten().is_some()
}

/// The keys as people read them.
pub(super) fn shown(keys: &str) -> String {
    let modifier = if is_apple() { "⌘" } else { "Ctrl " };
    let keys = keys.replace("Mod+", modifier).replace("Shift+", "⇧");
    let keys = keys.replace("ArrowLeft", "←").replace("ArrowRight", "→");
    let shortcut = |keys: &str| keys.split(' ').map(capital).collect::<Vec<_>>().join(" ");
    keys.split('|').map(shortcut).collect::<Vec<_>>().join(", ")
}

fn capital(key: &str) -> String {
    match key.strip_prefix('⌘').or_else(|| key.strip_prefix('⇧')) {
        Some(rest) => format!("{}{}", &key[..key.len() - rest.len()], rest.to_ascii_uppercase()),
        None if key.len() == 1 => key.to_ascii_uppercase(),
        None => key.to_owned(),
    }
}

fn is_apple() -> bool {
    window()
        .navigator()
        .platform()
        .is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}
