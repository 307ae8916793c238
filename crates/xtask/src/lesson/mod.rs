//! `cargo xtask lesson`: an author's tools. `new` writes a lesson that holds together and says what to fill in; `check`
//! proves lessons, with Python, boto3 and the AWS CLI as they are pinned.

mod new;

use std::path::PathBuf;

use clap::Subcommand;

use crate::process::{self, cargo};
use crate::project::{Done, Project, step};
use crate::venv;

/// What to do with lessons.
#[derive(Subcommand)]
pub enum Command {
    /// Writes a lesson that holds together, and says what to fill in
    New(new::Args),
    /// Proves lessons: each folder of a lesson, of a track or of all; all without one
    Check(CheckArgs),
}

/// Options of `cargo xtask lesson check`.
#[derive(clap::Args)]
pub struct CheckArgs {
    /// Folders of lessons, or above some
    lessons: Vec<PathBuf>,
}

/// Carries the command out.
pub fn run(project: &Project, command: &Command) -> anyhow::Result<()> {
    match command {
        Command::New(args) => new::run(project, args),
        Command::Check(args) => check(project, args),
    }
}

fn check(project: &Project, args: &CheckArgs) -> anyhow::Result<()> {
    for (name, list) in [
        ("venv-boto3", "tests/python/requirements.txt"),
        ("venv-aws", "tests/python/requirements-aws.txt"),
    ] {
        step(&format!("Python of {name}"), || {
            venv::python(&project.root, name, list).map_err(anyhow::Error::msg)?;
            Ok(Done::Before)
        })?;
    }
    // The folders are named from where the author stands; the tools from the project.
    let mut command = cargo(&project.root);
    command.args(["run", "--quiet", "--bin", "cloudarium", "--", "lesson", "check"]);
    for lesson in &args.lessons {
        command.arg(std::path::absolute(lesson).unwrap_or_else(|_| lesson.clone()));
    }
    process::loud(&mut command)
}
