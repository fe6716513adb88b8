//! Settings of calls: recording and intelligence, tracked terms, what is shared outside, telephony accounts.

mod recording;
mod sharing;
mod telephony;
mod term_chart;
mod terms;

pub use recording::RecordingPage;
pub use sharing::SharingPage;
pub use telephony::TelephonyPage;
pub use terms::TermsPage;
