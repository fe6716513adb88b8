mod copied;
mod database_gone;
mod killed;
mod restarted;
