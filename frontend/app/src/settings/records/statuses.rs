//! The statuses that tickets go through.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Event;
use types::crm::{SaveTicketStatus, SaveTicketStatuses, TicketStatus};
use ui::{Page, SelectOption};

use super::choices::{Choices, ChoicesForm, Saved};
use crate::context::{App, use_app};
use crate::forms::{Submission, UnsavedBar, learn};
use crate::records::load_setup;
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

const OPEN: &str = "open";
const CLOSED: &str = "closed";

/// The statuses in order, and whether a ticket in each is done with.
#[component]
pub fn StatusesPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let refreshes = app.refreshes();
    let remote = Remote::new(move || {
        refreshes.get();
        load_setup(app)
    });
    let saved = Memo::new(move |_| {
        app.read(|state| saved(state.records.setup.as_ref().map(|s| s.statuses.as_slice())))
    });
    let choices = Choices::new();
    choices.follow(saved);
    let submission = Submission::new();
    let changed = Signal::derive(move || choices.typed() != saved.get());
    let save = move |()| {
        let request = request(untrack(|| choices.typed()));
        submission.run(async move { app.api().save_ticket_statuses(&request).await }, move |reply| {
            choices.fill(self::saved(Some(&reply.statuses)));
            learn(app, &Event::TicketStatusesChanged { statuses: reply.statuses });
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    view! {
        <Page title=text!(i18n, settings.ticket_statuses) description=text!(i18n, records.statuses_intro)>
            <RemoteView remote>
                <ChoicesForm choices field="statuses" meanings=meanings(app) submission />
            </RemoteView>
            <UnsavedBar changed submission on_save=save on_discard=move |()| choices.fill(saved.get_untracked()) />
        </Page>
    }
    .into_any()
}

fn saved(statuses: Option<&[TicketStatus]>) -> Vec<Saved> {
    let row = |status: &TicketStatus| {
        let meaning = if status.closed { CLOSED } else { OPEN };
        (Some(status.id.to_string()), status.name.clone(), meaning.to_owned())
    };
    statuses.unwrap_or_default().iter().map(row).collect()
}

fn request(rows: Vec<Saved>) -> SaveTicketStatuses {
    let status = |(id, name, meaning): Saved| SaveTicketStatus {
        id: id.and_then(|id| id.parse().ok()),
        name,
        closed: meaning == CLOSED,
    };
    SaveTicketStatuses { statuses: rows.into_iter().map(status).collect() }
}

fn meanings(app: App) -> Signal<Vec<SelectOption>> {
    let i18n = app.i18n;
    Signal::derive(move || {
        let option =
            |value: &str, label: &str| SelectOption { value: value.to_owned(), label: label.to_owned() };
        vec![
            option(OPEN, t_string!(i18n, records.status_open)),
            option(CLOSED, t_string!(i18n, records.status_closed)),
        ]
    })
}
