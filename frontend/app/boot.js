// Starts the SPA. The build resolves `@wasm` to the output of wasm-bindgen and gives every file a hashed name.
import init from "@wasm/app.js";
import wasm from "@wasm/app_bg.wasm";

// Heavy modules that the WASM asks for when a screen needs them (`ui::rich_text` imports these functions).
globalThis.rapportModules = {
  editor: () => import("../js/editor/editor.js"),
};

init({ module_or_path: new URL(wasm, import.meta.url) });
