//! An ordered list of names that is saved as a whole: rows to rename, move, add and remove.

use leptos::prelude::*;
use leptos_i18n::t_string;
use ui::{Button, Field, IconButton, IconName, Select, SelectOption, TextInput};

use crate::context::use_app;
use crate::forms::Submission;
use crate::texts::text;

/// One row.
#[derive(Clone, PartialEq)]
pub struct Choice {
    /// Tells the rows apart while they are moved.
    pub key: u32,
    /// The id of what exists already.
    pub id: Option<String>,
    /// The name.
    pub name: ArcRwSignal<String>,
    /// What it means: the value of one of the meanings.
    pub meaning: ArcRwSignal<String>,
}

/// The rows.
#[derive(Clone, Copy)]
pub struct Choices {
    rows: RwSignal<Vec<Choice>>,
    next_key: StoredValue<u32>,
}

/// A row as it is saved: id, name, meaning.
pub type Saved = (Option<String>, String, String);

impl Choices {
    /// No rows.
    pub fn new() -> Self {
        Self { rows: RwSignal::new(Vec::new()), next_key: StoredValue::new(0) }
    }

    /// Begins again with what is saved.
    pub fn fill(self, saved: Vec<Saved>) {
        let rows = saved.into_iter().map(|(id, name, meaning)| self.row(id, name, meaning)).collect();
        self.rows.set(rows);
    }

    /// Follows what is saved, unless something else is being typed.
    pub fn follow(self, saved: Memo<Vec<Saved>>) {
        Effect::new(move |before: Option<Vec<Saved>>| {
            let now = saved.get();
            if before.is_none_or(|before| untrack(|| self.typed()) == before) {
                self.fill(now.clone());
            }
            now
        });
    }

    fn row(self, id: Option<String>, name: String, meaning: String) -> Choice {
        let key = self.next_key.get_value();
        self.next_key.set_value(key + 1);
        Choice { key, id, name: ArcRwSignal::new(name), meaning: ArcRwSignal::new(meaning) }
    }

    /// What is typed. Tracked.
    pub fn typed(self) -> Vec<Saved> {
        let saved = |row: &Choice| (row.id.clone(), row.name.get().trim().to_owned(), row.meaning.get());
        self.rows.with(|rows| rows.iter().map(saved).collect())
    }

    fn place(self, key: u32) -> Option<usize> {
        self.rows.with(|rows| rows.iter().position(|row| row.key == key))
    }

    fn swap(self, key: u32, down: bool) {
        let Some(place) = untrack(|| self.place(key)) else { return };
        let other = if down { place + 1 } else { place.saturating_sub(1) };
        self.rows.update(|rows| {
            if other < rows.len() {
                rows.swap(place, other);
            }
        });
    }
}

/// The rows as a form.
#[component]
pub fn ChoicesForm(
    /// The rows.
    choices: Choices,
    /// The field of the request that holds the rows, such as `stages`.
    field: &'static str,
    /// What a row may mean.
    #[prop(into)]
    meanings: Signal<Vec<SelectOption>>,
    /// The sending, for what is wrong with a row.
    submission: Submission,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let add = move |_| {
        let meaning = meanings.with_untracked(|meanings| meanings.first().map(|first| first.value.clone()));
        let row = choices.row(None, String::new(), meaning.unwrap_or_default());
        choices.rows.update(|rows| rows.push(row));
    };
    view! {
        <ul class="choices-list">
            <For
                each=move || choices.rows.get()
                key=|row| row.key
                children=move |row| line(choices, field, meanings, submission, row)
            />
        </ul>
        <p class="form-error" role="alert">{move || submission.field_where(|name| name == field).map(|e| e.detail)}</p>
        <div><Button icon=IconName::Plus on_press=add>{text!(i18n, records.add_row)}</Button></div>
    }
    .into_any()
}

fn line(
    choices: Choices,
    field: &'static str,
    meanings: Signal<Vec<SelectOption>>,
    submission: Submission,
    row: Choice,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let key = row.key;
    let (name, meaning) = (RwSignal::from(row.name), RwSignal::from(row.meaning));
    let place = Memo::new(move |_| choices.place(key));
    let error = Signal::derive(move || {
        let prefix = format!("{field}.{}.", place.get()?);
        submission.field_where(|name| name.starts_with(&prefix)).map(|error| error.detail)
    });
    let at_top = Signal::derive(move || place.get() == Some(0));
    let at_end =
        Signal::derive(move || place.get().is_none_or(|place| place + 1 >= choices.rows.with(Vec::len)));
    let remove = move |_| choices.rows.update(|rows| rows.retain(|row| row.key != key));
    view! {
        <li>
            <Field label=text!(i18n, forms.name) error><TextInput value=name required=true /></Field>
            <Field label=text!(i18n, records.meaning)><Select value=meaning options=meanings /></Field>
            <span class="row-actions">
                <IconButton
                    label=move || t_string!(i18n, records.move_up, name = name.get()).to_string()
                    icon=IconName::ChevronUp
                    disabled=at_top
                    on_press=move |_| choices.swap(key, false)
                />
                <IconButton
                    label=move || t_string!(i18n, records.move_down, name = name.get()).to_string()
                    icon=IconName::ChevronDown
                    disabled=at_end
                    on_press=move |_| choices.swap(key, true)
                />
                <IconButton
                    label=move || t_string!(i18n, forms.delete_named, name = name.get()).to_string()
                    icon=IconName::Trash
                    on_press=remove
                />
            </span>
        </li>
    }
}
