//! Settings of calls: recording and intelligence, tracked terms, telephony accounts.

mod recording;
mod telephony;
mod term_chart;
mod terms;

pub use recording::RecordingPage;
pub use telephony::TelephonyPage;
pub use terms::TermsPage;
