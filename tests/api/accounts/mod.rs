mod connections;
mod jobs;
mod mails;
mod webhook_order;
pub mod webhook_receiver;
mod webhook_trouble;
mod webhooks;
