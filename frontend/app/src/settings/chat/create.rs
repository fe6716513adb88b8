//! Creates a chat widget.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use types::Event;
use types::channels::CreateChatWidget;
use ui::{Field, Select, SelectOption, TextInput};

use crate::context::{App, use_app};
use crate::forms::{FormDialog, Submission, learn};
use crate::texts::text;

/// Asks for name and inbox, and leads to the new widget.
#[component]
pub fn CreateDialog(
    /// Whether it is open, both ways.
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (name, inbox) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let options = Signal::derive(move || inbox_options(app));
    Effect::new(move |_| {
        if open.get() {
            name.set(String::new());
            let first = options.with_untracked(|options| options.first().map(|option| option.value.clone()));
            inbox.set(first.unwrap_or_default());
        }
    });
    let navigate = use_navigate();
    let send = move |()| {
        let Ok(inbox_id) = inbox.get_untracked().parse() else { return };
        let request = CreateChatWidget { name: name.get_untracked(), inbox_id };
        let navigate = navigate.clone();
        submission.run(async move { app.api().create_chat_widget(&request).await }, move |widget| {
            open.set(false);
            let path = format!("/settings/chat/{}", widget.id);
            learn(app, &Event::WidgetChanged { widget: Box::new(widget) });
            navigate(&path, NavigateOptions::default());
        });
    };
    let inbox_field = move || {
        if options.with(Vec::is_empty) {
            view! { <p class="form-error" role="alert">{text!(i18n, chat.no_inbox)}</p> }.into_any()
        } else {
            view! {
                <Field label=text!(i18n, chat.inbox) error=submission.field("inbox_id")>
                    <Select value=inbox options />
                </Field>
            }
            .into_any()
        }
    };
    view! {
        <FormDialog
            open
            title=text!(i18n, chat.create)
            submit_label=text!(i18n, chat.create)
            submission
            on_submit=send
        >
            <Field label=text!(i18n, forms.name) error=submission.field("name")>
                <TextInput value=name required=true />
            </Field>
            {inbox_field}
        </FormDialog>
    }
    .into_any()
}

/// The inboxes by name. Tracked.
pub(super) fn inbox_options(app: App) -> Vec<SelectOption> {
    let inboxes = app.read(|state| state.directory.inboxes_by_name());
    inboxes.into_iter().map(|inbox| SelectOption { value: inbox.id.to_string(), label: inbox.name }).collect()
}
