//! `cloudarium`: the simulated cloud outside the browser.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks to its terminal"
)]

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use cloudarium_serve::endpoint::{self, Endpoint, Options, StartError, Stop};
use cloudarium_serve::folder::Sync;
use cloudarium_serve::functions::Settings;
use cloudarium_serve::lesson_check;

/// A simulated AWS on this machine: no account, no bill.
#[derive(Parser)]
#[command(name = "cloudarium", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the cloud over HTTP, for boto3, the AWS CLI, curl
    Endpoint(EndpointArgs),
    /// Works on lessons
    #[command(subcommand)]
    Lesson(LessonCommand),
}

#[derive(Subcommand)]
enum LessonCommand {
    /// Proves lessons right, with `CPython` and real boto3
    Check(LessonCheckArgs),
}

#[derive(clap::Args)]
struct LessonCheckArgs {
    /// The lessons to check: folders of lessons, or above them, or track/name; all when none is named
    lessons: Vec<PathBuf>,
    /// The folder that holds all lessons and concepts.toml
    #[arg(long, default_value = "lessons", value_name = "DIR")]
    root: PathBuf,
    /// A Python that has boto3
    #[arg(long, default_value = DEFAULT_PYTHON, value_name = "FILE")]
    python: PathBuf,
    /// The folder of an `aws` command, for lessons in the terminal
    #[arg(long, default_value = DEFAULT_AWS, value_name = "DIR")]
    aws: PathBuf,
    /// A folder for one results.json (Exercism's, version 3) a lesson
    #[arg(long, value_name = "DIR")]
    results: Option<PathBuf>,
}

/// Where `cargo xtask setup` and the tests put a Python with boto3.
const DEFAULT_PYTHON: &str = ".cache/venv-boto3/bin/python";

/// Where they put the AWS CLI.
const DEFAULT_AWS: &str = ".cache/venv-aws/bin";

#[derive(clap::Args)]
struct EndpointArgs {
    /// The port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 4566)]
    port: u16,
    /// The address to listen on; anything but loopback lets others in
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// A TOML file of users, each with account, name and keys; only those keys work then
    #[arg(long, value_name = "FILE")]
    accounts: Option<PathBuf>,
    /// A folder to keep the cloud in; without it the cloud is gone when this ends
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// What an answered write survives, with --data: a power cut, or the end of this process
    #[arg(long, value_enum, default_value_t = Sync::Disk)]
    sync: Sync,
    /// Where all ids come from: the same seed and the same calls give the same ids
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// S3 as it was in March 2023, where AWS has taken things back since: new buckets have ACLs and
    /// block nothing, answers tell the owner's `DisplayName`
    #[arg(long)]
    s3_legacy: bool,
    /// The Python that runs Lambda functions; with boto3, so that they can use it
    #[arg(long, default_value = "python3", value_name = "FILE")]
    python: PathBuf,
    /// The Node.js that runs Lambda functions
    #[arg(long, default_value = "node", value_name = "FILE")]
    node: PathBuf,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Endpoint(args) => serve(args),
        Command::Lesson(LessonCommand::Check(args)) => {
            return check_lessons(&args).unwrap_or_else(|words| {
                eprintln!("error: {words}");
                ExitCode::from(2)
            });
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(args: EndpointArgs) -> Result<(), StartError> {
    let options = Options {
        host: args.host,
        port: args.port,
        accounts: args.accounts,
        data: args.data,
        sync: args.sync,
        seed: args.seed,
        s3_legacy: args.s3_legacy,
        functions: Settings { python: args.python, node: args.node },
    };
    if !options.host.is_loopback() {
        eprintln!(
            "warning: {} is not loopback: others on the network can use this cloud",
            options.host
        );
    }
    let runtime = endpoint::runtime().map_err(StartError::Host)?;
    runtime.block_on(async {
        let endpoint = Endpoint::bind(&options).await?;
        tokio::spawn(stop_on_signal(endpoint.stop()));
        println!("listening on http://{}", endpoint.address());
        // Whoever waits for the line must get it now; a closed pipe is not our trouble.
        let _ = std::io::stdout().flush();
        endpoint.serve().await;
        Ok(())
    })
}

/// Ctrl-C, or `kill`: finish what has begun, then end. A second Ctrl-C ends at once.
async fn stop_on_signal(stop: Stop) {
    signalled().await;
    stop.now();
    signalled().await;
    std::process::exit(130);
}

#[cfg(unix)]
async fn signalled() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return interrupted().await;
    };
    tokio::select! {
        () = interrupted() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn signalled() {
    interrupted().await;
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without signals there is nothing to wait for.
        std::future::pending::<()>().await;
    }
}

/// Tells of every lesson whether it is right; the exit code is 1 when one is not.
fn check_lessons(args: &LessonCheckArgs) -> Result<ExitCode, String> {
    let reports = lesson_check::check(
        &args.root,
        &args.lessons,
        &lesson_check::Tools { python: args.python.clone(), aws: args.aws.clone() },
    )?;
    for report in &reports {
        if report.failures.is_empty() {
            println!("ok      {} ({} proofs)", report.lesson, report.proofs);
        } else {
            println!("WRONG   {}", report.lesson);
        }
        for failure in &report.failures {
            println!("        {}", failure.trim_end().replace('\n', "\n        "));
        }
        if let (Some(folder), Some(results)) = (&args.results, &report.results) {
            let file = folder.join(&report.lesson).join("results.json");
            let text = serde_json::to_string_pretty(results).map_err(|error| error.to_string())?;
            let made = std::fs::create_dir_all(folder.join(&report.lesson));
            made.and_then(|()| std::fs::write(&file, text + "\n"))
                .map_err(|error| format!("{}: {error}", file.display()))?;
        }
    }
    let wrong = reports.iter().filter(|report| !report.failures.is_empty()).count();
    println!("{} of {} lessons are right.", reports.len() - wrong, reports.len());
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
