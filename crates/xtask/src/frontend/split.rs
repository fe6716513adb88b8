//! Takes the parts of the SPA that are fetched later out of its module: what only a function under
//! `#[wasm_split(<part>)]` needs goes into `split_<part>.wasm`, and what several parts share into `chunk_<n>.wasm`.

use std::{fs, path::Path};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

use super::order;

/// The script by which the module fetches its parts, as the module imports it.
const LINK: &str = "./parts.js";

/// Splits the module `wasm` into `folder`: the parts, and `name.wasm` with the rest, which wasm-bindgen has to bind.
pub fn into_parts(wasm: &Path, name: &str, folder: &Path) -> Result<()> {
    let input = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let rest = folder.join(format!("{name}.wasm"));
    let main = format!("./{name}.js");
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &rest;
    options.link_name = LINK;
    options.main_module = &main;
    let parts = transform(options).map_err(|report| anyhow!("{report:#}"))?.split_modules;
    let link = folder.join(LINK);
    let mut code = fs::read_to_string(&link)?;
    for part in &parts {
        fs::write(part, order::by_likeness(fs::read(part)?)?)?;
        let stem = part.file_stem().context("a part without a name")?.to_string_lossy();
        code = bundled(&code, &stem);
    }
    fs::write(&link, code).context("cannot write the script that fetches parts")
}

/// The script with the address of a part taken from the bundler, which gives its file a hashed name.
fn bundled(code: &str, part: &str) -> String {
    let address = format!("\"./{part}.wasm\"");
    format!(
        "import {part} from {address};\n{}",
        code.replace(&format!("URL({address}"), &format!("URL({part}"))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundler_names_the_file_of_a_part() {
        let code =
            r#"fetch(new URL("./split_a.wasm", import.meta.url)); fetch(new URL("./split_b.wasm", 0))"#;
        let expected = "import split_a from \"./split_a.wasm\";\nfetch(new URL(split_a, import.meta.url)); \
                        fetch(new URL(\"./split_b.wasm\", 0))";
        assert_eq!(bundled(code, "split_a"), expected);
    }
}
