//! An import from its check to its end.

use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use types::ImportId;
use types::crm::{Import, ImportPath, ImportProblem, ImportState};
use ui::{Banner, Button, ButtonKind, Column, DataTable, IconName, Section, Tone};

use crate::context::{App, use_app};
use crate::download::download;
use crate::forms::{FormError, Submission};
use crate::paged::{Paged, PagedView};
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// How far the import is, what is wrong with its rows, and what came of it.
#[component]
pub fn Progress(
    /// The import.
    id: ImportId,
    /// Begins with another file.
    #[prop(into)]
    on_again: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let refreshes = app.refreshes();
    let remote = Remote::new(move || {
        refreshes.get();
        async move {
            let import = app.api().get_import(&ImportPath { import_id: id }).await?;
            app.change(|state| state.records.take_import(import));
            Ok(())
        }
    });
    let import = Memo::new(move |_| app.read(|state| state.records.import(id).cloned()));
    let import_state = Memo::new(move |_| import.with(|import| import.as_ref().map(|import| import.state)));
    let step = move || match import_state.get()? {
        ImportState::Checking | ImportState::Running => Some(view! { <Bar import /> }.into_any()),
        ImportState::Checked => Some(view! { <Checked id import on_again /> }.into_any()),
        ImportState::Done => Some(view! { <Done id import on_again /> }.into_any()),
        ImportState::Failed => Some(view! { <Failed import on_again /> }.into_any()),
    };
    view! { <RemoteView remote>{step}</RemoteView> }
}

/// A number of the import. Tracked.
fn number(import: Memo<Option<Import>>, read: fn(&Import) -> i64) -> i64 {
    import.with(|import| import.as_ref().map(read).unwrap_or_default())
}

#[component]
fn Bar(import: Memo<Option<Import>>) -> impl IntoView {
    let i18n = use_app().i18n;
    let done = move || number(import, |import| import.done_count);
    let total = move || number(import, |import| import.row_count.unwrap_or_default());
    let is_running =
        move || import.with(|import| import.as_ref().is_some_and(|i| i.state == ImportState::Running));
    let title = move || match is_running() {
        true => t_string!(i18n, records.importing),
        false => t_string!(i18n, records.checking),
    };
    let text = move || t_string!(i18n, records.rows_done, done = done(), total = total()).to_string();
    view! {
        <Section title>
            <progress aria-label=text max=move || total().max(1).to_string() value=move || done().to_string()></progress>
            <p class="num" role="status">{text}</p>
        </Section>
    }
    .into_any()
}

#[component]
fn Checked(id: ImportId, import: Memo<Option<Import>>, on_again: Callback<()>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let start = move |_| {
        let send = async move { app.api().start_import(&ImportPath { import_id: id }).await };
        submission.run(send, move |import| {
            app.change(|state| state.records.take_import(import));
        });
    };
    let refused = move || number(import, |import| import.refused_count);
    let good = move || number(import, |import| import.row_count.unwrap_or_default() - import.refused_count);
    let none_good = Signal::derive(move || good() == 0);
    let summary = move || t_string!(i18n, records.checked, good = good(), refused = refused()).to_string();
    view! {
        <Section title=text!(i18n, records.checked_title) description=summary>
            <Show when=move || { refused() > 0 }><Problems id /></Show>
            <FormError submission />
            <div class="actions">
                <Button on_press=move |_| on_again.run(())>{text!(i18n, records.other_file)}</Button>
                <Button kind=ButtonKind::Primary busy=submission.busy disabled=none_good on_press=start>
                    {move || t_string!(i18n, records.start_import, count = good()).to_string()}
                </Button>
            </div>
        </Section>
    }
    .into_any()
}

/// What is wrong, row by row.
#[component]
fn Problems(id: ImportId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let paged = Paged::<ImportProblem>::new(move |page| async move {
        app.api().list_import_problems(&ImportPath { import_id: id }, &page).await
    });
    let table = move || {
        let columns = vec![
            Column::new(text!(i18n, records.row), |problem: &ImportProblem| problem.row),
            Column::new(text!(i18n, records.column), |problem: &ImportProblem| problem.column.clone()),
            Column::new(text!(i18n, records.problem), |problem: &ImportProblem| problem.detail.clone()),
        ];
        let rows = Signal::derive(move || paged.items());
        let key = |problem: &ImportProblem| (problem.row, problem.column.clone(), problem.detail.clone());
        view! { <DataTable caption=text!(i18n, records.problems) columns rows key /> }
    };
    view! { <PagedView paged empty=|| ()>{table()}</PagedView> }
}

#[component]
fn Done(id: ImportId, import: Memo<Option<Import>>, on_again: Callback<()>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let refused = move || number(import, |import| import.refused_count);
    let summary = move || {
        let created = number(import, |import| import.created_count);
        let updated = number(import, |import| import.updated_count);
        t_string!(i18n, records.imported, created = created, updated = updated, refused = refused())
            .to_string()
    };
    view! {
        <Section title=text!(i18n, records.imported_title) description=summary>
            <Show when=move || { refused() > 0 }>
                <Problems id />
                <Button icon=IconName::Download on_press=move |_| download_refused(app, id)>
                    {text!(i18n, records.download_refused)}
                </Button>
            </Show>
            <div class="actions">
                <Button on_press=move |_| on_again.run(())>{text!(i18n, records.other_file)}</Button>
            </div>
        </Section>
    }
    .into_any()
}

fn download_refused(app: App, id: ImportId) {
    spawn_local(async move {
        let path = format!("/v1/imports/{id}/refused");
        if let Err(error) = download(app, path, &format!("refused-{id}.csv")).await {
            app.fail(&error);
        }
    });
}

#[component]
fn Failed(import: Memo<Option<Import>>, on_again: Callback<()>) -> impl IntoView {
    let i18n = use_app().i18n;
    let failure = move || import.with(|import| import.as_ref().and_then(|import| import.failure.clone()));
    view! {
        <Section title=text!(i18n, records.import_failed)>
            <Banner tone=Tone::Bad icon=IconName::Warning>{failure}</Banner>
            <div class="actions">
                <Button on_press=move |_| on_again.run(())>{text!(i18n, records.other_file)}</Button>
            </div>
        </Section>
    }
    .into_any()
}
