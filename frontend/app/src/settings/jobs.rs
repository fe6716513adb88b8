//! Background jobs that were given up.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::platform::{DeadJob, JobPath};
use ui::{
    Button, ButtonKind, Column, ConfirmDialog, DataTable, EmptyState, IconButton, IconName, Page,
    RelativeTime,
};

use crate::context::{App, use_app};
use crate::forms::{DialogFor, FormError, Submission, act};
use crate::paged::{Paged, PagedView};
use crate::texts::text;

/// The list of failed jobs; it follows the jobs that fail while it is shown.
#[component]
pub fn JobsPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let revision = Memo::new(move |_| app.read(|state| state.jobs_revision));
    let jobs = Paged::new(move |query| {
        revision.get();
        async move { app.api().list_dead_jobs(&query).await }
    });
    let delete = DialogFor::<DeadJob>::new();
    let empty = move || {
        view! { <EmptyState icon=IconName::Check title=text!(i18n, jobs.empty) body=text!(i18n, jobs.empty_hint) /> }
    };
    let table = move || {
        let (columns, rows) = (columns(app, jobs, delete), Signal::derive(move || jobs.items()));
        view! { <DataTable caption=text!(i18n, settings.jobs) columns rows key=|job: &DeadJob| job.id /> }
    };
    view! {
        <Page title=text!(i18n, settings.jobs) description=text!(i18n, jobs.intro)>
            <PagedView paged=jobs empty>{table()}</PagedView>
        </Page>
        <DeleteDialog dialog=delete jobs />
    }
    .into_any()
}

fn columns(app: App, jobs: Paged<DeadJob>, delete: DialogFor<DeadJob>) -> Vec<Column<DeadJob>> {
    let i18n = app.i18n;
    let actions = move |job: &DeadJob| {
        let (path, kind, job) = (JobPath { job_id: job.id }, job.kind.clone(), job.clone());
        let retry = move |_| {
            act(app, async move { app.api().retry_job(&path).await }, move |()| {
                jobs.reload();
                t_string!(i18n, jobs.retried).to_owned()
            });
        };
        view! {
            <span class="row-actions">
                <Button kind=ButtonKind::Quiet icon=IconName::Refresh on_press=retry>{text!(i18n, jobs.retry)}</Button>
                <IconButton
                    label=move || t_string!(i18n, forms.delete_named, name = kind.clone()).to_string()
                    icon=IconName::Trash
                    on_press=move |_| delete.show(job.clone())
                />
            </span>
        }
    };
    vec![
        Column::new(text!(i18n, jobs.job), |job: &DeadJob| view! { <code>{job.kind.clone()}</code> }),
        Column::new(text!(i18n, jobs.attempts), |job: &DeadJob| job.attempts),
        Column::new(text!(i18n, jobs.last_error), |job: &DeadJob| {
            view! { <span class="clamp" title=job.last_error.clone()>{job.last_error.clone()}</span> }
        }),
        Column::new(text!(i18n, jobs.created), |job: &DeadJob| {
            view! { <RelativeTime unix_ms=job.created_at.0 as f64 / 1000.0 /> }
        }),
        Column::new(text!(i18n, forms.actions), actions),
    ]
}

#[component]
fn DeleteDialog(dialog: DialogFor<DeadJob>, jobs: Paged<DeadJob>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let confirm = move |()| {
        let Some(job) = dialog.get_untracked() else { return };
        let path = JobPath { job_id: job.id };
        submission.run(async move { app.api().delete_job(&path).await }, move |()| {
            dialog.open.set(false);
            jobs.reload();
            app.toasts.show(t_string!(i18n, jobs.deleted));
        });
    };
    let title =
        move || t_string!(i18n, jobs.delete_title, kind = dialog.of(|job| job.kind.clone())).to_string();
    view! {
        <ConfirmDialog
            open=dialog.open
            title
            confirm_label=text!(i18n, jobs.delete_job)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, jobs.delete_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
