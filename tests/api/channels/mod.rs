mod attachments;
mod identify;
mod sessions;
mod widgets;
