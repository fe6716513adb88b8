mod erase;
mod nodes;
mod resume;
