//! A secret that is shown once.

use leptos::{prelude::*, text_prop::TextProp};
use ui::{Banner, Button, ButtonKind, CopyField, Dialog, IconName, Tone};

use super::DialogFor;
use crate::context::use_app;
use crate::texts::text;

/// Shows a secret to copy. Only its buttons close it.
#[component]
pub fn SecretDialog(
    /// The dialog with the secret.
    secret: DialogFor<String>,
    /// Its heading: "Copy the token now".
    #[prop(into)]
    title: TextProp,
    /// What to do with it.
    #[prop(into)]
    note: TextProp,
    /// What it is, for screen readers.
    #[prop(into)]
    label: TextProp,
    /// The button: "I have copied it".
    #[prop(into)]
    done_label: TextProp,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let value = Signal::derive(move || secret.get().unwrap_or_default());
    let (note, done_label) = (Signal::derive(move || note.get()), Signal::derive(move || done_label.get()));
    let guarded = Signal::stored(true);
    view! {
        <Dialog open=secret.open title close_label=text!(i18n, words.close) guarded>
            <Banner tone=Tone::Warn icon=IconName::Key>{move || note.get()}</Banner>
            <CopyField value label=label.clone() copy_label=text!(i18n, words.copy) copied_label=text!(i18n, words.copied) />
            <div class="actions">
                <Button kind=ButtonKind::Primary on_press=move |_| secret.open.set(false)>
                    {move || done_label.get()}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}
