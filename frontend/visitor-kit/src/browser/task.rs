//! Work that goes on beside the rest.

use std::pin::Pin;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Lets a future run to its end.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    spawn_boxed(Box::pin(future));
}

// One type of future, so that the machinery that runs it is compiled once.
fn spawn_boxed(future: Pin<Box<dyn Future<Output = ()>>>) {
    wasm_bindgen_futures::spawn_local(future);
}

/// Waits until the function that `begin` is given has been called.
pub fn called(begin: &mut dyn FnMut(Function)) -> impl Future<Output = ()> + use<> {
    let promise = Promise::new(&mut |resolve: Function, _: Function| begin(resolve));
    async move {
        // The promise is never rejected.
        let _ = JsFuture::from(promise).await;
    }
}

/// Calls the function that somebody waits for.
pub fn call(waiting: &Function) {
    // Resolving a promise cannot fail.
    let _ = waiting.call0(&JsValue::NULL);
}
