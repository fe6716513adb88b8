//! API tokens: what programs sign in with. The database keeps their hashes alone.

mod create;
mod delete;
mod list;

pub use create::create_api_token;
pub use delete::delete_api_token;
pub use list::list_api_tokens;

/// What every API token begins with.
pub(crate) const PREFIX: &str = "rt_";
