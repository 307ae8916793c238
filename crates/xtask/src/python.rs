//! The Python of the tab: Pyodide, its standard library, boto3 and the AWS CLI as byte code, the models a service at a time.
//!
//! Three steps, each done again only when its inputs change: wheels are downloaded (pinned by hash), models are
//! stripped and written one file a service, and three archives are compiled by Pyodide's own interpreter under Node.
//! `manifest.json` then names every file with its size and hash; the page keys its memory snapshot by it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Serialize;

use crate::process;
use crate::stamp::{self, Inputs};

/// What is taken over from the npm package as it is.
const PYODIDE_FILES: [&str; 3] = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"];

/// Files of the site that make up Python with boto3, besides the models.
const ARCHIVES: [&str; 3] = ["stdlib.zip", "boto3.zip", "awscli.zip"];

/// A wheel of every machine's: of a package with compiled parts only the Python files are used.
const ANY_MACHINE: [&str; 4] = ["--platform", "manylinux2014_x86_64", "--python-version", "3.13"];

/// `manifest.json`: what Python consists of.
#[derive(Serialize)]
struct Manifest {
    /// Names this very bundle: the hash over all hashes below.
    key: String,
    /// The version of the npm package.
    pyodide: String,
    /// Part of what Pyodide is started with: the interpreter that it must be.
    info: serde_json::Value,
    /// Every file by its name, in order.
    files: BTreeMap<String, File>,
    /// How many bytes all models have together, and the hash over them.
    models: File,
}

#[derive(Serialize)]
struct File {
    bytes: u64,
    sha256: String,
}

/// Where the inputs lie.
struct Sources {
    pyodide: PathBuf,
    shim: PathBuf,
    cache: PathBuf,
}

/// Writes Python with boto3 into the folder `out`.
pub fn bundle(root: &Path, out: &Path) -> anyhow::Result<()> {
    let sources = Sources {
        pyodide: root.join("web/node_modules/pyodide"),
        shim: root.join("web/python"),
        cache: root.join(".cache/python"),
    };
    let wheels = download_wheels(&sources, "requirements.txt", "wheels", &[])?;
    let cli_wheels =
        download_wheels(&sources, "requirements-awscli.txt", "awscli-wheels", &ANY_MACHINE)?;
    let models = write_models(&sources, &wheels)?;
    let cli = write_cli_models(&sources, &cli_wheels, &models)?;
    let made = Made { wheels, cli_wheels, models, cli };
    let archives = write_archives(&sources, &made)?;
    assemble(&sources, &made, &archives, out)
}

/// Folders that earlier steps have written.
struct Made {
    wheels: PathBuf,
    cli_wheels: PathBuf,
    models: PathBuf,
    cli: PathBuf,
}

/// Downloads the wheels that `list` pins by hash.
fn download_wheels(
    sources: &Sources,
    list: &str,
    name: &str,
    options: &[&str],
) -> anyhow::Result<PathBuf> {
    let requirements = sources.shim.join(list);
    let wheels = sources.cache.join(name);
    let stamp = Inputs::of("wheels 1")
        .file(&requirements)?
        .stamp(sources.cache.join(format!("{name}.stamp")));
    if stamp.is_fresh(&[&wheels]) {
        return Ok(wheels);
    }
    empty(&wheels)?;
    let mut pip = process::command("python3", &sources.shim)?;
    pip.args(["-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]);
    pip.args(options).args(["--only-binary", ":all:", "--requirement"]).arg(&requirements);
    process::quiet(pip.arg("--dest").arg(&wheels))?;
    stamp.set()?;
    Ok(wheels)
}

/// Writes the models of every service, without documentation.
fn write_models(sources: &Sources, wheels: &Path) -> anyhow::Result<PathBuf> {
    let script = sources.shim.join("build/models.py");
    let models = sources.cache.join("models");
    let stamp = Inputs::of("models 1")
        .file(&script)?
        .file(&sources.shim.join("requirements.txt"))?
        .stamp(sources.cache.join("models.stamp"));
    if stamp.is_fresh(&[&models]) {
        return Ok(models);
    }
    empty(&models)?;
    let mut python = process::command("python3", &sources.shim)?;
    process::quiet(python.arg(&script).arg(wheels).arg(&models))?;
    stamp.set()?;
    Ok(models)
}

/// Writes where the AWS CLI's models are not boto3's, and what its help shows.
fn write_cli_models(sources: &Sources, wheels: &Path, models: &Path) -> anyhow::Result<PathBuf> {
    let script = sources.shim.join("build/awscli_models.py");
    let out = sources.cache.join("awscli");
    let stamp = Inputs::of("awscli 1")
        .file(&script)?
        .file(&sources.shim.join("build/models.py"))?
        .file(&sources.shim.join("requirements.txt"))?
        .file(&sources.shim.join("requirements-awscli.txt"))?
        .stamp(sources.cache.join("awscli.stamp"));
    if stamp.is_fresh(&[&out]) {
        return Ok(out);
    }
    empty(&out)?;
    let mut python = process::command("python3", &sources.shim)?;
    process::quiet(python.arg(&script).arg(wheels).arg(models).arg(&out))?;
    stamp.set()?;
    Ok(out)
}

/// Compiles the standard library, boto3, the AWS CLI and our own parts into three archives.
fn write_archives(sources: &Sources, made: &Made) -> anyhow::Result<PathBuf> {
    let archives = sources.cache.join("archives");
    let stamp = Inputs::of("archives 2")
        .file(&sources.pyodide.join("package.json"))?
        .file(&sources.shim.join("requirements.txt"))?
        .file(&sources.shim.join("requirements-awscli.txt"))?
        .folder(&sources.shim.join("build"))?
        .folder(&sources.shim.join("_cloudarium"))?
        .folder(&sources.shim.join("_terminal"))?
        .stamp(sources.cache.join("archives.stamp"));
    if stamp.is_fresh(&[&archives]) {
        return Ok(archives);
    }
    empty(&archives)?;
    let mut node = process::command("node", &sources.shim)?;
    node.arg(sources.shim.join("build/archives.mjs")).arg(&sources.pyodide).arg(&sources.shim);
    node.arg(&made.wheels).arg(made.models.join("index.json"));
    process::quiet(node.arg(&made.cli_wheels).arg(&made.cli).arg(&archives))?;
    stamp.set()?;
    Ok(archives)
}

/// Copies everything to its place in the site, and writes the manifest last.
fn assemble(sources: &Sources, made: &Made, archives: &Path, out: &Path) -> anyhow::Result<()> {
    let stamp = Inputs::of("python 2")
        .file(&sources.pyodide.join("package.json"))?
        .folder(archives)?
        .folder(&made.models)?
        .folder(&made.cli)?
        .stamp(sources.cache.join("site.stamp"));
    let manifest = out.join("manifest.json");
    if stamp.is_fresh(&[&manifest]) {
        return Ok(());
    }
    empty(out)?;
    let mut files = BTreeMap::new();
    for name in PYODIDE_FILES {
        files.insert(name.to_owned(), copy(&sources.pyodide.join(name), &out.join(name))?);
    }
    for name in ARCHIVES {
        files.insert(name.to_owned(), copy(&archives.join(name), &out.join(name))?);
    }
    copy_models(&made.cli.join("models"), &out.join("models/awscli"))?;
    copy_models(&made.cli.join("help"), &out.join("help"))?;
    let models = copy_models(&made.models, &out.join("models"))?;
    stamp::write(&manifest, &serde_json::to_vec(&describe(sources, files, models)?)?)?;
    stamp.set()
}

fn describe(
    sources: &Sources,
    files: BTreeMap<String, File>,
    models: File,
) -> anyhow::Result<Manifest> {
    let mut hashes: String = files.values().map(|file| file.sha256.as_str()).collect();
    hashes.push_str(&models.sha256);
    let package = read_json(&sources.pyodide.join("package.json"))?;
    let lock = read_json(&sources.pyodide.join("pyodide-lock.json"))?;
    let pyodide = package.get("version").and_then(|version| version.as_str());
    Ok(Manifest {
        key: stamp::hash(hashes.as_bytes()),
        pyodide: pyodide.context("pyodide's package.json tells its version")?.to_owned(),
        info: lock.get("info").context("pyodide-lock.json has `info`")?.clone(),
        files,
        models,
    })
}

fn copy_models(models: &Path, out: &Path) -> anyhow::Result<File> {
    let mut bytes = 0;
    let mut hashes = String::new();
    for path in stamp::files_below(models)? {
        let name = path.file_name().context("a model's file has a name")?;
        let file = copy(&path, &out.join(name))?;
        bytes += file.bytes;
        hashes.push_str(&file.sha256);
    }
    Ok(File { bytes, sha256: stamp::hash(hashes.as_bytes()) })
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<File> {
    let content = fs::read(from).with_context(|| format!("read {}", from.display()))?;
    stamp::write(to, &content)?;
    Ok(File { bytes: content.len() as u64, sha256: stamp::hash(&content) })
}

fn read_json(path: &Path) -> anyhow::Result<serde_json::Value> {
    let content = fs::read(path).with_context(|| format!("read {}", path.display()))?;
    serde_json::from_slice(&content).with_context(|| format!("read {}", path.display()))
}

/// An empty folder in the place of whatever was there.
fn empty(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))
}
