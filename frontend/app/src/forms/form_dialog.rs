//! A dialog that holds one form.

use leptos::{ev::SubmitEvent, prelude::*, text_prop::TextProp};
use ui::{Button, ButtonKind, Dialog};

use super::{FormError, Submission};
use crate::context::use_app;
use crate::texts::text;

/// A form in a dialog. Once something was typed, only its buttons close it, so that nothing is lost by accident.
#[component]
pub fn FormDialog(
    /// Whether it is open, both ways.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: TextProp,
    /// The button that sends: "Create team".
    #[prop(into)]
    submit_label: TextProp,
    /// The sending.
    submission: Submission,
    /// Sends. The caller closes the dialog when it is done.
    #[prop(into)]
    on_submit: Callback<()>,
    /// 720 px wide instead of 480.
    #[prop(optional)]
    wide: bool,
    /// The fields, made anew at each opening.
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let touched = RwSignal::new(false);
    Effect::new(move |_| {
        if open.get() {
            touched.set(false);
            submission.clear();
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    let submit_label = Signal::derive(move || submit_label.get());
    view! {
        <Dialog open title close_label=text!(i18n, words.close) wide guarded=touched>
            <form
                class="form"
                on:submit=submit
                on:input=move |_| touched.set(true)
                on:change=move |_| touched.set(true)
            >
                {children()}
                <FormError submission />
                <div class="actions">
                    <Button on_press=move |_| open.set(false)>{text!(i18n, words.cancel)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=submission.busy>
                        {move || submit_label.get()}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
