//! The figures of the site in Chromium, and how soon `cargo xtask play` serves it again.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::lighthouse;
use crate::process::{self, cargo};
use crate::project::{Project, seconds};
use crate::{browsers, setup, site};

/// How soon the second `cargo xtask play`, with nothing changed, serves.
const PLAY_GOAL: Duration = Duration::from_secs(10);

/// Builds the site as it is published, measures, and fails when a goal is missed.
pub fn run(project: &Project) -> anyhow::Result<()> {
    setup::for_build(project)?;
    site::build(project, &site::Args::default())?;
    browsers::install(project)?;
    println!("\nIn Chromium:");
    let mut tests = cargo(&project.root);
    tests.args(["test", "--quiet", "--workspace", "--test", "browser"]);
    tests.args(["--", "--ignored", "measure::"]).env("CLOUDARIUM_MEASURE", "yes");
    let measured = process::loud(&mut tests);
    let missed = lighthouse::run(project)?;
    let took = play(project)?;
    println!(
        "\n`cargo xtask play`, nothing changed: {} until it serves (goal: {})",
        seconds(took),
        seconds(PLAY_GOAL)
    );
    measured?;
    anyhow::ensure!(missed.is_empty(), "{}", missed.join("\n"));
    anyhow::ensure!(took < PLAY_GOAL, "`cargo xtask play` took {}", seconds(took));
    Ok(())
}

/// From the command to the line that names the address. The site was built just before, so this is a second start.
fn play(project: &Project) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    let mut play = cargo(&project.root);
    play.args(["xtask", "play", "--port", "0"]).stdout(Stdio::piped());
    let mut child = play.spawn().context("`cargo xtask play` did not start")?;
    let output = child.stdout.take().context("it has an output")?;
    let ready = BufReader::new(output)
        .lines()
        .map_while(Result::ok)
        .any(|line| line.starts_with("ready after"));
    let took = begun.elapsed();
    // It serves until it is ended; that it was gone already would be told by `ready`.
    drop(child.kill());
    drop(child.wait());
    anyhow::ensure!(ready, "`cargo xtask play` ended before it served");
    Ok(took)
}
