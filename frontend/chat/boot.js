// Starts the chat inside its iframe. The build resolves `@wasm` to the output of wasm-bindgen.
import init from "@wasm/chat.js";
import wasm from "@wasm/chat_bg.wasm";

init({ module_or_path: new URL(wasm, import.meta.url) });
