//! Functions: how many warm invocations a second the endpoint answers, code and all, and what the simulation of a
//! load takes.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::client::Client;
use super::machines::example;
use super::server::Server;

/// Milliseconds for a load of 100,000 requests.
const LOAD_MS_GOAL: f64 = 1_000.0;
/// How long a new function may take until it can be invoked.
const READY_MAX: Duration = Duration::from_secs(20);
/// For how long it is invoked.
const INVOKED: Duration = Duration::from_secs(3);
/// As Python writes it: it comes back to the letter.
const EVENT: &str = "{\"n\": 1}";
/// A zip with `main.py`, whose `handler` returns its event.
const ZIP: &str = "UEsDBBQAAAAAAAAAIVy0CHBpLgAAAC4AAAAHAAAAbWFpbi5weWRlZiBoYW5kbGVyKGV2ZW50LCBjb250ZXh0KToKICAgIHJldHVybiBldmVudApQSwECFAMUAAAAAAAAACFctAhwaS4AAAAuAAAABwAAAAAAAAAAAAAAgAEAAAAAbWFpbi5weVBLBQYAAAAAAQABADUAAABTAAAAAAA=";

/// Measures, prints, and gives what misses its goal.
pub fn run(root: &Path, binary: &Path) -> anyhow::Result<Vec<String>> {
    println!("\nFunctions:");
    let said = example(root, "load", "")?;
    let ms: f64 = said.trim().parse().with_context(|| format!("a number, not {said:?}"))?;
    println!("  a simulated load of 100,000    {ms:>9.1} ms (goal: {LOAD_MS_GOAL:.0})");
    let server = Server::cloudarium(binary, &[])?;
    let rate = warm(server.address())?;
    println!("  warm invocations, one by one   {rate:>9.0} /s, of Python, over HTTP");
    if ms > LOAD_MS_GOAL {
        return Ok(vec![format!("a load: {ms:.0} ms instead of {LOAD_MS_GOAL}")]);
    }
    Ok(Vec::new())
}

fn warm(address: SocketAddr) -> anyhow::Result<f64> {
    let mut client = Client::new(address);
    let function = serde_json::json!({
        "FunctionName": "echo", "Runtime": "python3.13", "Handler": "main.handler",
        "Role": "arn:aws:iam::123456789012:role/f", "Code": { "ZipFile": ZIP },
    });
    let create = request(address, "/2015-03-31/functions", &function.to_string());
    client.expect(&create, 201)?;
    let invoke = request(address, "/2015-03-31/functions/echo/invocations", EVENT);
    let begun = Instant::now();
    // Until it is ready, it is refused as one that is in another state.
    while client.expect(&invoke, 200).is_err() {
        anyhow::ensure!(begun.elapsed() < READY_MAX, "the function does not become active");
        std::thread::sleep(Duration::from_millis(100));
        client = Client::new(address);
    }
    let begun = Instant::now();
    let mut count = 0_u32;
    while begun.elapsed() < INVOKED {
        client.expect(&invoke, 200)?;
        anyhow::ensure!(client.body() == EVENT, "it answered {}", client.body());
        count += 1;
    }
    Ok(f64::from(count) / begun.elapsed().as_secs_f64())
}

/// A request of a key that the endpoint takes unverified.
fn request(address: SocketAddr, path: &str, body: &str) -> Vec<u8> {
    let key = "AWS4-HMAC-SHA256 Credential=BENCH/20260101/us-east-1/lambda/aws4_request, \
               SignedHeaders=host, Signature=0";
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: {key}\r\n\
         x-amz-date: 20260101T000000Z\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}
