//! A plain table that becomes one card a row on a phone.

use std::{hash::Hash, sync::Arc};

use leptos::{prelude::*, text_prop::TextProp};

/// One column of a [`DataTable`].
pub struct Column<T> {
    title: TextProp,
    cell: Arc<dyn Fn(&T) -> AnyView + Send + Sync>,
}

impl<T> Column<T> {
    /// A column headed `title` that shows `cell` of each row. The title is never empty: it names each cell on a phone.
    pub fn new<V: IntoView + 'static>(
        title: impl Into<TextProp>,
        cell: impl Fn(&T) -> V + Send + Sync + 'static,
    ) -> Self {
        Self { title: title.into(), cell: Arc::new(move |row| cell(row).into_any()) }
    }
}

impl<T> Clone for Column<T> {
    fn clone(&self) -> Self {
        Self { title: self.title.clone(), cell: Arc::clone(&self.cell) }
    }
}

/// A table of some dozens of rows; use [`VirtualList`](crate::VirtualList) for thousands.
#[component]
pub fn DataTable<T, K>(
    /// What the table lists, for screen readers.
    #[prop(into)]
    caption: TextProp,
    /// The columns in the order to show.
    columns: Vec<Column<T>>,
    /// The rows in the order to show.
    #[prop(into)]
    rows: Signal<Vec<T>>,
    /// What names a row. A row is drawn anew when it differs from the one of the same key before.
    key: fn(&T) -> K,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Eq + Hash + Clone + Send + Sync + 'static,
{
    let titles: Vec<TextProp> = columns.iter().map(|column| column.title.clone()).collect();
    let keys = Memo::new(move |_| rows.with(|rows| rows.iter().map(key).collect::<Vec<K>>()));
    let row = move |own: K| {
        let columns = columns.clone();
        let current = Memo::new(move |_| rows.with(|rows| rows.iter().find(|row| key(row) == own).cloned()));
        let cells = move || {
            let row = current.get()?;
            let cell = |column: &Column<T>| {
                let title = column.title.clone();
                view! { <td role="cell" data-label=move || title.get().to_string()><div>{(column.cell)(&row)}</div></td> }
            };
            Some(columns.iter().map(cell).collect_view())
        };
        view! { <tr role="row">{cells}</tr> }
    };
    view! {
        // The roles are spelled out because a table laid out as blocks loses them.
        <table class="data-table" role="table">
            <caption class="sr-only">{move || caption.get()}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    {titles
                        .into_iter()
                        .map(|title| view! { <th role="columnheader" scope="col">{move || title.get()}</th> })
                        .collect_view()}
                </tr>
            </thead>
            <tbody role="rowgroup">
                <For each=move || keys.get() key=|key| key.clone() children=row />
            </tbody>
        </table>
    }
}
