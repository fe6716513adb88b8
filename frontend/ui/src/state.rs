//! Nothing there, something failed, still loading: said honestly.

use leptos::{prelude::*, text_prop::TextProp};

use crate::{Button, Icon, IconName};

/// What belongs here and what to do first. The children are the one action, usually a [`Button`].
#[component]
pub fn EmptyState(
    /// Says it at a glance.
    icon: IconName,
    /// What is empty.
    #[prop(into)]
    title: TextProp,
    /// What will be here, and how it gets here.
    #[prop(optional, into)]
    body: Option<TextProp>,
    /// The one action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="state">
            <Icon name=icon />
            <h2>{move || title.get()}</h2>
            {body.map(|body| view! { <p>{move || body.get()}</p> })}
            {children.map(|children| view! { <div class="action">{children()}</div> })}
        </div>
    }
}

/// What happened, what to do about it, and a button to try again. Announced when it appears.
#[component]
pub fn ErrorState(
    /// What happened.
    #[prop(into)]
    title: TextProp,
    /// What to do.
    #[prop(optional, into)]
    body: Option<TextProp>,
    /// The text of the button: "Try again".
    #[prop(into)]
    retry_label: TextProp,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="state bad" role="alert">
            <Icon name=IconName::Warning />
            <h2>{move || title.get()}</h2>
            {body.map(|body| view! { <p>{move || body.get()}</p> })}
            <div class="action">
                <Button icon=IconName::Refresh on_press=move |_| on_retry.run(())>
                    {move || retry_label.get()}
                </Button>
            </div>
        </div>
    }
}

/// Grey lines where content will be, for a first load.
#[component]
pub fn Skeleton(
    /// What is loading, for screen readers.
    #[prop(into)]
    label: TextProp,
    /// How many lines.
    #[prop(default = 6)]
    lines: usize,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <b class="sr-only">{move || label.get()}</b>
            {(0..lines).map(|_| view! { <span></span> }).collect_view()}
        </div>
    }
}

/// A turning ring that appears after 300 ms, so that quick answers never flash.
#[component]
pub fn Spinner(
    /// What is awaited; leave out inside something that is `aria-busy`.
    #[prop(optional, into)]
    label: Option<TextProp>,
) -> impl IntoView {
    let role = label.is_some().then_some("status");
    view! {
        <span class="spinner" role=role>
            {label.map(|label| view! { <span class="sr-only">{move || label.get()}</span> })}
        </span>
    }
}
