//! Who works with Rapport: users, sessions, teams, roles, API tokens; and what all slices build on: the outbox of
//! mails, notifications, files, the settings of the account, the audit log.
//!
//! Invariants:
//! - The account never loses its last active super administrator, whoever acts at the same time.
//! - Nobody gives a role, a permission or a token that may do more than they may, or touches a user who may.
//! - Passwords are kept as Argon2id, tokens and recovery codes as hashes, the second factor's secret sealed; none of
//!   them is ever in an event, a log or a kept reply.
//! - A session, user or token that is ended stops working within a second, on sockets and on every node.
//! - A mail that was written is sent, or visible as held or failed.
//!
//! Map: `access` the only door to a row; `store` the queries; `authentication` turns credentials into actors with
//! `access_token` and `token`; `sessions`, `password_resets`, `invitations`, `setup`, `me` with `passwords`,
//! `second_factor`, `attempts` and `links` are signing in; `users`, `roles`, `teams`, `api_tokens`, `settings`,
//! `audit_entries`, `dead_jobs` administration; `mails`, `notifications`, `mentions`, `content`, `files`, `signed_links`,
//! `connections`, `domains`, `webhooks` what other slices use; `erasure` and `expiry` what goes again; `fields` the rules of shared fields.

mod access;
mod access_token;
mod api_tokens;
mod attempts;
mod audit_entries;
mod authentication;
pub mod connections;
pub mod content;
mod dead_jobs;
pub mod domains;
mod erasure;
mod expiry;
mod fields;
pub mod files;
mod invitations;
mod links;
pub mod mails;
pub mod me;
pub mod mentions;
pub mod notifications;
mod password_resets;
pub mod passwords;
mod roles;
mod second_factor;
mod sessions;
pub mod settings;
pub mod setup;
pub mod signed_links;
mod store;
pub mod teams;
pub mod token;
pub mod users;
pub mod webhooks;

use platform::{CtxBuilder, Subscriber};
use web::Routes;

pub use attempts::Attempt;
pub use authentication::{Authentication, acting_user, actor_of};
pub use roles::ensure_builtin_roles;

/// The operations of this slice.
pub fn routes(config: &mut Routes) {
    config
        .service(setup::get_setup)
        .service(setup::create_first_administrator)
        .service(sessions::create_session)
        .service(sessions::refresh_session)
        .service(sessions::list_sessions)
        .service(sessions::delete_session)
        .service(sessions::delete_sessions)
        .service(password_resets::create_password_reset)
        .service(password_resets::complete_password_reset)
        .service(invitations::accept_invitation)
        .service(me::get_me)
        .service(me::update_me)
        .service(me::change_password)
        .service(me::start_totp)
        .service(me::confirm_totp)
        .service(me::disable_totp)
        .service(me::renew_recovery_codes);
    administration(config);
    config
        .service(notifications::list_notifications)
        .service(notifications::count_unread_notifications)
        .service(notifications::read_notifications)
        .service(files::create_file)
        .service(files::get_file_content);
    domains::mount_challenge(config);
}

fn administration(config: &mut Routes) {
    config
        .service(users::list_users)
        .service(users::create_user)
        .service(users::get_user)
        .service(users::update_user)
        .service(users::deactivate_user)
        .service(users::reactivate_user)
        .service(users::resend_invitation)
        .service(users::sign_out_user)
        .service(teams::list_teams)
        .service(teams::create_team)
        .service(teams::update_team)
        .service(teams::delete_team)
        .service(roles::list_roles)
        .service(roles::create_role)
        .service(roles::update_role)
        .service(roles::delete_role)
        .service(api_tokens::list_api_tokens)
        .service(api_tokens::create_api_token)
        .service(api_tokens::delete_api_token)
        .service(connections::list_connections)
        .service(connections::start_connection)
        .service(connections::complete_connection)
        .service(connections::delete_connection)
        .service(domains::list_domains)
        .service(domains::create_domain)
        .service(domains::check_domain)
        .service(domains::get_domain)
        .service(domains::verify_domain)
        .service(domains::delete_domain)
        .service(webhooks::list_webhooks)
        .service(webhooks::create_webhook)
        .service(webhooks::get_webhook)
        .service(webhooks::update_webhook)
        .service(webhooks::delete_webhook)
        .service(webhooks::rotate_webhook_secret)
        .service(webhooks::test_webhook)
        .service(webhooks::list_webhook_deliveries)
        .service(webhooks::replay_webhook_delivery)
        .service(audit_entries::list_audit_entries)
        .service(settings::get_account_settings)
        .service(settings::update_account_settings)
        .service(mails::list_mails)
        .service(mails::get_mail)
        .service(mails::retry_mail)
        .service(mails::retry_mails)
        .service(dead_jobs::list_dead_jobs)
        .service(dead_jobs::retry_job)
        .service(dead_jobs::delete_job);
}

/// What runs inside the transactions of other slices.
pub fn subscribers() -> Vec<Subscriber> {
    vec![erasure::on_event]
}

/// Registers the jobs and the periodic work of this slice, and what its operations share.
pub fn jobs(builder: CtxBuilder) -> CtxBuilder {
    builder
        .extension(passwords::Passwords::default())
        .job::<mails::DeliverMail>()
        .job::<notifications::MailAwayUser>()
        .job::<password_resets::StartPasswordReset>()
        .job::<files::DeleteBlobs>()
        .job::<erasure::FinishErasure>()
        .job::<connections::RevokeConnection>()
        .job::<webhooks::DeliverWebhook>()
        .periodic::<mails::ReleaseHeldMails>()
        .periodic::<files::DeleteLooseFiles>()
        .periodic::<files::SweepBlobs>()
        .periodic::<expiry::DeleteExpired>()
        .periodic::<domains::RecheckDomains>()
}
