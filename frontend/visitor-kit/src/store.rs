//! Texts kept under a name, by the browser or in memory.

use std::cell::RefCell;

/// Keeps texts under names.
pub trait Store {
    /// The text under a name.
    fn get(&self, name: &str) -> Option<String>;
    /// Keeps a text. Where there is no room for it, it is forgotten with the page.
    fn set(&self, name: &str, text: &str);
    /// Forgets the text under a name.
    fn remove(&self, name: &str);
    /// Every name.
    fn names(&self) -> Vec<String>;
    /// Whether texts outlive the page.
    fn is_lasting(&self) -> bool;
}

/// Keeps texts as long as the page lives: for browsers that keep nothing for an embedded site.
#[derive(Debug, Default)]
pub struct MemoryStore(RefCell<Vec<(String, String)>>);

impl Store for MemoryStore {
    fn get(&self, name: &str) -> Option<String> {
        self.0.borrow().iter().find(|kept| kept.0 == name).map(|kept| kept.1.clone())
    }

    fn set(&self, name: &str, text: &str) {
        self.remove(name);
        self.0.borrow_mut().push((name.to_owned(), text.to_owned()));
    }

    fn remove(&self, name: &str) {
        self.0.borrow_mut().retain(|kept| kept.0 != name);
    }

    fn names(&self) -> Vec<String> {
        self.0.borrow().iter().map(|kept| kept.0.clone()).collect()
    }

    fn is_lasting(&self) -> bool {
        false
    }
}
