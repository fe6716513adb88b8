mod create;
mod desk;
mod ends;
mod folders;
mod links;
mod pictures;
mod removal;
mod share;
