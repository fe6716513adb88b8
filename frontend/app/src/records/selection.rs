//! Several records of a list at once: chosen with boxes, and deleted together.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::calls::DeleteCalls;
use types::{CallId, Event, RecordId};
use ui::{Button, ButtonKind, ConfirmDialog, IconName};

use super::list::{ShownList, use_list};
use crate::commands::Command;
use crate::context::{App, use_app};
use crate::forms::{FormError, Submission, learn};
use crate::texts::text;

/// Most calls that one request deletes.
const AT_A_TIME: usize = 1000;

/// The box of one record. `x` ticks that of the row with the focus.
#[component]
pub fn RowBox(
    /// The record.
    id: RecordId,
    /// What it is called.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let selected = use_list().selected;
    let toggle = move |event| {
        let is_chosen = event_target_checked(&event);
        selected.update(|selected| {
            if is_chosen {
                selected.insert(id);
            } else {
                selected.remove(&id);
            }
        });
    };
    view! {
        <label class="row-box">
            <input
                type="checkbox"
                aria-label=move || t_string!(i18n, records.select_named, name = name.get()).to_string()
                prop:checked=move || selected.with(|selected| selected.contains(&id))
                on:change=toggle
            />
        </label>
    }
}

/// The box of all records that are loaded.
#[component]
pub fn AllBox() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let selected = use_list().selected;
    let listed = Memo::new(move |_| {
        app.read(|state| state.records.list().map(|list| list.ids.clone()).unwrap_or_default())
    });
    let all = move || {
        listed.with(|ids| selected.with(|chosen| !ids.is_empty() && ids.iter().all(|id| chosen.contains(id))))
    };
    let toggle = move |event| {
        let wanted = event_target_checked(&event);
        selected.set(if wanted { listed.get_untracked().into_iter().collect() } else { Default::default() });
    };
    view! {
        <label class="row-box">
            <input
                type="checkbox"
                aria-label=text!(i18n, records.select_all)
                prop:checked=all
                on:change=toggle
            />
        </label>
    }
}

/// What can be done with the records that are chosen.
#[component]
pub fn SelectionBar() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let list = use_list();
    let deleting = RwSignal::new(false);
    let count = Memo::new(move |_| list.selected.with(|selected| selected.len()));
    forget_unlisted(app, list);
    app.commands.offer(Command::DeleteSelected, move || {
        if count.get_untracked() > 0 {
            deleting.set(true);
        }
    });
    let said = move || t_string!(i18n, records.selected_count, count = count.get()).to_string();
    view! {
        <div class="selection-bar" class:shown=move || { count.get() > 0 } role="status">
            <Show when=move || { count.get() > 0 }>
                <span class="num">{said}</span>
                <Button on_press=move |_| list.selected.update(BTreeSet::clear)>
                    {text!(i18n, records.select_none)}
                </Button>
                <Button kind=ButtonKind::Danger icon=IconName::Trash on_press=move |_| deleting.set(true)>
                    {text!(i18n, records.delete)}
                </Button>
            </Show>
        </div>
        <DeleteDialog open=deleting count />
    }
}

/// What leaves the list is not chosen any more: nobody deletes what is not seen.
fn forget_unlisted(app: App, list: ShownList) {
    Effect::new(move |_| {
        let listed = app.read(|state| state.records.list().map(|list| list.ids.clone()).unwrap_or_default());
        let is_gone = |id: &RecordId| !listed.contains(id);
        if list.selected.with_untracked(|selected| selected.iter().any(is_gone)) {
            list.selected.update(|selected| selected.retain(|id| !is_gone(id)));
        }
    });
}

#[component]
fn DeleteDialog(open: RwSignal<bool>, count: Memo<usize>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let list = use_list();
    let submission = Submission::new();
    let confirm = move |()| {
        let call_ids: Vec<CallId> =
            list.selected.with_untracked(|selected| selected.iter().map(|id| CallId(id.0)).collect());
        let deleted = call_ids.clone();
        let send = async move {
            let mut count = 0;
            for call_ids in call_ids.chunks(AT_A_TIME) {
                let request = DeleteCalls { call_ids: call_ids.to_vec() };
                count += app.api().delete_calls(&request).await?.count;
            }
            Ok(count)
        };
        submission.run(send, move |count| {
            open.set(false);
            list.selected.update(BTreeSet::clear);
            for call_id in deleted {
                learn(app, &Event::CallRemoved { call_id });
            }
            app.toasts.show(t_string!(i18n, calls.deleted_count, count = count).to_string());
        });
    };
    view! {
        <ConfirmDialog
            open
            title=move || t_string!(i18n, calls.delete_count_title, count = count.get()).to_string()
            confirm_label=text!(i18n, records.delete)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, calls.delete_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
