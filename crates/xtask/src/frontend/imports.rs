//! Short names for what the wasm imports from its JavaScript.
//!
//! wasm-bindgen ends each name with a hash, which neither side can compress and both carry: for the chat widget that is
//! 4 of its 60 KB.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

/// Long name to short name.
type Names = BTreeMap<String, String>;

/// Generates the bindings `<name>.js` and `<name>_bg.wasm` into `folder`.
pub fn generate(bindgen: &mut Bindgen, name: &str, folder: &Path) -> Result<()> {
    let mut output = bindgen.generate_output()?;
    let mut names = Names::new();
    for import in output.wasm_mut().imports.iter_mut().filter(|import| import.name.starts_with("__wb")) {
        let short = format!("i{}", names.len());
        import.name = names.entry(import.name.clone()).or_insert(short).clone();
    }
    output.emit(folder)?;
    let script = folder.join(format!("{name}.js"));
    let code = fs::read_to_string(&script).with_context(|| format!("cannot read {}", script.display()))?;
    fs::write(&script, renamed(&code, &names)).with_context(|| format!("cannot write {}", script.display()))
}

/// The code with each whole word that is a long name replaced.
fn renamed(code: &str, names: &Names) -> String {
    let mut renamed = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find(is_word) {
        let (before, from_word) = rest.split_at(start);
        let (word, after) = from_word.split_at(from_word.find(|c| !is_word(c)).unwrap_or(from_word.len()));
        renamed.push_str(before);
        renamed.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    renamed + rest
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_renamed() {
        let names = Names::from([("__wbg_get_1f".to_owned(), "i0".to_owned())]);
        let code = "imports.__wbg_get_1f = a => __wbg_get_1f2(a);\n__wbg_get_1f";
        assert_eq!(renamed(code, &names), "imports.i0 = a => __wbg_get_1f2(a);\ni0");
    }
}
