//! What records are made of: custom properties, the stages of deals, the statuses of tickets.

mod choices;
mod pipeline;
mod properties;
mod property_dialog;
mod statuses;

pub use pipeline::PipelinePage;
pub use properties::PropertiesPage;
pub use statuses::StatusesPage;
