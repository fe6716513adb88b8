mod killed;
