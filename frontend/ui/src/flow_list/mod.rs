//! A list of any length with rows of any height that keeps only the rows in sight in the document.

mod heights;

use std::{collections::HashMap, hash::Hash};

use leptos::{ev, html, prelude::*, text_prop::TextProp};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, ResizeObserver};

use heights::Heights;

/// A row in the document.
#[derive(Clone, PartialEq)]
struct Row<T, K> {
    key: K,
    index: usize,
    item: T,
}

/// Scrolls a [`FlowList`] from outside, and knows whether its reader has taken it over.
#[derive(Clone, Copy)]
pub struct FlowListHandle {
    viewport: NodeRef<html::Div>,
    heights: RwSignal<Heights>,
    scroll_top: RwSignal<f64>,
    /// That of the viewport: 0 while the list is not drawn.
    height: RwSignal<f64>,
    /// Set by the list when the reader scrolls it; the caller takes it back.
    pub taken_over: RwSignal<bool>,
}

impl Default for FlowListHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl FlowListHandle {
    /// A handle without a list yet.
    pub fn new() -> Self {
        Self {
            viewport: NodeRef::new(),
            heights: RwSignal::new(Heights::default()),
            scroll_top: RwSignal::new(0.0),
            height: RwSignal::new(0.0),
            taken_over: RwSignal::new(false),
        }
    }

    /// Whether the list is drawn, and not in a part of the page that is hidden. Tracked.
    pub fn is_drawn(self) -> bool {
        self.height.get() > 0.0
    }

    /// Scrolls so that the row of this index stands a third below the upper edge, unless it is in sight with its
    /// neighbours.
    pub fn show(self, index: usize) {
        let Some(viewport) = self.viewport.get_untracked() else { return };
        let (top, row, total) = self
            .heights
            .with_untracked(|heights| (heights.top(index), heights.height(index), heights.total()));
        let (scrolled, height) = (f64::from(viewport.scroll_top()), f64::from(viewport.client_height()));
        let is_in_sight = top >= scrolled && top + row * 2.0 <= scrolled + height;
        // What is hidden cannot be scrolled.
        if is_in_sight || total <= height || height == 0.0 {
            return;
        }
        let wanted = (top - height / 3.0).max(0.0);
        viewport.set_scroll_top(wanted as i32);
        self.scroll_top.set(wanted);
    }

    fn scrolled(self) {
        if let Some(viewport) = self.viewport.get_untracked() {
            self.scroll_top.set(f64::from(viewport.scroll_top()));
        }
    }

    fn take_over(self) {
        if !self.taken_over.get_untracked() {
            self.taken_over.set(true);
        }
    }

    fn press(self, event: &ev::KeyboardEvent) {
        if matches!(event.key().as_str(), "ArrowUp" | "ArrowDown" | "PageUp" | "PageDown" | "Home" | "End") {
            self.take_over();
        }
    }

    /// Takes the heights of the rows in the document, and keeps what is in sight where it is.
    fn measure(self) {
        let Some(viewport) = self.viewport.get_untracked() else { return };
        // Rows that are hidden have no height; they keep the one that they had.
        if viewport.client_height() == 0 {
            return;
        }
        let rows = crate::keyboard::items(&viewport, ":scope > .rows > [data-index]");
        let measured: Vec<(usize, f64)> = rows.iter().filter_map(measured).collect();
        let scrolled = f64::from(viewport.scroll_top());
        let mut known = self.heights.get_untracked();
        let grown_above = known.measure(&measured, scrolled);
        if self.heights.with_untracked(|heights| *heights != known) {
            self.heights.set(known);
            if grown_above != 0.0 {
                viewport.set_scroll_top((scrolled + grown_above) as i32);
            }
        }
    }
}

fn measured(row: &HtmlElement) -> Option<(usize, f64)> {
    let index = row.get_attribute("data-index")?.parse().ok()?;
    Some((index, row.get_bounding_client_rect().height()))
}

/// A scrolling list with rows of any height. Rows are known by key, and keep their elements while items come and go.
#[component]
pub fn FlowList<T, K, V>(
    /// Scrolling from outside.
    handle: FlowListHandle,
    /// What the list shows, for screen readers.
    #[prop(into)]
    label: TextProp,
    /// The items in the order to show.
    #[prop(into)]
    items: Signal<Vec<T>>,
    /// What names an item.
    key: fn(&T) -> K,
    /// About how high the row of an item is, in CSS pixels, until it is drawn.
    estimate: fn(&T) -> f64,
    /// Draws a row; the signal follows the item of the same key.
    row: fn(Signal<T>) -> V,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Clone + PartialEq + Eq + Hash + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let FlowListHandle { viewport, heights, scroll_top, height, .. } = handle;
    keep_heights(heights, items, key, estimate);
    let observer = observe(handle);
    let in_sight =
        Memo::new(move |_| heights.with(|heights| heights.in_sight(scroll_top.get(), height.get())));
    let rows = Memo::new(move |_| {
        let range = in_sight.get();
        let row = |(index, item): (usize, &T)| Row { key: key(item), index, item: item.clone() };
        items.with(|items| {
            items.iter().enumerate().skip(range.start).take(range.len()).map(row).collect::<Vec<_>>()
        })
    });
    let drawn = Drawn { rows, heights, length: Memo::new(move |_| items.with(Vec::len)), observer };
    let list_label = label.clone();
    view! {
        <div
            class="flow-list"
            node_ref=viewport
            tabindex="0"
            role="group"
            aria-label=move || list_label.get().to_string()
            on:scroll=move |_| handle.scrolled()
            on:wheel=move |_| handle.take_over()
            on:touchmove=move |_| handle.take_over()
            on:keydown=move |event| handle.press(&event)
        >
            <div
                class="rows"
                role="list"
                aria-label=move || label.get().to_string()
                style:height=move || heights.with(|heights| pixels(heights.total()))
            >
                <For each=move || rows.get() key=|row| row.key.clone() children=move |first| drawn.row(first, row) />
            </div>
        </div>
    }
}

/// Estimates rows that come, and keeps what was measured of those that stay.
fn keep_heights<T, K>(
    heights: RwSignal<Heights>,
    items: Signal<Vec<T>>,
    key: fn(&T) -> K,
    estimate: fn(&T) -> f64,
) where
    T: Send + Sync + 'static,
    K: Eq + Hash + Send + Sync + 'static,
{
    Effect::new(move |before: Option<Vec<K>>| {
        items.with(|items| {
            let known = heights.get_untracked();
            let measured: HashMap<K, f64> = before
                .into_iter()
                .flatten()
                .enumerate()
                .map(|(index, key)| (key, known.height(index)))
                .collect();
            let height = |item: &T| measured.get(&key(item)).copied().unwrap_or_else(|| estimate(item));
            heights.set(Heights::new(items.iter().map(height).collect()));
            items.iter().map(key).collect()
        })
    });
}

/// The observer of all rows in the document, and of the viewport.
fn observe(handle: FlowListHandle) -> StoredValue<Option<ResizeObserver>, LocalStorage> {
    let observer = StoredValue::new_local(None::<ResizeObserver>);
    let on_resize = Closure::<dyn Fn()>::new(move || {
        // The list may be gone by now.
        if let Some(viewport) = handle.viewport.try_get_untracked().flatten() {
            handle.height.try_set(f64::from(viewport.client_height()));
            handle.measure();
        }
    });
    // Every browser with popovers has it.
    observer.set_value(ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok());
    let kept = StoredValue::new_local(on_resize);
    Effect::new(move |_| {
        let Some(viewport) = handle.viewport.get() else { return };
        observer.with_value(|observer| {
            if let Some(observer) = observer {
                observer.observe(&viewport);
            }
        });
    });
    on_cleanup(move || {
        observer.with_value(|observer| {
            if let Some(observer) = observer {
                observer.disconnect();
            }
        });
        kept.dispose();
    });
    observer
}

/// The rows in the document.
struct Drawn<T: Send + Sync + 'static, K: Send + Sync + 'static> {
    rows: Memo<Vec<Row<T, K>>>,
    heights: RwSignal<Heights>,
    /// How many items there are, drawn or not.
    length: Memo<usize>,
    observer: StoredValue<Option<ResizeObserver>, LocalStorage>,
}

impl<T: Send + Sync + 'static, K: Send + Sync + 'static> Clone for Drawn<T, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static, K: Send + Sync + 'static> Copy for Drawn<T, K> {}

impl<T, K> Drawn<T, K>
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Clone + PartialEq + Send + Sync + 'static,
{
    fn row<V: IntoView + 'static>(self, first: Row<T, K>, content: fn(Signal<T>) -> V) -> impl IntoView {
        let Self { rows, heights, length, observer } = self;
        let own = first.key.clone();
        let current = Memo::new(move |before: Option<&Row<T, K>>| {
            let found = rows.with(|rows| rows.iter().find(|row| row.key == own).cloned());
            found.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
        });
        let index = Memo::new(move |_| current.with(|row| row.index));
        let item = Memo::new(move |_| current.with(|row| row.item.clone()));
        let element = NodeRef::<html::Div>::new();
        Effect::new(move |_| {
            let Some(element) = element.get() else { return };
            observer.with_value(|observer| {
                if let Some(observer) = observer {
                    observer.observe(&element);
                }
            });
        });
        view! {
            <div
                node_ref=element
                role="listitem"
                data-index=move || index.get().to_string()
                aria-setsize=move || length.get().to_string()
                aria-posinset=move || (index.get() + 1).to_string()
                style:top=move || heights.with(|heights| pixels(heights.top(index.get())))
            >
                {content(item.into())}
            </div>
        }
    }
}

/// Whole CSS pixels: writing fractions would take more code than they are worth.
fn pixels(length: f64) -> String {
    format!("{}px", length as i64)
}
