//! `cargo xtask bench`: the figures of docs/BENCHMARKS.md.
//!
//! Everything runs on this machine in one go, the endpoint and its peers one after the other under
//! the same client, so that the ratios hold even where the absolute figures do not.

mod browser;
mod client;
mod functions;
mod lighthouse;
mod load;
mod machines;
pub mod server;

use std::path::Path;
use std::time::Duration;

use crate::project::Project;
use crate::venv;
use load::{Load, Rate, Rates};
use server::Server;

/// At least this many times what moto does in a second.
const MOTO_GOAL: f64 = 20.0;

/// At least this many times what `s3s-fs` does in a second.
const S3S_GOAL: f64 = 1.0;

/// At most this many times the listing's time in a small bucket.
const LIST_GOAL: f64 = 1.3;

/// So many calls are kept in the list of calls (`CALLS_MAX` in `crates/cloud/src/log.rs`).
const LISTED_CALLS: usize = 10_000;

/// At most so many bytes of memory for an object of 100 bytes, its body and key among them.
const OBJECT_GOAL: u64 = 600;

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Args {
    /// Seconds for each measurement
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// How many requests are in flight
    #[arg(long, default_value_t = 8)]
    in_flight: usize,
    /// How many keys the large bucket holds
    #[arg(long, default_value_t = 1_000_000)]
    keys: usize,
    /// Leaves moto out (its packages are then not installed)
    #[arg(long)]
    without_moto: bool,
    /// Leaves s3s-fs out (it is then not built)
    #[arg(long)]
    without_s3s: bool,
    /// Measures state machines alone
    #[arg(long)]
    machines: bool,
    /// Measures functions alone
    #[arg(long)]
    functions: bool,
    /// Measures what Chromium does with the built site, and nothing of the above
    #[arg(long)]
    browser: bool,
}

/// Measures, prints, and fails when a goal is missed.
pub fn run(project: &Project, args: &Args) -> anyhow::Result<()> {
    if args.browser {
        return browser::run(project);
    }
    let root = &project.root;
    let none_missed = |missed: &[String]| {
        anyhow::ensure!(missed.is_empty(), "missed:\n  {}", missed.join("\n  "));
        Ok(())
    };
    if args.machines {
        return none_missed(&state_machines(root, args)?);
    }
    let binary = server::build(root)?;
    if args.functions {
        return none_missed(&functions::run(root, &binary)?);
    }
    let mut missed = state_machines(root, args)?;
    missed.extend(functions::run(root, &binary)?);
    let load = Load { seconds: args.seconds, in_flight: args.in_flight };
    println!("\n1 KB objects, {} requests in flight, one client process:", args.in_flight);
    let moto = if args.without_moto { None } else { Some(moto_rates(root, &load)?) };
    let s3s = if args.without_s3s { None } else { Some(s3s_rates(root, &load)?) };
    let ours = memory_rates(&binary, &load)?;
    for (peer, theirs, goal) in [("moto", moto, MOTO_GOAL), ("s3s-fs", s3s, S3S_GOAL)] {
        missed.extend(theirs.into_iter().flat_map(|theirs| compare(&ours, peer, &theirs, goal)));
    }
    folder_rates(&binary, &load)?;
    missed.extend(large_bucket(&binary, args)?);
    none_missed(&missed)
}

/// Tells how often we are as quick as a peer, and what misses the goal.
fn compare(ours: &Rates, peer: &str, theirs: &Rates, goal: f64) -> Vec<String> {
    let kinds = [
        ("put", ours.put.per_second(), theirs.put.per_second()),
        ("get", ours.get.per_second(), theirs.get.per_second()),
        ("list", ours.list.per_second(), theirs.list.per_second()),
        ("multipart", ours.multipart, theirs.multipart),
    ];
    let mut missed = Vec::new();
    for (what, ours, theirs) in kinds {
        let ratio = ours / theirs;
        println!("  {what}: {ratio:.1} times {peer} (goal: {goal})");
        if ratio < goal {
            missed.push(format!("{what}: {ratio:.2} times {peer} instead of {goal}"));
        }
    }
    missed
}

fn memory_rates(binary: &Path, load: &Load) -> anyhow::Result<Rates> {
    let server = Server::cloudarium(binary, &[])?;
    rates("cloudarium", load, &server)
}

/// The same with every answered write on the disk: not compared with anything, but told.
fn folder_rates(binary: &Path, load: &Load) -> anyhow::Result<()> {
    for sync in ["disk", "process"] {
        let folder = std::env::temp_dir().join(format!("cloudarium-bench-{}", std::process::id()));
        let data = folder.to_string_lossy().into_owned();
        let server = Server::cloudarium(binary, &["--data", &data, "--sync", sync])?;
        print_rates(
            &format!("cloudarium --data, --sync {sync}"),
            load.put_and_get(server.address())?,
        );
        drop(server);
        // What is left behind lies in the system's folder for such things.
        drop(std::fs::remove_dir_all(&folder));
    }
    Ok(())
}

fn moto_rates(root: &Path, load: &Load) -> anyhow::Result<Rates> {
    rates("moto", load, &Server::moto(&moto_python(root)?)?)
}

fn moto_python(root: &Path) -> anyhow::Result<std::path::PathBuf> {
    let list = "tests/python/requirements-moto.txt";
    venv::python(root, "venv-moto", list).map_err(anyhow::Error::msg)
}

fn state_machines(root: &Path, args: &Args) -> anyhow::Result<Vec<String>> {
    let moto = if args.without_moto { None } else { Some(moto_python(root)?) };
    machines::run(root, moto.as_deref())
}

fn s3s_rates(root: &Path, load: &Load) -> anyhow::Result<Rates> {
    let binary = server::install_s3s(root)?;
    rates("s3s-fs", load, &Server::s3s(&binary)?)
}

fn rates(name: &str, load: &Load, server: &Server) -> anyhow::Result<Rates> {
    let rates = load.all(server.address())?;
    print_rates(name, (rates.put, rates.get));
    println!(
        "  {:<36} list {:>7.0}/s (p99 {:>6.2} ms)   multipart {:>5.0} MiB/s",
        "",
        rates.list.per_second(),
        milliseconds(rates.list.p99),
        rates.multipart
    );
    Ok(rates)
}

fn print_rates(name: &str, (put, get): (Rate, Rate)) {
    println!(
        "  {name:<36} put {:>8.0}/s (p99 {:>6.2} ms)   get {:>8.0}/s (p99 {:>6.2} ms)",
        put.per_second(),
        milliseconds(put.p99),
        get.per_second(),
        milliseconds(get.p99)
    );
}

/// What a large bucket takes: memory, and time to list.
fn large_bucket(binary: &Path, args: &Args) -> anyhow::Result<Vec<String>> {
    let server = Server::cloudarium(binary, &[])?;
    println!("\nA bucket of {} objects of 100 bytes:", args.keys);
    load::fill(server.address(), "small", 1000)?;
    // The list of calls grows to its bound, whatever the calls were: no object takes that.
    load::fill(server.address(), "calls", LISTED_CALLS)?;
    let before = server.memory();
    load::fill(server.address(), "large", args.keys)?;
    let grown = server.memory().zip(before).map(|(after, before)| after.saturating_sub(before));
    let mut missed = Vec::new();
    if let Some(grown) = grown {
        let each = grown / u64::try_from(args.keys.max(1))?;
        println!("  {each} bytes of memory an object (goal: at most {OBJECT_GOAL})");
        if each > OBJECT_GOAL {
            missed.push(format!("memory: {each} bytes an object instead of {OBJECT_GOAL}"));
        }
    }
    println!("\nListObjectsV2 of 1,000 keys:");
    let (small, large) = load::listings(server.address(), args.keys)?;
    let ratio = large.as_secs_f64() / small.as_secs_f64();
    println!("  in a bucket of {:>9} {:.3} ms (median)", 1000, milliseconds(small));
    println!("  in a bucket of {:>9} {:.3} ms (median)", args.keys, milliseconds(large));
    println!("  {ratio:.2} times (goal: at most {LIST_GOAL})");
    if ratio > LIST_GOAL {
        missed.push(format!("listing: {ratio:.2} times the small bucket's instead of {LIST_GOAL}"));
    }
    Ok(missed)
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
