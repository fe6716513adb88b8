//! Deleting the call.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use ui::ConfirmDialog;

use super::super::open_call::use_call;
use crate::forms::{FormError, Submission};
use crate::texts::text;

/// Asks first, and says what goes.
#[component]
pub fn DeleteDialog(dialog_open: RwSignal<bool>) -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let submission = Submission::new();
    let navigate = use_navigate();
    let title = move || {
        let title = open.call.get().map(|call| call.title).unwrap_or_default();
        t_string!(i18n, records.delete_title, name = title).to_string()
    };
    let confirm = Callback::new(move |()| {
        let navigate = navigate.clone();
        let request = async move { open.app.api().delete_call(&open.path()).await };
        submission.run(request, move |()| {
            dialog_open.set(false);
            open.app.toasts.show(t_string!(i18n, call.deleted));
            navigate("/calls", NavigateOptions::default());
        });
    });
    view! {
        <ConfirmDialog
            open=dialog_open
            title
            confirm_label=text!(i18n, call.delete)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, call.delete_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
