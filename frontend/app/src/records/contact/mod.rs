//! What only contacts have: conversations, consent, merging, erasing.

mod consent;
mod conversations;
mod erase_dialog;
mod merge_dialog;

use leptos::prelude::*;
use types::{ContactId, Permission};
use ui::{IconName, Menu, MenuItem, Pill, Tone};

pub use consent::ConsentSection;
pub use conversations::Conversations;

use crate::context::use_app;
use crate::texts::text;
use erase_dialog::EraseDialog;
use merge_dialog::MergeDialog;

/// Whether it is proved who the contact is, and a menu to merge and to erase it.
#[component]
pub fn ContactActions(id: ContactId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let current = Memo::new(move |_| app.read(|state| state.directory.contacts.get(&id).cloned()));
    let name = Signal::derive(move || current.get().map(|contact| contact.name).unwrap_or_default());
    let verified = move || current.with(|contact| contact.as_ref().is_some_and(|contact| contact.verified));
    let (may_edit, may_erase) = (app.may(Permission::EditContacts), app.may(Permission::EraseContacts));
    let (merging, erasing) = (RwSignal::new(false), RwSignal::new(false));
    view! {
        <Show
            when=verified
            fallback=move || view! { <Pill tone=Tone::Warn icon=IconName::Info>{text!(i18n, inbox.unverified)}</Pill> }
        >
            <Pill tone=Tone::Ok icon=IconName::Check>{text!(i18n, contacts.verified)}</Pill>
        </Show>
        <Show when=move || may_edit.get() || may_erase.get()>
            <Menu label=text!(i18n, inbox.more_actions) icon=IconName::More icon_only=true>
                <Show when=move || may_edit.get()>
                    <MenuItem icon=IconName::User on_select=move |()| merging.set(true)>
                        {text!(i18n, contacts.merge)}
                    </MenuItem>
                </Show>
                <Show when=move || may_erase.get()>
                    <MenuItem icon=IconName::Trash danger=true on_select=move |()| erasing.set(true)>
                        {text!(i18n, contacts.erase)}
                    </MenuItem>
                </Show>
            </Menu>
        </Show>
        <MergeDialog open=merging into=id />
        <EraseDialog open=erasing id name />
    }
    .into_any()
}
