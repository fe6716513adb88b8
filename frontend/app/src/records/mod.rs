//! The records of the CRM: lists and pages of contacts, companies, deals and tickets, imports and exports.
//!
//! All kinds have the same screens, and calls the same list; what they differ in stands in [`kind`].

mod associations;
mod call;
mod columns;
mod contact;
mod create;
mod filters;
mod form;
mod import;
mod kind;
mod list;
mod loading;
mod money;
mod page;
mod preview;
mod record_field;
mod requests;
mod row;
mod selection;
mod sort;
mod timeline;
mod toolbar;
mod values;
mod views;

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use types::crm::{ObjectKind, RecordRef};
use types::{Permission, RecordId};
use ui::{EmptyState, IconName};
use wasm_split_helpers::wasm_split;

pub use associations::AssociationCards;
pub use filters::owners_or_any;
pub use form::owners;
pub use kind::{KINDS, icon_of, kind_plural, path_of, path_of_list};
pub use list::ListScreen;
pub use loading::load_setup;
pub use preview::RecordPanel;
pub use record_field::RecordField;

use crate::context::use_app;
use crate::parts::{PartMissing, Screen};
use crate::remote::{Remote, RemoteView};
use crate::shell::NotFoundPage;
use crate::texts::text;

/// What an address below a kind's list names.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    List(ObjectKind),
    Import(ObjectKind),
    Record(RecordRef),
    Nowhere,
}

/// The screens of records.
#[wasm_split(records, fallible)]
pub fn records_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <RecordsScreens /> }.into_any())
}

/// Every screen of records. The first part of the address names the kind, the second one a record.
#[component]
fn RecordsScreens() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let (path, params) = (use_location().pathname, use_params_map());
    let place = Memo::new(move |_| {
        let is_of = |kind: &&ObjectKind| {
            let list = path_of_list(**kind);
            path.with(|path| {
                path == list || path.strip_prefix(list).is_some_and(|rest| rest.starts_with('/'))
            })
        };
        let Some(kind) = KINDS.iter().find(is_of).copied() else { return Place::Nowhere };
        params.with(|params| match params.get("record").as_deref() {
            None | Some("") => Place::List(kind),
            Some("import") => Place::Import(kind),
            Some(id) => {
                id.parse::<RecordId>().map_or(Place::Nowhere, |id| Place::Record(RecordRef::new(kind, id)))
            }
        })
    });
    let may_read = app.may(Permission::ReadContacts);
    let refreshes = app.refreshes();
    let setup = Remote::new(move || {
        refreshes.get();
        let wanted = may_read.get();
        async move { if wanted { load_setup(app).await.map(Some) } else { Ok(None) } }
    });
    let is_known = Memo::new(move |_| app.read(|state| state.records.setup.is_some()));
    let refused = move || {
        view! {
            <main class="screen">
                <h1 class="sr-only">{text!(i18n, records.contacts)}</h1>
                <EmptyState icon=IconName::Lock title=text!(i18n, settings.no_permission) body=text!(i18n, settings.who_can_give) />
            </main>
        }
    };
    let screen = move || match place.get() {
        Place::List(kind) => {
            let creating = RwSignal::new(false);
            let head = move || view! { <list::Tabs kind /> };
            view! {
                <ListScreen kind head creating />
                <create::CreateDialog open=creating kind />
            }
            .into_any()
        }
        Place::Import(kind) => view! { <import::ImportScreen kind /> }.into_any(),
        Place::Record(record) => view! { <page::RecordPage record /> }.into_any(),
        Place::Nowhere => view! { <NotFoundPage /> }.into_any(),
    };
    view! {
        <Show when=move || may_read.get() fallback=refused>
            <Show when=move || is_known.get() fallback=move || view! { <main class="screen"><RemoteView remote=setup>""</RemoteView></main> }>
                {screen}
            </Show>
        </Show>
    }
    .into_any()
}
