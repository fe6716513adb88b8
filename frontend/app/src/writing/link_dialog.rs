//! Asks for the address of a link.

use leptos::{ev::SubmitEvent, prelude::*};
use leptos_i18n::t_string;
use ui::{Button, ButtonKind, Dialog, Field, RichTextHandle, TextInput};

use crate::context::use_app;
use crate::texts::text;

/// Links the selection of an editor; an empty address removes the link.
#[component]
pub fn LinkDialog(open: RwSignal<bool>, editor: RichTextHandle) -> impl IntoView {
    let i18n = use_app().i18n;
    view! {
        <Dialog open title=text!(i18n, inbox.link) close_label=text!(i18n, words.close)>
            <Form open editor />
        </Dialog>
    }
}

#[component]
fn Form(open: RwSignal<bool>, editor: RichTextHandle) -> impl IntoView {
    let i18n = use_app().i18n;
    let (address, refused) = (RwSignal::new(String::new()), RwSignal::new(false));
    let error = Signal::derive(move || refused.get().then(|| t_string!(i18n, inbox.link_refused).to_owned()));
    let set = move |event: SubmitEvent| {
        event.prevent_default();
        // The dialog gives the focus back to the editor, which keeps its selection.
        if editor.set_link(address.get_untracked().trim()) {
            open.set(false);
        } else {
            refused.set(true);
        }
    };
    view! {
        <form class="form" on:submit=set>
            <Field label=text!(i18n, inbox.link_address) hint=text!(i18n, inbox.link_hint) error>
                <TextInput value=address placeholder="https://" />
            </Field>
            <div class="actions">
                <Button on_press=move |_| open.set(false)>{text!(i18n, words.cancel)}</Button>
                <Button kind=ButtonKind::Primary submit=true>{text!(i18n, inbox.link_set)}</Button>
            </div>
        </form>
    }
}
