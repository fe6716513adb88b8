mod access;
mod answer;
pub mod desk;
mod first_message;
mod layout;
mod notify;
mod own;
mod views;
