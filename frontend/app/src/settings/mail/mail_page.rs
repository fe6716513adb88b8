//! One mail.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::MailId;
use types::accounts::{Mail, MailPath, MailState};
use ui::{Button, Icon, IconName, Page, Pill, RelativeTime, Tab, TabPanel, Tabs};

use super::{purpose_label, state_label, state_tone};
use crate::context::{App, use_app};
use crate::forms::act;
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// What a mail says, how far it has come, and a button to send it again.
#[component]
pub fn MailPage(
    /// The mail.
    id: MailId,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let path = MailPath { mail_id: id };
    let revision = Memo::new(move |_| app.read(|state| state.mails_revision));
    let mail = Remote::new(move || {
        revision.get();
        async move { app.api().get_mail(&path).await }
    });
    let may_retry = Memo::new(move |_| {
        mail.get().is_some_and(|mail| matches!(mail.state, MailState::Failed | MailState::Held))
    });
    let retry = move |_| {
        act(app, async move { app.api().retry_mail(&path).await }, move |sent| {
            mail.update(|mail| *mail = sent);
            t_string!(i18n, mail.retried).to_owned()
        });
    };
    let actions = move || {
        view! {
            <Show when=move || may_retry.get()>
                <Button icon=IconName::Send on_press=retry>{text!(i18n, mail.retry)}</Button>
            </Show>
        }
    };
    let title =
        move || mail.get().map_or_else(|| t_string!(i18n, settings.mail).to_owned(), |mail| mail.subject);
    view! {
        <A href="/settings/mail" attr:class="back-link"><Icon name=IconName::Back /> {text!(i18n, mail.back)}</A>
        <Page title actions>
            <RemoteView remote=mail>
                {move || mail.get().map(|mail| facts(app, mail))}
                <Body mail />
            </RemoteView>
        </Page>
    }
    .into_any()
}

fn facts(app: App, mail: Mail) -> impl IntoView {
    let i18n = app.i18n;
    let state = mail.state;
    let time = |at: types::Timestamp| view! { <RelativeTime unix_ms=at.0 as f64 / 1000.0 /> };
    let sent = mail.sent_at.map(|at| view! { <dt>{text!(i18n, mail.sent_at)}</dt><dd>{time(at)}</dd> });
    let error =
        mail.last_error.map(|error| view! { <dt>{text!(i18n, mail.last_error)}</dt><dd>{error}</dd> });
    view! {
        <dl class="facts">
            <dt>{text!(i18n, mail.to)}</dt>
            <dd>{mail.to}</dd>
            <dt>{text!(i18n, mail.purpose)}</dt>
            <dd>{move || purpose_label(i18n, &mail.purpose)}</dd>
            <dt>{text!(i18n, mail.state)}</dt>
            <dd><Pill tone=state_tone(state)>{move || state_label(i18n, state)}</Pill></dd>
            <dt>{text!(i18n, mail.written)}</dt>
            <dd>{time(mail.created_at)}</dd>
            {sent}
            <dt>{text!(i18n, mail.attempts)}</dt>
            <dd class="num">{mail.attempts}</dd>
            {error}
        </dl>
    }
}

/// The text, and the HTML beside it if there is one.
#[component]
fn Body(mail: Remote<Mail>) -> impl IntoView {
    let i18n = use_app().i18n;
    let html = Memo::new(move |_| mail.get().and_then(|mail| mail.html));
    let body = Memo::new(move |_| mail.get().map(|mail| mail.text).unwrap_or_default());
    let plain = move || view! { <pre class="mail-text">{move || body.get()}</pre> };
    let selected = RwSignal::new("text");
    move || {
        if html.with(Option::is_none) {
            return plain().into_any();
        }
        let tabs = vec![
            Tab { name: "text", label: (text!(i18n, mail.text)).into() },
            Tab { name: "html", label: (text!(i18n, mail.html)).into() },
        ];
        view! {
            <Tabs group="mail" label=text!(i18n, mail.versions) tabs selected />
            <TabPanel group="mail" name="text" selected>{plain()}</TabPanel>
            <TabPanel group="mail" name="html" selected>
                // Without any permission: no script, no form, no way out of the frame.
                <iframe class="mail-html" sandbox="" title=text!(i18n, mail.html_title) srcdoc=move || html.get()></iframe>
            </TabPanel>
        }
        .into_any()
    }
}
