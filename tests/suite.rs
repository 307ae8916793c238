//! Runs every `.case` file under tests/suite: one test for each case and stage.
//!
//! `cargo test -p cloudarium-tests --test suite` runs the stages core and wire, each case twice, and
//! boto3 (not under nextest). `CLOUDARIUM_STAGES=core,wire` names the stages to run; `-- --update` writes the answers
//! that came in place of those that were expected.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it talks to its terminal")]

use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use cloudarium_tests::boto3::Boto3;
use cloudarium_tests::case::stage::{Boto3Runner, InProcess, Outcome, run};
use cloudarium_tests::case::{self, Case, File, Stage};
use libtest_mimic::{Arguments, Failed, Trial};

/// Python is started with the first case that needs it, and serves them all.
type Shared = Arc<Mutex<Option<Boto3>>>;

fn main() -> ExitCode {
    let files = match case::read_all(&case::folder()) {
        Ok(files) => files,
        Err(words) => return tell(&words),
    };
    if std::env::args().any(|argument| argument == "--update") {
        return update(&files);
    }
    let stages = match stages() {
        Ok(stages) => stages,
        Err(words) => return tell(&words),
    };
    let arguments = Arguments::from_args();
    let boto3 = Shared::default();
    let mut trials = Vec::new();
    for file in &files {
        for case in &file.cases {
            let chosen = case.stages.iter().filter(|stage| stages.contains(stage));
            trials.extend(chosen.map(|stage| trial(file, case, *stage, &boto3)));
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    // Ends Python, which `exit` would leave behind.
    drop(boto3.lock().map(|mut boto3| boto3.take()));
    conclusion.exit_code()
}

fn tell(words: &str) -> ExitCode {
    eprintln!("{words}");
    ExitCode::FAILURE
}

fn stages() -> Result<Vec<Stage>, String> {
    // nextest runs each case in a process of its own, which would start a Python for each.
    let usual = if std::env::var_os("NEXTEST").is_some() { "core,wire" } else { "core,wire,boto3" };
    let named = std::env::var("CLOUDARIUM_STAGES").unwrap_or_else(|_| usual.to_owned());
    let parse = |name: &str| {
        let stage = Stage::parse(name.trim()).filter(|stage| *stage != Stage::Browser);
        stage.ok_or_else(|| format!("CLOUDARIUM_STAGES: {name} is not core, wire or boto3"))
    };
    named.split(',').map(parse).collect()
}

fn update(files: &[File]) -> ExitCode {
    let mut total = 0;
    for file in files {
        match case::update::update(file) {
            Ok(count) => total += count,
            Err(words) => return tell(&words),
        }
    }
    println!("{total} answers rewritten");
    ExitCode::SUCCESS
}

fn trial(file: &File, case: &Case, stage: Stage, boto3: &Shared) -> Trial {
    let name = format!("{}::{}", file.name, case.name);
    let path = file.path.display().to_string();
    let (case, boto3) = (case.clone(), Arc::clone(boto3));
    Trial::test(name, move || {
        let result = attempt(&case, stage, &boto3);
        match (&case.known_failure, result) {
            (None, Ok(())) | (Some(_), Err(_)) => Ok(()),
            (None, Err(words)) => Err(Failed::from(format!("{path}:{words}"))),
            (Some(reason), Ok(())) => Err(Failed::from(format!(
                "{path}:{}: it is known to fail ({reason}), but it passes: take that out",
                case.line
            ))),
        }
    })
    .with_kind(stage.name())
}

fn attempt(case: &Case, stage: Stage, boto3: &Shared) -> Result<(), String> {
    match stage {
        Stage::Core | Stage::Wire => {
            let once = || {
                let mut runner = InProcess::new(case, stage == Stage::Wire);
                run(case, &mut runner, false).map_err(|words| format!("{}: {words}", case.line))
            };
            let (first, second) = (once()?, once()?);
            fitting(&first)?;
            if first.transcript == second.transcript {
                return Ok(());
            }
            let pairs = first.transcript.iter().zip(&second.transcript);
            let differing = pairs.enumerate().find(|(_, (one, other))| one != other);
            Err(format!("{}: a second run differs: {differing:?}", case.line))
        }
        Stage::Boto3 => {
            let mut shared = boto3.lock().map_err(|_| "an earlier case broke Python")?;
            let boto3 = match shared.take() {
                Some(boto3) => boto3,
                None => Boto3::start()?,
            };
            let boto3 = shared.insert(boto3);
            let mut runner = Boto3Runner::new(boto3)?;
            let outcome = run(case, &mut runner, false);
            fitting(&outcome.map_err(|words| format!("{}: {words}", case.line))?)
        }
        Stage::Browser => Err("the browser tests run this stage".to_owned()),
    }
}

fn fitting(outcome: &Outcome) -> Result<(), String> {
    match outcome.mismatches.first() {
        None => Ok(()),
        Some(mismatch) => Err(format!("{}: {}", mismatch.step.line, mismatch.words)),
    }
}
