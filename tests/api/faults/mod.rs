mod copied;
mod database_gone;
mod disk_full;
mod killed;
mod restarted;
mod upgraded;
