//! A list that is fetched page by page: loading, failed with "Try again", empty, or there with "Show more".

use std::{cell::Cell, future::Future, pin::Pin, rc::Rc};

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use types::Page;
use types::page::PageQuery;
use ui::{Button, Skeleton};

use crate::context::{App, use_app};
use crate::errors::LoadError;
use crate::texts::text;

/// The largest page the server gives.
const LARGEST_PAGE: u16 = 200;
const FIRST_PAGE: u16 = 50;

type Reply<T> = Result<Page<T>, ClientError>;
type Load<T> = Rc<dyn Fn(PageQuery) -> Pin<Box<dyn Future<Output = Reply<T>>>>>;

/// A list fetched page by page. Signals that `load` reads before its first await make it start again when they change.
pub struct Paged<T: Send + Sync + 'static> {
    app: App,
    items: RwSignal<Option<Result<Vec<T>, ClientError>>>,
    next_cursor: RwSignal<Option<String>>,
    again: RwSignal<u32>,
    busy: RwSignal<bool>,
    load: StoredValue<Load<T>, LocalStorage>,
}

impl<T: Send + Sync + 'static> Clone for Paged<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Paged<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Paged<T> {
    /// Fetches the first page now, and again whenever it is told to.
    pub fn new<F>(load: impl Fn(PageQuery) -> F + 'static) -> Self
    where
        F: Future<Output = Reply<T>> + 'static,
    {
        let load: Load<T> = Rc::new(move |query| Box::pin(load(query)));
        let paged = Self {
            app: use_app(),
            items: RwSignal::new(None),
            next_cursor: RwSignal::new(None),
            again: RwSignal::new(0),
            busy: RwSignal::new(false),
            load: StoredValue::new_local(Rc::clone(&load)),
        };
        // Counts the fetches, so that a late reply of an earlier one is dropped.
        let newest = Rc::new(Cell::new(0_u32));
        Effect::new(move |_| {
            paged.again.get();
            let mine = newest.get() + 1;
            newest.set(mine);
            // As many as are there, so that a list does not shrink under the reader.
            let shown = paged.items.with_untracked(|items| match items {
                Some(Ok(items)) => items.len(),
                _ => 0,
            });
            let limit = u16::try_from(shown).unwrap_or(LARGEST_PAGE).clamp(FIRST_PAGE, LARGEST_PAGE);
            let (future, newest) = (load(PageQuery { cursor: None, limit: Some(limit) }), Rc::clone(&newest));
            spawn_local(async move {
                let reply = future.await;
                if newest.get() == mine {
                    paged.start(reply);
                }
            });
        });
        paged
    }

    /// Takes the first page. What is the same stays as it is drawn, so that a menu that is open in it stays open. The list may be
    /// gone by now.
    fn start(self, reply: Reply<T>) {
        let (items, cursor) = match reply {
            Ok(page) => (Ok(page.items), page.next_cursor),
            Err(error) => (Err(error), None),
        };
        let _ = self.next_cursor.try_set(cursor);
        let items = Some(items);
        if self.items.try_with_untracked(|known| *known != items) == Some(true) {
            let _ = self.items.try_set(items);
        }
    }

    /// Fetches again; what is there stays on the screen until then.
    pub fn reload(self) {
        self.again.update(|times| *times += 1);
    }

    /// What is there so far. Tracked.
    pub fn items(self) -> Vec<T> {
        self.items.with(|items| match items {
            Some(Ok(items)) => items.clone(),
            _ => Vec::new(),
        })
    }

    fn more(self) {
        let Some(load) = self.load.try_get_value() else { return };
        let query = PageQuery { cursor: self.next_cursor.get_untracked(), limit: Some(FIRST_PAGE) };
        self.busy.set(true);
        let future = untrack(|| load(query));
        spawn_local(async move {
            let reply = future.await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(page) => {
                    let _ = self.next_cursor.try_set(page.next_cursor);
                    let _ = self.items.try_update(|items| {
                        if let Some(Ok(items)) = items {
                            items.extend(page.items);
                        }
                    });
                }
                Err(error) => self.app.fail(&error),
            }
        });
    }
}

/// How a list stands.
#[derive(Clone, PartialEq)]
enum Standing {
    Loading,
    Failed(ClientError),
    Empty,
    There,
}

/// Draws a list, a skeleton until it is there, or what went wrong. The children are drawn once: read the items from the
/// [`Paged`] inside them.
#[component]
pub fn PagedView<T: Clone + PartialEq + Send + Sync + 'static>(
    /// The list.
    paged: Paged<T>,
    /// Draws it when there is nothing in it.
    #[prop(into)]
    empty: ViewFn,
    /// Draws it.
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let standing = Memo::new(move |_| {
        paged.items.with(|items| match items {
            None => Standing::Loading,
            Some(Err(error)) => Standing::Failed(error.clone()),
            Some(Ok(items)) if items.is_empty() => Standing::Empty,
            Some(Ok(_)) => Standing::There,
        })
    });
    let has_more = Memo::new(move |_| paged.next_cursor.with(Option::is_some));
    move || {
        match standing.get() {
        Standing::Loading => view! { <Skeleton label=text!(i18n, words.loading) /> }.into_any(),
        Standing::Failed(error) => {
            view! { <LoadError error on_retry=move |()| paged.reload() /> }.into_any()
        }
        Standing::Empty => empty.run(),
        Standing::There => view! {
            {children()}
            <Show when=move || has_more.get()>
                <div class="show-more">
                    <Button busy=paged.busy on_press=move |_| paged.more()>{text!(i18n, words.show_more)}</Button>
                </div>
            </Show>
        }
        .into_any(),
    }
    }
}
