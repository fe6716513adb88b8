//! An entry of the audit log as a sentence.

use leptos_i18n::t_string;
use state::State;
use types::accounts::AuditEntry;

use crate::context::App;

/// What the entry says. Tracked: names of things that still exist follow their changes.
pub fn sentence(app: App, entry: &AuditEntry) -> String {
    let i18n = app.i18n;
    let actor = match entry.actor.split(':').next() {
        Some("system") => t_string!(i18n, audit.system).to_owned(),
        Some("token") => t_string!(i18n, audit.token, name = entry.actor_name.clone()).to_string(),
        _ => entry.actor_name.clone(),
    };
    let subject = app.read(|state| subject_name(state, entry));
    macro_rules! say {
        ($($action:literal => $key:ident($($part:ident),+);)*) => {
            match entry.action.as_str() {
                $($action => t_string!(i18n, audit.$key, $($part = $part),+).to_string(),)*
                other => t_string!(i18n, audit.other, actor, subject, action = other.to_owned()).to_string(),
            }
        };
    }
    say! {
        "user.create" => user_create(actor, subject);
        "user.invite" => user_invite(actor, subject);
        "user.accept_invitation" => user_accept_invitation(actor);
        "user.update" => user_update(actor, subject);
        "user.deactivate" => user_deactivate(actor, subject);
        "user.reactivate" => user_reactivate(actor, subject);
        "user.sign_out" => user_sign_out(actor, subject);
        "user.change_password" => user_change_password(actor);
        "user.reset_password" => user_reset_password(actor);
        "user.enable_totp" => user_enable_totp(actor);
        "user.disable_totp" => user_disable_totp(actor);
        "user.renew_recovery_codes" => user_renew_recovery_codes(actor);
        "team.create" => team_create(actor, subject);
        "team.update" => team_update(actor, subject);
        "team.delete" => team_delete(actor, subject);
        "role.create" => role_create(actor, subject);
        "role.update" => role_update(actor, subject);
        "role.delete" => role_delete(actor, subject);
        "api_token.create" => api_token_create(actor, subject);
        "api_token.delete" => api_token_delete(actor, subject);
        "settings.update" => settings_update(actor);
        "inbox.create" => inbox_create(actor, subject);
        "inbox.update" => inbox_update(actor, subject);
        "chat_widget.create" => chat_widget_create(actor, subject);
        "chat_widget.update" => chat_widget_update(actor, subject);
        "chat_widget.delete" => chat_widget_delete(actor, subject);
        "chat_widget.renew_identity_secret" => chat_widget_renew_identity_secret(actor, subject);
        "contact.merge" => contact_merge(actor, subject);
        "contact.erase" => contact_erase(actor, subject);
        "mail.retry" => mail_retry(actor);
        "mail.retry_all" => mail_retry_all(actor);
        "job.retry" => job_retry(actor);
        "job.delete" => job_delete(actor);
        "session.reuse" => session_reuse(actor);
    }
}

/// The thing's name: as it is now, else as the entry tells, else its number.
fn subject_name(state: &State, entry: &AuditEntry) -> String {
    let directory = &state.directory;
    let id = entry.subject_id.as_str();
    macro_rules! name_in {
        ($things:ident) => {
            id.parse().ok().and_then(|id| directory.$things.get(&id)).map(|thing| thing.name.clone())
        };
    }
    let known = match entry.subject_kind.as_str() {
        "user" => name_in!(users),
        "team" => name_in!(teams),
        "role" => name_in!(roles),
        "inbox" => name_in!(inboxes),
        "chat_widget" => name_in!(widgets),
        "contact" => name_in!(contacts),
        _ => None,
    };
    let told = || {
        let field = |name: &str| entry.detail.get(name).and_then(|value| value.as_str());
        field("name").or_else(|| field("email")).map(ToOwned::to_owned)
    };
    known.or_else(told).unwrap_or_else(|| format!("#{id}"))
}
