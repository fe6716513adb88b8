mod connections;
mod jobs;
mod mails;
