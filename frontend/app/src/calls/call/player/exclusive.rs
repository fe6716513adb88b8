//! Several calls never play at once: whoever begins tells the other tabs, which stop.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::BroadcastChannel;

const CHANNEL: &str = "rapport.playing";

/// The channel between the tabs of this browser.
#[derive(Clone, Copy)]
pub struct Exclusive {
    channel: StoredValue<Option<BroadcastChannel>, LocalStorage>,
}

impl Exclusive {
    pub fn new() -> Self {
        // Without it, as in a browser that isolates its tabs, each tab plays for itself.
        Self { channel: StoredValue::new_local(BroadcastChannel::new(CHANNEL).ok()) }
    }

    /// Calls `stop` whenever another tab begins to play.
    pub fn listen(self, stop: impl Fn() + 'static) {
        let on_message = Closure::<dyn Fn()>::new(stop);
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            }
        });
        let kept = StoredValue::new_local(on_message);
        on_cleanup(move || {
            self.channel.with_value(|channel| {
                if let Some(channel) = channel {
                    channel.close();
                }
            });
            kept.dispose();
        });
    }

    /// Says that this tab plays now.
    pub fn claim(self) {
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                // Fails on a closed channel alone: the page is being left.
                let _ = channel.post_message(&JsValue::TRUE);
            }
        });
    }
}
