//! Settings that administrators change at run time, one typed value a key.

use db::schema::settings;
use db::{Json, JsonText, on};
use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Result, Tx};

/// A group of settings that are read and saved together.
pub trait Setting: Serialize + DeserializeOwned + Default + std::fmt::Debug + Send + 'static {
    /// The key it is stored under.
    const KEY: &'static str;
}

impl Tx<'_> {
    /// The settings as saved, or the defaults.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) when what is stored does not fit the type.
    pub fn setting<S: Setting>(&mut self) -> Result<S> {
        let found = settings::table
            .find(S::KEY)
            .select(settings::value)
            .get_result::<Json<S>>(self.conn())
            .optional()?;
        Ok(found.map(|Json(value)| value).unwrap_or_default())
    }

    /// Saves the settings.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) in a transaction that only reads, or when the database refuses it.
    pub fn save_setting<S: Setting>(&mut self, value: &S) -> Result<()> {
        self.require_write()?;
        let now = self.now();
        let text = JsonText(serde_json::to_string(value)?);
        let row = (settings::key.eq(S::KEY), settings::value.eq(&text), settings::updated_at.eq(now));
        on!(self.conn(), conn => diesel::insert_into(settings::table)
            .values(row)
            .on_conflict(settings::key)
            .do_update()
            .set((settings::value.eq(&text), settings::updated_at.eq(now)))
            .execute(conn))?;
        Ok(())
    }
}
