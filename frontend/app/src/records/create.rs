//! Creates a record.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use types::crm::ObjectKind;

use super::form::{RecordFields, RecordForm, begin};
use super::kind::{create_title, path_of};
use super::requests;
use crate::context::use_app;
use crate::forms::{FormDialog, Submission};

/// The form of a new record, which is opened once it is there.
#[component]
pub fn CreateDialog(open: RwSignal<bool>, kind: ObjectKind) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let form = RecordForm::new(kind);
    Effect::new(move |_| {
        if open.get() {
            begin(app, form);
        }
    });
    let navigate = use_navigate();
    let save = Callback::new(move |()| {
        let navigate = navigate.clone();
        let draft = form.draft(app);
        submission.run(requests::create(app, kind, draft), move |record| {
            open.set(false);
            app.toasts.show(t_string!(i18n, records.created, name = record.name().to_owned()).to_string());
            navigate(&path_of(record.reference()), NavigateOptions::default());
        });
    });
    view! {
        <FormDialog
            open
            title=move || create_title(i18n, kind)
            submit_label=move || create_title(i18n, kind)
            submission
            on_submit=save
            wide=true
        >
            <div class="record-fields"><RecordFields form submission /></div>
        </FormDialog>
    }
    .into_any()
}
