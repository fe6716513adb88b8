mod attachments;
mod campaigns;
mod identify;
mod object_storage;
mod sessions;
mod widgets;
