//! How quick state machines are, without HTTP: `cargo xtask bench` runs it.
//!
//! `machines loop`: states a second of a loop of Choice and Pass, with the whole history kept.
//! `machines map`: seconds and MiB that a distributed Map over 100,000 rows of a CSV file takes, or
//! over as many as are named.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement, not the core: it takes the time, and says what came of it"
)]

use std::error::Error;
use std::fmt::Write as _;

use cloudarium_cloud::{Call, Caller, CallerKind, Cloud, Config, Effect};
use cloudarium_env::Timestamp;
use cloudarium_shape::{Map, Value};

/// Iterations of an execution: its history then nearly has the 25,000 events that it may have.
const ITERATIONS: u32 = 4_990;
/// Executions, one after the other.
const EXECUTIONS: u32 = 100;
/// Rows of the CSV file.
const ROWS: u32 = 100_000;

/// The same in the tab: `tests/browser/measure/machines.rs`.
const LOOP: &str = include_str!("loop.asl.json");

const MAP: &str = r#"{"StartAt": "Each", "States": {
    "Each": {"Type": "Map", "Label": "Rows", "End": true,
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
            "Parameters": {"Bucket": "rows", "Key": "rows.csv"},
            "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}},
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Pass", "States": {"Pass": {"Type": "Pass", "End": true}}},
        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
            "Parameters": {"Bucket": "rows", "Prefix": "results"}}}}}"#;

type Outcome<T> = Result<T, Box<dyn Error>>;

struct Lab {
    cloud: Cloud,
    at: Timestamp,
}

impl Lab {
    fn new() -> Self {
        let config = Config::default();
        let at = config.start;
        Self { cloud: Cloud::new(config), at }
    }

    fn call(&mut self, service: &str, operation: &str, input: &[(&str, Value)]) -> Outcome<Value> {
        let members = input.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        let account = "123456789012".to_owned();
        let call = Call {
            service: service.to_owned(),
            operation: operation.to_owned(),
            input: Value::Map(members.collect::<Map>()),
            region: "us-east-1".to_owned(),
            caller: Caller::Trusted { kind: CallerKind::Learner, account },
            at: self.at,
        };
        self.cloud.call(call).map_err(|fault| format!("{}: {}", fault.code, fault.message).into())
    }

    fn machine(&mut self, definition: &str) -> Outcome<Value> {
        let role = Value::from("arn:aws:iam::123456789012:role/machine");
        let made = self.call(
            "stepfunctions",
            "CreateStateMachine",
            &[("name", "m".into()), ("roleArn", role), ("definition", definition.into())],
        )?;
        Ok(made.get("stateMachineArn").cloned().unwrap_or(Value::Null))
    }

    /// Starts an execution and lets time pass until it has ended; gives how.
    fn execute(&mut self, machine: &Value, input: &str) -> Outcome<Value> {
        let input = [("stateMachineArn", machine.clone()), ("input", input.into())];
        let started = self.call("stepfunctions", "StartExecution", &input)?;
        let arn = started.get("executionArn").cloned().unwrap_or(Value::Null);
        while let Some(due) = self.cloud.next_timer() {
            self.at = self.at.max(due);
            let effects = self.cloud.advance(self.at);
            if effects.iter().any(|effect| matches!(effect, Effect::Work { .. })) {
                return Err("no host's work is needed here".into());
            }
        }
        self.call("stepfunctions", "DescribeExecution", &[("executionArn", arn)])
    }
}

fn succeeded(seen: &Value) -> Outcome<()> {
    match seen.get("status").and_then(Value::as_str) {
        Some("SUCCEEDED") => Ok(()),
        _ => Err(format!("{seen:?}").into()),
    }
}

fn run_loop() -> Outcome<()> {
    let mut lab = Lab::new();
    let machine = lab.machine(LOOP)?;
    let begun = std::time::Instant::now();
    for _ in 0..EXECUTIONS {
        let seen = lab.execute(&machine, &format!("{{\"n\": {ITERATIONS}}}"))?;
        succeeded(&seen)?;
    }
    let states = f64::from(EXECUTIONS) * f64::from(2 * ITERATIONS + 2);
    println!("{:.0}", states / begun.elapsed().as_secs_f64());
    Ok(())
}

fn run_map() -> Outcome<()> {
    let mut lab = Lab::new();
    let mut rows = String::from("id,name,amount\n");
    let asked = std::env::args().nth(2).and_then(|rows| rows.parse().ok());
    for row in 0..asked.unwrap_or(ROWS) {
        writeln!(rows, "{row},customer-{row},{}", row % 977)?;
    }
    lab.call("s3", "CreateBucket", &[("Bucket", "rows".into())])?;
    let put = [
        ("Bucket", "rows".into()),
        ("Key", "rows.csv".into()),
        ("Body", Value::Blob(rows.into_bytes().into())),
    ];
    lab.call("s3", "PutObject", &put)?;
    let machine = lab.machine(MAP)?;
    let begun = std::time::Instant::now();
    let seen = lab.execute(&machine, "{}")?;
    succeeded(&seen)?;
    println!("{:.2} {}", begun.elapsed().as_secs_f64(), peak_mb().unwrap_or(0));
    Ok(())
}

/// The most memory that this process has had, where the system tells.
fn peak_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
}

fn main() -> Outcome<()> {
    match std::env::args().nth(1).as_deref() {
        Some("loop") => run_loop(),
        Some("map") => run_map(),
        _ => Err("machines loop | map".into()),
    }
}
