mod access;
mod create;
mod delete;
mod desk;
mod list;
mod participants;
mod update;
