//! What mails to users say, in the language of each.

use types::accounts::{Locale, NotificationKind, WebhookSwitchOffReason};

use super::NewMail;
use crate::links::Purpose;
use crate::settings::Account;
use crate::store::notifications::NotificationRow;
use crate::store::users::UserRow;
use crate::store::webhooks::WebhookRow;

/// The purposes of mails whose link signs in.
pub(crate) const SIGNS_IN: [&str; 2] = [Purpose::Invitation.as_str(), Purpose::PasswordReset.as_str()];

/// How the account is called in a mail: the company, or the product before it has a name.
fn account_name(account: &Account) -> &str {
    if account.company_name.is_empty() { "Rapport" } else { &account.company_name }
}

fn mail(user: &UserRow, subject: String, text: String, purpose: &str) -> NewMail {
    NewMail {
        to: user.email.clone(),
        subject,
        text,
        html: None,
        purpose: purpose.to_owned(),
        ..NewMail::default()
    }
}

/// An invitation by `by`, whose name may be empty.
pub(crate) fn invitation(user: &UserRow, by: &str, account: &Account, url: &str) -> NewMail {
    let (name, company) = (&user.name, account_name(account));
    let (subject, text) = match user.preferences.0.locale {
        Locale::English => {
            let inviter =
                if by.is_empty() { "You have been invited".to_owned() } else { format!("{by} invites you") };
            (
                format!("Your invitation to {company}"),
                format!(
                    "Hello {name},\n\n{inviter} to answer the customers of {company} together.\n\n\
                     Choose a password to begin:\n{url}\n\nThe link works once, for a limited time.\n"
                ),
            )
        }
        Locale::French => {
            let inviter =
                if by.is_empty() { "Vous êtes invité(e)".to_owned() } else { format!("{by} vous invite") };
            (
                format!("Votre invitation à rejoindre {company}"),
                format!(
                    "Bonjour {name},\n\n{inviter} à répondre ensemble aux clients de {company}.\n\n\
                     Choisissez un mot de passe pour commencer :\n{url}\n\n\
                     Le lien fonctionne une seule fois, pendant une durée limitée.\n"
                ),
            )
        }
    };
    mail(user, subject, text, Purpose::Invitation.as_str())
}

/// A link to set a new password.
pub(crate) fn password_reset(user: &UserRow, account: &Account, url: &str) -> NewMail {
    let (name, company) = (&user.name, account_name(account));
    let (subject, text) = match user.preferences.0.locale {
        Locale::English => (
            format!("Set a new password for {company}"),
            format!(
                "Hello {name},\n\nsomebody asked to set a new password for your sign-in at {company}. If it was you, \
                 choose one here:\n{url}\n\nThe link works once, for a limited time. If it was not you, you need not do \
                 anything.\n"
            ),
        ),
        Locale::French => (
            format!("Choisissez un nouveau mot de passe pour {company}"),
            format!(
                "Bonjour {name},\n\nune demande de nouveau mot de passe a été faite pour votre compte chez {company}. \
                 Si elle vient de vous, choisissez-le ici :\n{url}\n\nLe lien fonctionne une seule fois, pendant une \
                 durée limitée. Si la demande ne vient pas de vous, vous n'avez rien à faire.\n"
            ),
        ),
    };
    mail(user, subject, text, Purpose::PasswordReset.as_str())
}

/// Something that happened while the user was away.
pub(crate) fn notification(user: &UserRow, about: &NotificationRow, url: &str) -> NewMail {
    let (name, from, preview) = (&user.name, &about.from_name, &about.preview);
    let mentioned = about.kind == NotificationKind::Mentioned;
    let (subject, text) = match user.preferences.0.locale {
        Locale::English => {
            let subject = if mentioned {
                format!("{from} mentioned you")
            } else {
                format!("{from} gave you a conversation")
            };
            (subject.clone(), format!("Hello {name},\n\n{subject}:\n\n{preview}\n\n{url}\n"))
        }
        Locale::French => {
            let subject = if mentioned {
                format!("{from} vous a mentionné(e)")
            } else {
                format!("{from} vous a attribué une conversation")
            };
            (subject.clone(), format!("Bonjour {name},\n\n{subject} :\n\n{preview}\n\n{url}\n"))
        }
    };
    mail(user, one_line(&subject), text, "notification")
}

/// A connection to a provider's service that has ended: the provider's name, and the reason it gave.
pub(crate) fn connection_ended(
    user: &UserRow,
    account: &Account,
    (provider, reason): (&str, &str),
    url: &str,
) -> NewMail {
    let (name, company) = (&user.name, account_name(account));
    let (subject, text) = match user.preferences.0.locale {
        Locale::English => (
            format!("{company} is no longer connected to {provider}"),
            format!(
                "Hello {name},\n\n{provider} does not accept the connection any more: {reason}.\n\nUntil you connect it \
                 again, nothing is taken over from {provider}:\n{url}\n"
            ),
        ),
        Locale::French => (
            format!("{company} n'est plus connecté à {provider}"),
            format!(
                "Bonjour {name},\n\n{provider} n'accepte plus la connexion : {reason}.\n\nTant que vous ne la rétablissez \
                 pas, rien n'est repris de {provider} :\n{url}\n"
            ),
        ),
    };
    mail(user, one_line(&subject), text, "connection_ended")
}

/// A webhook that was switched off without anybody asking for it.
pub(crate) fn webhook_switched_off(
    user: &UserRow,
    account: &Account,
    webhook: &WebhookRow,
    url: &str,
) -> NewMail {
    let (name, company, address) = (&user.name, account_name(account), &webhook.url);
    let is_gone = webhook.switched_off_reason == Some(WebhookSwitchOffReason::Gone);
    let (subject, text) = match user.preferences.0.locale {
        Locale::English => {
            let reason = if is_gone {
                "it answered that nothing is wanted there any more (410)"
            } else {
                "every attempt of at least a day failed"
            };
            (
                format!("A webhook of {company} was switched off"),
                format!(
                    "Hello {name},\n\nthe webhook {address} was switched off: {reason}. It is told nothing any more.\n\n\
                     See what it was to be told, and switch it on again:\n{url}\n"
                ),
            )
        }
        Locale::French => {
            let reason = if is_gone {
                "il a répondu que plus rien n'y est attendu (410)"
            } else {
                "toutes les tentatives ont échoué pendant au moins une journée"
            };
            (
                format!("Un webhook de {company} a été désactivé"),
                format!(
                    "Bonjour {name},\n\nle webhook {address} a été désactivé : {reason}. Il ne reçoit plus rien.\n\n\
                     Consultez ce qui devait lui être envoyé et réactivez-le :\n{url}\n"
                ),
            )
        }
    };
    mail(user, one_line(&subject), text, "webhook_switched_off")
}

/// A subject is one line; names come from outside.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
