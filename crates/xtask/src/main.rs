//! The project's own tool: `cargo xtask play` and `cargo xtask test` are all that a newcomer needs.
//!
//! Each command is a module with a `run`. What they share: [`project`] (where things lie, and the progress line of a
//! step), [`process`] (running other programs, and naming the ones that are missing) and [`stamp`] (what need not be
//! done again).
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks to its terminal"
)]

mod bench;
mod book;
mod browsers;
mod check;
mod codegen;
mod compress;
mod coverage;
mod deny;
mod hints;
mod lesson;
mod lessons;
mod lint;
mod new;
mod pack;
mod play;
mod process;
mod project;
mod python;
mod s3_tests;
mod scripts;
mod setup;
mod site;
mod size;
mod stamp;
mod tidy;
#[path = "../../../tests/venv.rs"]
mod venv;
mod wasm;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use project::Project;

/// Builds, serves and tests Cloudarium.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Sets all up, builds the site, serves it on loopback and prints its address
    Play(play::Args),
    /// Sets all up and runs every test and check, as the CI does
    Test(check::Args),
    /// Builds the site into dist/
    Build(site::Args),
    /// Installs what the build needs, and with --browsers what the browser tests need
    Setup(setup::Args),
    /// Prints the compressed size of every part of the site against its budget
    Size,
    /// Checks the rules that no compiler checks: file sizes, links, words, who may depend on whom
    Tidy,
    /// Brings Rust, Python, scripts and styles into form
    Format,
    /// Writes the service models and other generated files anew
    Codegen(codegen::Args),
    /// Writes docs/coverage.md, the list of what is simulated
    Coverage(coverage::Args),
    /// Works on lessons: writes a new one, proves them
    #[command(subcommand)]
    Lesson(lesson::Command),
    /// Writes the files of a new operation
    New(new::Args),
    /// Makes the pictures of the book anew, from the built site in a browser
    Pictures,
    /// Measures what docs/BENCHMARKS.md tells
    Bench(bench::Args),
    /// Runs ceph/s3-tests, a conformance suite for S3, against the endpoint
    S3Tests(s3_tests::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = Project::find().and_then(|project| run(&project, cli.command));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(project: &Project, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Play(args) => play::run(project, &args),
        Command::Test(args) => check::run(project, &args),
        Command::Build(args) => site::run(project, &args),
        Command::Setup(args) => setup::run(project, &args),
        Command::Size => size::run(project),
        Command::Tidy => tidy::run(project),
        Command::Format => {
            setup::for_build(project)?;
            lint::format(project)
        }
        Command::Codegen(args) => codegen::run(&project.root, &args),
        Command::Coverage(args) => coverage::run(project, &args),
        Command::Lesson(command) => lesson::run(project, &command),
        Command::New(args) => new::run(&project.root, &args),
        Command::Pictures => browsers::pictures(project),
        Command::Bench(args) => bench::run(project, &args),
        Command::S3Tests(args) => s3_tests::run(project, &args),
    }
}
