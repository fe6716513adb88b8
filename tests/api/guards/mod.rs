mod audience;
mod authorization;
mod document;
mod hostile;
mod limits;
