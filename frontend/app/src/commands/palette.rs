//! Every command, inbox and record by typing a few letters.

use leptos::{prelude::*, task::spawn_local};
use types::Permission;
use types::crm::{RecordSummary, SearchRecords};
use ui::{Dialog, IconName};

use super::{COMMANDS, Command, shortcut, title};
use crate::context::{App, use_app};
use crate::forms::use_leave;
use crate::records::{icon_of, path_of};
use crate::search_list::{SearchList, SearchOption};
use crate::texts::text;

/// How many records of each kind are looked up.
const RECORDS: u16 = 5;

/// The palette: opened by its shortcut.
#[component]
pub fn PaletteDialog() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let open = app.commands.palette_open;
    view! {
        <Dialog open title=text!(i18n, commands.palette_title) close_label=text!(i18n, words.close)>
            <Palette open />
        </Dialog>
    }
}

#[component]
fn Palette(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let query = RwSignal::new(String::new());
    let records = records(app, query);
    let options = Memo::new(move |_| {
        let mut lines = lines(app, &query.get());
        lines.extend(records.get());
        lines
    });
    let leave = use_leave();
    // A line stands for a path or, by its number, for a command.
    let on_choose = Callback::new(move |value: String| {
        open.set(false);
        match value.parse::<usize>().ok().and_then(|index| COMMANDS.get(index)) {
            Some(entry) => {
                app.commands.run(entry.command);
            }
            None => leave.run(value),
        }
    });
    view! {
        <SearchList
            id="palette"
            label=text!(i18n, commands.palette_title)
            placeholder=text!(i18n, commands.palette_hint)
            no_match=text!(i18n, commands.nothing_found)
            query
            options
            on_choose
        />
    }
}

/// The commands that are offered and the inboxes, as far as they match.
fn lines(app: App, query: &str) -> Vec<SearchOption> {
    let needle = query.trim().to_lowercase();
    let commands = COMMANDS
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.command != Command::Palette && app.commands.is_offered(entry.command))
        .map(|(index, entry)| SearchOption {
            value: index.to_string(),
            icon: IconName::Command,
            label: title(app.i18n, entry.command).into_owned(),
            keys: shortcut(entry.command),
            chosen: false,
        });
    let inboxes = app.read(|state| state.directory.inboxes_by_name());
    let inboxes =
        inboxes.into_iter().map(|inbox| line(IconName::Inbox, format!("/inbox/{}", inbox.id), inbox.name));
    commands.chain(inboxes).filter(|line| line.label.to_lowercase().contains(&needle)).collect()
}

fn line(icon: IconName, path: String, label: String) -> SearchOption {
    SearchOption { value: path, icon, label, keys: None, chosen: false }
}

/// The records whose name, address or domain begins with what is typed.
fn records(app: App, query: RwSignal<String>) -> RwSignal<Vec<SearchOption>> {
    let found = RwSignal::new(Vec::new());
    let may_read = app.may(Permission::ReadContacts);
    Effect::new(move |_| {
        let typed = query.get().trim().to_owned();
        if typed.chars().count() < 2 || !may_read.get() {
            found.set(Vec::new());
            return;
        }
        spawn_local(async move {
            let wanted = SearchRecords { q: typed.clone(), kind: None, limit: Some(RECORDS) };
            // Without an answer the palette shows commands alone.
            let Ok(reply) = app.api().search_records(&wanted).await else { return };
            if query.try_get_untracked().is_some_and(|now| now.trim() == typed) {
                let record = |RecordSummary { record, name, detail, .. }: RecordSummary| {
                    let label = detail.map_or(name.clone(), |detail| format!("{name} · {detail}"));
                    line(icon_of(record.kind), path_of(record), label)
                };
                found.set(reply.items.into_iter().map(record).collect());
            }
        });
    });
    found
}
