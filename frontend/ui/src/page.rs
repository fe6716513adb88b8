//! The layout of settings and other pages that scroll.

use leptos::{prelude::*, text_prop::TextProp};

/// A page with a title and, at its right, the actions on the whole of it.
#[component]
pub fn Page(
    /// The heading of the page.
    #[prop(into)]
    title: TextProp,
    /// A sentence below the title.
    #[prop(optional, into)]
    description: Option<TextProp>,
    /// Buttons beside the title.
    #[prop(optional, into)]
    actions: ViewFn,
    /// The content, usually a few of [`Section`].
    children: Children,
) -> impl IntoView {
    view! {
        <div class="page">
            <header>
                <div class="title">
                    <h1>{move || title.get()}</h1>
                    {description.map(|text| view! { <p class="muted">{move || text.get()}</p> })}
                </div>
                {actions.run()}
            </header>
            {children()}
        </div>
    }
}

/// A part of a page about one thing.
#[component]
pub fn Section(
    /// The heading.
    #[prop(into)]
    title: TextProp,
    /// What this is for.
    #[prop(optional, into)]
    description: Option<TextProp>,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="section">
            <header>
                <h2>{move || title.get()}</h2>
                {description.map(|text| view! { <p>{move || text.get()}</p> })}
            </header>
            <div class="content">{children()}</div>
        </section>
    }
}
