mod access;
mod associations;
mod deals;
pub(crate) mod desk;
mod imports;
mod lists;
mod properties;
mod timeline;
mod views;
