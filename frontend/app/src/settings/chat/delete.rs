//! Deletes a chat widget.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use types::Event;
use types::channels::{ChatWidget, WidgetPath};
use ui::ConfirmDialog;

use crate::context::use_app;
use crate::forms::{FormError, Submission, learn};
use crate::texts::text;

/// Asks for the widget's name before it is deleted.
#[component]
pub fn DeleteDialog(
    /// Whether it is open, both ways.
    open: RwSignal<bool>,
    /// The widget.
    widget: Memo<Option<ChatWidget>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let name = Signal::derive(move || {
        widget.with(|widget| widget.as_ref().map(|w| w.name.clone())).unwrap_or_default()
    });
    let navigate = use_navigate();
    let confirm = move |()| {
        let Some(widget) = widget.get_untracked() else { return };
        let path = WidgetPath { widget_id: widget.id };
        let navigate = navigate.clone();
        submission.run(async move { app.api().delete_chat_widget(&path).await }, move |()| {
            open.set(false);
            navigate("/settings/chat", NavigateOptions::default());
            learn(app, &Event::WidgetDeleted { widget_id: widget.id });
            app.toasts.show(t_string!(i18n, chat.deleted, name = widget.name).to_string());
        });
    };
    view! {
        <ConfirmDialog
            open
            title=move || t_string!(i18n, chat.delete_title, name = name.get()).to_string()
            confirm_label=text!(i18n, chat.delete)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            typed_name=name
            typed_name_label=move || t_string!(i18n, chat.delete_type, name = name.get()).to_string()
            busy=submission.busy
        >
            <p>{text!(i18n, chat.delete_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
