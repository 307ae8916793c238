//! `cargo xtask tidy`: the rules that no compiler holds.

use std::fs;
use std::path::Path;

use crate::process::{self, cargo};
use crate::project::Project;
use crate::stamp::files_below;

/// Longer files no longer show one idea.
const LINES_MAX: usize = 800;
/// What a room may stand on (ARCHITECTURE.md, "Rooms do not know each other").
const ROOM_USES: &[&str] = &[
    "cloudarium-env",
    "cloudarium-shape",
    "cloudarium-service",
    "cloudarium-policy",
    "cloudarium-asl",
    "cloudarium-event-pattern",
    "cloudarium-jackson",
];
/// Crates that only compute.
const CORE: &[&str] = &[
    "env",
    "shape",
    "wire",
    "service",
    "policy",
    "asl",
    "asl-edit",
    "event-pattern",
    "jackson",
    "s3",
    "sts",
    "logs",
    "lambda",
    "states",
    "sqs",
    "events",
    "cloud",
    "lesson",
];
/// What reaches outside.
const OUTSIDE: &[&str] = &["web-sys", "tokio", "getrandom", "mio", "socket2"];
/// What is built from jsonata-core. It can draw random numbers and read the clock; the functions that
/// do are replaced by ours (`crates/asl/src/jsonata/added.rs`).
const JSONATA: &[&str] = &["asl", "states", "cloud", "lesson"];
const ROOMS: &[&str] = &["s3", "sts", "logs", "lambda", "states", "sqs", "events"];

/// Checks every rule, and tells all that is wrong.
pub fn run(project: &Project) -> anyhow::Result<()> {
    let mut wrong = Vec::new();
    for folder in ["crates", "web/src", "web/js", "web/python", "tests"] {
        for path in files_below(&project.path(folder))? {
            if let Some(text) = source(&path) {
                check_file(project, &path, &text, &mut wrong);
            }
        }
    }
    for room in ROOMS {
        check_room(project, room, &mut wrong)?;
    }
    check_core(project, &mut wrong)?;
    crate::deny::check(project, &mut wrong)?;
    for line in &wrong {
        println!("  {line}");
    }
    anyhow::ensure!(wrong.is_empty(), "{} things to tidy", wrong.len());
    Ok(())
}

/// The text of a source file; nothing of data and of what was installed.
fn source(path: &Path) -> Option<String> {
    let ending = path.extension()?.to_str()?;
    let installed = path.components().any(|part| {
        matches!(part.as_os_str().to_str(), Some("node_modules" | "target" | "__pycache__"))
    });
    if installed || !matches!(ending, "rs" | "js" | "mjs" | "py" | "css") {
        return None;
    }
    fs::read_to_string(path).ok()
}

fn check_file(project: &Project, path: &Path, text: &str, wrong: &mut Vec<String>) {
    let name = crate::site::relative(&project.root, path);
    let head: String = text.lines().take(5).collect::<Vec<_>>().join(" ").to_lowercase();
    let lines = text.lines().count();
    if lines > LINES_MAX && !head.contains("generated") {
        wrong.push(format!("{name}: {lines} lines, {LINES_MAX} at most"));
    }
    let operation = name.starts_with("crates/") && name.contains("/src/ops/");
    if operation && !name.ends_with("/mod.rs") && !text.contains("https://docs.aws.amazon.com/") {
        wrong.push(format!("{name}: an operation says where AWS documents it"));
    }
    let root = name.ends_with("/src/lib.rs") && name.starts_with("crates/");
    if root && !text.starts_with("//!") {
        wrong.push(format!("{name}: opens with what the crate is"));
    }
    let machine = ["/ho", "me/"].concat();
    if text.contains(&machine) && !text.contains(&format!("{machine}learner")) {
        wrong.push(format!("{name}: names a path of somebody's machine"));
    }
}

/// A room's manifest names no other of the project's crates.
fn check_room(project: &Project, room: &str, wrong: &mut Vec<String>) -> anyhow::Result<()> {
    let manifest = fs::read_to_string(project.path(&format!("crates/{room}/Cargo.toml")))?;
    let own = manifest.split("[dev-dependencies]").next().unwrap_or_default();
    for line in own.lines().filter(|line| line.starts_with("cloudarium-")) {
        let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
        if !ROOM_USES.contains(&name) {
            wrong.push(format!("crates/{room}: a room must not use {name}"));
        }
    }
    Ok(())
}

/// Nothing that reaches outside is among what the core is built from.
fn check_core(project: &Project, wrong: &mut Vec<String>) -> anyhow::Result<()> {
    for name in CORE {
        let mut tree = cargo(&project.root);
        tree.args(["tree", "--package", &format!("cloudarium-{name}"), "--edges", "normal"]);
        tree.args(["--prefix", "none", "--format", "{p}"]);
        if JSONATA.contains(name) {
            tree.args(["--prune", "jsonata-core"]);
        }
        let output = process::quiet(&mut tree)?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        for line in text.lines() {
            let dependency = line.split(' ').next().unwrap_or_default();
            if OUTSIDE.contains(&dependency) {
                wrong.push(format!("crates/{name}: the core must not use {dependency}"));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    Ok(())
}
