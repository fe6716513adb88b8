//! The choice of a company, found by typing.

use leptos::{prelude::*, task::spawn_local};
use types::CompanyId;
use types::crm::{Company, ListCompanies};
use ui::{Combobox, ComboboxOption, Field, TextInput};

use crate::context::{App, use_app};
use crate::texts::text;

/// How many companies are offered at a time.
const OFFERED: u16 = 20;

/// A field with the id of a company as its value; empty for none.
#[component]
pub fn CompanyField(
    /// The id, both ways.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Cannot be changed.
    #[prop(into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    view! {
        <Field label=text!(i18n, inbox.company) error>
            <Show when=move || !disabled.get() fallback=move || view! { <Name value /> }>
                <Choice value />
            </Show>
        </Field>
    }
}

/// The name of the company, where it cannot be changed.
#[component]
fn Name(value: RwSignal<String>) -> impl IntoView {
    let app = use_app();
    let name = RwSignal::new(String::new());
    Effect::new(move |_| {
        name.set(value.with(|id| known(app, id)).map(|company| company.name).unwrap_or_default());
    });
    view! { <TextInput value=name disabled=true /> }
}

#[component]
fn Choice(value: RwSignal<String>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let query = RwSignal::new(String::new());
    let found = found(app, query);
    let chosen = RwSignal::new(Some(value.get_untracked()).filter(|id| !id.is_empty()));
    // The two say the same: nothing chosen is an empty value.
    Effect::new(move |_| chosen.set(Some(value.get()).filter(|id| !id.is_empty())));
    Effect::new(move |_| {
        let id = chosen.get().unwrap_or_default();
        if value.with_untracked(|value| *value != id) {
            value.set(id);
        }
    });
    // The company that is chosen stands among the choices, so that its name is shown.
    let options = Signal::derive(move || {
        let mut options = found.get();
        if let Some(company) = value.with(|id| known(app, id))
            && !options.iter().any(|option| option.value == company.id.to_string())
        {
            options.push(option(company));
        }
        options
    });
    view! {
        <Combobox
            value=chosen
            options
            query
            list_label=text!(i18n, inbox.company)
            no_match=text!(i18n, contacts.no_company)
        />
    }
}

fn option(company: Company) -> ComboboxOption {
    ComboboxOption { value: company.id.to_string(), label: company.name }
}

/// Tracked.
fn known(app: App, id: &str) -> Option<Company> {
    let id = id.parse::<CompanyId>().ok()?;
    app.read(|state| state.directory.companies.get(&id).cloned())
}

/// The companies whose name or domain begins with what is typed.
fn found(app: App, query: RwSignal<String>) -> RwSignal<Vec<ComboboxOption>> {
    let found = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        let typed = query.get();
        spawn_local(async move {
            let q = Some(typed.clone()).filter(|q| !q.trim().is_empty());
            let wanted = ListCompanies { limit: Some(OFFERED), q, ..ListCompanies::default() };
            // Without an answer the company stays as it is.
            let Ok(page) = app.api().list_companies(&wanted).await else { return };
            if query.try_get_untracked().is_some_and(|now| now == typed) {
                let _ = found.try_set(page.items.into_iter().map(option).collect());
            }
        });
    });
    found
}
