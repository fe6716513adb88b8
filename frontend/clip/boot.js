// Starts the player of a shared clip. The build resolves `@wasm` to the output of wasm-bindgen.
import init from "@wasm/clip.js";
import wasm from "@wasm/clip_bg.wasm";

init({ module_or_path: new URL(wasm, import.meta.url) });
