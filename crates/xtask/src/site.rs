//! Puts the site together in dist/: a folder of static files that works below any path of any static host.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::project::{Done, Project, step};
use crate::stamp::{files_below, hash, write};
use crate::{book, compress, coverage, hints, lessons, python, scripts, setup, wasm};

/// Options of `cargo xtask build`.
#[derive(clap::Args, Default)]
pub struct Args {
    /// Builds quickly: unoptimized wasm
    #[arg(long)]
    pub dev: bool,
    /// Writes a .br beside every file, for hosts that can send it
    #[arg(long)]
    pub compress: bool,
    /// For an author who watches: the page listens for changes, and keeps no files for offline use
    #[arg(skip)]
    pub live: bool,
}

/// What each file of the site is made of: its path in the site, and its content.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The file in the site whose presence says which files an earlier build has put there.
const CONTENT: &str = "content.json";

/// Sets up what building needs, and builds.
pub fn run(project: &Project, args: &Args) -> anyhow::Result<()> {
    setup::for_build(project)?;
    build(project, args)
}

/// Builds the site. What is unchanged since the last build is not done again.
pub fn build(project: &Project, args: &Args) -> anyhow::Result<()> {
    let mut files = Files::new();
    for module in wasm::MODULES {
        let out = wasm::build(project, module, args.dev)?;
        let scripts = out.with_extension("page");
        step(&format!("{}: scripts", module.name), || {
            scripts::of(project, module, &out, &scripts)
        })?;
        add_folder(&mut files, &scripts, "")?;
        add_modules(&mut files, module, &out)?;
    }
    let bundles = project.target().join("site/js");
    step("editor and styles", || scripts::others(project, &bundles))?;
    add_folder(&mut files, &bundles, "")?;
    let python = project.target().join("site/python");
    step("Python with boto3", || {
        python::bundle(&project.root, &python)?;
        Ok(Done::Now)
    })?;
    add_folder(&mut files, &python, "python/")?;
    step("what the editor completes", || {
        hints::add(&project.root, &mut files)?;
        Ok(Done::Now)
    })?;
    step("site", || {
        add_static(project, &mut files)?;
        lessons::add(project, &mut files, args.live)?;
        book::add(project, &mut files)?;
        files.insert("operations.json".to_owned(), coverage::operations()?);
        finish(&mut files, args.live)?;
        put(&project.dist(), &files)
    })?;
    if args.compress {
        step("compressed forms", || compress::beside(project, &project.dist()))?;
    }
    Ok(())
}

/// What is taken as it is.
fn add_static(project: &Project, files: &mut Files) -> anyhow::Result<()> {
    for (from, to) in [
        ("index.html", "index.html"),
        ("web/icons.svg", "icons.svg"),
        ("web/logo.svg", "logo.svg"),
        ("web/manifest.webmanifest", "manifest.webmanifest"),
    ] {
        let path = project.path(from);
        if path.is_file() {
            files.insert(to.to_owned(), fs::read(&path)?);
        }
    }
    add_folder(files, &project.path("web/icons"), "icons/")?;
    add_folder(files, &project.path("crates/shape/models"), "models/")?;
    add_folder(files, &project.path("web/fonts"), "fonts/")
}

/// Gives the service worker the version of the site's content, and lists the content.
fn finish(files: &mut Files, live: bool) -> anyhow::Result<()> {
    let mut list = serde_json::Map::new();
    let mut all = String::new();
    for (name, content) in &*files {
        let sha256 = hash(content);
        all.extend([name.as_str(), " ", &sha256, "\n"]);
        list.insert(name.clone(), serde_json::json!({ "bytes": content.len(), "sha256": sha256 }));
    }
    // A service worker that kept files would show an author yesterday's: see web/js/sw.js.
    let version = if live {
        "live".to_owned()
    } else {
        hash(all.as_bytes()).chars().take(16).collect::<String>()
    };
    if let Some(worker) = files.get_mut("sw.js") {
        let text = String::from_utf8(std::mem::take(worker)).context("sw.js is UTF-8")?;
        *worker = text.replace("__CONTENT_VERSION__", &version).into_bytes();
    }
    let content = serde_json::json!({ "version": version, "files": list });
    files.insert(CONTENT.to_owned(), serde_json::to_vec(&content)?);
    Ok(())
}

/// Makes dist/ hold exactly these files; those that are there already are not written again.
fn put(dist: &Path, files: &Files) -> anyhow::Result<Done> {
    let mut done = Done::Before;
    for path in files_below(dist)? {
        let name = relative(dist, &path);
        let plain = name.strip_suffix(".br").unwrap_or(&name);
        if !files.contains_key(&name) && !files.contains_key(plain) {
            fs::remove_file(&path).with_context(|| format!("remove {}", path.display()))?;
            done = Done::Now;
        }
    }
    for (name, content) in files {
        let path = dist.join(name);
        let same = fs::metadata(&path).is_ok_and(|data| data.len() == content.len() as u64)
            && fs::read(&path).is_ok_and(|there| there == *content);
        if !same {
            write(&path, content)?;
            done = Done::Now;
        }
    }
    Ok(done)
}

/// A module; and beside the script that fetches them, those of its parts.
fn add_modules(files: &mut Files, module: &wasm::Module, out: &Path) -> anyhow::Result<()> {
    for path in files_below(out)?.iter().filter(|path| wasm::is_wasm(path)) {
        let name = relative(out, path);
        let place = if wasm::is_part(&name) { format!("{}{name}", module.parts) } else { name };
        files.insert(place, fs::read(path).with_context(|| format!("read {}", path.display()))?);
    }
    Ok(())
}

/// Adds every file below `folder`, under the path `below` of the site.
fn add_folder(files: &mut Files, folder: &Path, below: &str) -> anyhow::Result<()> {
    for path in files_below(folder)? {
        let content = fs::read(&path).with_context(|| format!("read {}", path.display()))?;
        files.insert(format!("{below}{}", relative(folder, &path)), content);
    }
    Ok(())
}

/// A path below a folder, with slashes on every system.
pub fn relative(folder: &Path, path: &Path) -> String {
    let inside: PathBuf = path.strip_prefix(folder).unwrap_or(path).to_owned();
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
