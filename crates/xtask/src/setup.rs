//! Installs what is missing, or names it with the command that installs it.

use anyhow::Context as _;

use crate::project::{Done, Project, step};
use crate::stamp::Inputs;
use crate::{browsers, process};

/// The target of the site's modules.
const WASM: &str = "wasm32-unknown-unknown";

/// Options of `cargo xtask setup`.
#[derive(clap::Args)]
pub struct Args {
    /// Also what the browser tests need: Chromium and Firefox with their drivers
    #[arg(long)]
    browsers: bool,
}

/// Installs what building and testing need.
pub fn run(project: &Project, args: &Args) -> anyhow::Result<()> {
    for_build(project)?;
    if args.browsers {
        step("browsers", || browsers::install(project))?;
    }
    Ok(())
}

/// What building the site needs.
pub fn for_build(project: &Project) -> anyhow::Result<()> {
    step("prerequisites: node, npm, python3, pip", || prerequisites(project))?;
    step("Rust target wasm32-unknown-unknown", || rust_target(project))?;
    step("npm ci", || npm(project))
}

fn prerequisites(project: &Project) -> anyhow::Result<Done> {
    for name in ["node", "npm", "python3"] {
        process::need(name)?;
    }
    let mut pip = process::command("python3", &project.root)?;
    let pip = pip.args(["-m", "pip", "--version"]).output()?;
    anyhow::ensure!(
        pip.status.success(),
        "Python has no pip. Install it: `python3 -m ensurepip --user`, or `apt install python3-pip`"
    );
    Ok(Done::Now)
}

/// rustup reads the target from rust-toolchain.toml, but only when it installs the tool chain itself.
fn rust_target(project: &Project) -> anyhow::Result<Done> {
    let mut rustc = process::command("rustc", &project.root)?;
    let output = process::quiet(rustc.args(["--print", "target-libdir", "--target", WASM]))?;
    let folder = String::from_utf8(output.stdout).context("rustc names a folder")?;
    if std::path::Path::new(folder.trim()).is_dir() {
        return Ok(Done::Before);
    }
    let mut rustup = process::command("rustup", &project.root)?;
    process::quiet(rustup.args(["target", "add", WASM]))?;
    Ok(Done::Now)
}

fn npm(project: &Project) -> anyhow::Result<Done> {
    let web = project.path("web");
    let stamp = Inputs::of("npm 1")
        .file(&web.join("package.json"))?
        .file(&web.join("package-lock.json"))?
        .stamp(web.join("node_modules/.cloudarium-stamp"));
    if stamp.is_fresh(&[&web.join("node_modules/esbuild")]) {
        return Ok(Done::Before);
    }
    let mut npm = process::command("npm", &web)?;
    npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]);
    process::quiet(&mut npm)?;
    stamp.set()?;
    Ok(Done::Now)
}
