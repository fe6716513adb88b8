//! Elements of the page: put together once, then kept up to date by effects that follow values.

use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, ResizeObserver};

use super::page;
use super::watched::effect;

/// An element that is being put together.
#[derive(Clone)]
pub struct El(Element);

/// A new element with a class.
pub fn el(name: &str, class: &str) -> El {
    let element = page::document().and_then(|document| document.create_element(name).ok());
    // There is a document, and the names are those of HTML: the other case does not occur.
    let element = element.unwrap_or_else(|| JsValue::UNDEFINED.unchecked_into());
    if !class.is_empty() {
        element.set_class_name(class);
    }
    El(element)
}

impl El {
    /// The element itself.
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// The element as the type that its name has.
    pub fn unchecked<T: JsCast>(&self) -> T {
        self.0.clone().unchecked_into()
    }

    /// With an attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        set_attribute(&self.0, name, Some(value));
        self
    }

    /// With a text after what is in it.
    pub fn text(self, text: &str) -> Self {
        let _ = self.0.append_with_str_1(text);
        self
    }

    /// With HTML that is known to be safe as its content.
    pub fn html(self, html: &str) -> Self {
        self.0.set_inner_html(html);
        self
    }

    /// With an element after what is in it.
    pub fn child(self, child: Self) -> Self {
        let _ = self.0.append_child(&child.0);
        self
    }

    /// With a handler of an event.
    pub fn on(self, event: &str, handler: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Box::new(handler), false);
        self
    }

    /// With a handler of an event of the elements in it, also of one that does not rise from them, such as `load`.
    pub fn on_inside(self, event: &str, handler: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Box::new(handler), true);
        self
    }

    /// Calls `handler` whenever the element has become larger or smaller.
    pub fn observe_size(&self, handler: impl FnMut() + 'static) {
        let handler: Box<dyn FnMut()> = Box::new(handler);
        let handler: Function = Closure::wrap(handler).into_js_value().unchecked_into();
        // Fails only where the function cannot be called.
        if let Ok(observer) = ResizeObserver::new(&handler) {
            observer.observe(&self.0);
        }
    }

    fn listen(&self, event: &str, handler: Box<dyn FnMut(Event)>, captures: bool) {
        // Lives as long as the element: the browser tells when it is not needed any more.
        let handler: Function = Closure::wrap(handler).into_js_value().unchecked_into();
        // Fails only where the function cannot be called.
        let _ = self.0.add_event_listener_with_callback_and_bool(event, &handler, captures);
    }

    /// With whatever `update` does to it, now and whenever a signal that it reads has changed.
    pub fn bind(self, update: impl Fn(&Element) + 'static) -> Self {
        self.bind_boxed(Box::new(update))
    }

    fn bind_boxed(self, update: Box<dyn Fn(&Element)>) -> Self {
        let element = self.0.clone();
        effect(Box::new(move || update(&element)));
        self
    }

    /// With a text that follows signals.
    pub fn text_of(self, text: impl Fn() -> String + 'static) -> Self {
        self.bind(move |element| set_text(element, &text()))
    }

    /// With an attribute that follows signals; absent where there is nothing.
    pub fn attr_of(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        self.bind(move |element| set_attribute(element, name, value().as_deref()))
    }

    /// Shown only while signals say so.
    pub fn shown_when(self, is_shown: impl Fn() -> bool + 'static) -> Self {
        self.bind(move |element| set_attribute(element, "hidden", (!is_shown()).then_some("")))
    }
}

/// Sets the text, unless it is the same: a screen reader would say it again.
pub fn set_text(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Sets an attribute, or removes it.
pub fn set_attribute(element: &Element, name: &str, value: Option<&str>) {
    // Fails only for names that are not valid.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}
