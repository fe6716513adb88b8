//! Who took part.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Permission;
use types::calls::{Participant, ParticipantKind};
use types::crm::RecordRef;
use ui::{Avatar, AvatarSize, ButtonKind, Popover};

use super::super::names::person_key;
use super::super::open_call::{OpenCall, use_call};
use crate::records::RecordPanel;
use crate::texts::text;

/// The button "Participants", and who they are. A contact's name opens what is known of the contact.
#[component]
pub fn Participants() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let participants = Memo::new(move |_| open.call.get().map(|call| call.participants).unwrap_or_default());
    let label =
        move || t_string!(i18n, call.participants_count, count = participants.with(Vec::len)).to_string();
    let lines = move || {
        participants.get().into_iter().map(|one| view! { <Line open participant=one /> }).collect_view()
    };
    view! {
        <Popover label kind=ButtonKind::Normal>
            <div class="call-participants">
                <h2>{text!(i18n, call.participants)}</h2>
                <ul>{lines}</ul>
                <Show when=move || participants.with(Vec::is_empty)>
                    <p class="muted">{text!(i18n, call.no_participants)}</p>
                </Show>
            </div>
        </Popover>
    }
    .into_any()
}

#[component]
fn Line(open: OpenCall, participant: Participant) -> impl IntoView {
    let i18n = open.app.i18n;
    let name = untrack(|| open.participant_name(&participant));
    let kind = match participant.kind {
        ParticipantKind::User => text!(i18n, call.colleague).into_any(),
        ParticipantKind::Contact => text!(i18n, call.contact).into_any(),
        ParticipantKind::Other => text!(i18n, call.unknown_person).into_any(),
    };
    let reached = [participant.email.clone(), participant.phone.clone()].into_iter().flatten();
    let reached = reached.filter(|by| *by != name).collect::<Vec<_>>().join(" · ");
    let may_read = open.app.may(Permission::ReadContacts);
    let shown = name.clone();
    let title = move || match participant.contact_id.filter(|_| may_read.get()) {
        Some(contact) => view! { <ContactPanel record=contact.into() name=shown.clone() /> }.into_any(),
        None => view! { <span class="trunc">{shown.clone()}</span> }.into_any(),
    };
    view! {
        <li class="participant">
            <Avatar name=name key=person_key(&participant) size=AvatarSize::Normal />
            <span class="lines">
                {title}
                <span class="muted trunc">{kind} {(!reached.is_empty()).then(|| format!(" · {reached}"))}</span>
            </span>
        </li>
    }
}

/// The name of a contact as a button that opens what is known of it, with the way to its record.
#[component]
fn ContactPanel(record: RecordRef, name: String) -> impl IntoView {
    let label = name.clone();
    view! {
        <Popover label=move || label.clone()>
            <RecordPanel record name=name.clone() />
        </Popover>
    }
}
