//! What forms share: sending them, dialogs around them, values not saved yet, secrets shown once.

mod act;
mod day;
mod dialog_for;
mod field_error;
mod form_dialog;
mod secret_dialog;
mod submission;
mod unsaved;

pub use act::{act, learn};
pub use day::{end_of_day, instant, local_minute, start_of_day};
pub use dialog_for::DialogFor;
pub use field_error::field_error_text;
pub use form_dialog::FormDialog;
pub use secret_dialog::SecretDialog;
pub use submission::{FormError, Submission};
pub use unsaved::{Unsaved, UnsavedBar, use_leave};
