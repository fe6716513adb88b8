//! Custom properties: what they are, and the values that records have.

mod create;
mod list;
mod update;
mod values;

use std::collections::HashSet;

use platform::fields::Fields;
use types::crm::{PropertyOption, PropertyType};

pub use create::{create, create_property};
pub use list::{list, list_properties, of_object};
pub use update::{update, update_property};
pub(crate) use values::{Changes, filters, of_record, of_records};

/// Most options of a property.
const MOST_OPTIONS: usize = 100;

/// The options in their normal form.
fn check_options(
    fields: &mut Fields,
    property_type: PropertyType,
    given: &[PropertyOption],
) -> Vec<PropertyOption> {
    if property_type != PropertyType::Select {
        if !given.is_empty() {
            fields.refuse("options", "invalid", "only a property of the type select has options".to_owned());
        }
        return Vec::new();
    }
    if !(1..=MOST_OPTIONS).contains(&given.len()) {
        fields.refuse("options", "out_of_range", format!("must have 1 to {MOST_OPTIONS} options"));
    }
    let mut seen = HashSet::new();
    let mut options = Vec::with_capacity(given.len());
    for (index, option) in given.iter().enumerate() {
        let value = fields.required(&format!("options.{index}.value"), &option.value, 100);
        let label = fields.required(&format!("options.{index}.label"), &option.label, 100);
        if !seen.insert(value.clone()) {
            let field = format!("options.{index}.value");
            fields.refuse(&field, "taken", "another option has this value".to_owned());
        }
        options.push(PropertyOption { value, label });
    }
    options
}
