mod access;
mod answer;
mod desk;
mod first_message;
mod notify;
mod own;
mod views;
