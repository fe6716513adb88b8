//! A list of any length that keeps only the rows in sight in the document.

use std::{hash::Hash, ops::Range};

use leptos::{ev::FocusEvent, html, prelude::*, text_prop::TextProp};
use wasm_bindgen::prelude::*;
use web_sys::{FocusOptions, HtmlElement, ResizeObserver};

/// Rows kept above and below those in sight, so that scrolling shows no gap.
const OVERSCAN: usize = 4;
/// More is asked for when this few rows are left below.
const LOAD_AHEAD: usize = 10;

/// A row in the document.
#[derive(Clone, PartialEq)]
struct Row<T, K> {
    key: K,
    index: usize,
    item: T,
}

/// A scrolling list with rows of one height.
///
/// Rows are known by key: when items are added, moved or changed, each row keeps its element, its focus and its
/// state. The selected row and the one with the focus stay in the document even out of sight, and the list scrolls
/// to a row that becomes selected.
#[component]
pub fn VirtualList<T, K, V>(
    /// What the list shows, for screen readers.
    #[prop(into)]
    label: TextProp,
    /// The items in the order to show.
    #[prop(into)]
    items: Signal<Vec<T>>,
    /// What names an item.
    key: fn(&T) -> K,
    /// The height of every row in CSS pixels.
    row_height: f64,
    /// The key of the selected item.
    #[prop(optional, into)]
    selected: Signal<Option<K>>,
    /// Called when the end comes near, and again whenever the list has grown by then.
    #[prop(optional, into)]
    on_end: Option<Callback<()>>,
    /// Draws a row; the signal follows the item of the same key.
    row: fn(Signal<T>) -> V,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Clone + PartialEq + Eq + Hash + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let viewport = NodeRef::<html::Div>::new();
    let height = height_of(viewport);
    let scroll_top = RwSignal::new(0.0);
    let focused = RwSignal::new(None::<K>);
    let length = Memo::new(move |_| items.with(Vec::len));
    let in_sight = Memo::new(move |_| {
        // A list that its surroundings let grow to its full length must still not draw every row.
        let height = height.get().min(window_height());
        visible_range(scroll_top.get(), height, row_height, length.get())
    });
    let rows = Memo::new(move |_| {
        let pinned = [selected.get(), focused.get()];
        items.with(|items| rows_in(items, in_sight.get(), &pinned, key))
    });
    // The element may have been another list's before, and be scrolled.
    Effect::new(move |_| {
        if let Some(viewport) = viewport.get() {
            viewport.set_scroll_top(0);
        }
    });
    scroll_to_selected(viewport, selected, items, key, row_height);
    call_near_end(in_sight, length, on_end);

    let drawn = Drawn { rows, length, focused, drawing: StoredValue::new(false), row_height };
    let scrolled = move |_| {
        if let Some(viewport) = viewport.get_untracked() {
            scroll_top.set(f64::from(viewport.scroll_top()));
        }
    };
    view! {
        <div class="virtual-list" node_ref=viewport on:scroll=scrolled>
            <div
                class="rows"
                role="list"
                aria-label=move || label.get().to_string()
                style:height=move || pixels(length.get(), row_height)
            >
                <For each=move || drawn.rows() key=|row| row.key.clone() children=move |first| drawn.row(first, row) />
            </div>
        </div>
    }
}

/// The rows in the document.
struct Drawn<T: Send + Sync + 'static, K: Send + Sync + 'static> {
    rows: Memo<Vec<Row<T, K>>>,
    /// How many items there are, drawn or not.
    length: Memo<usize>,
    /// The key of the row with the focus.
    focused: RwSignal<Option<K>>,
    /// Rows are being moved in the document, which takes the focus away from them.
    drawing: StoredValue<bool>,
    row_height: f64,
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
    fn rows(self) -> Vec<Row<T, K>> {
        let drawing = self.drawing;
        drawing.set_value(true);
        request_animation_frame(move || {
            drawing.try_set_value(false);
        });
        self.rows.get()
    }

    fn row<V: IntoView + 'static>(self, first: Row<T, K>, content: fn(Signal<T>) -> V) -> impl IntoView {
        let Self { rows, length, focused, drawing, row_height } = self;
        let own = first.key.clone();
        let current = Memo::new(move |before: Option<&Row<T, K>>| {
            let found = rows.with(|rows| rows.iter().find(|row| row.key == own).cloned());
            found.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
        });
        let item = Memo::new(move |_| current.with(|row| row.item.clone()));
        let on_focus_out = move |event: FocusEvent| {
            if drawing.try_get_value().unwrap_or_default() && event.related_target().is_none() {
                restore_focus(&event);
            } else {
                focused.set(None);
            }
        };
        view! {
            <div
                role="listitem"
                aria-setsize=move || length.get().to_string()
                aria-posinset=move || current.with(|row| row.index + 1).to_string()
                style:top=move || pixels(current.with(|row| row.index), row_height)
                style:height=pixels(1, row_height)
                on:focusin=move |_| focused.set(Some(current.with_untracked(|row| row.key.clone())))
                on:focusout=on_focus_out
            >
                {content(item.into())}
            </div>
        }
    }
}

/// Gives the focus back to the element that lost it, once it stands in its new place.
fn restore_focus(event: &FocusEvent) {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    request_animation_frame(move || {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // Does nothing for an element that has left the document.
        let _ = element.focus_with_options(&options);
    });
}

/// The height of an element in CSS pixels, also after it changes.
fn height_of(element: NodeRef<html::Div>) -> RwSignal<f64> {
    let height = RwSignal::new(0.0);
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let observed = element.clone();
        let on_resize = Closure::<dyn Fn()>::new(move || {
            height.try_set(f64::from(observed.client_height()));
        });
        // Calls at once, too.
        let Ok(observer) = ResizeObserver::new(on_resize.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        let observing = StoredValue::new_local((observer, on_resize));
        on_cleanup(move || observing.with_value(|(observer, _)| observer.disconnect()));
    });
    height
}

fn window_height() -> f64 {
    web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or_default()
}

/// The height of so many rows, in whole CSS pixels: writing fractions would take more code than they are worth.
fn pixels(rows: usize, row_height: f64) -> String {
    format!("{}px", (rows as f64 * row_height) as i64)
}

/// The indices of the rows to draw: those in sight and a few around them.
fn visible_range(scroll_top: f64, height: f64, row_height: f64, length: usize) -> Range<usize> {
    let first = (scroll_top.max(0.0) / row_height) as usize;
    let count = (height / row_height).ceil() as usize + 1;
    let start = first.saturating_sub(OVERSCAN).min(length);
    start..(first + count + OVERSCAN).min(length)
}

/// The rows of `range`, and the pinned ones wherever they stand.
fn rows_in<T: Clone, K: PartialEq>(
    items: &[T],
    range: Range<usize>,
    pinned: &[Option<K>],
    key: fn(&T) -> K,
) -> Vec<Row<T, K>> {
    let row = |(index, item): (usize, &T)| Row { key: key(item), index, item: item.clone() };
    let mut rows: Vec<Row<T, K>> =
        items.iter().enumerate().skip(range.start).take(range.len()).map(row).collect();
    for pinned in pinned.iter().flatten() {
        if !rows.iter().any(|row| row.key == *pinned) {
            rows.extend(items.iter().enumerate().find(|(_, item)| key(item) == *pinned).map(row));
        }
    }
    rows.sort_by_key(|row| row.index);
    rows
}

/// Scrolls just far enough to show a newly selected row; does nothing when only the items change.
fn scroll_to_selected<T: Send + Sync + 'static, K: PartialEq + Clone + Send + Sync + 'static>(
    viewport: NodeRef<html::Div>,
    selected: Signal<Option<K>>,
    items: Signal<Vec<T>>,
    key: fn(&T) -> K,
    row_height: f64,
) {
    Effect::new(move |_| {
        let (Some(viewport), Some(selected)) = (viewport.get(), selected.get()) else { return };
        let position = items.with_untracked(|items| items.iter().position(|item| key(item) == selected));
        let Some(index) = position else { return };
        let top = (index as f64 * row_height) as i32;
        let bottom = top + row_height as i32;
        if top < viewport.scroll_top() {
            viewport.set_scroll_top(top);
        } else if bottom > viewport.scroll_top() + viewport.client_height() {
            viewport.set_scroll_top(bottom - viewport.client_height());
        }
    });
}

fn call_near_end(in_sight: Memo<Range<usize>>, length: Memo<usize>, on_end: Option<Callback<()>>) {
    let Some(on_end) = on_end else { return };
    Effect::new(move |asked: Option<usize>| {
        let length = length.get();
        let near = length > 0 && in_sight.with(|range| range.end + LOAD_AHEAD >= length);
        if near && asked != Some(length) {
            on_end.run(());
        }
        if near { length } else { 0 }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_draws_about_what_is_in_sight() {
        assert_eq!(visible_range(0.0, 600.0, 60.0, 10_000), 0..15);
        assert_eq!(visible_range(6_000.0, 600.0, 60.0, 10_000), 96..115);
        assert_eq!(visible_range(599_400.0, 600.0, 60.0, 10_000), 9_986..10_000);
        assert_eq!(visible_range(0.0, 600.0, 60.0, 3), 0..3);
        assert_eq!(visible_range(500.0, 600.0, 60.0, 0), 0..0);
    }

    #[test]
    fn pinned_rows_stay_in_order_and_are_not_doubled() {
        let items: Vec<u32> = (0..100).collect();
        let rows = rows_in(&items, 10..12, &[Some(50), Some(11), None], |item| *item);
        assert_eq!(rows.iter().map(|row| row.index).collect::<Vec<_>>(), [10, 11, 50]);
    }
}
