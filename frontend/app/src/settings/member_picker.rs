//! Chooses some users.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::UserId;
use types::accounts::UserState;
use ui::{Avatar, AvatarSize, Combobox, ComboboxOption, Field, IconButton, IconName};

use crate::context::{App, use_app};
use crate::texts::text;

/// The chosen users, and a field to add one by name.
#[component]
pub fn MemberPicker(
    /// The chosen users, both ways.
    members: RwSignal<Vec<UserId>>,
    /// What is wrong with them.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let added = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if let Some(id) = added.get().and_then(|id| id.parse().ok()) {
            members.update(|members| members.push(id));
            added.set(None);
        }
    });
    let options = Signal::derive(move || candidates(app, &members.get()));
    let chosen = move || {
        let rows = members.get().into_iter().map(|id| member(app, members, id)).collect_view();
        view! { <ul class="members" aria-label=text!(i18n, forms.members)>{rows}</ul> }
    };
    view! {
        <Field label=text!(i18n, forms.add_member) error>
            <Combobox
                value=added
                options
                placeholder=text!(i18n, forms.add_member_hint)
                list_label=text!(i18n, forms.add_member)
                no_match=text!(i18n, forms.nobody_matches)
            />
        </Field>
        <Show
            when=move || members.with(|members| !members.is_empty())
            fallback=move || view! { <p class="muted">{text!(i18n, forms.no_members)}</p> }
        >
            {chosen}
        </Show>
    }
    .into_any()
}

/// Users who can still be added, by name.
fn candidates(app: App, members: &[UserId]) -> Vec<ComboboxOption> {
    app.read(|state| {
        let users = state.directory.users.values();
        let mut options: Vec<ComboboxOption> = users
            .filter(|user| user.state != UserState::Deactivated && !members.contains(&user.id))
            .map(|user| ComboboxOption { value: user.id.to_string(), label: user.name.clone() })
            .collect();
        options.sort_by_key(|option| option.label.to_lowercase());
        options
    })
}

fn member(app: App, members: RwSignal<Vec<UserId>>, id: UserId) -> impl IntoView {
    let i18n = app.i18n;
    let user = app.peek(|state| state.directory.users.get(&id).cloned());
    let is_deactivated = user.as_ref().is_some_and(|user| user.state == UserState::Deactivated);
    let name = user.map_or_else(|| id.to_string(), |user| user.name);
    let label = {
        let name = name.clone();
        move || t_string!(i18n, forms.remove_member, name = name.clone()).to_string()
    };
    let note =
        is_deactivated.then(|| view! { <span class="faint">{text!(i18n, forms.deactivated_member)}</span> });
    view! {
        <li>
            <Avatar name=name.clone() key=id.to_string() size=AvatarSize::Small />
            <span class="trunc">{name}</span>
            {note}
            <IconButton
                label
                icon=IconName::Close
                on_press=move |_| members.update(|members| members.retain(|member| *member != id))
            />
        </li>
    }
}
