mod access;
mod answer;
mod desk;
mod first_message;
mod layout;
mod notify;
mod own;
mod views;
