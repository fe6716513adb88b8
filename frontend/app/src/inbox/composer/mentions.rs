//! Mentioning colleagues in a comment: type "@" and the beginning of a name, or press the button.

use leptos::prelude::*;
use types::accounts::{User, UserState};
use types::{ThreadId, UserId};
use ui::{IconName, Popover};

use crate::context::{App, use_app};
use crate::search_list::{SearchList, SearchOption};
use crate::texts::text;

/// The users who can be mentioned: the inbox's members, or everybody when it has none. Tracked.
fn candidates(app: App, thread: ThreadId) -> Vec<User> {
    app.read(|state| {
        let inbox = state.threads.get(thread).map(|item| item.thread.inbox_id);
        let members = inbox.and_then(|id| state.directory.inboxes.get(&id)).map(|inbox| &inbox.member_ids);
        let is_member =
            |user: &&User| members.is_none_or(|members| members.is_empty() || members.contains(&user.id));
        let me = state.my_id();
        let active =
            state.directory.users.values().filter(|u| u.state == UserState::Active && Some(u.id) != me);
        let mut users: Vec<User> = active.filter(is_member).cloned().collect();
        users.sort_by_key(|user| user.name.to_lowercase());
        users
    })
}

/// What follows the last "@" at the end of the text, while it may still be a name.
pub fn typed_mention(text: &str) -> Option<&str> {
    let (before, typed) = text.rsplit_once('@')?;
    let starts_word = before.chars().next_back().is_none_or(char::is_whitespace);
    (starts_word && typed.len() <= 40 && !typed.contains('\n') && !typed.ends_with("  ")).then_some(typed)
}

/// The users whose names begin with what is typed; none once a whole name stands there. Tracked.
pub fn suggestions(app: App, thread: ThreadId, text: &str) -> Vec<User> {
    let Some(typed) = typed_mention(text) else { return Vec::new() };
    let needle = typed.to_lowercase();
    let begins = |name: &str| {
        let name = name.to_lowercase();
        name != needle.trim_end()
            && (name.starts_with(&needle) || name.split(' ').any(|word| word.starts_with(&needle)))
    };
    candidates(app, thread).into_iter().filter(|user| begins(&user.name)).take(6).collect()
}

/// The users whose "@name" stands in the text, whatever the case.
pub fn mentioned(app: App, thread: ThreadId, text: &str) -> Vec<UserId> {
    let text = text.to_lowercase();
    let stands = |user: &User| text.contains(&format!("@{}", user.name.to_lowercase()));
    untrack(|| candidates(app, thread)).into_iter().filter(stands).map(|user| user.id).collect()
}

/// A button that lists whom to mention.
#[component]
pub fn MentionButton(
    /// The conversation.
    thread: ThreadId,
    /// Called with the name of the chosen user.
    on_choose: Callback<String>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let open = RwSignal::new(false);
    let query = RwSignal::new(String::new());
    let options = Memo::new(move |_| {
        let needle = query.get().trim().to_lowercase();
        let users =
            candidates(app, thread).into_iter().filter(|user| user.name.to_lowercase().contains(&needle));
        let option = |user: User| SearchOption {
            value: user.name.clone(),
            icon: IconName::User,
            label: user.name,
            keys: None,
            chosen: false,
        };
        users.map(option).collect::<Vec<_>>()
    });
    let choose = Callback::new(move |name: String| {
        open.set(false);
        on_choose.run(name);
    });
    view! {
        <Popover label=text!(i18n, inbox.mention) icon=IconName::User icon_only=true open>
            <SearchList
                id="mention"
                label=text!(i18n, inbox.mention)
                placeholder=text!(i18n, inbox.mention_hint)
                no_match=text!(i18n, inbox.owner_none)
                query
                options
                on_choose=choose
            />
        </Popover>
    }
}

#[cfg(test)]
mod tests {
    use super::typed_mention;

    #[test]
    fn a_mention_is_typed_at_the_end() {
        assert_eq!(typed_mention("ask @ka"), Some("ka"));
        assert_eq!(typed_mention("@"), Some(""));
        assert_eq!(typed_mention("mail me@example"), None);
        assert_eq!(typed_mention("@Karim please look\nnow"), None);
        assert_eq!(typed_mention("nobody"), None);
    }
}
