mod copied;
mod database_gone;
mod disk_full;
mod killed;
mod mail_tls;
mod restarted;
mod upgraded;
