//! State machines: how many states a second a loop makes, here without HTTP and in moto by its own
//! server, and what a distributed Map over a large file takes.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::client::Client;
use super::server::Server;
use crate::process;

/// States a second, with the whole history kept.
const STATES_GOAL: f64 = 300_000.0;
/// Seconds for 100,000 rows.
const MAP_S_GOAL: f64 = 20.0;
/// MiB for the same.
const MAP_MB_GOAL: f64 = 500.0;
/// Milliseconds for the layout of 200 states.
const GRAPH_MS_GOAL: f64 = 50.0;
/// Iterations of moto's loop, of two states each.
const MOTO_ITERATIONS: u32 = 3_000;
/// How long moto may take.
const MOTO_MAX: Duration = Duration::from_mins(2);

/// Measures, prints, and gives what misses its goal. `moto`: its Python, if it is measured too.
pub fn run(root: &Path, moto: Option<&Path>) -> anyhow::Result<Vec<String>> {
    println!("\nState machines:");
    let mut missed = Vec::new();
    let said = example(root, "machines", "loop")?;
    let states: f64 = said.trim().parse().with_context(|| format!("a number, not {said:?}"))?;
    println!("  a loop of Choice and Pass      {states:>9.0} states/s (goal: {STATES_GOAL:.0})");
    if states < STATES_GOAL {
        missed.push(format!("loop: {states:.0} states/s instead of {STATES_GOAL:.0}"));
    }
    if let Some(python) = moto {
        let server = Server::moto(python)?;
        let theirs = moto_loop(server.address())?;
        println!("  the same in moto               {theirs:>9.0} states/s");
    }
    let said = example(root, "machines", "map")?;
    let mut figures = said.split_whitespace().map(str::parse::<f64>);
    let (Some(Ok(seconds)), Some(Ok(mb))) = (figures.next(), figures.next()) else {
        anyhow::bail!("two numbers, not {said:?}");
    };
    println!(
        "  a Map over 100,000 rows        {seconds:>9.1} s (goal: {MAP_S_GOAL}), {mb:.0} MiB (goal: \
         {MAP_MB_GOAL})"
    );
    if seconds > MAP_S_GOAL || mb > MAP_MB_GOAL {
        missed.push(format!("map: {seconds:.1} s and {mb:.0} MiB"));
    }
    let said = example(root, "graph", "")?;
    let ms: f64 = said.trim().parse().with_context(|| format!("a number, not {said:?}"))?;
    println!("  layout of 200 states           {ms:>9.2} ms (goal: {GRAPH_MS_GOAL})");
    if ms > GRAPH_MS_GOAL {
        missed.push(format!("layout: {ms:.1} ms instead of {GRAPH_MS_GOAL}"));
    }
    Ok(missed)
}

/// What an example prints that measures by itself.
pub fn example(root: &Path, name: &str, what: &str) -> anyhow::Result<String> {
    let mut cargo = process::cargo(root);
    let package = match name {
        "graph" => "cloudarium-graph",
        "load" => "cloudarium-lambda",
        _ => "cloudarium-cloud",
    };
    cargo.args(["run", "--release", "--quiet", "-p", package, "--example", name]);
    let output = cargo.arg("--").arg(what).output().context("cargo does not run")?;
    let wrong = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "{name} {what}: {wrong}");
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// States a second of the same loop in moto, which runs machines only if told to.
fn moto_loop(address: SocketAddr) -> anyhow::Result<f64> {
    let mut client = Client::new(address);
    let config = r#"{"stepfunctions": {"execute_state_machine": true}}"#;
    client.expect(&post(address, "/moto-api/config", "", config), 201)?;
    let definition = r#"{"StartAt": "More", "States": {
        "More": {"Type": "Choice", "Default": "Done",
            "Choices": [{"Variable": "$.n", "NumericGreaterThan": 0, "Next": "Less"}]},
        "Less": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, -1)"}, "Next": "More"},
        "Done": {"Type": "Succeed"}}}"#;
    let machine = serde_json::json!({
        "name": "m", "roleArn": "arn:aws:iam::123456789012:role/m", "definition": definition,
    });
    let made = asked(&mut client, address, "CreateStateMachine", &machine)?;
    let input = format!("{{\"n\": {MOTO_ITERATIONS}}}");
    let start = serde_json::json!({"stateMachineArn": made.get("stateMachineArn"), "input": input});
    let begun = Instant::now();
    let started = asked(&mut client, address, "StartExecution", &start)?;
    let named = serde_json::json!({"executionArn": started.get("executionArn")});
    loop {
        let seen = asked(&mut client, address, "DescribeExecution", &named)?;
        match seen.get("status").and_then(serde_json::Value::as_str) {
            Some("SUCCEEDED") => break,
            Some("RUNNING") if begun.elapsed() < MOTO_MAX => {
                std::thread::sleep(Duration::from_millis(20));
            }
            _ => anyhow::bail!("moto's execution: {seen}"),
        }
    }
    Ok(f64::from(2 * MOTO_ITERATIONS + 2) / begun.elapsed().as_secs_f64())
}

fn asked(
    client: &mut Client,
    address: SocketAddr,
    operation: &str,
    input: &serde_json::Value,
) -> anyhow::Result<serde_json::Value> {
    client.expect(&post(address, "/", operation, &input.to_string()), 200)?;
    Ok(serde_json::from_str(&client.body())?)
}

/// A request that moto takes without checking who signed it.
fn post(address: SocketAddr, path: &str, operation: &str, body: &str) -> Vec<u8> {
    let mut head = format!("POST {path} HTTP/1.1\r\nhost: {address}\r\n");
    if !operation.is_empty() {
        let key = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/states/aws4_request";
        // Writing to a string does not fail.
        let _ = write!(
            head,
            "x-amz-target: AWSStepFunctions.{operation}\r\nauthorization: {key}, \
             SignedHeaders=host, Signature=0\r\ncontent-type: application/x-amz-json-1.0\r\n"
        );
    }
    let length = body.len();
    format!("{head}content-length: {length}\r\n\r\n{body}").into_bytes()
}
