//! The frame of the pages that need no session.

use leptos::{prelude::*, text_prop::TextProp};

use crate::context::use_app;
use crate::i18n::Locale;
use crate::preferences;
use crate::texts::text;

/// A card in the middle of the page, with a choice of language below.
#[component]
pub fn SignedOutPage(
    /// The heading.
    #[prop(into)]
    title: TextProp,
    /// A sentence below it.
    #[prop(optional, into)]
    intro: Option<TextProp>,
    /// The form.
    children: Children,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let language = move |locale: Locale, label: &'static str| {
        view! {
            <button
                type="button"
                class="btn quiet"
                lang=preferences::tag(locale)
                aria-pressed=move || (i18n.get_locale() == locale).to_string()
                on:click=move |_| preferences::show_locale(i18n, locale)
            >
                {label}
            </button>
        }
    };
    view! {
        <main class="signed-out">
            <div class="card">
                <span class="logo" aria-hidden="true">"R"</span>
                <h1>{move || title.get()}</h1>
                {intro.map(|intro| view! { <p class="muted">{move || intro.get()}</p> })}
                {children()}
            </div>
            <div class="languages" role="group" aria-label=text!(i18n, words.language)>
                {language(Locale::en, "English")} {language(Locale::fr, "Français")}
            </div>
        </main>
    }
}
