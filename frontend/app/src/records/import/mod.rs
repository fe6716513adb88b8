//! Records out of a CSV file: choose it, say where its columns go, look at what is wrong, import.

mod mapping;
mod progress;

use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::A;
use types::crm::{CsvPreview, ObjectKind, PreviewCsv};
use types::files::File;
use types::{ImportId, Permission};
use ui::{EmptyState, Icon, IconName, Section, Spinner};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::kind::{kind_plural, path_of_list};
use crate::context::{App, use_app};
use crate::errors::error_text;
use crate::texts::text;
use crate::upload::upload;
use mapping::Mapping;
use progress::Progress;

/// How far somebody has come.
#[derive(Clone, PartialEq)]
enum Step {
    /// Choosing a file.
    File,
    /// The file is on its way.
    Uploading,
    /// Saying where its columns go.
    Columns(Box<(File, CsvPreview)>),
    /// The server checks it, or imports it.
    Import(ImportId),
}

/// Imports records of one kind.
#[component]
pub fn ImportScreen(kind: ObjectKind) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let may_edit = app.may(Permission::EditContacts);
    let step = RwSignal::new(Step::File);
    let problem = RwSignal::new(None::<String>);
    let shown = move || match step.get() {
        Step::File => view! { <Choice step problem /> }.into_any(),
        Step::Uploading => view! { <p><Spinner label=text!(i18n, inbox.uploading) /></p> }.into_any(),
        Step::Columns(about) => {
            let (file, preview) = *about;
            let on_created = move |import: types::crm::Import| {
                let id = import.id;
                app.change(|state| state.records.take_import(import));
                step.set(Step::Import(id));
            };
            view! { <Mapping kind file preview on_created /> }.into_any()
        }
        Step::Import(id) => view! { <Progress id on_again=move |()| step.set(Step::File) /> }.into_any(),
    };
    let refused = move || {
        view! { <EmptyState icon=IconName::Lock title=text!(i18n, settings.no_permission) body=text!(i18n, settings.who_can_give) /> }
    };
    view! {
        <main class="screen">
            <A href=path_of_list(kind) attr:class="back-link">
                <Icon name=IconName::Back /> {move || kind_plural(i18n, kind)}
            </A>
            <div class="page">
                <header><div class="title"><h1>{text!(i18n, records.import)}</h1></div></header>
                <Show when=move || may_edit.get() fallback=refused>{shown}</Show>
            </div>
        </main>
    }
    .into_any()
}

#[component]
fn Choice(step: RwSignal<Step>, problem: RwSignal<Option<String>>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let on_change = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(file) = input.and_then(|input| input.files()?.get(0)) {
            take(app, step, problem, file);
        }
    };
    view! {
        <Section title=text!(i18n, records.import_file) description=text!(i18n, records.import_hint)>
            <input
                type="file"
                class="input"
                accept=".csv,text/csv,text/plain"
                aria-label=text!(i18n, records.import_file)
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                on:change=on_change
            />
            <p class="form-error" role="alert">{move || problem.get()}</p>
        </Section>
    }
    .into_any()
}

/// Uploads the file and looks at its first rows.
fn take(app: App, step: RwSignal<Step>, problem: RwSignal<Option<String>>, file: web_sys::File) {
    problem.set(None);
    step.set(Step::Uploading);
    spawn_local(async move {
        let next = match upload(app, &file).await {
            Ok(file) => match app.api().preview_csv(&PreviewCsv { file_id: file.id }).await {
                Ok(preview) => Ok(Step::Columns(Box::new((file, preview)))),
                Err(error) => Err(untrack(|| error_text(app.i18n, &error))),
            },
            Err(reason) => Err(reason),
        };
        // The screen may be gone by now.
        let _ = match next {
            Ok(next) => step.try_set(next),
            Err(reason) => {
                let _ = problem.try_set(Some(reason));
                step.try_set(Step::File)
            }
        };
    });
}
