mod jobs;
mod mails;
