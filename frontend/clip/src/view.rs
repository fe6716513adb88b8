//! The screen.

use types::clips::SharedPassage;
use visitor_kit::browser::clock::day_and_time;
use visitor_kit::browser::element::{El, el, set_attribute};
use visitor_kit::browser::listener::listen;
use visitor_kit::browser::page;
use visitor_kit::config::fill;
use visitor_kit::shared_clip::{clock, passage_at};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement, KeyboardEvent};

use crate::clip::{Clip, Phase};

/// How fast a clip can be played.
const SPEEDS: [(&str, f64); 7] =
    [("0.5", 0.5), ("0.75", 0.75), ("1", 1.0), ("1.25", 1.25), ("1.5", 1.5), ("2", 2.0), ("3", 3.0)];
/// Milliseconds that an arrow key goes back or forward.
const SKIP: i64 = 5000;

/// All of it: what is said, the password, the player, the transcript.
pub fn clip(clip: Clip) -> El {
    listen_to_keys(clip);
    let until =
        fill(&clip.text("until"), "date", &day_and_time(clip.config.clip.expires_at, &clip.config.locale));
    el("div", "clip-body")
        .child(notice(clip))
        .child(password_form(clip))
        .child(player(clip))
        .child(transcript(clip))
        .child(el("p", "clip-until").text(&until))
}

fn is_in(clip: Clip, phase: Phase) -> bool {
    clip.state.read(|state| state.phase == phase)
}

/// What has to be said instead of playing.
fn notice(clip: Clip) -> El {
    let text = move || {
        let key = clip.state.read(|state| match state.phase {
            Phase::Opening => Some("loading"),
            Phase::Making => Some("making"),
            Phase::Failed => Some("failed"),
            Phase::Lost => state.problem.or(Some("problem")),
            Phase::Locked | Phase::Open => None,
        });
        key.map(|key| clip.text(key)).unwrap_or_default()
    };
    let again = el("button", "clip-button")
        .attr("type", "button")
        .text(&clip.text("again"))
        .on("click", move |_| clip.retry())
        .shown_when(move || is_in(clip, Phase::Lost));
    el("div", "clip-notice")
        .child(el("p", "").attr("role", "status").text_of(text))
        .child(again)
        .shown_when(move || !is_in(clip, Phase::Locked) && !is_in(clip, Phase::Open))
}

fn password_form(clip: Clip) -> El {
    let input = el("input", "clip-input")
        .attr("type", "password")
        .attr("id", "clip-password")
        .attr("autocomplete", "current-password")
        .attr("required", "")
        .attr("aria-describedby", "clip-password-problem")
        .attr_of("aria-invalid", move || clip.state.read(|state| state.problem.map(|_| "true".to_owned())));
    let field: HtmlInputElement = input.unchecked();
    let problem = move || {
        let key = clip.state.read(|state| state.problem.filter(|_| state.phase == Phase::Locked));
        key.map(|key| clip.text(key)).unwrap_or_default()
    };
    let submit = move |event: Event| {
        event.prevent_default();
        clip.unlock(field.value());
    };
    el("form", "clip-password")
        .child(el("p", "").text(&clip.text("password_intro")))
        .child(el("label", "").attr("for", "clip-password").text(&clip.text("password")))
        .child(input)
        .child(
            el("p", "clip-problem")
                .attr("id", "clip-password-problem")
                .attr("role", "alert")
                .text_of(problem),
        )
        .child(el("button", "clip-button").attr("type", "submit").text(&clip.text("open")))
        .on("submit", submit)
        .shown_when(move || is_in(clip, Phase::Locked))
}

fn player(clip: Clip) -> El {
    let sound_only = el("p", "clip-hint").text(&clip.text("sound_only"));
    let is_left_out = clip.config.clip.picture_left_out;
    el("section", "clip-player")
        .attr("aria-label", &clip.text("player"))
        .child(clip.player.element())
        .child(
            el("div", "clip-controls")
                .child(play_button(clip))
                .child(position(clip))
                .child(time(clip))
                .child(speed(clip)),
        )
        .child(sound_only.shown_when(move || is_left_out))
        .child(el("p", "clip-hint").text(&clip.text("keys")))
        .shown_when(move || is_in(clip, Phase::Open))
}

fn play_button(clip: Clip) -> El {
    let label = move || {
        let is_playing = clip.player.place.read(|place| place.is_playing);
        Some(clip.text(if is_playing { "pause" } else { "play" }))
    };
    let pressed = move || clip.player.place.read(|place| place.is_playing.then(String::new));
    el("button", "clip-play")
        .attr("type", "button")
        .attr_of("aria-label", label)
        .attr_of("data-playing", pressed)
        .on("click", move |_| clip.player.toggle())
}

fn position(clip: Clip) -> El {
    let length = clip.player.duration_ms;
    let range = el("input", "clip-position")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", &length.to_string())
        .attr("step", "100")
        .attr("aria-label", &clip.text("position"));
    let field: HtmlInputElement = range.unchecked();
    let chosen = field.clone();
    range.on("input", move |_| clip.player.seek(chosen.value().parse().unwrap_or_default())).bind(
        move |element| {
            let at_ms = clip.player.place.read(|place| place.at_ms);
            field.set_value(&at_ms.to_string());
            let said = fill(&clip.text("position_of"), "position", &clock(at_ms));
            set_attribute(element, "aria-valuetext", Some(&fill(&said, "length", &clock(length))));
        },
    )
}

fn time(clip: Clip) -> El {
    let length = clock(clip.player.duration_ms);
    let text = move || [&clock(clip.player.place.read(|place| place.at_ms)), " / ", &length].concat();
    el("span", "clip-time").attr("aria-hidden", "true").text_of(text)
}

fn speed(clip: Clip) -> El {
    let mut select = el("select", "clip-speed").attr("aria-label", &clip.text("speed"));
    for (name, _) in SPEEDS {
        let option = el("option", "").attr("value", name).text(&[name, "×"].concat());
        select = select.child(if name == "1" { option.attr("selected", "") } else { option });
    }
    let field: HtmlSelectElement = select.unchecked();
    select.on("change", move |_| {
        // Looked up: what reads any number would be a third of the bundle.
        if let Some((_, speed)) = SPEEDS.get(field.selected_index() as usize) {
            clip.player.set_speed(*speed);
        }
    })
}

fn transcript(clip: Clip) -> El {
    let list = el("ol", "clip-passages");
    let shown = list.element().clone();
    let fill_list = list.bind(move |list| {
        clip.state.read(|state| {
            list.set_text_content(None);
            for passage in state.passages.iter().flatten() {
                // Fails only where the list is gone.
                let _ = list.append_child(passage_row(clip, passage).element());
            }
        });
    });
    let follow = el("span", "").attr("hidden", "").bind(move |_| {
        let at_ms = clip.player.place.read(|place| place.at_ms);
        let current =
            clip.state.read(|state| passage_at(state.passages.as_deref().unwrap_or_default(), at_ms));
        mark(&shown, current);
    });
    let is_empty = move || clip.state.read(|state| state.passages.as_ref().is_some_and(Vec::is_empty));
    el("section", "clip-transcript")
        .child(el("h2", "").text(&clip.text("transcript")))
        .child(el("p", "clip-hint").text(&clip.text("transcript_empty")).shown_when(is_empty))
        .child(fill_list)
        .child(follow)
        .shown_when(move || clip.state.read(|state| state.phase == Phase::Open && state.passages.is_some()))
}

fn passage_row(clip: Clip, passage: &SharedPassage) -> El {
    let from_ms = passage.from_ms;
    let speaker = passage.speaker.as_deref().unwrap_or_default();
    let button = el("button", "clip-passage")
        .attr("type", "button")
        .child(el("span", "clip-when").text(&clock(from_ms)))
        .child(el("strong", "").text(speaker))
        .child(el("span", "").text(&passage.text))
        .on("click", move |_| clip.player.seek(from_ms));
    el("li", "").child(button)
}

/// Marks the passage that is being heard, and has it in sight.
fn mark(list: &Element, current: Option<usize>) {
    let rows = list.children();
    for index in 0..rows.length() {
        let Some(button) = rows.item(index).and_then(|row| row.first_element_child()) else { continue };
        let is_current = current == Some(index as usize);
        let was_current = button.has_attribute("aria-current");
        if is_current != was_current {
            set_attribute(&button, "aria-current", is_current.then_some("true"));
        }
        if is_current && !was_current {
            button.scroll_into_view_with_bool(false);
        }
    }
}

/// Space plays and pauses, arrows go back and forward, unless they mean something to what has the focus.
fn listen_to_keys(clip: Clip) {
    let Some(document) = page::document() else { return };
    listen(&document, "keydown", move |event| {
        let event: KeyboardEvent = event.unchecked_into();
        let has_own_keys = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "SELECT" | "BUTTON"));
        if has_own_keys
            || event.ctrl_key()
            || event.alt_key()
            || event.meta_key()
            || !clip.state.peek(|s| s.phase == Phase::Open)
        {
            return;
        }
        match event.key().as_str() {
            " " => clip.player.toggle(),
            "ArrowLeft" => clip.player.skip(-SKIP),
            "ArrowRight" => clip.player.skip(SKIP),
            _ => return,
        }
        event.prevent_default();
    });
}
