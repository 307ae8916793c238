//! `cargo xtask test`: everything that must hold, from format to browsers. The CI runs just this.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use crate::process::{self, cargo};
use crate::project::{Project, seconds};
use crate::{browsers, coverage, lint, setup, size, tidy};

/// Options of `cargo xtask test`.
#[derive(clap::Args)]
pub struct Args {
    /// Only format, lints and tests that need no browser: for the inner loop
    #[arg(long)]
    quick: bool,
    /// Also every scenario in Firefox, and a picture of every page: before a release
    #[arg(long, conflicts_with = "quick")]
    thorough: bool,
}

/// Since the start. On a machine that is slower than most the last scenarios are left out then, and told.
const SCENARIOS_WITHIN: Duration = Duration::from_mins(62);

/// How one check ended.
struct Outcome {
    name: &'static str,
    took: Duration,
    error: Option<anyhow::Error>,
}

/// The checks that have been made so far.
#[derive(Default)]
struct Report {
    outcomes: Vec<Outcome>,
}

impl Report {
    /// Makes one check. The others go on if it fails: one run tells all that is wrong.
    fn check(&mut self, name: &'static str, work: impl FnOnce() -> anyhow::Result<()>) {
        println!("\n── {name}");
        let start = Instant::now();
        let error = work().err();
        if let Some(error) = &error {
            println!("{error:#}");
        }
        self.outcomes.push(Outcome { name, took: start.elapsed(), error });
    }

    /// Prints a line a check, and whether all held.
    fn finish(self) -> anyhow::Result<()> {
        println!("\n── summary");
        for outcome in &self.outcomes {
            let mark = if outcome.error.is_none() { "ok    " } else { "FAILED" };
            println!("  {mark} {:<38} {:>9}", outcome.name, seconds(outcome.took));
        }
        let failed = self.outcomes.iter().filter(|outcome| outcome.error.is_some()).count();
        println!("\n{} passed, {failed} failed", self.outcomes.len() - failed);
        anyhow::ensure!(failed == 0, "{failed} of {} checks failed", self.outcomes.len());
        Ok(())
    }
}

/// Sets all up and makes every check.
pub fn run(project: &Project, args: &Args) -> anyhow::Result<()> {
    let until = (!args.thorough).then(|| SystemTime::now() + SCENARIOS_WITHIN);
    println!("── set-up");
    setup::for_build(project)?;
    let mut report = Report::default();
    // Its last steps use one core for minutes: the other has the lints and tests meanwhile.
    let built = if args.quick { None } else { Some(Background::build(project)?) };
    lints(project, &mut report);
    report.check("tests", || tests(project));
    if !args.quick {
        report.check("coverage page", || coverage::run(project, &coverage::Args { check: true }));
        report.check("documentation", || documentation(project));
        report.check("site", || built.map_or(Ok(()), Background::finish));
        report.check("editor", || editor(project));
        report.check("sizes", || size::run(project));
        report.check("replay in wasm", || replay(project));
        report.check("browsers", || browsers::test(project, until));
    }
    report.finish()
}

/// The site as it is built beside the other checks, by a process of its own: its profile has folders of its own, so
/// cargo does not let one wait for the other.
struct Background {
    child: Child,
    log: PathBuf,
}

impl Background {
    fn build(project: &Project) -> anyhow::Result<Self> {
        let log = project.target().join("site.log");
        std::fs::create_dir_all(project.target())?;
        let out = std::fs::File::create(&log)?;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("build").current_dir(&project.root).stdin(Stdio::null());
        let child = command.stdout(out.try_clone()?).stderr(out).spawn()?;
        Ok(Self { child, log })
    }

    /// Waits for it, and tells what it told.
    fn finish(mut self) -> anyhow::Result<()> {
        let status = self.child.wait()?;
        print!("{}", std::fs::read_to_string(&self.log)?);
        anyhow::ensure!(status.success(), "the site was not built ({status})");
        Ok(())
    }
}

fn lints(project: &Project, report: &mut Report) {
    report
        .check("format", || process::loud(cargo(&project.root).args(["fmt", "--all", "--check"])));
    report.check("clippy", || {
        let mut clippy = cargo(&project.root);
        clippy.args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]);
        process::loud(&mut clippy)
    });
    report.check("clippy for wasm32", || {
        let mut clippy = cargo(&project.root);
        clippy.args(["clippy", "--quiet", "--target", "wasm32-unknown-unknown"]);
        clippy.args(["-p", "cloudarium-web", "-p", "cloudarium-bridge", "--", "-D", "warnings"]);
        process::loud(&mut clippy)
    });
    report.check("tidy, licences, sources", || tidy::run(project));
    report.check("spelling", || lint::spelling(project));
    report.check("Python's lints and format", || lint::python(project));
    report.check("format of scripts and styles", || lint::web(project));
}

/// By nextest where it is installed: it runs the tests of all crates side by side.
fn tests(project: &Project) -> anyhow::Result<()> {
    let mut tests = cargo(&project.root);
    // The cases run by themselves: one process for all of them, where nextest would start one for each.
    let (runner, rest) = if process::find("cargo-nextest").is_some() {
        tests.args(["nextest", "run", "--workspace", "--no-fail-fast", "--hide-progress-bar"]);
        tests.args(["--filterset", "not binary(suite)"]);
        ("cargo-nextest", true)
    } else {
        tests.args(["test", "--quiet", "--workspace", "--no-fail-fast"]);
        ("cargo test", false)
    };
    println!("by {runner}");
    process::loud(&mut tests)?;
    if rest {
        let mut cases = cargo(&project.root);
        cases.args(["test", "--quiet", "--workspace", "--test", "suite"]);
        process::loud(&mut cases)?;
    }
    Ok(())
}

/// The same inputs give the same state in the site's module, which Node runs.
fn replay(project: &Project) -> anyhow::Result<()> {
    let mut replay = cargo(&project.root);
    replay.args(["test", "--quiet", "--workspace", "--test", "replay"]);
    process::loud(replay.args(["--", "--ignored"]))
}

/// What the editors read out of a script, on the hints that the site was built with, and out of a definition.
fn editor(project: &Project) -> anyhow::Result<()> {
    let mut node = process::command("node", &project.path("web"))?;
    let tests = ["--test", "editor/tests/reading.test.mjs", "editor/tests/pointer.test.mjs"];
    process::quiet(node.args(tests)).map(drop)
}

fn documentation(project: &Project) -> anyhow::Result<()> {
    let mut doc = cargo(&project.root);
    doc.args(["doc", "--quiet", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private-intra-doc-links");
    process::loud(&mut doc)
}
