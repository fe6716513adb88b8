//! A person or company as a coloured disc with initials.

use leptos::prelude::*;

/// The colours of `avatar.css`.
const COLOURS: u32 = 10;

/// How large an avatar is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// 20 px: inside a button or a line of text.
    Small,
    /// 28 px: in lists.
    #[default]
    Normal,
    /// 40 px: at the head of a sidebar.
    Large,
}

/// The initials of `name` on a colour that stays the same for the same `key`.
///
/// Hidden from screen readers, because the name stands beside it.
#[component]
pub fn Avatar(
    /// The name that the initials are taken from.
    #[prop(into)]
    name: Signal<String>,
    /// What decides the colour, an id for instance; the name when left out.
    #[prop(optional, into)]
    key: Option<String>,
    /// How large.
    #[prop(optional)]
    size: AvatarSize,
) -> impl IntoView {
    let class = match size {
        AvatarSize::Small => "avatar small",
        AvatarSize::Normal => "avatar",
        AvatarSize::Large => "avatar large",
    };
    let colour = move || match &key {
        Some(key) => colour(key),
        None => name.with(|name| colour(name)),
    };
    view! {
        <span class=class data-colour=move || colour().to_string() aria-hidden="true">
            {move || name.with(|name| initials(name))}
        </span>
    }
}

/// The first letters of the first and the last word, in capitals; `?` without any letter.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let letters: String = first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect();
    if letters.is_empty() { "?".to_owned() } else { letters }
}

/// FNV-1a: the same on every device and in every release.
fn colour(key: &str) -> u32 {
    key.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
        % COLOURS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_the_first_and_the_last_word() {
        assert_eq!(initials("Lucie Bernard"), "LB");
        assert_eq!(initials("anna maria de souza"), "AS");
        assert_eq!(initials("élodie"), "É");
        assert_eq!(initials("(Northwind) Retail"), "NR");
        assert_eq!(initials("  "), "?");
    }

    #[test]
    fn the_colour_of_a_key_never_changes() {
        assert_eq!(colour("Lucie Bernard"), colour("Lucie Bernard"));
        assert!((0..1000).all(|n| colour(&n.to_string()) < COLOURS));
    }
}
