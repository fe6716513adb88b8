//! A list of elements that follows a list of keys.

use web_sys::Element;

use super::element::El;
use super::watched::Scope;

/// Shows one element a key, and keeps the element of a key that stays.
pub struct List {
    parent: Element,
    items: Vec<Item>,
}

struct Item {
    key: String,
    element: Element,
    // What follows values in the element ends with it.
    _scope: Scope,
}

impl List {
    /// An empty list, whose elements stand last in `parent`.
    pub fn new(parent: &El) -> Self {
        Self { parent: parent.element().clone(), items: Vec::new() }
    }

    /// Shows these keys; `build` makes the element of the key with this index where there is none yet.
    pub fn show(&mut self, keys: &[String], build: &dyn Fn(usize) -> El) {
        if self.items.iter().map(|item| &item.key).eq(keys) {
            return;
        }
        let mut former = std::mem::take(&mut self.items);
        former.retain(|item| {
            let stays = keys.contains(&item.key);
            if !stays {
                item.element.remove();
            }
            stays
        });
        let mut former = former.into_iter().peekable();
        for (index, key) in keys.iter().enumerate() {
            let item = match former.next_if(|item| item.key == *key) {
                Some(item) => item,
                None => self.insert(key, index, former.peek().map(|item| &item.element), build),
            };
            self.items.push(item);
        }
        // Only keys that changed places are left, and they have been made anew.
        former.for_each(|item| item.element.remove());
    }

    fn insert(&self, key: &str, index: usize, before: Option<&Element>, build: &dyn Fn(usize) -> El) -> Item {
        let (built, scope) = Scope::of(|| build(index));
        let element = built.element().clone();
        // Fails only where `before` is not in the list.
        let _ = self.parent.insert_before(&element, before.map(AsRef::as_ref));
        Item { key: key.to_owned(), element, _scope: scope }
    }
}
