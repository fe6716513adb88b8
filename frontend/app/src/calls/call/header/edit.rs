//! Changing the facts of the call.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Permission;
use types::calls::{Call, CallDirection, CallOutcome, UpdateCall};
use ui::{Checkbox, Field, Select, SelectOption, TextInput};

use super::super::open_call::{OpenCall, use_call};
use crate::calls::{direction_name, outcome_name};
use crate::forms::{FormDialog, Submission};
use crate::records::owners;
use crate::texts::text;

/// What is typed and chosen.
#[derive(Clone, Copy)]
struct Form {
    title: RwSignal<String>,
    direction: RwSignal<String>,
    outcome: RwSignal<String>,
    owner: RwSignal<String>,
    private: RwSignal<bool>,
}

impl Form {
    fn take(self, call: &Call) {
        self.title.set(call.title.clone());
        self.direction.set(call.direction.to_string());
        self.outcome.set(call.outcome.map(|outcome| outcome.to_string()).unwrap_or_default());
        self.owner.set(call.owner_id.map(|id| id.to_string()).unwrap_or_default());
        self.private.set(call.private);
    }

    /// The whole of the facts: what the form does not show stays.
    fn request(self, call: &Call) -> UpdateCall {
        UpdateCall {
            title: self.title.get_untracked(),
            direction: self.direction.get_untracked().parse().unwrap_or(call.direction),
            started_at: call.started_at,
            duration_ms: call.duration_ms,
            owner_id: self.owner.get_untracked().parse().ok(),
            outcome: self.outcome.get_untracked().parse().ok(),
            private: self.private.get_untracked(),
        }
    }
}

/// Asks for title, direction, outcome, owner, and whether the call is private.
#[component]
pub fn EditDialog(dialog_open: RwSignal<bool>) -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let submission = Submission::new();
    let form = Form {
        title: RwSignal::new(String::new()),
        direction: RwSignal::new(String::new()),
        outcome: RwSignal::new(String::new()),
        owner: RwSignal::new(String::new()),
        private: RwSignal::new(false),
    };
    Effect::new(move |_| {
        if dialog_open.get()
            && let Some(call) = untrack(|| open.call.get())
        {
            form.take(&call);
        }
    });
    let submit = move |()| {
        let Some(call) = untrack(|| open.call.get()) else { return };
        let request = form.request(&call);
        let request = async move { open.app.api().update_call(&open.path(), &request).await };
        submission.run(request, move |call| {
            dialog_open.set(false);
            open.call.update(|known| *known = call);
            open.app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    view! {
        <FormDialog open=dialog_open title=text!(i18n, call.edit) submit_label=text!(i18n, words.save) submission on_submit=submit>
            <Field label=text!(i18n, calls.title) error=submission.field("title")>
                <TextInput value=form.title required=true />
            </Field>
            <Field label=text!(i18n, calls.direction) error=submission.field("direction")>
                <Select value=form.direction options=directions(open) />
            </Field>
            <Field label=text!(i18n, calls.outcome) error=submission.field("outcome")>
                <Select value=form.outcome options=outcomes(open) />
            </Field>
            <Field label=text!(i18n, inbox.owner) error=submission.field("owner_id")>
                <Select value=form.owner options=owners(open.app) />
            </Field>
            <Private open private=form.private />
        </FormDialog>
    }
    .into_any()
}

/// For the owner, and for whoever reads what others keep private.
#[component]
fn Private(open: OpenCall, private: RwSignal<bool>) -> impl IntoView {
    let i18n = open.app.i18n;
    let may_read_private = open.app.may(Permission::ReadPrivateCalls);
    let is_owner = move || {
        let owner = open.call.get().and_then(|call| call.owner_id);
        owner.is_some() && owner == open.app.read(state::State::my_id)
    };
    let disabled = Signal::derive(move || !may_read_private.get() && !is_owner());
    view! { <Checkbox label=text!(i18n, calls.private) hint=text!(i18n, calls.private_hint) checked=private disabled /> }
}

fn directions(open: OpenCall) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let option = |direction: &CallDirection| SelectOption {
            value: direction.to_string(),
            label: direction_name(open.app.i18n, *direction).to_owned(),
        };
        CallDirection::ALL.iter().map(option).collect()
    })
}

fn outcomes(open: OpenCall) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let i18n = open.app.i18n;
        let option = |outcome: &CallOutcome| SelectOption {
            value: outcome.to_string(),
            label: outcome_name(i18n, *outcome).to_owned(),
        };
        let none = SelectOption { value: String::new(), label: t_string!(i18n, records.not_set).to_owned() };
        std::iter::once(none).chain(CallOutcome::ALL.iter().map(option)).collect()
    })
}
