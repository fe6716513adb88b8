//! Where replies and comments are written.

mod draft;
mod editor;
mod sending;
mod uploads;

use std::time::Duration;

use leptos::{ev::KeyboardEvent, prelude::*, text_prop::TextProp};
use leptos_i18n::t_string;
use types::accounts::Preferences;
use types::conversations::MessageKind;
use types::{Permission, ThreadId};
use ui::{Splitter, SplitterAxis, Tab, TabPanel, Tabs};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

pub use draft::DRAFTS;
pub use sending::{discard, retry, retry_delivery};

use crate::browser;
use crate::commands::Command;
use crate::context::{App, use_app};
use crate::preferences;
use crate::texts::text;
use editor::Editor;

/// A new height is saved when the line has rested this long.
const SAVE_AFTER: Duration = Duration::from_millis(500);

const REPLY: &str = "reply";
const COMMENT: &str = "comment";

/// Which tab is chosen, how high the text is, and whether the caret belongs into it.
#[derive(Clone, Copy)]
struct ComposerPlace {
    tab: RwSignal<&'static str>,
    height: RwSignal<f64>,
    wants_focus: RwSignal<bool>,
}

/// Tabs for reply and comment over the editor of the chosen one.
#[component]
pub fn Composer(id: ThreadId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let (may_reply, may_comment) = (app.may(Permission::Reply), app.may(Permission::Comment));
    let min = f64::from(*Preferences::COMPOSER_HEIGHTS.start());
    let max = (browser::window_height() * 0.6).max(min + 40.0);
    let place = ComposerPlace {
        tab: RwSignal::new(if may_reply.get_untracked() { REPLY } else { COMMENT }),
        height: chosen_height(app, max),
        wants_focus: RwSignal::new(false),
    };
    offer_commands(app, place);
    let tabs = move || {
        let reply = Tab { name: REPLY, label: TextProp::from(text!(i18n, inbox.reply)) };
        let comment = Tab { name: COMMENT, label: TextProp::from(text!(i18n, inbox.comment)) };
        let offered = [(reply, may_reply.get()), (comment, may_comment.get())];
        let tabs: Vec<Tab> = offered.into_iter().filter_map(|(tab, may)| may.then_some(tab)).collect();
        view! { <Tabs group="composer" label=text!(i18n, inbox.compose) tabs selected=place.tab /> }
    };
    let recipient = move || match place.tab.get() {
        COMMENT => t_string!(i18n, inbox.comment_note).to_owned(),
        _ => {
            let name = app.read(|s| s.threads.get(id).map(|item| item.thread.contact_name.clone()));
            t_string!(i18n, inbox.to_contact, name = name.unwrap_or_default()).to_string()
        }
    };
    // Out of the text, single keys are shortcuts again.
    let leave = |event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if event.key() == "Escape" && target.is_some_and(|target| target.is_content_editable()) {
            browser::focus("[role=log]");
        }
    };
    view! {
        <Splitter axis=SplitterAxis::Height size=place.height min max pane_after=true label=text!(i18n, inbox.composer_height) />
        <section
            class="composer"
            class:comment=move || place.tab.get() == COMMENT
            aria-label=text!(i18n, inbox.compose)
            on:keydown=leave
        >
            <div class="composer-head">
                {tabs}
                <span class="to trunc">{recipient}</span>
            </div>
            <TabPanel group="composer" name=REPLY selected=place.tab>
                <Editor id kind=MessageKind::Message place />
            </TabPanel>
            <TabPanel group="composer" name=COMMENT selected=place.tab>
                <Editor id kind=MessageKind::Comment place />
            </TabPanel>
        </section>
    }
}

/// The height that the user has chosen, as far as the window allows it. A phone has one height for everybody.
fn chosen_height(app: App, max: f64) -> RwSignal<f64> {
    if browser::is_narrow() {
        return RwSignal::new(f64::from(Preferences::default().composer_height));
    }
    let chosen = untrack(|| preferences::mine(app, |mine| mine.composer_height));
    let height = RwSignal::new(f64::from(chosen).min(max));
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |first: Option<()>| {
        let now = height.get() as i32;
        if first.is_none() {
            return;
        }
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        let save = move || preferences::change(app, |mine| mine.composer_height = now);
        timer.set_value(set_timeout_with_handle(save, SAVE_AFTER).ok());
    });
    height
}

fn offer_commands(app: App, place: ComposerPlace) {
    let write = move |command: Command, permission: Permission, tab: &'static str| {
        app.commands.offer(command, move || {
            if app.peek(|state| state.may(permission)) {
                place.tab.set(tab);
                place.wants_focus.set(true);
            }
        });
    };
    write(Command::Reply, Permission::Reply, REPLY);
    write(Command::Comment, Permission::Comment, COMMENT);
}
