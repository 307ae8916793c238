//! Lighthouse's scores of the built site: its mobile preset, which imagines a slow line and a slow phone.
//! <https://developer.chrome.com/docs/lighthouse/overview>

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use cloudarium_static_host::{Options, Server};
use serde_json::Value as Json;

use crate::project::Project;
use crate::stamp::{Inputs, files_below, write};
use crate::{compress, process, site};

const PAGES: &[(&str, &str)] = &[("home", ""), ("a lesson", "#/lesson/boto3-hello/1")];

/// The scores, of 100.
const GOALS: &[(&str, f64)] =
    &[("performance", 90.0), ("accessibility", 100.0), ("best-practices", 95.0)];

/// The score of performance differs from run to run: the median of so many counts.
const RUNS: usize = 3;

/// What misses its goal, in words.
pub fn run(project: &Project) -> anyhow::Result<Vec<String>> {
    let place = install(project)?;
    let root = compressed(project)?;
    let server = Server::start(Options::new(root), 0)?;
    println!("\nLighthouse, mobile preset (of 100):");
    let mut missed = Vec::new();
    for (what, page) in PAGES {
        let url = format!("{}{page}", server.url());
        let reports = (0..RUNS).map(|_| report(&place, &url)).collect::<Result<Vec<_>, _>>()?;
        for (category, goal) in GOALS {
            let score = median(reports.iter().map(|report| score(report, category)).collect())?;
            println!("  {what}: {category} {score:.0} (goal: {goal:.0})");
            if score < *goal {
                missed.push(format!("Lighthouse on {what}: {category} {score:.0}"));
            }
        }
    }
    Ok(missed)
}

/// Lighthouse itself is only here once somebody measures.
fn install(project: &Project) -> anyhow::Result<PathBuf> {
    let place = project.path("tests/lighthouse");
    let stamp = Inputs::of("lighthouse 1")
        .file(&place.join("package-lock.json"))?
        .stamp(place.join("node_modules/.cloudarium-stamp"));
    if !stamp.is_fresh(&[&place.join("node_modules/lighthouse")]) {
        let mut npm = process::command("npm", &place)?;
        npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]);
        process::quiet(&mut npm)?;
        stamp.set()?;
    }
    Ok(place)
}

/// A copy of the site as a good host sends it.
fn compressed(project: &Project) -> anyhow::Result<PathBuf> {
    let (dist, copy) = (project.dist(), project.target().join("site/lighthouse"));
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    for path in files_below(&dist)? {
        write(&copy.join(site::relative(&dist, &path)), &fs::read(&path)?)?;
    }
    compress::beside(project, &copy)?;
    Ok(copy)
}

fn report(place: &Path, url: &str) -> anyhow::Result<Json> {
    let chromium = process::find("chromium").context("chromium is not installed")?;
    let mut node = process::command("node", place)?;
    node.args(["node_modules/lighthouse/cli/index.js", url, "--quiet", "--output=json"]);
    node.arg("--only-categories=performance,accessibility,best-practices");
    node.args(["--chrome-flags=--headless --no-sandbox --disable-gpu"]);
    node.env("CHROME_PATH", chromium);
    // Now and then its browser keeps no trace of the page, of which it says that one may try again.
    let output = process::quiet(&mut node).or_else(|_| process::quiet(&mut node))?;
    serde_json::from_slice(&output.stdout).context("Lighthouse tells its report")
}

fn score(report: &Json, category: &str) -> f64 {
    let score = report.pointer(&format!("/categories/{category}/score")).and_then(Json::as_f64);
    score.unwrap_or_default() * 100.0
}

fn median(mut scores: Vec<f64>) -> anyhow::Result<f64> {
    scores.sort_by(f64::total_cmp);
    scores.get(scores.len() / 2).copied().context("Lighthouse ran")
}
