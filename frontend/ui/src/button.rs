//! Buttons. React to presses with `on_press`, and add attributes with `attr:`.

use leptos::{prelude::*, text_prop::TextProp};

use crate::{Icon, IconName, Spinner};

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// An ordinary action.
    #[default]
    Normal,
    /// The one main action of a screen or dialog.
    Primary,
    /// One of many, without a border.
    Quiet,
    /// Destroys something.
    Danger,
}

impl ButtonKind {
    /// The classes of a button of this kind.
    pub(crate) fn class(self) -> &'static str {
        match self {
            ButtonKind::Normal => "btn",
            ButtonKind::Primary => "btn primary",
            ButtonKind::Quiet => "btn quiet",
            ButtonKind::Danger => "btn danger",
        }
    }
}

fn press(on_press: Option<Callback<()>>) {
    if let Some(on_press) = on_press {
        on_press.run(());
    }
}

/// A button with a text that says what it does: "Close conversation", not "OK".
#[component]
pub fn Button(
    /// How much it stands out.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the text.
    #[prop(optional)]
    icon: Option<IconName>,
    /// The shortcut to show, `E` for instance. Listening to it is up to the caller.
    #[prop(optional, into)]
    kbd: Option<String>,
    /// Cannot be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Waits for an answer: cannot be pressed, and shows a spinner after 300 ms.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// What a press does.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// Submits the form around it.
    #[prop(optional)]
    submit: bool,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class=kind.class()
            type=if submit { "submit" } else { "button" }
            disabled=move || disabled.get() || busy.get()
            aria-busy=move || busy.get().then_some("true")
            on:click=move |_| press(on_press)
        >
            <Show when=move || busy.get() fallback=move || icon.map(|name| view! { <Icon name /> })>
                <Spinner />
            </Show>
            {children()}
            {kbd.map(|kbd| view! { <kbd aria-hidden="true">{kbd}</kbd> })}
        </button>
    }
}

/// A button that shows only an icon; its label is read out and shown on hover.
#[component]
pub fn IconButton(
    /// What it does.
    #[prop(into)]
    label: TextProp,
    /// What it shows.
    icon: IconName,
    /// How much it stands out; quiet is the usual choice.
    #[prop(default = ButtonKind::Quiet)]
    kind: ButtonKind,
    /// The shortcut to show on hover.
    #[prop(optional, into)]
    kbd: Option<String>,
    /// Whether the thing it switches is on; leave out for an action.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// What a press does.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// Cannot be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let title = {
        let label = label.clone();
        move || match &kbd {
            Some(kbd) => format!("{} ({kbd})", label.get()),
            None => label.get().to_string(),
        }
    };
    view! {
        <button
            class=format!("{} icon-only", kind.class())
            type="button"
            aria-label=move || label.get().to_string()
            title=title
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            disabled=move || disabled.get()
            on:click=move |_| press(on_press)
        >
            <Icon name=icon />
        </button>
    }
}
