mod erase;
mod nodes;
mod resume;
mod slow;
