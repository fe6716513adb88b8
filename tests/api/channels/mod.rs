mod attachments;
mod identify;
mod object_storage;
mod sessions;
mod widgets;
