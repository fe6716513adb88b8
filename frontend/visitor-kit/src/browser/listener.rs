//! Listening to the browser's events.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// Listens as long as it is kept.
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    handler: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `handler` at each event of this name.
    pub fn new(target: &EventTarget, event: &'static str, handler: impl FnMut(Event) + 'static) -> Self {
        Self::of_boxed(target, event, Box::new(handler))
    }

    fn of_boxed(target: &EventTarget, event: &'static str, handler: Box<dyn FnMut(Event)>) -> Self {
        let handler: Closure<dyn FnMut(Event)> = Closure::wrap(handler);
        // Fails only where the function cannot be called.
        let _ = target.add_event_listener_with_callback(event, handler.as_ref().unchecked_ref());
        Self { target: target.clone(), event, handler }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let handler = self.handler.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.event, handler);
    }
}

/// Calls `handler` at each event of this name for as long as the page lives.
pub fn listen(target: &EventTarget, event: &'static str, handler: impl FnMut(Event) + 'static) {
    std::mem::forget(Listener::new(target, event, handler));
}
