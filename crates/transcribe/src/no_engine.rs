//! What stands where no engine is set up.

use futures_util::future::{BoxFuture, FutureExt, ready};

use crate::{Engine, EngineState, EngineStatus, Error, Language, Text};

/// No engine: calls are kept and played, and nothing is transcribed.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoEngine;

impl Engine for NoEngine {
    fn name(&self) -> &'static str {
        "none"
    }

    fn status(&self) -> BoxFuture<'_, EngineStatus> {
        let reason = Error::NotConfigured.to_string();
        ready(EngineStatus { state: EngineState::NotConfigured { reason }, model: None }).boxed()
    }

    fn detect_language<'a>(&'a self, _: &'a [f32]) -> BoxFuture<'a, Result<Option<Language>, Error>> {
        ready(Err(Error::NotConfigured)).boxed()
    }

    fn transcribe<'a>(&'a self, _: &'a [f32], _: Option<&'a Language>) -> BoxFuture<'a, Result<Text, Error>> {
        ready(Err(Error::NotConfigured)).boxed()
    }
}
