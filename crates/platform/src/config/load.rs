//! Reads the settings, checks them, and says what there is to set.

use std::path::Path;

use toml::{Table, Value};

use super::*;

/// Names of variables start with it; section and key are joined by two underscores.
const PREFIX: &str = "RAPPORT_";

/// Why the settings cannot be used. The text names the setting and the rule.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct ConfigError(String);

/// One setting, as documented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Section and key, as in `server.bind`.
    pub name: String,
    /// The variable of the environment that sets it, as in `RAPPORT_SERVER__BIND`.
    pub variable: String,
    /// The default, as TOML.
    pub default: String,
    /// What it means, with its unit.
    pub documentation: String,
}

impl Config {
    /// Reads the file, if one is named, then the variables of the environment that start with `RAPPORT_` and name a
    /// section, and checks the whole.
    ///
    /// # Errors
    /// [`ConfigError`] when the file cannot be read, a setting is unknown or has a wrong type, or settings contradict
    /// each other.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let mut table = match file {
            Some(path) => read(path)?,
            None => Table::new(),
        };
        let defaults = Table::try_from(Self::default()).map_err(|cause| ConfigError(cause.to_string()))?;
        for (variable, text) in environment {
            let Some(name) = variable.strip_prefix(PREFIX) else { continue };
            set(&mut table, &defaults, &variable, &name.to_lowercase(), &text)?;
        }
        let config: Self = Value::Table(table)
            .try_into()
            .map_err(|cause: toml::de::Error| ConfigError(cause.to_string().trim().replace('\n', " ")))?;
        config.check()?;
        Ok(config)
    }

    /// Checks what the types alone cannot.
    ///
    /// # Errors
    /// [`ConfigError`] naming the setting and the rule it breaks.
    pub fn check(&self) -> Result<(), ConfigError> {
        let refuse = |text: &str| Err(ConfigError(text.to_owned()));
        if !is_origin_with_path(&self.server.public_url) {
            return refuse("server.public_url must start with http:// or https:// and not end with a slash");
        }
        let spa = &self.server.spa_origin;
        if !spa.is_empty() && (!is_origin_with_path(spa) || spa.matches('/').count() > 2) {
            return refuse("server.spa_origin must be an origin such as https://app.example.com");
        }
        if db::Engine::of(&self.database.url).is_err() {
            return refuse("database.url must start with sqlite:// or postgres://");
        }
        if self.database.pool_size == 0 {
            return refuse("database.pool_size must be at least 1");
        }
        if self.storage.kind == StorageKind::S3 && self.storage.s3_bucket.is_empty() {
            return refuse("storage.s3_bucket must be set when storage.kind is s3");
        }
        if self.calls.part_bytes < 1 {
            return refuse("calls.part_bytes must be at least 1");
        }
        if self.transcription.at_a_time < 1 {
            return refuse("transcription.at_a_time must be at least 1");
        }
        if !is_origin_with_path(&self.zoom.api_url) || !is_origin_with_path(&self.zoom.oauth_url) {
            return refuse(
                "zoom.api_url and zoom.oauth_url must start with http:// or https:// and not end with a slash",
            );
        }
        for (setting, url) in [
            ("google.issuer_url", &self.google.issuer_url),
            ("google.api_url", &self.google.api_url),
            ("microsoft.authority_url", &self.microsoft.authority_url),
            ("microsoft.api_url", &self.microsoft.api_url),
        ] {
            if !is_origin_with_path(url) {
                return refuse(&format!(
                    "{setting} must start with http:// or https:// and not end with a slash"
                ));
            }
        }
        if self.events.retention_days < 1 {
            return refuse("events.retention_days must be at least 1");
        }
        if self.jobs.lease_seconds < 3 {
            return refuse("jobs.lease_seconds must be at least 3");
        }
        if self.demo && !self.server.bind.ip().is_loopback() {
            return refuse("server.bind must be a loopback address in a demo, whose sign-ins are public");
        }
        Ok(())
    }

    /// Every setting with its default and documentation, for the operator's handbook.
    pub fn describe() -> Vec<Setting> {
        let sections = [
            ("server", ServerConfig::DOCUMENTATION),
            ("database", DatabaseConfig::DOCUMENTATION),
            ("storage", StorageConfig::DOCUMENTATION),
            ("smtp", SmtpConfig::DOCUMENTATION),
            ("secrets", SecretsConfig::DOCUMENTATION),
            ("sessions", SessionsConfig::DOCUMENTATION),
            ("limits", LimitsConfig::DOCUMENTATION),
            ("calls", CallsConfig::DOCUMENTATION),
            ("transcription", TranscriptionConfig::DOCUMENTATION),
            ("google", GoogleConfig::DOCUMENTATION),
            ("microsoft", MicrosoftConfig::DOCUMENTATION),
            ("zoom", ZoomConfig::DOCUMENTATION),
            ("outgoing", OutgoingConfig::DOCUMENTATION),
            ("domains", DomainsConfig::DOCUMENTATION),
            ("events", EventsConfig::DOCUMENTATION),
            ("jobs", JobsConfig::DOCUMENTATION),
            ("log", LogConfig::DOCUMENTATION),
        ];
        let defaults = Table::try_from(Self::default()).unwrap_or_default();
        let mut settings: Vec<Setting> = sections
            .into_iter()
            .flat_map(|(section, fields)| fields.iter().map(move |(key, text)| (section, *key, *text)))
            .map(|(section, key, text)| Setting {
                name: format!("{section}.{key}"),
                variable: format!("{PREFIX}{section}__{key}").to_uppercase(),
                default: defaults
                    .get(section)
                    .and_then(|s| s.get(key))
                    .map_or_else(String::new, Value::to_string),
                documentation: text.trim().to_owned(),
            })
            .collect();
        settings.push(Setting {
            name: "demo".to_owned(),
            variable: format!("{PREFIX}DEMO"),
            default: "false".to_owned(),
            documentation:
                "Whether this is a demo: sample data, sign-ins printed on the sign-in page, loopback \
                            addresses only."
                    .to_owned(),
        });
        settings
    }
}

fn read(path: &Path) -> Result<Table, ConfigError> {
    let text =
        std::fs::read_to_string(path).map_err(|cause| ConfigError(format!("{}: {cause}", path.display())))?;
    text.parse().map_err(|cause: toml::de::Error| ConfigError(format!("{}: {cause}", path.display())))
}

/// Sets `section__key` to a text from the environment, read as the type that the default has.
fn set(
    table: &mut Table,
    defaults: &Table,
    variable: &str,
    name: &str,
    text: &str,
) -> Result<(), ConfigError> {
    let unknown = || ConfigError(format!("{variable} is not a setting"));
    let (default, into, key) = match name.split_once("__") {
        Some((section, key)) => {
            let default = defaults.get(section).and_then(|section| section.get(key)).ok_or_else(unknown)?;
            let into = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
            (default, into.as_table_mut().ok_or_else(unknown)?, key)
        }
        // Other programs use variables with this prefix too; only what could be meant for this one is refused.
        None => match defaults.get(name) {
            Some(default) if !default.is_table() => (default, table, name),
            _ => return Ok(()),
        },
    };
    let value = match default {
        Value::Integer(_) => text.parse().ok().map(Value::Integer),
        Value::Boolean(_) => text.parse().ok().map(Value::Boolean),
        Value::Array(_) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Some(Value::Array(items.map(|item| Value::String(item.to_owned())).collect()))
        }
        _ => Some(Value::String(text.to_owned())),
    };
    let value = value.ok_or_else(|| {
        ConfigError(format!("{variable} must be of the type {}, not \"{text}\"", default.type_str()))
    })?;
    into.insert(key.to_owned(), value);
    Ok(())
}

fn is_origin_with_path(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::load(None, environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())))
    }

    #[test]
    fn the_environment_wins_over_the_file_over_the_defaults() {
        let file = std::env::temp_dir().join(format!("rapport-config-{}.toml", std::process::id()));
        std::fs::write(&file, "[server]\nbind = \"127.0.0.1:1\"\npublic_url = \"http://a.example\"\n")
            .unwrap();
        let environment =
            [("RAPPORT_SERVER__BIND", "127.0.0.1:2"), ("OTHER", "x"), ("RAPPORT_TEST_POSTGRES", "x")];
        let config =
            Config::load(Some(&file), environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
        std::fs::remove_file(&file).unwrap();
        let config = config.unwrap();
        assert_eq!(config.server.bind.port(), 2);
        assert_eq!(config.server.public_url, "http://a.example");
        assert_eq!(config.database, DatabaseConfig::default());
    }

    #[test]
    fn variables_have_the_type_of_their_setting() {
        let config = load(&[
            ("RAPPORT_DATABASE__POOL_SIZE", "3"),
            ("RAPPORT_DEMO", "true"),
            ("RAPPORT_SERVER__TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1"),
            ("RAPPORT_SMTP__PASSWORD", "12345"),
        ])
        .unwrap();
        assert_eq!(config.database.pool_size, 3);
        assert!(config.demo);
        assert_eq!(config.server.trusted_proxies.len(), 2);
        assert_eq!(config.smtp.password, "12345");
    }

    #[test]
    fn wrong_settings_are_refused_by_name() {
        let text = |environment: &[(&str, &str)]| load(environment).unwrap_err().to_string();
        assert_eq!(text(&[("RAPPORT_SERVER__BINT", "x")]), "RAPPORT_SERVER__BINT is not a setting");
        assert!(text(&[("RAPPORT_DATABASE__POOL_SIZE", "many")]).contains("RAPPORT_DATABASE__POOL_SIZE"));
        assert!(text(&[("RAPPORT_DATABASE__URL", "mysql://x")]).contains("database.url"));
        assert!(text(&[("RAPPORT_SERVER__BIND", "nowhere")]).contains("bind"));
        assert!(text(&[("RAPPORT_SERVER__PUBLIC_URL", "rapport.example/")]).contains("server.public_url"));
        assert!(
            text(&[("RAPPORT_DEMO", "true"), ("RAPPORT_SERVER__BIND", "0.0.0.0:80")]).contains("server.bind")
        );
    }

    #[test]
    fn every_setting_is_described() {
        let described = Config::describe();
        let defaults = Table::try_from(Config::default()).unwrap();
        let settings: usize = defaults.values().map(|v| v.as_table().map_or(1, Table::len)).sum();
        assert_eq!(described.len(), settings);
        assert!(described.iter().all(|s| !s.documentation.is_empty() && !s.default.is_empty()));
    }
}
