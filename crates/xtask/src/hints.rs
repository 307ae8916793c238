//! What the editor's completion reads: boto3's operations with a sentence of AWS's documentation each (from the pinned models),
//! Python's own names (by asking Pyodide's interpreter), and which operations are simulated with which members.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use cloudarium_cloud::Cloud;

use crate::process;
use crate::site::Files;
use crate::stamp::{Inputs, files_below};

/// Writes the hints anew if what they are made of has changed, and adds them to the site. The wheels are there already.
pub fn add(root: &Path, files: &mut Files) -> anyhow::Result<()> {
    let hints = root.join(".cache/python/hints");
    write(root, &hints)?;
    for path in files_below(&hints)? {
        let name = path.file_name().and_then(|name| name.to_str()).context("hints have a name")?;
        let content = fs::read(&path).with_context(|| format!("read {}", path.display()))?;
        files.insert(format!("python/hints/{name}"), content);
    }
    files.insert("python/hints/simulated.json".to_owned(), serde_json::to_vec(&simulated())?);
    Ok(())
}

/// By service and operation the members of its input that are simulated.
fn simulated() -> BTreeMap<&'static str, BTreeMap<String, Vec<String>>> {
    let services = Cloud::coverage().into_iter();
    let named = services.map(|(service, operations)| {
        let members = operations.into_iter().map(|operation| {
            let members = operation.members.iter().map(ToString::to_string).collect();
            (operation.name.to_string(), members)
        });
        (service, members.collect())
    });
    named.collect()
}

fn write(root: &Path, hints: &Path) -> anyhow::Result<()> {
    let (python, build) = (root.join("web/python"), root.join("web/python/build"));
    let pyodide = root.join("web/node_modules/pyodide");
    let (wheels, services) = (root.join(".cache/python/wheels"), root.join("crates/shape/models"));
    let mut inputs = Inputs::of("hints 1");
    for path in files_below(&services)? {
        inputs = inputs.text(&path.file_name().unwrap_or_default().to_string_lossy());
    }
    for script in ["hints.py", "models.py", "names.py", "names.mjs"] {
        inputs = inputs.file(&build.join(script))?;
    }
    let stamp = inputs
        .file(&python.join("requirements.txt"))?
        .file(&pyodide.join("package.json"))?
        .stamp(hints.with_extension("stamp"));
    if stamp.is_fresh(&[hints]) {
        return Ok(());
    }
    if hints.exists() {
        fs::remove_dir_all(hints)?;
    }
    let mut python3 = process::command("python3", &python)?;
    python3.arg(build.join("hints.py")).arg(&wheels).arg(&services).arg(hints);
    process::quiet(&mut python3)?;
    let mut node = process::command("node", &python)?;
    node.arg(build.join("names.mjs")).arg(&pyodide).arg(hints.join("python.json"));
    process::quiet(&mut node)?;
    stamp.set()
}
