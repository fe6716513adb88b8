//! Merges another contact into this one.

use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use types::ContactId;
use types::crm::{Contact, ContactPath, ListContacts, MergeContact};
use ui::{Button, ButtonKind, Dialog, IconName};

use crate::context::{App, use_app};
use crate::forms::{FormError, Submission};
use crate::search_list::{SearchList, SearchOption};
use crate::texts::text;

/// Finds the other contact, says what will happen, and merges.
#[component]
pub(super) fn MergeDialog(open: RwSignal<bool>, into: ContactId) -> impl IntoView {
    let i18n = use_app().i18n;
    view! {
        <Dialog open title=text!(i18n, contacts.merge_title) close_label=text!(i18n, words.close)>
            <Merge open into />
        </Dialog>
    }
}

#[component]
fn Merge(open: RwSignal<bool>, into: ContactId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let chosen = RwSignal::new(None::<Contact>);
    let query = RwSignal::new(String::new());
    let found = found(app, query, into);
    let options = Signal::derive(move || found.get().into_iter().map(option).collect::<Vec<_>>());
    let on_choose = Callback::new(move |id: String| {
        let contact = found.with_untracked(|found| found.iter().find(|c| c.id.to_string() == id).cloned());
        chosen.set(contact);
    });
    let submission = Submission::new();
    let merge = move |from_id: ContactId| {
        submission.run(
            async move {
                app.api().merge_contact(&ContactPath { contact_id: into }, &MergeContact { from_id }).await
            },
            move |_| {
                open.set(false);
                app.toasts.show(t_string!(i18n, contacts.merged));
            },
        );
    };
    let confirm = move |contact: Contact| {
        let (name, id) = (contact.name, contact.id);
        view! {
            <p>{move || t_string!(i18n, contacts.merge_effect, name = name.clone()).to_string()}</p>
            <FormError submission />
            <div class="actions">
                <Button on_press=move |_| chosen.set(None)>{text!(i18n, words.back)}</Button>
                <Button kind=ButtonKind::Primary busy=submission.busy on_press=move |_| merge(id)>
                    {text!(i18n, contacts.merge_now)}
                </Button>
            </div>
        }
    };
    move || match chosen.get() {
        Some(contact) => confirm(contact).into_any(),
        None => view! {
            <SearchList
                id="merge"
                label=text!(i18n, contacts.merge_find)
                placeholder=text!(i18n, contacts.merge_find)
                no_match=text!(i18n, contacts.merge_none)
                query
                options
                on_choose
            />
        }
        .into_any(),
    }
}

fn option(contact: Contact) -> SearchOption {
    let label = contact.email.map_or(contact.name.clone(), |email| format!("{} · {email}", contact.name));
    SearchOption { value: contact.id.to_string(), icon: IconName::User, label, keys: None, chosen: false }
}

/// The contacts whose name or address begins with what is typed, without the one that stays.
fn found(app: App, query: RwSignal<String>, into: ContactId) -> RwSignal<Vec<Contact>> {
    let found = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        let typed = query.get().trim().to_owned();
        spawn_local(async move {
            let q = (!typed.is_empty()).then(|| typed.clone());
            let wanted = ListContacts { limit: Some(20), q, ..ListContacts::default() };
            match app.api().list_contacts(&wanted).await {
                Ok(page) if query.try_get_untracked().is_some_and(|now| now.trim() == typed) => {
                    found.set(page.items.into_iter().filter(|contact| contact.id != into).collect());
                }
                Ok(_) => {}
                Err(error) => app.fail(&error),
            }
        });
    });
    found
}
