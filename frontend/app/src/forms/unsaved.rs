//! Values that were changed on a page and are not saved yet.

use leptos::{ev, prelude::*};
use leptos_i18n::t_string;
use ui::{Button, ButtonKind};
use wasm_bindgen::prelude::*;

use super::{FormError, Submission};
use crate::context::{App, use_app};
use crate::texts::text;

/// Says that something is not saved, with the buttons to save and to discard it; asks before the page is left.
#[component]
pub fn UnsavedBar(
    /// Whether something is not saved.
    #[prop(into)]
    changed: Signal<bool>,
    /// The sending.
    submission: Submission,
    /// Saves.
    #[prop(into)]
    on_save: Callback<()>,
    /// Puts back what is saved.
    #[prop(into)]
    on_discard: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    ask_before_leaving(app, changed);
    let discard = move |_| {
        submission.clear();
        on_discard.run(());
    };
    view! {
        <div class="unsaved-bar" class:shown=move || changed.get() role="status">
            <Show when=move || changed.get()>
                <span class="text">{text!(i18n, forms.unsaved)} <FormError submission /></span>
                <Button on_press=discard>{text!(i18n, forms.discard)}</Button>
                <Button kind=ButtonKind::Primary busy=submission.busy on_press=move |_| on_save.run(())>
                    {text!(i18n, words.save)}
                </Button>
            </Show>
        </div>
    }
    .into_any()
}

/// The browser asks when the tab is closed; this app asks when a link of it is followed.
fn ask_before_leaving(app: App, changed: Signal<bool>) {
    let is_changed = move || changed.try_get_untracked().unwrap_or_default();
    let closing = window_event_listener(ev::beforeunload, move |event| {
        if is_changed() {
            event.prevent_default();
        }
    });
    let on_click = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let on_link = target.is_some_and(|target| {
            matches!(target.closest("a[href^='/']:not([target]):not([download])"), Ok(Some(_)))
        });
        let question = untrack(|| t_string!(app.i18n, forms.leave));
        if on_link && is_changed() && !window().confirm_with_message(question).unwrap_or(true) {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    // While capturing: before the router sees the press.
    let listener = on_click.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback_and_bool("click", listener, true);
    let on_click = StoredValue::new_local(on_click);
    on_cleanup(move || {
        closing.remove();
        on_click.with_value(|on_click| {
            let listener = on_click.as_ref().unchecked_ref();
            let _ = document().remove_event_listener_with_callback_and_bool("click", listener, true);
        });
    });
}
