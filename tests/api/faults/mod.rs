mod database_gone;
mod killed;
