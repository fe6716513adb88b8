//! Modal dialogs over `<dialog>`: the browser keeps the focus inside and returns it on closing.

use leptos::{ev, html, prelude::*, text_prop::TextProp};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use crate::{Button, ButtonKind, Field, IconButton, IconName, TextInput, element_id::unique_id, keyboard};

/// A modal dialog. Escape, its close button and a press outside close it.
#[component]
pub fn Dialog(
    /// Whether it is open, both ways.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: TextProp,
    /// What the close button does: "Close".
    #[prop(into)]
    close_label: TextProp,
    /// 720 px wide instead of 480.
    #[prop(optional)]
    wide: bool,
    /// Keep it open on Escape or a press outside, because something would be lost.
    #[prop(optional, into)]
    guarded: Signal<bool>,
    /// The content, made anew at each opening. Put buttons into an element of class `actions`.
    children: ChildrenFn,
) -> impl IntoView {
    let title_id = unique_id("dialog");
    let heading_id = title_id.clone();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let (Some(dialog), wanted) = (dialog.get(), open.get()) else { return };
        if wanted && !dialog.open() {
            // Fails only for a dialog outside the document, which is never shown anyway.
            let _ = dialog.show_modal();
            focus_body(dialog);
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let on_cancel = move |event: ev::Event| {
        if guarded.get_untracked() {
            event.prevent_default();
        }
    };
    let on_press = move |event: ev::MouseEvent| {
        let on_backdrop = event.target().is_some_and(|target| target.is_instance_of::<HtmlDialogElement>());
        if on_backdrop && !guarded.get_untracked() {
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            class:wide=wide
            aria-labelledby=title_id
            on:cancel=on_cancel
            on:close=move |_| open.set(false)
            on:mousedown=on_press
        >
            <div class="panel">
                <header>
                    <h2 id=heading_id>{move || title.get()}</h2>
                    <IconButton label=close_label icon=IconName::Close on_press=move |_| open.set(false) />
                </header>
                <Show when=move || open.get()>
                    <div class="body">{children()}</div>
                </Show>
            </div>
        </dialog>
    }
}

/// Puts the focus on the first control of the content instead of on the close button: at once, so that nothing is lost of what
/// is typed right after, or once it is drawn.
fn focus_body(dialog: HtmlDialogElement) {
    if !focus_first(&dialog) {
        request_animation_frame(move || {
            focus_first(&dialog);
        });
    }
}

/// Whether there was a control to put the focus on.
fn focus_first(dialog: &HtmlDialogElement) -> bool {
    let controls = keyboard::items(dialog, ".body :is(input, select, textarea, button):not(:disabled)");
    controls.first().is_some_and(|first| first.focus().is_ok())
}

/// Asks before something is destroyed. With `typed_name`, its name has to be typed first.
#[component]
pub fn ConfirmDialog(
    /// Whether it is open, both ways.
    open: RwSignal<bool>,
    /// The question: "Delete the inbox Support?".
    #[prop(into)]
    title: TextProp,
    /// The button that does it: "Delete inbox".
    #[prop(into)]
    confirm_label: TextProp,
    /// The button that does not: "Cancel".
    #[prop(into)]
    cancel_label: TextProp,
    /// Does it. The caller closes the dialog when it is done.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// The name that must be typed, for what cannot be undone.
    #[prop(optional, into)]
    typed_name: Option<Signal<String>>,
    /// Asks for that name: "Type the name of the inbox to confirm".
    #[prop(optional, into)]
    typed_name_label: TextProp,
    /// Waits for an answer.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// What goes, and how much of it.
    children: ChildrenFn,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        if open.get() {
            typed.set(String::new());
        }
    });
    let incomplete = Signal::derive(move || {
        typed_name.is_some_and(|name| name.with(|name| typed.with(|typed| typed.trim() != name.trim())))
    });
    let close_label = cancel_label.clone();
    let name_field = move || {
        let label = typed_name_label.clone();
        typed_name.map(|_| view! { <Field label><TextInput value=typed /></Field> })
    };
    let cancel_text = Signal::derive(move || cancel_label.get());
    let confirm_text = Signal::derive(move || confirm_label.get());
    view! {
        <Dialog open title close_label>
            {children()}
            {name_field.clone()}
            <div class="actions">
                <Button on_press=move |_| open.set(false)>{move || cancel_text.get()}</Button>
                <Button kind=ButtonKind::Danger disabled=incomplete busy on_press=move |_| on_confirm.run(())>
                    {move || confirm_text.get()}
                </Button>
            </div>
        </Dialog>
    }
}
