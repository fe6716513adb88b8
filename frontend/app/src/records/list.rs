//! The list of one kind of records.

use std::collections::{BTreeMap, BTreeSet};

use leptos::{ev::KeyboardEvent, prelude::*};
use leptos_i18n::t_string;
use leptos_router::components::A;
use state::{Record, RecordListKey};
use types::crm::{ListLayoutPath, ObjectKind, RecordRef};
use types::{Permission, RecordId};
use ui::{Button, ButtonKind, EmptyState, IconName, Skeleton, VirtualList};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::kind::{
    KINDS, create_title, default_columns, edit_permission, icon_of, kind_plural, path_of_list,
};
use super::loading::ListLoading;
use super::row::{Heading, row};
use super::selection::SelectionBar;
use super::toolbar::Toolbar;
use crate::browser;
use crate::commands::Command;
use crate::context::{App, use_app};
use crate::errors::LoadError;
use crate::texts::text;

/// The height of a row in CSS pixels, and of a card on a phone; the same as in `records.css`.
const ROW: f64 = 44.0;
const CARD: f64 = 84.0;

/// A list on the screen, as its parts share it.
#[derive(Clone, Copy)]
pub struct ShownList {
    /// The kind of record.
    pub kind: ObjectKind,
    /// Fetching it.
    pub loading: ListLoading,
    /// Its columns, in order.
    pub columns: RwSignal<Vec<String>>,
    /// Whether the dialog that creates a record is open.
    pub creating: RwSignal<bool>,
    /// Whether records can be chosen to do something with all of them.
    pub selectable: Memo<bool>,
    /// The records that are chosen.
    pub selected: RwSignal<BTreeSet<RecordId>>,
}

/// The list on the screen.
pub fn use_list() -> ShownList {
    expect_context()
}

/// Search, filters and the records that match.
#[component]
pub fn ListScreen(
    /// The kind of record.
    kind: ObjectKind,
    /// The heading, and what leads to the screens beside this one.
    #[prop(into)]
    head: ViewFn,
    /// Whether the dialog that creates a record is open, both ways; the caller draws it.
    creating: RwSignal<bool>,
    /// The filters to begin with, by their names in the API; without any the list is as it was left.
    #[prop(optional)]
    filters: BTreeMap<String, String>,
) -> impl IntoView {
    let app = use_app();
    // Whoever comes back from a record finds the list as it was.
    let before =
        app.peek(|state| state.records.list().map(|list| list.key.clone()).filter(|key| key.kind == kind));
    let before = before.filter(|_| filters.is_empty());
    let key = before.unwrap_or_else(|| RecordListKey { filters, ..RecordListKey::all(kind) });
    let loading = ListLoading::new(app, key);
    let list = ShownList {
        kind,
        loading,
        columns: RwSignal::new(default_columns(kind)),
        creating,
        selectable: Memo::new(move |_| {
            kind == ObjectKind::Call && app.read(|state| state.may(Permission::DeleteCalls))
        }),
        selected: RwSignal::new(BTreeSet::new()),
    };
    provide_context(list);
    load_columns(app, list);
    let revision = Memo::new(move |_| app.read(|state| (state.records.list_revision, state.refreshes)));
    Effect::new(move |_| {
        revision.get();
        loading.key.get();
        loading.reload();
    });
    offer_commands(app, list);
    view! {
        <main class="screen records">
            <header class="records-head">{head.run()}</header>
            <Toolbar />
            <Show when=move || list.selectable.get()><SelectionBar /></Show>
            <Body />
        </main>
    }
    .into_any()
}

/// The columns that the user chose last.
fn load_columns(app: App, list: ShownList) {
    leptos::task::spawn_local(async move {
        // Without an answer the list has the columns of its kind.
        if let Ok(layout) = app.api().get_list_layout(&ListLayoutPath { list: list.kind }).await
            && let Some(columns) = layout.columns
        {
            let _ = list.columns.try_set(columns);
        }
    });
}

fn offer_commands(app: App, list: ShownList) {
    app.commands.offer(Command::SearchRecords, || browser::focus("#record-search"));
    app.commands.offer(Command::CreateRecord, move || {
        if app.peek(|state| state.may(edit_permission(list.kind))) {
            list.creating.set(true);
        }
    });
}

/// The heading of the list, and the tabs of the others.
#[component]
pub fn Tabs(kind: ObjectKind) -> impl IntoView {
    let i18n = use_app().i18n;
    let tab = move |own: ObjectKind| {
        view! {
            <A href=path_of_list(own) attr:aria-current=(own == kind).then_some("page")>
                {move || kind_plural(i18n, own)}
            </A>
        }
    };
    view! {
        <h1>{move || kind_plural(i18n, kind)}</h1>
        <nav class="records-tabs" aria-label=text!(i18n, records.kinds)>
            {KINDS.into_iter().map(tab).collect_view()}
        </nav>
    }
}

/// What stands in the place of the list.
#[derive(Clone, PartialEq)]
enum Shown {
    Skeleton,
    Rows,
    Empty { filtered: bool },
    Error(client::ClientError),
}

#[component]
fn Body() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let list = use_list();
    let rows = Memo::new(move |_| app.read(state::State::record_rows));
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let shown_key = Memo::new(move |_| app.read(|state| state.records.list().map(|list| list.key.clone())));
    let shown = Memo::new(move |_| {
        let wanted = list.loading.key.get();
        match (shown_key.get(), list.loading.error.get()) {
            (there, Some(error)) if there.as_ref() != Some(&wanted) => Shown::Error(error),
            // What is there stays until what is asked for has come.
            (Some(there), _) if there.kind == wanted.kind && is_empty.get() => {
                Shown::Empty { filtered: !there.q.is_empty() || there.filter_count() > 0 }
            }
            (Some(there), _) if there.kind == wanted.kind => Shown::Rows,
            _ => Shown::Skeleton,
        }
    });
    let row_height = if browser::is_narrow() { CARD } else { ROW };
    move || match shown.get() {
        Shown::Error(error) => {
            view! { <LoadError error on_retry=move |()| list.loading.reload() /> }.into_any()
        }
        Shown::Skeleton => view! { <Skeleton label=text!(i18n, words.loading) lines=12 /> }.into_any(),
        Shown::Empty { filtered } => empty(app, list, filtered).into_any(),
        Shown::Rows => view! {
            <div class="record-table" on:keydown=move_focus>
                <Heading />
                {move || {
                    // Another list begins at its top.
                    shown_key.get();
                    view! {
                        <VirtualList
                            label=move || kind_plural(i18n, list.kind)
                            items=rows
                            key=reference_of
                            row_height
                            on_end=move |()| list.loading.more()
                            row
                        />
                    }
                }}
            </div>
        }
        .into_any(),
    }
}

fn reference_of(record: &Record) -> RecordRef {
    record.reference()
}

/// What will be here, and how it gets here.
fn empty(app: App, list: ShownList, filtered: bool) -> AnyView {
    let i18n = app.i18n;
    let kind = list.kind;
    if filtered {
        let clear = move |()| list.loading.key.update(RecordListKey::clear);
        return view! {
            <EmptyState icon=IconName::Search title=text!(i18n, records.nothing_matches) body=text!(i18n, records.nothing_matches_hint)>
                <Button on_press=clear>{text!(i18n, records.clear_filters)}</Button>
            </EmptyState>
        }
        .into_any();
    }
    let may_edit = app.may(edit_permission(kind));
    let hint = move || match kind {
        ObjectKind::Call => t_string!(i18n, calls.empty_hint),
        _ => t_string!(i18n, records.empty_hint),
    };
    view! {
        <EmptyState icon=icon_of(kind) title=text!(i18n, records.empty) body=hint>
            <Show when=move || may_edit.get()>
                <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=move |_| list.creating.set(true)>
                    {move || create_title(i18n, kind)}
                </Button>
            </Show>
        </EmptyState>
    }
    .into_any()
}

/// Moves the focus from row to row: arrows, `j` and `k`; `x` chooses a row or not.
fn move_focus(event: KeyboardEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Ok(Some(item)) = target.closest("[role=listitem]") else { return };
    let next = match event.key().as_str() {
        "ArrowDown" | "j" => item.next_element_sibling(),
        "ArrowUp" | "k" => item.previous_element_sibling(),
        "x" => {
            let tick = item.query_selector("input[type=checkbox]").ok().flatten();
            if let Some(tick) = tick.and_then(|tick| tick.dyn_into::<HtmlElement>().ok()) {
                tick.click();
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    let link = next.and_then(|item| item.query_selector("a").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let _ = link.focus();
    }
}
