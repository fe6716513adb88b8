//! PostgreSQL's own programs for copying a database.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Writes the database that `url` names to a file.
///
/// # Errors
/// When `pg_dump` is not installed or fails.
pub(crate) fn dump(url: &str, file: &Path) -> Result<()> {
    let mut command = program("pg_dump", url);
    run(command.args(["--format=custom", "--no-owner", "--no-privileges", "--file"]).arg(file))
}

/// Reads a file made by [`dump`] into the database that `url` names, replacing what is in it.
///
/// # Errors
/// When `pg_restore` is not installed or fails; then nothing is changed.
pub(crate) fn restore(url: &str, file: &Path) -> Result<()> {
    let mut command = program("pg_restore", url);
    let options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction"];
    run(command.args(options).arg(file))
}

/// The password goes by the environment: everybody on the machine sees a command's arguments.
fn program(name: &str, url: &str) -> Command {
    let (url, password) = without_password(url);
    let mut command = Command::new(name);
    command.arg("--dbname").arg(url);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command
}

fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .with_context(|| format!("cannot start {name}: is PostgreSQL's client installed?"))?;
    ensure!(output.status.success(), "{name} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}

/// Takes the password out of `postgres://user:password@host/database`.
fn without_password(url: &str) -> (String, Option<String>) {
    let parts = || {
        let (scheme, rest) = url.split_once("://")?;
        let authority_end = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at(authority_end);
        let (user, host) = authority.rsplit_once('@')?;
        let (user, password) = user.split_once(':')?;
        let password = percent_encoding::percent_decode_str(password).decode_utf8().ok()?.into_owned();
        Some((format!("{scheme}://{user}@{host}{path}"), Some(password)))
    };
    parts().unwrap_or_else(|| (url.to_owned(), None))
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn the_password_is_taken_out() {
        let apart = |url: &str| without_password(url);
        assert_eq!(
            apart("postgres://u:p%40x@h:1/d?sslmode=require"),
            ("postgres://u@h:1/d?sslmode=require".to_owned(), Some("p@x".to_owned()))
        );
        assert_eq!(apart("postgres://u@h/d"), ("postgres://u@h/d".to_owned(), None));
        assert_eq!(apart("postgres:///d"), ("postgres:///d".to_owned(), None));
    }
}
