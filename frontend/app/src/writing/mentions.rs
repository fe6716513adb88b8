//! Mentioning colleagues in a comment: type "@" and the beginning of a name, or press the button.

use leptos::prelude::*;
use types::accounts::{User, UserState};
use types::{ThreadId, UserId};
use ui::{Button, ButtonKind, IconName, Popover, RichTextHandle};

use crate::context::{App, use_app};
use crate::search_list::{SearchList, SearchOption};
use crate::texts::text;

/// Whom a comment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The members of a conversation's inbox, or everybody when it has none.
    Thread(ThreadId),
    /// Every user.
    Everybody,
}

/// The users who can be mentioned. Tracked.
fn candidates(app: App, audience: Audience) -> Vec<User> {
    app.read(|state| {
        let inbox = match audience {
            Audience::Thread(thread) => state.threads.get(thread).map(|item| item.thread.inbox_id),
            Audience::Everybody => None,
        };
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
fn typed_mention(text: &str) -> Option<&str> {
    let (before, typed) = text.rsplit_once('@')?;
    let starts_word = before.chars().next_back().is_none_or(char::is_whitespace);
    (starts_word && typed.len() <= 40 && !typed.contains('\n') && !typed.ends_with("  ")).then_some(typed)
}

/// The users whose names begin with what is typed; none once a whole name stands there. Tracked.
fn suggestions(app: App, audience: Audience, text: &str) -> Vec<User> {
    let Some(typed) = typed_mention(text) else { return Vec::new() };
    let needle = typed.to_lowercase();
    let begins = |name: &str| {
        let name = name.to_lowercase();
        name != needle.trim_end()
            && (name.starts_with(&needle) || name.split(' ').any(|word| word.starts_with(&needle)))
    };
    candidates(app, audience).into_iter().filter(|user| begins(&user.name)).take(6).collect()
}

/// The users whose "@name" stands in the text, whatever the case.
pub fn mentioned(app: App, audience: Audience, text: &str) -> Vec<UserId> {
    let text = text.to_lowercase();
    let stands = |user: &User| text.contains(&format!("@{}", user.name.to_lowercase()));
    untrack(|| candidates(app, audience)).into_iter().filter(stands).map(|user| user.id).collect()
}

/// Puts a name in the place of what is typed after an "@" at the end of the text, or at the caret.
pub fn insert_mention(editor: RichTextHandle, text: &str, name: &str) {
    let typed = typed_mention(text).filter(|typed| name.to_lowercase().starts_with(&typed.to_lowercase()));
    match typed.map(|typed| typed.encode_utf16().count()) {
        Some(count) => editor.replace_before(count, &format!("{name} ")),
        None => editor.insert_text(&format!("@{name} ")),
    }
    editor.focus();
}

/// The colleagues who may be meant by what is typed after an "@".
#[component]
pub fn Suggestions(
    /// Whom the comment is for.
    audience: Audience,
    /// The text so far.
    text: Signal<String>,
    /// Called with the name of the chosen user.
    on_choose: Callback<String>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let users = Memo::new(move |_| text.with(|text| suggestions(app, audience, text)));
    let button = move |user: User| {
        let name = user.name.clone();
        view! { <Button kind=ButtonKind::Quiet on_press=move |_| on_choose.run(user.name.clone())>{name}</Button> }
    };
    view! {
        <Show when=move || users.with(|users| !users.is_empty())>
            <div class="suggestions" role="group" aria-label=text!(i18n, inbox.mention)>
                {move || users.get().into_iter().map(button).collect_view()}
            </div>
        </Show>
    }
}

/// A button that lists whom to mention.
#[component]
pub fn MentionButton(
    /// Whom the comment is for.
    audience: Audience,
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
            candidates(app, audience).into_iter().filter(|user| user.name.to_lowercase().contains(&needle));
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
