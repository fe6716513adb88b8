mod connections;
pub mod domain_desk;
mod domains;
mod jobs;
mod mails;
mod webhook_order;
pub mod webhook_receiver;
mod webhook_trouble;
mod webhooks;
