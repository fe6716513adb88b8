// Starts the booking page. The build resolves `@wasm` to the output of wasm-bindgen.
import init from "@wasm/booking.js";
import wasm from "@wasm/booking_bg.wasm";

init({ module_or_path: new URL(wasm, import.meta.url) });
