//! Puts the site together in dist/: a folder of static files that works below any path of any static host.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::project::{Done, Project, step};
use crate::stamp::{Inputs, files_below, hash, write};
use crate::{book, compress, coverage, hints, lessons, process, python, setup, wasm};

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
        add_folder(&mut files, &out, "")?;
    }
    let bundles = project.target().join("site/js");
    step("editor, scripts and styles", || scripts(project, &bundles))?;
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

/// Bundles the editor and the styles, and minifies the scripts, by esbuild.
fn scripts(project: &Project, out: &Path) -> anyhow::Result<Done> {
    let web = project.path("web");
    let stamp = Inputs::of("scripts 3")
        .folder(&web.join("js"))?
        .folder(&web.join("editor"))?
        .folder(&web.join("styles"))?
        .file(&web.join("package-lock.json"))?
        .stamp(project.target().join("site/js.stamp"));
    if stamp.is_fresh(&[out]) {
        return Ok(Done::Before);
    }
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    let esbuild = |arguments: &[String]| {
        let mut command = process::command("node", &web)?;
        command.arg("node_modules/esbuild/bin/esbuild").args(arguments);
        command.args(["--minify", "--log-level=warning", "--target=es2022", "--charset=utf8"]);
        process::quiet(&mut command).map(drop)
    };
    let to = |name: &str| format!("--outfile={}", out.join(name).display());
    if web.join("editor/editor.js").is_file() {
        // What both need is a chunk of its own; completion comes when the editor is there.
        esbuild(&[
            "editor/editor.js".to_owned(),
            "editor/assist.js".to_owned(),
            "--bundle".to_owned(),
            "--splitting".to_owned(),
            "--alias:@codemirror/autocomplete=./editor/no-completion.js".to_owned(),
            "--format=esm".to_owned(),
            "--chunk-names=editor-[hash]".to_owned(),
            format!("--outdir={}", out.display()),
        ])?;
    }
    let jq = web.join("node_modules/jq-wasm/dist");
    esbuild(&[
        jq.join("browser.mjs").display().to_string(),
        "--bundle".to_owned(),
        "--format=esm".to_owned(),
        to("jq/jq.js"),
    ])?;
    write(&out.join("jq/jq.wasm"), &fs::read(jq.join("build/jq.wasm"))?)?;
    if web.join("styles/main.css").is_file() {
        let fonts = "--external:../fonts/*".to_owned();
        esbuild(&[
            "styles/main.css".to_owned(),
            "--bundle".to_owned(),
            fonts,
            to("styles/main.css"),
        ])?;
    }
    let mut scripts: Vec<String> = Vec::new();
    for path in files_below(&web.join("js"))? {
        if path.extension().is_some_and(|ending| ending == "js" || ending == "mjs") {
            scripts.push(path.display().to_string());
        }
    }
    if !scripts.is_empty() {
        scripts.push(format!("--outdir={}", out.join("js").display()));
        scripts.push(format!("--outbase={}", web.join("js").display()));
        esbuild(&scripts)?;
    }
    // A service worker rules the folder it lies in: this one has the whole site.
    let worker = out.join("js/sw.js");
    if worker.is_file() {
        fs::rename(worker, out.join("sw.js"))?;
    }
    stamp.set()?;
    Ok(Done::Now)
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
