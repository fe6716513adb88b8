//! The outbox.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::accounts::{ListMails, Mail, MailState};
use types::page::PageQuery;
use ui::{
    Banner, Button, Column, ConfirmDialog, DataTable, EmptyState, Field, IconName, Page, Pill, RelativeTime,
    Select, SelectOption, Tone,
};

use super::{purpose_label, state_label, state_tone};
use crate::context::{App, use_app};
use crate::forms::{FormError, Submission};
use crate::paged::{Paged, PagedView};
use crate::remote::Remote;
use crate::texts::text;

/// The mails by state; it follows them while it is shown.
#[component]
pub fn MailListPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let filter = RwSignal::new(String::new());
    let revision = Memo::new(move |_| app.read(|state| state.mails_revision));
    let mails = Paged::new(move |PageQuery { cursor, limit }| {
        revision.get();
        let query = ListMails { cursor, limit, state: filter.get().parse().ok() };
        async move { app.api().list_mails(&query).await }
    });
    let has = move |state: MailState| {
        Remote::new(move || {
            revision.get();
            let query = ListMails { cursor: None, limit: Some(1), state: Some(state) };
            async move { app.api().list_mails(&query).await.map(|page| !page.items.is_empty()) }
        })
    };
    let (has_held, has_failed) = (has(MailState::Held), has(MailState::Failed));
    let retry_all = RwSignal::new(false);
    let actions = move || {
        view! {
            <Show when=move || has_failed.get() == Some(true)>
                <Button icon=IconName::Refresh on_press=move |_| retry_all.set(true)>{text!(i18n, mail.retry_all)}</Button>
            </Show>
        }
    };
    let empty = move || {
        view! { <EmptyState icon=IconName::Mail title=text!(i18n, mail.empty) body=text!(i18n, mail.empty_hint) /> }
    };
    let table = move || {
        let (columns, rows) = (columns(app), Signal::derive(move || mails.items()));
        view! { <DataTable caption=text!(i18n, settings.mail) columns rows key=|mail: &Mail| mail.id /> }
    };
    view! {
        <Page title=text!(i18n, settings.mail) description=text!(i18n, mail.intro) actions>
            <Show when=move || has_held.get() == Some(true)>
                <Banner tone=Tone::Warn icon=IconName::Mail>{text!(i18n, mail.held_banner)}</Banner>
            </Show>
            <div class="filters">
                <Field label=text!(i18n, mail.filter)>
                    <Select value=filter options=Signal::derive(move || states(app)) />
                </Field>
            </div>
            <PagedView paged=mails empty>{table()}</PagedView>
        </Page>
        <RetryAllDialog open=retry_all />
    }
    .into_any()
}

fn states(app: App) -> Vec<SelectOption> {
    let i18n = app.i18n;
    let all = SelectOption { value: String::new(), label: t_string!(i18n, mail.all).to_owned() };
    let one = |state: &MailState| SelectOption {
        value: state.to_string(),
        label: state_label(i18n, *state).to_owned(),
    };
    std::iter::once(all).chain(MailState::ALL.iter().map(one)).collect()
}

fn columns(app: App) -> Vec<Column<Mail>> {
    let i18n = app.i18n;
    let subject = |mail: &Mail| {
        let (href, subject) = (format!("/settings/mail/{}", mail.id), mail.subject.clone());
        view! { <A href>{subject}</A> }
    };
    let purpose = move |mail: &Mail| {
        let purpose = mail.purpose.clone();
        move || purpose_label(i18n, &purpose)
    };
    let state = move |mail: &Mail| {
        let state = mail.state;
        view! { <Pill tone=state_tone(state)>{move || state_label(i18n, state)}</Pill> }
    };
    vec![
        Column::new(text!(i18n, mail.to), |mail: &Mail| mail.to.clone()),
        Column::new(text!(i18n, mail.subject), subject),
        Column::new(text!(i18n, mail.purpose), purpose),
        Column::new(text!(i18n, mail.state), state),
        Column::new(text!(i18n, mail.written), |mail: &Mail| {
            view! { <RelativeTime unix_ms=mail.created_at.0 as f64 / 1000.0 /> }
        }),
    ]
}

#[component]
fn RetryAllDialog(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let confirm = move |()| {
        submission.run(async move { app.api().retry_mails().await }, move |()| {
            open.set(false);
            app.change(|state| state.mails_revision += 1);
            app.toasts.show(t_string!(i18n, mail.retried_all));
        });
    };
    view! {
        <ConfirmDialog
            open
            title=text!(i18n, mail.retry_all_title)
            confirm_label=text!(i18n, mail.retry_all)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, mail.retry_all_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
