//! What an error means to the person in front of the screen.

use client::ClientError;
use leptos::prelude::*;
use leptos_i18n::t_string;
use types::ErrorCode;
use ui::ErrorState;

use crate::i18n::use_i18n;
use crate::texts::{I18n, text};

/// What happened and what to do, in the language of the app.
pub fn error_text(i18n: I18n, error: &ClientError) -> String {
    let known = match error {
        ClientError::Network(_) => t_string!(i18n, errors.network),
        ClientError::Decode(_) => t_string!(i18n, errors.decode),
        ClientError::Problem(problem) => match problem.code {
            ErrorCode::Forbidden => t_string!(i18n, errors.forbidden),
            ErrorCode::NotFound => t_string!(i18n, errors.not_found),
            ErrorCode::Unauthenticated => t_string!(i18n, errors.unauthenticated),
            ErrorCode::WrongCredentials => t_string!(i18n, errors.wrong_credentials),
            ErrorCode::WrongSecondFactor => t_string!(i18n, errors.wrong_second_factor),
            ErrorCode::RateLimited => t_string!(i18n, errors.rate_limited),
            ErrorCode::TooLarge => t_string!(i18n, errors.too_large),
            ErrorCode::AlreadyExists => t_string!(i18n, errors.already_exists),
            ErrorCode::LastAdministrator => t_string!(i18n, errors.last_administrator),
            ErrorCode::LinkExpired => t_string!(i18n, errors.link_expired),
            ErrorCode::AlreadySetUp => t_string!(i18n, errors.already_set_up),
            ErrorCode::Deactivated => t_string!(i18n, errors.deactivated),
            ErrorCode::Unavailable => t_string!(i18n, errors.unavailable),
            ErrorCode::NewerLink => t_string!(i18n, booking_links.changed_meanwhile),
            ErrorCode::Internal => t_string!(i18n, errors.internal),
            _ => return problem_text(problem),
        },
    };
    known.to_owned()
}

/// The server's own words, the wrong fields first.
fn problem_text(problem: &types::Problem) -> String {
    if problem.errors.is_empty() {
        return problem.detail.clone();
    }
    problem.errors.iter().map(|error| error.detail.as_str()).collect::<Vec<_>>().join(" ")
}

/// Says that a screen could not be loaded: not there, not allowed, or failed with a button to try again.
#[component]
pub fn LoadError(
    /// What went wrong.
    error: ClientError,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = {
        let error = error.clone();
        move || match error.code() {
            Some(ErrorCode::NotFound) => t_string!(i18n, errors.not_found_title),
            Some(ErrorCode::Forbidden) => t_string!(i18n, errors.forbidden_title),
            _ => t_string!(i18n, errors.failed_title),
        }
    };
    let body = move || error_text(i18n, &error);
    view! { <ErrorState title body retry_label=text!(i18n, words.try_again) on_retry /> }
}
