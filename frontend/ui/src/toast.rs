//! Short messages about what was just done, with "Undo" where that is possible.

use std::{sync::Arc, time::Duration};

use leptos::{prelude::*, text_prop::TextProp};

use crate::{Button, ButtonKind, IconButton, IconName};

/// How long a plain message stays.
const SHOWN: Duration = Duration::from_secs(6);
/// How long a message with an action stays.
const SHOWN_WITH_ACTION: Duration = Duration::from_secs(10);

/// What the button of a message does. Not a `Callback`, which would be gone with the component that showed the message.
type Action = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Toast {
    id: u64,
    text: String,
    action: Option<(String, Action)>,
}

/// The messages on the screen. Create it once, provide it as context, and show it with one [`ToastRegion`].
#[derive(Clone, Copy, Default)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next_id: StoredValue<u64>,
}

impl Toasts {
    /// No messages yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that something was done; goes away by itself after 6 seconds.
    pub fn show(self, text: impl Into<String>) {
        let id = self.add(text.into(), None);
        self.dismiss_after(id, SHOWN);
    }

    /// The same with a button, usually "Undo"; goes away after 10 seconds.
    pub fn show_with_action(
        self,
        text: impl Into<String>,
        label: impl Into<String>,
        action: impl Fn() + Send + Sync + 'static,
    ) {
        let id = self.add(text.into(), Some((label.into(), Arc::new(action))));
        self.dismiss_after(id, SHOWN_WITH_ACTION);
    }

    /// Says that something failed; stays until it is dismissed.
    pub fn show_error(self, text: impl Into<String>) {
        self.add(text.into(), None);
    }

    fn add(self, text: String, action: Option<(String, Action)>) -> u64 {
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        self.shown.update(|toasts| toasts.push(Toast { id, text, action }));
        id
    }

    fn dismiss(self, id: u64) {
        // The list is gone when the application was left in the meantime.
        let _ = self.shown.try_update(|toasts| toasts.retain(|toast| toast.id != id));
    }

    fn dismiss_after(self, id: u64, delay: Duration) {
        set_timeout(move || self.dismiss(id), delay);
    }
}

/// Where messages appear. They are read out politely: without interrupting.
#[component]
pub fn ToastRegion(
    /// The messages.
    toasts: Toasts,
    /// The name of the region: "Messages".
    #[prop(into)]
    label: TextProp,
    /// What the close button of a message does: "Dismiss".
    #[prop(into)]
    dismiss_label: TextProp,
) -> impl IntoView {
    let toast = move |Toast { id, text, action }: Toast| {
        let button = action.map(|(label, action)| {
            let press = move |_| {
                toasts.dismiss(id);
                action();
            };
            view! { <Button kind=ButtonKind::Quiet on_press=press>{label}</Button> }
        });
        view! {
            <div class="toast">
                <span class="text">{text}</span>
                {button}
                <IconButton label=dismiss_label.clone() icon=IconName::Close on_press=move |_| toasts.dismiss(id) />
            </div>
        }
    };
    view! {
        <section class="toasts" aria-label=move || label.get().to_string() aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.id children=toast />
        </section>
    }
}
