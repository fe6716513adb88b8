//! Saved views of a list: one's own, and those that others share.

use leptos::prelude::*;
use leptos_i18n::t_string;
use state::RecordListKey;
use types::Event;
use types::crm::{SaveView, SavedView, SavedViewPath};
use ui::{ButtonKind, Checkbox, ConfirmDialog, Field, IconName, Menu, MenuItem, MenuSeparator, TextInput};

use super::kind::default_columns;
use super::list::{ShownList, use_list};
use crate::context::use_app;
use crate::forms::{DialogFor, FormDialog, FormError, Submission, learn};
use crate::texts::text;

/// A menu of the views, named after the one that is shown.
#[component]
pub fn Views() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let list = use_list();
    let shown = RwSignal::new(None::<SavedView>);
    let views = Memo::new(move |_| {
        let mut views: Vec<SavedView> = app.read(|state| {
            let views = state.records.setup.iter().flat_map(|setup| setup.views.values());
            views.filter(|view| view.list == list.kind).cloned().collect()
        });
        views.sort_by_key(|view| view.name.to_lowercase());
        views
    });
    let label = move || match shown.get() {
        Some(view) => view.name,
        None => t_string!(i18n, records.all_records).to_owned(),
    };
    let (saving, deleting) = (DialogFor::<Option<SavedView>>::new(), DialogFor::<SavedView>::new());
    let item = move |view: SavedView| item(list, shown, view);
    let own =
        Memo::new(move |_| shown.get().filter(|view| Some(view.owner_id) == app.read(state::State::my_id)));
    let all = move |()| {
        list.loading.key.update(RecordListKey::clear);
        shown.set(None);
    };
    let is_all = Signal::derive(move || shown.with(Option::is_none));
    view! {
        <Menu label kind=ButtonKind::Normal icon=IconName::Eye>
            <MenuItem on_select=all checked=is_all>{text!(i18n, records.all_records)}</MenuItem>
            {move || views.get().into_iter().map(item).collect_view()}
            <MenuSeparator />
            <MenuItem icon=IconName::Plus on_select=move |_| saving.show(None)>{text!(i18n, records.save_view)}</MenuItem>
            {move || own.get().map(|view| {
                let deleted = view.clone();
                view! {
                    <MenuItem icon=IconName::Edit on_select=move |_| saving.show(Some(view.clone()))>
                        {text!(i18n, records.update_view)}
                    </MenuItem>
                    <MenuItem icon=IconName::Trash danger=true on_select=move |_| deleting.show(deleted.clone())>
                        {text!(i18n, records.delete_view)}
                    </MenuItem>
                }
            })}
        </Menu>
        <SaveDialog dialog=saving shown />
        <DeleteDialog dialog=deleting shown />
    }
    .into_any()
}

/// A view in the menu.
fn item(list: ShownList, shown: RwSignal<Option<SavedView>>, view: SavedView) -> impl IntoView {
    let i18n = use_app().i18n;
    let (name, id, is_shared) = (view.name.clone(), view.id, view.shared);
    let is_shown = Signal::derive(move || shown.with(|shown| shown.as_ref().is_some_and(|s| s.id == id)));
    let choose = move |()| {
        show(list, &view);
        shown.set(Some(view.clone()));
    };
    view! {
        <MenuItem on_select=choose checked=is_shown>
            {name}
            {is_shared.then(|| view! { <span class="faint">" · " {text!(i18n, records.shared)}</span> })}
        </MenuItem>
    }
}

/// Shows a list as a view has it.
fn show(list: ShownList, view: &SavedView) {
    list.loading.key.update(|key| {
        let mut filters = view.filters.clone();
        key.q = filters.remove("q").unwrap_or_default();
        key.filters = filters;
        key.sort = view.sort;
    });
    let columns = if view.columns.is_empty() { default_columns(list.kind) } else { view.columns.clone() };
    list.columns.set(columns);
}

/// The list on the screen as a view.
fn request(list: ShownList, name: String, shared: bool) -> SaveView {
    let key = list.loading.key.get_untracked();
    let mut filters = key.filters;
    if !key.q.is_empty() {
        filters.insert("q".to_owned(), key.q);
    }
    let columns = list.columns.get_untracked();
    SaveView { list: list.kind, name, filters, columns, sort: key.sort, shared }
}

/// Saves the list on the screen as a new view, or in the place of one.
#[component]
fn SaveDialog(dialog: DialogFor<Option<SavedView>>, shown: RwSignal<Option<SavedView>>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let list = use_list();
    let submission = Submission::new();
    let (name, shared) = (RwSignal::new(String::new()), RwSignal::new(false));
    Effect::new(move |_| {
        if dialog.open.get() {
            let view = dialog.get().flatten();
            shared.set(view.as_ref().is_some_and(|view| view.shared));
            name.set(view.map(|view| view.name).unwrap_or_default());
        }
    });
    let save = move |()| {
        let view_id = dialog.get_untracked().flatten().map(|view| view.id);
        let request = request(list, name.get_untracked(), shared.get_untracked());
        let send = async move {
            match view_id {
                Some(view_id) => app.api().update_saved_view(&SavedViewPath { view_id }, &request).await,
                None => app.api().create_saved_view(&request).await,
            }
        };
        submission.run(send, move |view| {
            dialog.open.set(false);
            learn(app, &Event::SavedViewChanged { view: view.clone() });
            app.toasts.show(t_string!(i18n, words.saved));
            shown.set(Some(view));
        });
    };
    let title = move || match dialog.get().flatten() {
        Some(_) => t_string!(i18n, records.update_view),
        None => t_string!(i18n, records.save_view),
    };
    view! {
        <FormDialog open=dialog.open title submit_label=text!(i18n, words.save) submission on_submit=save>
            <p class="muted">{text!(i18n, records.view_hint)}</p>
            <Field label=text!(i18n, forms.name) error=submission.field("name")>
                <TextInput value=name required=true />
            </Field>
            <Checkbox label=text!(i18n, records.share_view) checked=shared />
        </FormDialog>
    }
    .into_any()
}

#[component]
fn DeleteDialog(dialog: DialogFor<SavedView>, shown: RwSignal<Option<SavedView>>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let confirm = move |()| {
        let Some(view) = dialog.get_untracked() else { return };
        let path = SavedViewPath { view_id: view.id };
        submission.run(async move { app.api().delete_saved_view(&path).await }, move |()| {
            dialog.open.set(false);
            learn(app, &Event::SavedViewDeleted { view_id: view.id });
            shown.set(None);
        });
    };
    let title = move || {
        t_string!(i18n, records.delete_view_title, name = dialog.of(|view| view.name.clone())).to_string()
    };
    view! {
        <ConfirmDialog
            open=dialog.open
            title
            confirm_label=text!(i18n, records.delete_view)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, records.delete_view_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
