//! Terms that are tracked: what people should notice when it is said in a call.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::calls::{SaveTrackedTerm, TrackedTerm, TrackedTermPath};
use types::{Page as PageOf, Permission};
use ui::{
    Button, ButtonKind, Column, ConfirmDialog, DataTable, EmptyState, Field, IconButton, IconName, Page,
    Pill, TextArea, TextInput, Tone,
};

use super::term_chart::TermChart;
use crate::context::{App, use_app};
use crate::forms::{DialogFor, FormDialog, FormError, Submission};
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// The dialogs of the page.
#[derive(Clone, Copy)]
struct Dialogs {
    edit: DialogFor<Option<TrackedTerm>>,
    delete: DialogFor<TrackedTerm>,
}

/// The list of tracked terms, with how often each is said.
#[component]
pub fn TermsPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let may_edit = app.may(Permission::ManageTrackedTerms);
    let terms = Remote::new(move || async move { app.api().list_tracked_terms().await });
    let dialogs = Dialogs { edit: DialogFor::new(), delete: DialogFor::new() };
    let create = move || {
        view! {
            <Show when=move || may_edit.get()>
                <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=move |_| dialogs.edit.show(None)>
                    {text!(i18n, call_settings.add_term)}
                </Button>
            </Show>
        }
    };
    let empty = move || {
        view! {
            <EmptyState
                icon=IconName::Tag
                title=text!(i18n, call_settings.no_terms)
                body=text!(i18n, call_settings.no_terms_hint)
            />
        }
    };
    let rows = Signal::derive(move || terms.get().map(|page| page.items).unwrap_or_default());
    let table = move || {
        let columns = columns(app, dialogs, may_edit);
        view! { <DataTable caption=text!(i18n, settings.tracked_terms) columns rows key=|term: &TrackedTerm| term.id /> }
    };
    view! {
        <Page title=text!(i18n, settings.tracked_terms) description=text!(i18n, call_settings.terms_intro) actions=create>
            <RemoteView remote=terms>
                <Show when=move || rows.with(|rows| !rows.is_empty()) fallback=empty>{table()}</Show>
            </RemoteView>
        </Page>
        <TermDialog dialog=dialogs.edit terms />
        <DeleteDialog dialog=dialogs.delete terms />
    }
    .into_any()
}

fn columns(app: App, dialogs: Dialogs, may_edit: Signal<bool>) -> Vec<Column<TrackedTerm>> {
    let i18n = app.i18n;
    let name = move |term: &TrackedTerm| {
        let calls = format!("/calls?term_id={}", term.id);
        let (name, is_matching) = (term.name.clone(), term.matching);
        let matching = is_matching.then(|| {
            view! { <Pill tone=Tone::Accent icon=IconName::Clock>{text!(i18n, call_settings.matching)}</Pill> }
        });
        view! {
            <span class="lines">
                <A href=calls>{name}</A>
                {matching}
            </span>
        }
    };
    let actions = move |term: &TrackedTerm| {
        let (name, term) = (StoredValue::new(term.name.clone()), StoredValue::new(term.clone()));
        view! {
            <Show when=move || may_edit.get()>
                <span class="row-actions">
                    <IconButton
                        label=move || t_string!(i18n, forms.edit_named, name = name.get_value()).to_string()
                        icon=IconName::Edit
                        on_press=move |_| dialogs.edit.show(Some(term.get_value()))
                    />
                    <IconButton
                        label=move || t_string!(i18n, forms.delete_named, name = name.get_value()).to_string()
                        icon=IconName::Trash
                        on_press=move |_| dialogs.delete.show(term.get_value())
                    />
                </span>
            </Show>
        }
    };
    let chart = |term: &TrackedTerm| view! { <TermChart term_id=term.id name=term.name.clone() /> };
    vec![
        Column::new(text!(i18n, call_settings.term), name),
        Column::new(text!(i18n, call_settings.variants), |term: &TrackedTerm| term.variants.join(", ")),
        Column::new(text!(i18n, call_settings.said), chart),
        Column::new(text!(i18n, forms.actions), actions),
    ]
}

/// Tracks a term, or changes one.
#[component]
fn TermDialog(dialog: DialogFor<Option<TrackedTerm>>, terms: Remote<PageOf<TrackedTerm>>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (name, variants) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move |_| {
        if dialog.open.get() {
            let term = dialog.get().flatten();
            name.set(term.as_ref().map(|term| term.name.clone()).unwrap_or_default());
            variants.set(term.map(|term| term.variants.join("\n")).unwrap_or_default());
        }
    });
    let save = move |()| {
        let term_id = dialog.get_untracked().flatten().map(|term| term.id);
        let variants = variants.with_untracked(|typed| lines_of(typed));
        let request = SaveTrackedTerm { name: name.get_untracked(), variants };
        let send = async move {
            match term_id {
                Some(term_id) => app.api().update_tracked_term(&TrackedTermPath { term_id }, &request).await,
                None => app.api().create_tracked_term(&request).await,
            }
        };
        submission.run(send, move |_| {
            dialog.open.set(false);
            terms.reload();
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    let existing = move || dialog.get().flatten();
    let title = move || match existing() {
        Some(term) => t_string!(i18n, call_settings.edit_term, name = term.name).to_string(),
        None => t_string!(i18n, call_settings.add_term).to_owned(),
    };
    let submit_label = move || match existing() {
        Some(_) => t_string!(i18n, words.save),
        None => t_string!(i18n, call_settings.add_term),
    };
    let wrong_variant = Signal::derive(move || {
        submission.field_where(|field| field.starts_with("variants")).map(|error| error.detail)
    });
    view! {
        <FormDialog open=dialog.open title submit_label submission on_submit=save>
            <p class="muted">{text!(i18n, call_settings.term_effect)}</p>
            <Field
                label=text!(i18n, call_settings.term)
                hint=text!(i18n, call_settings.term_hint)
                error=submission.field("name")
            >
                <TextInput value=name required=true />
            </Field>
            <Field
                label=text!(i18n, call_settings.variants)
                hint=text!(i18n, call_settings.variants_hint)
                error=wrong_variant
            >
                <TextArea value=variants rows=4 />
            </Field>
        </FormDialog>
    }
    .into_any()
}

/// The lines that say something.
fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
}

#[component]
fn DeleteDialog(dialog: DialogFor<TrackedTerm>, terms: Remote<PageOf<TrackedTerm>>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let confirm = move |()| {
        let Some(term) = dialog.get_untracked() else { return };
        let path = TrackedTermPath { term_id: term.id };
        submission.run(async move { app.api().delete_tracked_term(&path).await }, move |()| {
            dialog.open.set(false);
            terms.reload();
        });
    };
    let title = move || {
        t_string!(i18n, call_settings.delete_term, name = dialog.of(|term| term.name.clone())).to_string()
    };
    view! {
        <ConfirmDialog
            open=dialog.open
            title
            confirm_label=text!(i18n, call_settings.stop_tracking)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, call_settings.delete_term_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
