//! The browsers of the browser tests. Chromium is driven by its own driver; Firefox speaks for itself.

use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, bail, ensure};

use crate::process;
use crate::project::{Done, Project};

/// What each program needs of Debian's packages.
const PACKAGES: &[(&[&str], &str)] = &[
    (&["chromium"], "chromium"),
    (&["chromedriver"], "chromium-driver"),
    (&["firefox-esr", "firefox"], "firefox-esr"),
];

/// Installs what is missing: by apt if that is there and we may, else the error names it.
pub fn install(project: &Project) -> anyhow::Result<Done> {
    Ok(if install_packages(project)? { Done::Now } else { Done::Before })
}

/// Runs the scenarios, in both browsers side by side. What Firefox's told is printed when both have ended. Every scenario
/// runs in Chromium; all of them run in Firefox, and every page has its pictures taken, only where there is no limit to
/// the time: with one, a scenario that has not begun by then is left out.
pub fn test(project: &Project, until: Option<SystemTime>) -> anyhow::Result<()> {
    install_packages(project)?;
    process::loud(tests(project).arg("--no-run"))?;
    let run = |which: &str| {
        let mut run = tests(project);
        run.args(["--", "--ignored", which]);
        if let Some(until) = until {
            let seconds = until.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            run.env("CLOUDARIUM_BRIEF", "1").env("CLOUDARIUM_UNTIL", seconds.to_string());
        }
        run
    };
    let log = project.target().join("firefox.log");
    let out = File::create(&log)?;
    let mut firefox = run("::firefox::");
    firefox.stdin(Stdio::null()).stdout(out.try_clone()?).stderr(out);
    let mut firefox = firefox.spawn()?;
    let chromium = process::loud(&mut run("::chromium::"));
    let status = firefox.wait()?;
    print!("{}", fs::read_to_string(&log)?);
    chromium?;
    ensure!(status.success(), "scenarios in Firefox failed ({status})");
    Ok(())
}

fn tests(project: &Project) -> Command {
    let mut tests = process::cargo(&project.root);
    tests.args(["test", "--quiet", "--workspace", "--test", "browser"]);
    tests
}

/// Makes the pictures of the book anew.
pub fn pictures(project: &Project) -> anyhow::Result<()> {
    install_packages(project)?;
    let mut tests = tests(project);
    tests.args(["--", "--ignored", "pictures"]).env("CLOUDARIUM_PICTURES", "1");
    process::loud(&mut tests)
}

fn missing() -> Vec<&'static str> {
    let is_missing = |programs: &[&str]| programs.iter().all(|name| process::find(name).is_none());
    PACKAGES
        .iter()
        .filter(|(programs, _)| is_missing(programs))
        .map(|(_, package)| *package)
        .collect()
}

fn install_packages(project: &Project) -> anyhow::Result<bool> {
    let packages = missing();
    if packages.is_empty() {
        return Ok(false);
    }
    let how = format!("apt-get update && apt-get install --yes {}", packages.join(" "));
    if process::find("apt-get").is_none() || !is_root(project)? {
        bail!("the browser tests need {}. On Debian, as root: `{how}`", packages.join(", "));
    }
    let apt = |arguments: &[&str]| {
        let mut apt = process::command("apt-get", &project.root)?;
        process::quiet(apt.env("DEBIAN_FRONTEND", "noninteractive").args(arguments))
    };
    apt(&["update"]).with_context(|| format!("the browser tests need `{how}`"))?;
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(&packages);
    apt(&install).with_context(|| format!("the browser tests need `{how}`"))?;
    Ok(true)
}

fn is_root(project: &Project) -> anyhow::Result<bool> {
    let output = process::quiet(process::command("id", &project.root)?.arg("-u"))?;
    Ok(output.stdout.trim_ascii() == b"0")
}
