//! Outgoing mails.

mod list;
mod mail_page;

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::MailId;
use types::accounts::MailState;
use ui::Tone;

use crate::settings::no_such_page::NoSuchPage;
use crate::texts::I18n;
use list::MailListPage;
use mail_page::MailPage;

/// The list, or one mail.
#[component]
pub fn MailPages(
    /// The id of the mail in the address.
    item: Signal<Option<String>>,
) -> impl IntoView {
    move || match item.get().map(|id| id.parse::<MailId>()) {
        None => view! { <MailListPage /> }.into_any(),
        Some(Ok(id)) => view! { <MailPage id /> }.into_any(),
        Some(Err(_)) => view! { <NoSuchPage /> }.into_any(),
    }
}

/// How far a mail has come, in a word.
fn state_label(i18n: I18n, state: MailState) -> &'static str {
    match state {
        MailState::Held => t_string!(i18n, mail.held),
        MailState::Queued => t_string!(i18n, mail.queued),
        MailState::Sent => t_string!(i18n, mail.sent),
        MailState::Failed => t_string!(i18n, mail.failed),
    }
}

fn state_tone(state: MailState) -> Tone {
    match state {
        MailState::Held => Tone::Warn,
        MailState::Queued => Tone::Accent,
        MailState::Sent => Tone::Ok,
        MailState::Failed => Tone::Bad,
    }
}

/// What a mail is for; the server's word for what this release does not know.
fn purpose_label(i18n: I18n, purpose: &str) -> String {
    match purpose {
        "invitation" => t_string!(i18n, mail.invitation).to_owned(),
        "password_reset" => t_string!(i18n, mail.password_reset).to_owned(),
        "notification" => t_string!(i18n, mail.notification).to_owned(),
        "webhook_switched_off" => t_string!(i18n, mail.webhook_switched_off).to_owned(),
        other => other.replace('_', " "),
    }
}
