//! What several parts of a module share is many small modules, one for each set of parts that shares something. They
//! come in one file: a request for each would take longer than its bytes.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use wasm_encoder::{CustomSection, Module};

use crate::stamp::files_below;

/// The file: a module that holds nothing but the others, each in a custom section of its name.
const PACK: &str = "chunk_pack.wasm";
/// What is larger is fetched by itself, by who needs it.
const BYTES_MAX: u64 = 16 * 1024;

/// How a module is fetched from the file.
const UNPACK: &str = r#"let pack;
function packed(name) {
    if (pack === undefined) {
        const thisPack = WebAssembly.compileStreaming(fetch(new URL("./chunk_pack.wasm", import.meta.url)));
        // As with the modules: what could not be had is asked for again.
        thisPack.catch(() => {
            if (pack === thisPack) pack = undefined;
        });
        pack = thisPack;
    }
    return pack.then((modules) => WebAssembly.Module.customSections(modules, name)[0]);
}
"#;

/// Packs the small modules of a folder that `loader`, a script in it, fetches.
pub fn pack(out: &Path, loader: &str) -> anyhow::Result<()> {
    let mut packed = Module::new();
    let loader = out.join(loader);
    let mut script = fs::read_to_string(&loader).context("read the loader")?;
    let mut any = false;
    for path in files_below(out)? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if !name.starts_with("chunk_") || fs::metadata(&path)?.len() >= BYTES_MAX {
            continue;
        }
        script = fetched_from_pack(&script, &name)
            .with_context(|| format!("wasm-split's loader fetches {name} in an unknown way"))?;
        let data = fs::read(&path)?;
        packed.section(&CustomSection { name: name.into(), data: data.into() });
        fs::remove_file(&path)?;
        any = true;
    }
    if any {
        fs::write(out.join(PACK), packed.finish())?;
        fs::write(&loader, format!("{script}\n{UNPACK}"))?;
    }
    Ok(())
}

/// The loader, with this module taken from the pack.
fn fetched_from_pack(script: &str, name: &str) -> Option<String> {
    const STREAM: &str = "WebAssembly.instantiateStreaming(src, imports)";
    const BYTES: &str = "src.then((bytes) => WebAssembly.instantiate(bytes, imports))";
    let fetch = format!("fetch(new URL(\"./{name}.wasm\", import.meta.url))");
    let (before, after) = script.split_once(&fetch)?;
    let (between, after) = after.split_once(STREAM)?;
    let is_its_own = !between.contains("fetch(");
    is_its_own.then(|| format!("{before}packed(\"{name}\"){between}{BYTES}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_taken_from_the_pack_and_others_are_fetched() {
        let load = |name: &str| {
            format!(
                "const src = fetch(new URL(\"./{name}.wasm\", import.meta.url));
                return async (imports) => (WebAssembly.instantiateStreaming(src, imports));\n"
            )
        };
        let script = load("chunk_1") + &load("chunk_11");
        let packed = fetched_from_pack(&script, "chunk_1").unwrap();
        let taken = "const src = packed(\"chunk_1\");
                return async (imports) => (src.then((bytes) => WebAssembly.instantiate(bytes, imports)));\n";
        assert_eq!(packed, format!("{taken}{}", load("chunk_11")));
        assert_eq!(fetched_from_pack(&script, "chunk_2"), None);
    }
}
