//! From the crates to the site's wasm modules: cargo, wasm-bindgen as a library, wasm-opt.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::pack::pack;
use crate::process;
use crate::project::{Done, Project, step};
use crate::stamp::{Inputs, files_below};

/// A wasm module of the site.
pub struct Module {
    /// Its name in the site: `web` makes `web.js` and `web_bg.wasm`.
    pub name: &'static str,
    package: &'static str,
    target: &'static [&'static str],
    /// The file that cargo makes of it.
    file: &'static str,
    /// Where its parts lie in the site: beside the script that fetches them.
    pub parts: &'static str,
}

/// All wasm modules of the site. Parts of them (`web/src/parts/apart`, `crates/cloud/src/rooms/apart.rs`) become
/// modules of their own, which are fetched when they are first needed.
pub const MODULES: &[Module] = &[
    Module {
        name: "web",
        package: "cloudarium-web",
        target: &["--bin", "cloudarium-web"],
        file: "cloudarium-web.wasm",
        parts: "js/",
    },
    Module {
        name: "cloud",
        package: "cloudarium-bridge",
        // As a cdylib alone: beside an rlib, link-time optimization is left out.
        target: &["--lib", "--crate-type", "cdylib"],
        file: "cloudarium_bridge.wasm",
        parts: "",
    },
];

/// What the compiler may emit: every browser that can run Pyodide has these.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Modules smaller than this are optimized together: to start the optimizer for each would take longer than its work.
const SMALL_BYTES: u64 = 16 * 1024;
/// What Node runs for them.
const SMALL_SCRIPT: &str = "crates/xtask/src/optimize.mjs";

/// Whether this is a module.
pub fn is_wasm(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "wasm")
}

/// Whether a module of this name is a part that came out of another, or what several such parts share.
pub fn is_part(name: &str) -> bool {
    name.starts_with("split_") || name.starts_with("chunk_")
}

/// Builds a module; returns the folder that holds its files for the site.
pub fn build(project: &Project, module: &Module, dev: bool) -> anyhow::Result<PathBuf> {
    let compiled = compiled(project, module, dev);
    step(&format!("{}: compile", module.name), || {
        compile(project, module, dev)?;
        Ok(Done::Now)
    })?;
    let profile = if dev { "dev" } else { "web" };
    let out = project.target().join("site").join(profile).join(module.name);
    step(&format!("{}: wasm-bindgen, wasm-opt", module.name), || {
        let wasm = out.join(format!("{}_bg.wasm", module.name));
        let stamp = Inputs::of("bindgen 9").text(profile).file(&compiled)?;
        let stamp =
            stamp.stamp(project.target().join(format!("site/{profile}/{}.stamp", module.name)));
        if stamp.is_fresh(&[&wasm]) {
            return Ok(Done::Before);
        }
        if out.exists() {
            fs::remove_dir_all(&out)?;
        }
        let main = split(module, &compiled, &out)?;
        bindgen(module, &main, &out)?;
        if !dev {
            optimize(project, &out)?;
        }
        pack(&out, &format!("{}-apart.js", module.name))?;
        stamp.set()?;
        Ok(Done::Now)
    })?;
    Ok(out)
}

fn compiled(project: &Project, module: &Module, dev: bool) -> PathBuf {
    let folder = if dev { "debug" } else { "web" };
    project.target().join("wasm32-unknown-unknown").join(folder).join(module.file)
}

fn compile(project: &Project, module: &Module, dev: bool) -> anyhow::Result<()> {
    let mut cargo = process::cargo(&project.root);
    cargo.args(["rustc", "--quiet", "--target", "wasm32-unknown-unknown"]);
    cargo.args(["--profile", if dev { "dev" } else { "web" }, "--package", module.package]);
    cargo.args(module.target);
    // What refers to what is known to the linker alone.
    cargo.args(["--", "-Clink-args=--emit-relocs"]);
    process::quiet(&mut cargo).map(drop)
}

/// Takes what stands apart out of the module; returns the file of what is left.
fn split(module: &Module, compiled: &Path, out: &Path) -> anyhow::Result<PathBuf> {
    let input = fs::read(compiled).with_context(|| format!("read {}", compiled.display()))?;
    let main = out.with_extension("main.wasm");
    let (page, loader) = (format!("./{}.js", module.name), format!("./{}-apart.js", module.name));
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = out;
    options.main_out_path = &main;
    options.main_module = &page;
    options.link_name = &loader;
    let split = wasm_split_cli_support::transform(options);
    split.map_err(|error| anyhow!("wasm-split: {error:#}"))?;
    Ok(main)
}

fn bindgen(module: &Module, compiled: &Path, out: &Path) -> anyhow::Result<()> {
    let run = || {
        let mut bindgen = Bindgen::new();
        bindgen.input_path(compiled).out_name(module.name).web(true)?;
        // What stands apart shares them.
        bindgen.keep_lld_exports(true);
        bindgen.typescript(false).remove_producers_section(true).generate(out)
    };
    // Its errors are of another version of anyhow's type than ours may be.
    run().map_err(|error| anyhow!("wasm-bindgen: {error:#}"))
}

/// Debian's wasm-opt is native and fast, but an old one does not know every instruction that wasm-bindgen emits: then
/// npm's, which is pinned and runs in Node, does it.
fn optimize(project: &Project, out: &Path) -> anyhow::Result<()> {
    let mut small = Vec::new();
    for path in files_below(out)?.iter().filter(|path| is_wasm(path)) {
        if fs::metadata(path)?.len() < SMALL_BYTES {
            small.push(path.clone());
        } else {
            optimize_one(project, path)?;
        }
    }
    let mut node = process::command("node", &project.root)?;
    node.arg(project.path(SMALL_SCRIPT)).arg(project.path("web/node_modules/binaryen"));
    process::quiet(node.args(small)).map(drop)
}

fn optimize_one(project: &Project, wasm: &Path) -> anyhow::Result<()> {
    let smaller = wasm.with_extension("opt");
    let with = |mut optimizer: Command| {
        optimizer.arg("-Oz").args(FEATURES).arg(wasm).arg("-o").arg(&smaller);
        process::quiet(&mut optimizer)
    };
    let native = process::command("wasm-opt", &project.root).and_then(with);
    if native.is_err() {
        let script = project.path("web/node_modules/binaryen/bin/wasm-opt");
        let mut node = process::command("node", &project.root)?;
        node.arg(script);
        with(node)?;
    }
    fs::rename(&smaller, wasm).context("replace the module by its smaller form")
}
