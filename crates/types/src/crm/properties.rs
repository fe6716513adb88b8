//! Custom properties: what an account wants to know of its records beside the built-in fields.

use super::ObjectKind;
use crate::PropertyId;
use crate::wire::{paths, queries, replies, requests, text_enum};

text_enum! {
    /// What a property's value is.
    pub enum PropertyType {
        /// A text of at most 500 characters.
        Text = "text",
        /// A number.
        Number = "number",
        /// A day, such as `2026-03-02`.
        Date = "date",
        /// Yes or no.
        Boolean = "boolean",
        /// One of the options, by its value.
        Select = "select",
    }
}

/// What may be chosen.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PropertyOption {
    /// What is stored: 1 to 100 characters, no two options the same.
    pub value: String,
    /// What is shown: 1 to 100 characters.
    pub label: String,
}

replies! {
    /// A custom property of one kind of record.
    pub struct Property {
        /// The property's id.
        pub id: PropertyId,
        /// The kind of record that has it.
        pub object: ObjectKind,
        /// What programs call it; never changes.
        pub key: String,
        /// What people call it.
        pub label: String,
        /// What its value is; never changes.
        #[serde(rename = "type")]
        pub property_type: PropertyType,
        /// What may be chosen, in order; empty for other types than `select`.
        pub options: Vec<PropertyOption>,
        /// Its place among the properties of the kind; the lowest is first.
        pub position: i32,
        /// Whether it is hidden: values stay, and none can be given.
        pub archived: bool,
    }

    /// Custom properties.
    pub struct Properties {
        /// The properties, in order.
        pub items: Vec<Property>,
    }
}

requests! {
    /// A new property.
    pub struct CreateProperty {
        /// The kind of record that has it: any but `call`.
        pub object: ObjectKind,
        /// What programs call it: 1 to 50 of `a-z`, `0-9` and `_`, a letter first, no two of a kind the same.
        pub key: String,
        /// What people call it: 1 to 100 characters.
        pub label: String,
        /// What its value is.
        #[serde(rename = "type")]
        pub property_type: PropertyType,
        /// What may be chosen: 1 to 100 options for the type `select`, none for others.
        #[serde(default)]
        pub options: Vec<PropertyOption>,
        /// Its place among the properties of the kind; the lowest is first.
        #[serde(default)]
        pub position: i32,
    }

    /// The whole of what may change of a property.
    pub struct UpdateProperty {
        /// What people call it: 1 to 100 characters.
        pub label: String,
        /// What may be chosen: 1 to 100 options for the type `select`, none for others.
        #[serde(default)]
        pub options: Vec<PropertyOption>,
        /// Its place among the properties of the kind; the lowest is first.
        pub position: i32,
        /// Whether it is hidden: values stay, and none can be given.
        pub archived: bool,
    }
}

queries! {
    /// Which properties.
    pub struct ListProperties {
        /// Only properties of this kind of record.
        pub object: Option<ObjectKind>,
    }
}

paths! {
    /// The id of a property.
    pub struct PropertyPath {
        /// The property.
        pub property_id: PropertyId,
    }
}
