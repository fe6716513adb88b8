//! The browser's storage of the iframe's own origin.

use std::rc::Rc;

use types::WidgetId;
use web_sys::Storage;

use crate::store::{MemoryStore, Store};

/// Keeps texts in `localStorage`, under names that begin with the widget.
struct LocalStore {
    storage: Storage,
    prefix: String,
}

impl LocalStore {
    fn name(&self, name: &str) -> String {
        [&self.prefix, name].concat()
    }
}

impl Store for LocalStore {
    fn get(&self, name: &str) -> Option<String> {
        self.storage.get_item(&self.name(name)).ok()?
    }

    fn set(&self, name: &str, text: &str) {
        // Fails where the storage is full: then the text is forgotten with the page.
        let _ = self.storage.set_item(&self.name(name), text);
    }

    fn remove(&self, name: &str) {
        let _ = self.storage.remove_item(&self.name(name));
    }

    fn names(&self) -> Vec<String> {
        let count = self.storage.length().unwrap_or(0);
        let keys = (0..count).filter_map(|index| self.storage.key(index).ok()?);
        keys.filter_map(|key| key.strip_prefix(&self.prefix).map(ToOwned::to_owned)).collect()
    }

    fn is_lasting(&self) -> bool {
        true
    }
}

/// The widget's storage; in memory where the browser keeps nothing.
pub fn open(widget: WidgetId) -> Rc<dyn Store> {
    match usable_storage() {
        Some(storage) => {
            Rc::new(LocalStore { storage, prefix: ["rapport-", &widget.to_string(), "-"].concat() })
        }
        None => Rc::new(MemoryStore::default()),
    }
}

/// Some browsers hand out a storage that refuses every text, so one is tried.
fn usable_storage() -> Option<Storage> {
    const PROBE: &str = "rapport-probe";
    let storage = web_sys::window()?.local_storage().ok()??;
    storage.set_item(PROBE, "1").ok()?;
    storage.remove_item(PROBE).ok()?;
    Some(storage)
}
