//! Work that goes on beside the rest.

use std::pin::Pin;

/// Lets a future run to its end.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    spawn_boxed(Box::pin(future));
}

// One type of future, so that the machinery that runs it is compiled once.
fn spawn_boxed(future: Pin<Box<dyn Future<Output = ()>>>) {
    wasm_bindgen_futures::spawn_local(future);
}
