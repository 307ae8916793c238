//! From the scripts and styles of web/ to those of the site, by esbuild.

use std::fs;
use std::path::Path;

use anyhow::Context as _;

use crate::process;
use crate::project::{Done, Project};
use crate::stamp::{Inputs, files_below, write};
use crate::wasm::Module;

/// What begins a script of its own: the page, and the workers. Each is one file with all that it imports, since a
/// browser learns of an import only when it has read who imports.
const ENTRIES: &[&str] = &[
    "js/boot.js",
    "js/cloud-worker.js",
    "js/python-worker.js",
    "js/functions.js",
    "js/function-python.js",
];

/// What the entries fetch as it is: later, or because it is bundled beside its module.
const APART: &[&str] = &[
    "--external:../editor.js",
    "--external:../asl.js",
    "--external:../cloud.js",
    "--external:./functions.js",
];

/// Bundles the scripts of a module, whose glue lies in `glue`.
pub fn of(project: &Project, module: &Module, glue: &Path, out: &Path) -> anyhow::Result<Done> {
    match module.name {
        "web" => page(project, glue, out),
        _ => alone(project, module, glue, out),
    }
}

/// Bundles the glue of a module that workers fetch as it is.
fn alone(project: &Project, module: &Module, glue: &Path, out: &Path) -> anyhow::Result<Done> {
    let mut stamp = Inputs::of("glue 1");
    for path in files_below(glue)?.iter().filter(|path| is_script(path)) {
        stamp = stamp.file(path)?;
    }
    let stamp = stamp.stamp(out.with_extension("page.stamp"));
    if stamp.is_fresh(&[out]) {
        return Ok(Done::Before);
    }
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    let script = format!("{}.js", module.name);
    let outfile = format!("--outfile={}", out.join(&script).display());
    esbuild(project, glue, &[script, "--bundle".to_owned(), "--format=esm".to_owned(), outfile])?;
    stamp.set()?;
    Ok(Done::Now)
}

/// Bundles the page with the glue of its module (which lies in `glue`), and the workers.
fn page(project: &Project, glue: &Path, out: &Path) -> anyhow::Result<Done> {
    let sources = project.path("web/js");
    let mut stamp = Inputs::of("page 1").folder(&sources)?;
    let glue: Vec<_> = files_below(glue)?.into_iter().filter(|path| is_script(path)).collect();
    for path in &glue {
        stamp = stamp.file(path)?;
    }
    let stamp = stamp.stamp(out.with_extension("page.stamp"));
    if stamp.is_fresh(&[out]) {
        return Ok(Done::Before);
    }
    // The glue imports the scripts as if it stood beside their folder.
    let stage = out.with_extension("stage");
    for folder in [out, &stage] {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
    }
    let copy = |path: &Path, folder: &Path| {
        let content = fs::read(path).with_context(|| format!("read {}", path.display()))?;
        write(&folder.join(path.file_name().unwrap_or_default()), &content)
    };
    glue.iter().try_for_each(|path| copy(path, &stage))?;
    files_below(&sources)?.iter().try_for_each(|path| copy(path, &stage.join("js")))?;
    let mut arguments: Vec<String> = ENTRIES.iter().copied().map(str::to_owned).collect();
    arguments.extend(APART.iter().copied().map(str::to_owned));
    arguments.extend(["--bundle".to_owned(), "--format=esm".to_owned(), "--outbase=.".to_owned()]);
    arguments.push(format!("--outdir={}", out.display()));
    esbuild(project, &stage, &arguments)?;
    stamp.set()?;
    Ok(Done::Now)
}

/// Styles of parts of the page, which fetch them themselves.
const LATER_STYLES: &[&str] = &[
    "styles/eventbridge.css",
    "styles/lambda.css",
    "styles/sqs.css",
    "styles/state-editor.css",
    "styles/step-functions.css",
];

/// Bundles the editor, jq and the styles, and what is neither page nor worker.
pub fn others(project: &Project, out: &Path) -> anyhow::Result<Done> {
    let web = project.path("web");
    let stamp = Inputs::of("scripts 10")
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
    let to = |name: &str| format!("--outfile={}", out.join(name).display());
    let run = |arguments: &[String]| esbuild(project, &web, arguments);
    // What both need is a chunk of its own; completion comes when the editor is there.
    run(&[
        "editor/editor.js".to_owned(),
        "editor/assist.js".to_owned(),
        "--bundle".to_owned(),
        "--splitting".to_owned(),
        "--alias:@codemirror/autocomplete=./editor/no-completion.js".to_owned(),
        "--format=esm".to_owned(),
        "--chunk-names=editor-[hash]".to_owned(),
        format!("--outdir={}", out.display()),
    ])?;
    // By itself, though the other editor has much of the same: chunks in common would make that one larger.
    run(&[
        "editor/asl.js".to_owned(),
        "--bundle".to_owned(),
        "--format=esm".to_owned(),
        to("asl.js"),
    ])?;
    let jq = web.join("node_modules/jq-wasm/dist");
    run(&[
        jq.join("browser.mjs").display().to_string(),
        "--bundle".to_owned(),
        "--format=esm".to_owned(),
        to("jq/jq.js"),
    ])?;
    write(&out.join("jq/jq.wasm"), &fs::read(jq.join("build/jq.wasm"))?)?;
    let fonts = "--external:../fonts/*".to_owned();
    run(&["styles/main.css".to_owned(), "--bundle".to_owned(), fonts, to("styles/main.css")])?;
    // The styles of parts that come later come with them.
    for later in LATER_STYLES {
        run(&[(*later).to_owned(), "--bundle".to_owned(), to(later)])?;
    }
    run(&["js/theme.js".to_owned(), to("js/theme.js")])?;
    // A classic script: it loads modules of learners by `importScripts`.
    let node = "js/function-node.js";
    run(&[node.to_owned(), "--bundle".to_owned(), "--format=iife".to_owned(), to(node)])?;
    // It stands in the page that the service worker makes of it.
    let frame = "js/website-frame.js";
    run(&[frame.to_owned(), "--bundle".to_owned(), "--format=iife".to_owned(), to(frame)])?;
    // The SDK's own way to read XML in a browser is the page's, which workers do not have.
    let (sdk, xml) = ("js/function-sdk.js", "@aws-sdk/xml-builder");
    let alias = format!("--alias:{xml}=./node_modules/{xml}/dist-cjs/index.js");
    run(&[sdk.to_owned(), "--bundle".to_owned(), "--format=iife".to_owned(), alias, to(sdk)])?;
    // A service worker rules the folder it lies in: this one has the whole site.
    run(&["js/sw.js".to_owned(), to("sw.js")])?;
    stamp.set()?;
    Ok(Done::Now)
}

fn is_script(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "js")
}

fn esbuild(project: &Project, folder: &Path, arguments: &[String]) -> anyhow::Result<()> {
    let mut command = process::command("node", folder)?;
    command.arg(project.path("web/node_modules/esbuild/bin/esbuild")).args(arguments);
    command.args(["--minify", "--log-level=warning", "--target=es2022", "--charset=utf8"]);
    process::quiet(&mut command).map(drop)
}
