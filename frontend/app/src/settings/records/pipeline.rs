//! The stages that deals go through.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Event;
use types::crm::{DealStage, SaveDealStage, SavePipeline, StageOutcome};
use ui::{Page, SelectOption};

use super::choices::{Choices, ChoicesForm, Saved};
use crate::context::{App, use_app};
use crate::forms::{Submission, UnsavedBar, learn};
use crate::records::load_setup;
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// The stages in order, with what each means for the deals in it.
#[component]
pub fn PipelinePage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let refreshes = app.refreshes();
    let remote = Remote::new(move || {
        refreshes.get();
        load_setup(app)
    });
    let saved = Memo::new(move |_| {
        app.read(|state| saved(state.records.setup.as_ref().map(|s| s.stages.as_slice())))
    });
    let choices = Choices::new();
    choices.follow(saved);
    let submission = Submission::new();
    let changed = Signal::derive(move || choices.typed() != saved.get());
    let save = move |()| {
        let request = request(untrack(|| choices.typed()));
        submission.run(async move { app.api().save_pipeline(&request).await }, move |pipeline| {
            choices.fill(self::saved(Some(&pipeline.stages)));
            learn(app, &Event::PipelineChanged { stages: pipeline.stages });
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    view! {
        <Page title=text!(i18n, settings.pipeline) description=text!(i18n, records.pipeline_intro)>
            <RemoteView remote>
                <ChoicesForm choices field="stages" meanings=meanings(app) submission />
            </RemoteView>
            <UnsavedBar changed submission on_save=save on_discard=move |()| choices.fill(saved.get_untracked()) />
        </Page>
    }
    .into_any()
}

fn saved(stages: Option<&[DealStage]>) -> Vec<Saved> {
    let row = |stage: &DealStage| (Some(stage.id.to_string()), stage.name.clone(), stage.outcome.to_string());
    stages.unwrap_or_default().iter().map(row).collect()
}

fn request(rows: Vec<Saved>) -> SavePipeline {
    let stage = |(id, name, outcome): Saved| SaveDealStage {
        id: id.and_then(|id| id.parse().ok()),
        name,
        outcome: outcome.parse().unwrap_or(StageOutcome::Open),
    };
    SavePipeline { stages: rows.into_iter().map(stage).collect() }
}

fn meanings(app: App) -> Signal<Vec<SelectOption>> {
    let i18n = app.i18n;
    Signal::derive(move || {
        let option = |outcome: &StageOutcome| {
            let label = match outcome {
                StageOutcome::Open => t_string!(i18n, records.outcome_open),
                StageOutcome::Won => t_string!(i18n, records.outcome_won),
                StageOutcome::Lost => t_string!(i18n, records.outcome_lost),
            };
            SelectOption { value: outcome.to_string(), label: label.to_owned() }
        };
        StageOutcome::ALL.iter().map(option).collect()
    })
}
