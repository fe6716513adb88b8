//! Setting a new password by a link of a mail.

mod complete;
mod create;

pub use complete::complete_password_reset;
pub use create::{StartPasswordReset, create_password_reset};
