//! Having the call transcribed, for the first time or again.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::calls::{TranscribeCall, TranscriptState};
use ui::{Field, Select, SelectOption};

use super::super::open_call::use_call;
use super::Pane;
use crate::browser;
use crate::forms::{FormDialog, Submission};
use crate::preferences;
use crate::texts::text;

/// Asks for the language, and says what is lost.
#[component]
pub fn TranscribeDialog() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let pane = expect_context::<Pane>();
    let dialog_open = pane.transcribe_open;
    let submission = Submission::new();
    let language = RwSignal::new(String::new());
    let options = Signal::derive(move || {
        let tag = preferences::tag(i18n.get_locale());
        let languages = open.settings.get().map(|settings| settings.languages).unwrap_or_default();
        let named = languages
            .into_iter()
            .map(|language| SelectOption { label: browser::language_name(tag, &language), value: language });
        let usual = t_string!(i18n, call.usual_language).to_owned();
        std::iter::once(SelectOption { value: String::new(), label: usual }).chain(named).collect::<Vec<_>>()
    });
    let submit = move |()| {
        let language = Some(language.get_untracked()).filter(|language| !language.is_empty());
        let request = TranscribeCall { language };
        let request = async move { open.app.api().transcribe_call(&open.path(), &request).await };
        submission.run(request, move |_| {
            dialog_open.set(false);
            open.call.reload();
        });
    };
    let replaces = move || open.transcript_state.get() == Some(TranscriptState::Ready);
    view! {
        <FormDialog
            open=dialog_open
            title=text!(i18n, call.transcribe)
            submit_label=text!(i18n, call.transcribe_now)
            submission
            on_submit=submit
        >
            <Field label=text!(i18n, call.language) error=submission.field("language")>
                <Select value=language options />
            </Field>
            <Show when=replaces><p class="muted">{text!(i18n, call.transcribe_replaces)}</p></Show>
        </FormDialog>
    }
    .into_any()
}
