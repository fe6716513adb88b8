//! Where replies and comments are written.

mod draft;
mod editor;
mod link_dialog;
mod mentions;
mod sending;
mod toolbar;
mod uploads;

use leptos::{prelude::*, text_prop::TextProp};
use leptos_i18n::t_string;
use types::conversations::MessageKind;
use types::{Permission, ThreadId};
use ui::{Splitter, SplitterAxis, Tab, TabPanel, Tabs};

pub use draft::DRAFTS;
pub use sending::{discard, retry, retry_delivery};

use crate::browser;
use crate::commands::Command;
use crate::context::{App, use_app};
use crate::texts::text;
use editor::Editor;

/// The name under which this browser remembers the height.
const HEIGHT: &str = "rapport.composer_height";
/// The smallest and the usual height of the text, in CSS pixels.
const MIN_HEIGHT: f64 = 64.0;
const USUAL_HEIGHT: f64 = 88.0;

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
    let place = ComposerPlace {
        tab: RwSignal::new(if may_reply.get_untracked() { REPLY } else { COMMENT }),
        height: remembered_height(),
        wants_focus: RwSignal::new(false),
    };
    offer_commands(app, place);
    let max = (browser::window_height() * 0.6).max(MIN_HEIGHT + 40.0);
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
    view! {
        <Splitter axis=SplitterAxis::Height size=place.height min=MIN_HEIGHT max=max pane_after=true label=text!(i18n, inbox.composer_height) />
        <section class="composer" class:comment=move || place.tab.get() == COMMENT aria-label=text!(i18n, inbox.compose)>
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

fn remembered_height() -> RwSignal<f64> {
    let height = browser::stored(HEIGHT).and_then(|text| text.parse().ok()).unwrap_or(USUAL_HEIGHT);
    let height = RwSignal::new(height.max(MIN_HEIGHT));
    Effect::new(move |first: Option<()>| {
        let now = height.get();
        if first.is_some() {
            browser::store(HEIGHT, Some(&(now as i64).to_string()));
        }
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
