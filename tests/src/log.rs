//! Collects what the server logs as errors, so that no test passes over one.
//!
//! The log belongs to the process, so an error fails every test that runs at that moment; a test that provokes one says
//! so beforehand.

use std::fmt::Write as _;
use std::sync::{Mutex, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

static ERRORS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static EXPECTED: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
static INSTALLED: Once = Once::new();

/// What actix logs when a connection comes while a server is being stopped. Hyper's pool may open one that it turned out
/// not to need.
const AT_THE_END: &str = "actix_server::accept message=No workers";

struct Errors;

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl<S: Subscriber> Layer<S> for Errors {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() == Level::ERROR {
            let mut text = Text(event.metadata().target().to_owned());
            event.record(&mut text);
            ERRORS.lock().unwrap_or_else(PoisonError::into_inner).push(text.0);
        }
    }
}

/// Starts to collect; the first call counts.
pub(crate) fn install() {
    INSTALLED.call_once(|| tracing_subscriber::registry().with(Errors).init());
}

/// Errors whose text contains this are provoked on purpose.
pub(crate) fn expect(part: &'static str) {
    EXPECTED.lock().unwrap_or_else(PoisonError::into_inner).push(part);
}

/// How many errors there have been.
pub(crate) fn position() -> usize {
    ERRORS.lock().unwrap_or_else(PoisonError::into_inner).len()
}

/// The unexpected errors since a position.
pub(crate) fn since(position: usize) -> Vec<String> {
    let expected = EXPECTED.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let errors = ERRORS.lock().unwrap_or_else(PoisonError::into_inner);
    let is_unexpected =
        |text: &&String| *text != AT_THE_END && !expected.iter().any(|part| text.contains(part));
    errors[position.min(errors.len())..].iter().filter(is_unexpected).cloned().collect()
}
