//! Search, saved views, filters, order, columns, and what is done with the whole list.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use types::Permission;
use types::crm::ObjectKind;
use ui::{Button, ButtonKind, IconName, Menu, MenuItem, Select};

use super::columns::ColumnsDialog;
use super::filters::Filters;
use super::kind::{create_title, edit_permission, path_of_list};
use super::list::{ShownList, use_list};
use super::requests;
use super::sort;
use super::views::Views;
use crate::context::{App, use_app};
use crate::download::download;
use crate::texts::text;

/// A list is searched when nothing was typed for this long.
const PAUSE: Duration = Duration::from_millis(200);

/// The line above the list.
#[component]
pub fn Toolbar() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let list = use_list();
    let may_edit = app.may(edit_permission(list.kind));
    // Views and layouts are the records' own; whoever may read none has none.
    let may_save_views = app.may(Permission::ReadContacts);
    let choosing_columns = RwSignal::new(false);
    view! {
        <div class="records-tools" role="search">
            <Search />
            <Show when=move || may_save_views.get()><Views /></Show>
            <Filters />
            <Sort />
            <span class="push"></span>
            <More choosing_columns />
            <Show when=move || may_edit.get()>
                <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=move |_| list.creating.set(true)>
                    {move || create_title(i18n, list.kind)}
                </Button>
            </Show>
        </div>
        <ColumnsDialog open=choosing_columns />
    }
}

#[component]
fn Search() -> impl IntoView {
    let i18n = use_app().i18n;
    let list = use_list();
    let label = move || match list.kind {
        ObjectKind::Call => t_string!(i18n, calls.search_titles),
        _ => t_string!(i18n, records.search),
    };
    let typed = RwSignal::new(list.loading.key.with_untracked(|key| key.q.clone()));
    // Saved views and filters that are cleared change the field too. Nothing else does: the order may be turned before what
    // is being typed is searched for.
    let searched = Memo::new(move |_| list.loading.key.with(|key| key.q.clone()));
    Effect::new(move |_| {
        let q = searched.get();
        if typed.with_untracked(|typed| typed.trim() != q) {
            typed.set(q);
        }
    });
    let on_input = move |text: String| {
        typed.set(text.clone());
        set_timeout(
            move || {
                let is_newest = typed.try_with_untracked(|typed| *typed == text).unwrap_or_default();
                let q = text.trim().to_owned();
                if is_newest && list.loading.key.with_untracked(|key| key.q != q) {
                    list.loading.key.update(|key| key.q = q);
                }
            },
            PAUSE,
        );
    };
    view! {
        <input
            id="record-search"
            class="input search"
            type="search"
            autocomplete="off"
            aria-label=label
            placeholder=label
            prop:value=move || typed.get()
            on:input=move |event| on_input(event_target_value(&event))
        />
    }
}

#[component]
fn Sort() -> impl IntoView {
    let i18n = use_app().i18n;
    let list = use_list();
    let value = RwSignal::new(list.loading.key.with_untracked(sort::of));
    Effect::new(move |_| value.set(list.loading.key.with(sort::of)));
    Effect::new(move |_| {
        let wanted = value.get();
        if list.loading.key.with_untracked(|key| sort::of(key) != wanted) {
            list.loading.key.update(|key| sort::choose(key, &wanted));
        }
    });
    let options = Signal::derive(move || sort::options(i18n, list.kind));
    view! { <span class="sort"><Select value options attr:aria-label=text!(i18n, records.sort) /></span> }
}

/// Columns, import and export.
#[component]
fn More(choosing_columns: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let list = use_list();
    let may_edit = app.may(Permission::EditContacts);
    // Calls come as recordings, not as rows of a file.
    let has_files = list.kind != ObjectKind::Call;
    let navigate = use_navigate();
    let to_import = Callback::new(move |()| {
        navigate(&format!("{}/import", path_of_list(list.kind)), NavigateOptions::default());
    });
    view! {
        <Menu label=text!(i18n, words.more) kind=ButtonKind::Normal icon=IconName::More icon_only=true>
            <MenuItem icon=IconName::Settings on_select=move |_| choosing_columns.set(true)>
                {text!(i18n, records.columns)}
            </MenuItem>
            <Show when=move || has_files>
                <MenuItem icon=IconName::Download on_select=move |_| export(app, list)>
                    {text!(i18n, records.export)}
                </MenuItem>
            </Show>
            <Show when=move || has_files && may_edit.get()>
                <MenuItem icon=IconName::File on_select=to_import>{text!(i18n, records.import)}</MenuItem>
            </Show>
        </Menu>
    }
}

/// Downloads the records of the list with its columns.
fn export(app: App, list: ShownList) {
    let key = list.loading.key.get_untracked();
    let query = requests::export(app, &key, &list.columns.get_untracked());
    // Names and texts always have a form as a query.
    let Ok(query) = serde_urlencoded::to_string(&query) else { return };
    app.toasts.show(untrack(|| t_string!(app.i18n, records.exporting)));
    spawn_local(async move {
        let path = format!("/v1/records/export?{query}");
        if let Err(error) = download(app, path, &format!("{}.csv", key.kind)).await {
            app.fail(&error);
        }
    });
}
