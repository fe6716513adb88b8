//! Values that were changed on a page and are not saved yet.

use leptos::{ev, prelude::*};
use leptos_i18n::t_string;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use ui::{Button, ButtonKind};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event};

use super::{FormError, Submission};
use crate::context::use_app;
use crate::texts::{I18n, text};

/// A page with values that can be changed.
#[derive(Clone)]
struct Changeable {
    changed: Signal<bool>,
    /// Its address, as the router has it.
    path: Memo<String>,
}

/// The pages whose values may be changed and not saved; asks before one of them is left.
#[derive(Clone, Copy)]
pub struct Unsaved {
    /// Those of pages that were left are disposed.
    pages: StoredValue<Vec<Changeable>>,
}

impl Unsaved {
    /// No page yet.
    pub fn new() -> Self {
        Self { pages: StoredValue::new(Vec::new()) }
    }

    fn watch(self, page: Changeable) {
        self.pages.update_value(|pages| {
            pages.retain(|page| page.changed.try_get_untracked().is_some());
            pages.push(page);
        });
    }

    /// The address of the page on which something is not saved.
    fn changed_page(self) -> Option<String> {
        self.pages.with_value(|pages| {
            let changed = pages.iter().find(|page| page.changed.try_get_untracked() == Some(true))?;
            changed.path.try_get_untracked()
        })
    }

    /// Whether the page may be left. Asks the user when something on it is not saved.
    pub fn may_leave(self, i18n: I18n) -> bool {
        let question = untrack(|| t_string!(i18n, forms.leave));
        self.changed_page().is_none() || window().confirm_with_message(question).unwrap_or(true)
    }

    /// Asks when the tab is closed (the browser does that), when a link of the app is followed, and when the browser's
    /// history is. Lasts as long as the app.
    pub fn listen(self, i18n: I18n) {
        let closing = window_event_listener(ev::beforeunload, move |event| {
            if self.changed_page().is_some() {
                event.prevent_default();
            }
        });
        on_cleanup(move || closing.remove());
        before_router("click", move |event| {
            if is_on_link(event) && !self.may_leave(i18n) {
                event.prevent_default();
                event.stop_propagation();
            }
        });
        before_router("popstate", move |event| {
            let Some(page) = self.changed_page() else { return };
            let elsewhere = window().location().pathname().is_ok_and(|path| path != page);
            if elsewhere && !self.may_leave(i18n) {
                event.stop_immediate_propagation();
                // The browser has gone there already. This is the way back that needs no knowledge of the direction.
                let _ = window()
                    .history()
                    .and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(&page)));
            }
        });
    }
}

/// Goes to a path of the app, unless the user stays with what is not saved.
pub fn use_leave() -> Callback<String> {
    let app = use_app();
    let navigate = use_navigate();
    Callback::new(move |path: String| {
        if app.unsaved.may_leave(app.i18n) {
            navigate(&path, NavigateOptions::default());
        }
    })
}

/// Listens on the window before the router does: while capturing.
fn before_router(event: &str, listener: impl Fn(&Event) + 'static) {
    let listener = Closure::<dyn Fn(Event)>::new(move |event| listener(&event)).into_js_value();
    let _ = window().add_event_listener_with_callback_and_bool(event, listener.unchecked_ref(), true);
}

fn is_on_link(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        matches!(target.closest("a[href^='/']:not([target]):not([download])"), Ok(Some(_)))
    })
}

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
    app.unsaved.watch(Changeable { changed, path: use_location().pathname });
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
