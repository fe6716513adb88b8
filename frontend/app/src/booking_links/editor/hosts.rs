//! Who takes part for the company, and how often in round robin.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::UserState;
use types::booking::{BookingLinkHost, BookingLinkKind};
use types::{Permission, UserId};
use ui::{Avatar, AvatarSize, Combobox, ComboboxOption, Field, IconButton, IconName};

use super::Editor;
use super::draft::host;
use crate::texts::text;

/// The hosts, and a field to add one by name. A personal link has one, whom only those who manage booking change.
#[component]
pub fn Hosts(editor: Editor) -> impl IntoView {
    let (app, draft) = (editor.app, editor.draft);
    let i18n = app.i18n;
    let added = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if let Some(id) = added.get().and_then(|id| id.parse().ok()) {
            draft.hosts.update(|hosts| hosts.push(host(id)));
            added.set(None);
        }
    });
    let options = Signal::derive(move || candidates(editor));
    let manages = app.may(Permission::ManageBooking);
    let is_personal = move || draft.link_kind() == BookingLinkKind::Personal;
    let count = move || draft.hosts.with(Vec::len);
    let can_add = move || !is_personal() || (manages.get() && count() == 0);
    // What was another kind of link may have more.
    let can_remove = Signal::derive(move || !is_personal() || manages.get() || count() > 1);
    let ids = Memo::new(move |_| {
        draft.hosts.with(|hosts| hosts.iter().map(|host| host.user_id).collect::<Vec<_>>())
    });
    view! {
        <div class="field" role="group" aria-label=text!(i18n, booking_links.hosts)>
            <span class="label">{text!(i18n, booking_links.hosts)}</span>
            <ul class="members" aria-label=text!(i18n, booking_links.hosts)>
                <For each=move || ids.get() key=|id| *id let:id><Host editor id can_remove /></For>
            </ul>
            <span class="error" role="alert">{move || editor.error("hosts").get()}</span>
        </div>
        <Show when=can_add>
            <Field label=text!(i18n, booking_links.add_host)>
                <Combobox
                    value=added
                    options
                    placeholder=text!(i18n, forms.add_member_hint)
                    list_label=text!(i18n, booking_links.add_host)
                    no_match=text!(i18n, forms.nobody_matches)
                />
            </Field>
        </Show>
    }
    .into_any()
}

fn candidates(editor: Editor) -> Vec<ComboboxOption> {
    let hosts = editor.draft.hosts.get();
    editor.app.read(|state| {
        let users = state.directory.users.values();
        let mut options: Vec<ComboboxOption> = users
            .filter(|user| {
                user.state == UserState::Active && hosts.iter().all(|host| host.user_id != user.id)
            })
            .map(|user| ComboboxOption { value: user.id.to_string(), label: user.name.clone() })
            .collect();
        options.sort_by_key(|option| option.label.to_lowercase());
        options
    })
}

#[component]
fn Host(editor: Editor, id: UserId, can_remove: Signal<bool>) -> impl IntoView {
    let (app, draft) = (editor.app, editor.draft);
    let i18n = app.i18n;
    let name = Signal::derive(move || {
        app.read(|state| state.user_name(id).map(ToOwned::to_owned)).unwrap_or_else(|| id.to_string())
    });
    let is_excluded = move || {
        editor.link.with(|link| link.as_ref().is_some_and(|link| link.excluded_host_ids.contains(&id)))
    };
    let weight = move || {
        let of =
            |hosts: &Vec<BookingLinkHost>| hosts.iter().find(|h| h.user_id == id).map_or(1, |h| h.weight);
        draft.hosts.with(of)
    };
    let set_weight = move |event| {
        let typed = event_target_value(&event).parse().unwrap_or(0);
        draft.hosts.update(|hosts| {
            if let Some(host) = hosts.iter_mut().find(|host| host.user_id == id) {
                host.weight = typed;
            }
        });
    };
    let weight_label = move || t_string!(i18n, booking_links.weight_of, name = name.get()).to_string();
    let remove_label = move || t_string!(i18n, forms.remove_member, name = name.get()).to_string();
    view! {
        <li>
            <Avatar name=name key=id.to_string() size=AvatarSize::Small />
            <span class="trunc">{name}</span>
            <Show when=is_excluded>
                <span class="faint">{text!(i18n, booking_links.left_out)}</span>
            </Show>
            <Show when=move || draft.link_kind() == BookingLinkKind::RoundRobin>
                <label class="weight">
                    {text!(i18n, booking_links.weight)}
                    <input
                        class="input num"
                        type="number"
                        min="1"
                        max="100"
                        aria-label=weight_label
                        prop:value=move || weight().to_string()
                        on:change=set_weight
                    />
                </label>
            </Show>
            <Show when=move || can_remove.get()>
                <IconButton
                    label=remove_label
                    icon=IconName::Close
                    on_press=move |_| draft.hosts.update(|hosts| hosts.retain(|host| host.user_id != id))
                />
            </Show>
        </li>
    }
    .into_any()
}
