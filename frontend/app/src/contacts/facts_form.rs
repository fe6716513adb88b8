//! What is known of a contact, to be changed by whoever may.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use types::crm::{Contact, ContactPath, ListCompanies, UpdateContact};
use types::{CompanyId, Permission, UserId};
use ui::{Button, ButtonKind, Combobox, ComboboxOption, Field, Select, SelectOption, TextInput};

use crate::context::{App, use_app};
use crate::forms::{FormError, Submission};
use crate::inbox::load_contact;
use crate::texts::text;

/// The form of one contact.
#[component]
pub(super) fn FactsForm(contact: Contact) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let form = Form::new(&contact);
    let submission = Submission::new();
    let contact_id = contact.id;
    let readonly = Signal::derive({
        let may_edit = app.may(Permission::EditContacts);
        move || !may_edit.get()
    });
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let body = form.read();
        submission.run(
            async move { app.api().update_contact(&ContactPath { contact_id }, &body).await },
            move |_| {
                // With the company, which may be another one now.
                spawn_local(async move {
                    if let Err(error) = load_contact(app, contact_id).await {
                        app.fail(&error);
                    }
                });
                app.toasts.show(leptos_i18n::t_string!(i18n, words.saved));
            },
        );
    };
    view! {
        <form class="form contact-form" on:submit=save>
            <Field label=text!(i18n, contacts.name) error=submission.field("name")>
                <TextInput value=form.name required=true disabled=readonly />
            </Field>
            <Field label=text!(i18n, inbox.email) error=submission.field("email")>
                <TextInput value=form.email kind="email" disabled=readonly />
            </Field>
            <Field label=text!(i18n, inbox.phone) error=submission.field("phone")>
                <TextInput value=form.phone kind="tel" disabled=readonly />
            </Field>
            <Field label=text!(i18n, contacts.job_title) error=submission.field("job_title")>
                <TextInput value=form.job_title disabled=readonly />
            </Field>
            <CompanyField form submission />
            <Field label=text!(i18n, inbox.owner) error=submission.field("owner_id")>
                <Select value=form.owner options=owners(app) disabled=readonly />
            </Field>
            <FormError submission />
            <Show when=move || !readonly.get()>
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true busy=submission.busy>{text!(i18n, words.save)}</Button>
                </div>
            </Show>
        </form>
    }
}

#[component]
fn CompanyField(form: Form, submission: Submission) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let query = RwSignal::new(String::new());
    let found = RwSignal::new(Vec::<ComboboxOption>::new());
    Effect::new(move |_| {
        let typed = query.get();
        spawn_local(async move {
            let wanted = ListCompanies {
                limit: Some(20),
                q: Some(typed).filter(|q| !q.is_empty()),
                ..ListCompanies::default()
            };
            // Without an answer the company stays as it is.
            let Ok(page) = app.api().list_companies(&wanted).await else { return };
            let option = |company: types::crm::Company| ComboboxOption {
                value: company.id.to_string(),
                label: company.name,
            };
            let _ = found.try_set(page.items.into_iter().map(option).collect());
        });
    });
    // The contact's own company stands among the choices, so that its name is shown.
    let options = Signal::derive(move || {
        let mut options = found.get();
        let chosen = form.company.get().and_then(|id| id.parse::<CompanyId>().ok());
        let known = chosen.and_then(|id| app.read(|state| state.directory.companies.get(&id).cloned()));
        if let Some(company) =
            known.filter(|company| !options.iter().any(|o| o.value == company.id.to_string()))
        {
            options.push(ComboboxOption { value: company.id.to_string(), label: company.name });
        }
        options
    });
    view! {
        <Field label=text!(i18n, inbox.company) error=submission.field("company_id")>
            <Combobox value=form.company options query list_label=text!(i18n, inbox.company) no_match=text!(i18n, contacts.no_company) />
        </Field>
    }
}

fn owners(app: App) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let nobody = SelectOption {
            value: String::new(),
            label: leptos_i18n::t_string!(app.i18n, contacts.nobody).to_owned(),
        };
        let mut users: Vec<SelectOption> = app.read(|state| {
            let option = |user: &types::accounts::User| SelectOption {
                value: user.id.to_string(),
                label: user.name.clone(),
            };
            state.directory.users.values().map(option).collect()
        });
        users.sort_by_key(|option| option.label.to_lowercase());
        std::iter::once(nobody).chain(users).collect()
    })
}

#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    email: RwSignal<String>,
    phone: RwSignal<String>,
    job_title: RwSignal<String>,
    company: RwSignal<Option<String>>,
    owner: RwSignal<String>,
}

impl Form {
    fn new(contact: &Contact) -> Self {
        let text = |value: &Option<String>| RwSignal::new(value.clone().unwrap_or_default());
        Self {
            name: RwSignal::new(contact.name.clone()),
            email: text(&contact.email),
            phone: text(&contact.phone),
            job_title: text(&contact.job_title),
            company: RwSignal::new(contact.company_id.map(|id| id.to_string())),
            owner: RwSignal::new(contact.owner_id.map(|id| id.to_string()).unwrap_or_default()),
        }
    }

    fn read(self) -> UpdateContact {
        let text =
            |value: RwSignal<String>| Some(value.get_untracked().trim().to_owned()).filter(|t| !t.is_empty());
        UpdateContact {
            name: self.name.get_untracked(),
            email: text(self.email),
            phone: text(self.phone),
            job_title: text(self.job_title),
            company_id: self.company.get_untracked().and_then(|id| id.parse::<CompanyId>().ok()),
            owner_id: self.owner.get_untracked().parse::<UserId>().ok(),
            ..UpdateContact::default()
        }
    }
}
