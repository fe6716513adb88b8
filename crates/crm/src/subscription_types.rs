//! Subscription types: what contacts can be written to, or have their data used, for.

mod create;
mod list;
mod update;

use platform::{Error, Result, Tx, fields};
use types::crm::SubscriptionType;
use types::{Event, Subject};

pub use create::{create, create_subscription_type};
pub use list::{list, list_subscription_types};
pub use update::{update, update_subscription_type};

/// Most characters of a name.
const MOST_NAME: usize = 100;
/// Most characters of a description.
const MOST_DESCRIPTION: usize = 500;

fn announce(tx: &mut Tx<'_>, subscription_type: &SubscriptionType) -> Result<()> {
    let event = Event::SubscriptionTypeChanged { subscription_type: subscription_type.clone() };
    tx.emit(Subject::Everyone, event)
}

fn name_taken(error: Error) -> Error {
    if error.is_taken() { fields::taken("name", "another subscription type has this name") } else { error }
}
