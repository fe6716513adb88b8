//! Which entries of the audit log are shown.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::ListAuditEntries;
use ui::{Button, ButtonKind, Combobox, ComboboxOption, Field, IconName, Select, SelectOption, TextInput};

use crate::context::{App, use_app};
use crate::forms::{end_of_day, start_of_day};
use crate::texts::{I18n, text};

/// What is chosen.
#[derive(Clone, Copy)]
pub struct Filters {
    user: RwSignal<Option<String>>,
    action: RwSignal<String>,
    from: RwSignal<String>,
    until: RwSignal<String>,
}

impl Filters {
    /// Everything is shown.
    pub fn new() -> Self {
        Self {
            user: RwSignal::new(None),
            action: RwSignal::new(String::new()),
            from: RwSignal::new(String::new()),
            until: RwSignal::new(String::new()),
        }
    }

    /// What to ask the server for. Tracked.
    pub fn query(self) -> ListAuditEntries {
        ListAuditEntries {
            user_id: self.user.get().and_then(|id| id.parse().ok()),
            action: Some(self.action.get()).filter(|action| !action.is_empty()),
            from: start_of_day(&self.from.get()),
            until: end_of_day(&self.until.get()).map(|last| last.plus_seconds(1)),
            ..ListAuditEntries::default()
        }
    }

    fn are_set(self) -> bool {
        self.query() != ListAuditEntries::default()
    }

    fn clear(self) {
        self.user.set(None);
        self.action.set(String::new());
        self.from.set(String::new());
        self.until.set(String::new());
    }
}

/// The fields to choose with.
#[component]
pub fn FilterBar(
    /// What is chosen, both ways.
    filters: Filters,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    view! {
        <div class="filters">
            <Field label=text!(i18n, audit.by)>
                <Combobox
                    value=filters.user
                    options=Signal::derive(move || people(app))
                    placeholder=text!(i18n, audit.anybody)
                    list_label=text!(i18n, audit.by)
                    no_match=text!(i18n, forms.nobody_matches)
                />
            </Field>
            <Field label=text!(i18n, audit.about)>
                <Select value=filters.action options=Signal::derive(move || subjects(i18n)) />
            </Field>
            <Field label=text!(i18n, audit.from)><TextInput value=filters.from kind="date" /></Field>
            <Field label=text!(i18n, audit.until)><TextInput value=filters.until kind="date" /></Field>
            <Show when=move || filters.are_set()>
                <Button kind=ButtonKind::Quiet icon=IconName::Close on_press=move |_| filters.clear()>
                    {text!(i18n, audit.clear)}
                </Button>
            </Show>
        </div>
    }
    .into_any()
}

fn people(app: App) -> Vec<ComboboxOption> {
    app.read(|state| {
        let users = state.directory.users.values();
        let mut options: Vec<ComboboxOption> = users
            .map(|user| ComboboxOption { value: user.id.to_string(), label: user.name.clone() })
            .collect();
        options.sort_by_key(|option| option.label.to_lowercase());
        options
    })
}

/// The kinds of things that acts are done to, each with the beginning of its actions.
fn subjects(i18n: I18n) -> Vec<SelectOption> {
    let subjects = [
        ("", t_string!(i18n, audit.anything)),
        ("user.", t_string!(i18n, audit.about_user)),
        ("team.", t_string!(i18n, audit.about_team)),
        ("role.", t_string!(i18n, audit.about_role)),
        ("inbox.", t_string!(i18n, audit.about_inbox)),
        ("chat_widget.", t_string!(i18n, audit.about_chat_widget)),
        ("contact.", t_string!(i18n, audit.about_contact)),
        ("api_token.", t_string!(i18n, audit.about_api_token)),
        ("domain.", t_string!(i18n, audit.about_domain)),
        ("webhook.", t_string!(i18n, audit.about_webhook)),
        ("settings.", t_string!(i18n, audit.about_settings)),
        ("mail.", t_string!(i18n, audit.about_mail)),
        ("job.", t_string!(i18n, audit.about_job)),
        ("session.", t_string!(i18n, audit.about_session)),
    ];
    subjects.map(|(value, label)| SelectOption { value: value.to_owned(), label: label.to_owned() }).into()
}
