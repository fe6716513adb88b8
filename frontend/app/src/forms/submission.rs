//! Sending a form: waiting, refused fields, and what else went wrong.

use std::borrow::Cow;

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use types::{ErrorCode, FieldError};

use super::field_error::field_error_text;
use crate::context::{App, use_app};
use crate::errors::error_text;

/// How sending a form goes. What was typed stays whatever comes of it.
#[derive(Clone, Copy)]
pub struct Submission {
    app: App,
    /// Whether an answer is awaited.
    pub busy: RwSignal<bool>,
    error: RwSignal<Option<ClientError>>,
}

impl Submission {
    /// Nothing was sent yet.
    pub fn new() -> Self {
        Self { app: use_app(), busy: RwSignal::new(false), error: RwSignal::new(None) }
    }

    /// Forgets what went wrong.
    pub fn clear(self) {
        self.error.set(None);
    }

    /// Sends, unless an answer is awaited already; `done` gets the reply.
    pub fn run<T: 'static>(
        self,
        request: impl Future<Output = Result<T, ClientError>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            let result = request.await;
            // The form may be gone by now.
            let _ = self.busy.try_set(false);
            match result {
                Ok(reply) => untrack(|| done(reply)),
                Err(error) => {
                    if let Some(error) = self.error.try_set(Some(error)).flatten() {
                        self.app.fail(&error);
                    }
                }
            }
        });
    }

    /// What is wrong with one field. Tracked.
    pub fn field(self, name: impl Into<Cow<'static, str>>) -> Signal<Option<String>> {
        let name = name.into();
        Signal::derive(move || {
            let found = self.field_where(|field| field == name)?;
            Some(field_error_text(self.app.i18n, &found))
        })
    }

    /// The first refused field with such a name. Tracked.
    pub fn field_where(self, matches: impl Fn(&str) -> bool) -> Option<FieldError> {
        self.error.with(|error| match error {
            Some(ClientError::Problem(problem)) => {
                problem.errors.iter().find(|error| matches(&error.field)).cloned()
            }
            _ => None,
        })
    }

    /// What kind of thing went wrong. Tracked.
    pub fn code(self) -> Option<ErrorCode> {
        self.error.with(|error| error.as_ref()?.code())
    }

    /// What went wrong with the whole. Tracked.
    fn message(self) -> Option<String> {
        let i18n = self.app.i18n;
        self.error.with(|error| match error.as_ref()? {
            ClientError::Problem(problem) if !problem.errors.is_empty() => {
                Some(t_string!(i18n, forms.check_fields).to_owned())
            }
            other => Some(error_text(i18n, other)),
        })
    }
}

/// What went wrong when the form was sent, read out when it appears.
#[component]
pub fn FormError(
    /// The sending.
    submission: Submission,
) -> impl IntoView {
    view! { <p class="form-error" role="alert">{move || submission.message()}</p> }
}
