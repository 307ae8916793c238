//! The lines that Lambda itself writes to a function's log.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-view.html>

use std::fmt::Write as _;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde_json::json;

use crate::finish::Ended;
use crate::model::{Key, Running, Version};
use crate::runtime;

/// `2026/01/05/[$LATEST]` and 32 digits.
pub fn stream(cx: &mut Ctx<'_>, version: &str) -> String {
    let day = cx.now.iso_s();
    let day = day.get(..10).unwrap_or_default().replace('-', "/");
    let (high, low) = (cx.rng.next_u64(), cx.rng.next_u64());
    format!("{day}/[{version}]{high:016x}{low:016x}")
}

/// What an invocation is paid for: the handler's time, and that of the start, in whole milliseconds.
/// <https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/>
pub fn billed_ms(ended: &Ended, timeout_ms: f64) -> u64 {
    let took = ended.duration_ms.min(timeout_ms) + ended.init_ms.unwrap_or(0.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded, positive")]
    let whole = took.clamp(0.0, 1e9).ceil() as u64;
    whole.max(1)
}

/// All lines of an invocation, in order, with their moments.
pub fn lines(running: &Running, version: &Version, ended: &Ended) -> Vec<(Timestamp, String)> {
    let at = |ms: f64| {
        #[allow(clippy::cast_possible_truncation, reason = "bounded")]
        let ms = ms.clamp(0.0, 1e9) as i64;
        Timestamp::from_ms(running.started.as_ms().saturating_add(ms))
    };
    let json = version.logging.format == "JSON";
    let init = ended.init_ms.unwrap_or(0.0);
    let end = at(init + ended.duration_ms);
    let mut lines = Vec::new();
    if ended.init_ms.is_some() {
        let place = (running.started, &running.invocation.function);
        lines.push((at(0.0), init_start(place, version, "on-demand")));
    }
    let (during_init, during_invoke): (Vec<_>, Vec<_>) =
        ended.lines.iter().partition(|line| line.during_init);
    lines.extend(during_init.iter().map(|line| (at(line.at_ms), line.text.clone())));
    lines.push((at(init), start(running, version, at(init), json)));
    lines.extend(
        during_invoke.iter().map(|line| (at(init + line.at_ms).min(end), line.text.clone())),
    );
    lines.extend(ended.own_line(&running.invocation.request_id, end).map(|line| (end, line)));
    if !json {
        lines.push((end, format!("END RequestId: {}\n", running.invocation.request_id)));
    }
    lines.push((end, report(running, version, ended, (end, json))));
    // A line of the code's own may tell of a later moment than the next.
    lines.sort_by_key(|(at, _)| *at);
    lines
}

/// All lines of a start that nobody has called for.
pub fn start_lines(
    began: Timestamp,
    key: &Key,
    version: &Version,
    ended: &Ended,
) -> Vec<(Timestamp, String)> {
    let at = |ms: f64| {
        #[allow(clippy::cast_possible_truncation, reason = "bounded")]
        let ms = ms.clamp(0.0, 1e9) as i64;
        Timestamp::from_ms(began.as_ms().saturating_add(ms))
    };
    let first = init_start((began, key), version, "provisioned-concurrency");
    let own = ended.lines.iter().map(|line| (at(line.at_ms), line.text.clone()));
    std::iter::once((began, first)).chain(own).collect()
}

fn init_start((began, key): (Timestamp, &Key), version: &Version, kind: &str) -> String {
    let (runtime, arn) = runtime::version(&version.runtime, &key.region);
    if version.logging.format != "JSON" {
        return format!("INIT_START Runtime Version: {runtime}\tRuntime Version ARN: {arn}\n");
    }
    record(
        began,
        "platform.initStart",
        &json!({
            "initializationType": kind,
            "phase": "init",
            "runtimeVersion": runtime,
            "runtimeVersionArn": arn,
            "functionName": key.name,
            "functionVersion": version.version,
        }),
    )
}

fn start(running: &Running, version: &Version, at: Timestamp, json: bool) -> String {
    let id = &running.invocation.request_id;
    if !json {
        return format!("START RequestId: {id} Version: {}\n", version.version);
    }
    record(at, "platform.start", &json!({ "requestId": id, "version": version.version }))
}

fn report(
    running: &Running,
    version: &Version,
    ended: &Ended,
    (at, json): (Timestamp, bool),
) -> String {
    let id = &running.invocation.request_id;
    let timeout_ms = f64::from(version.timeout_s) * 1_000.0;
    let billed = billed_ms(ended, timeout_ms);
    let (memory, used) = (version.memory_mb, ended.max_memory_mb.min(version.memory_mb));
    if !json {
        let mut line = format!(
            "REPORT RequestId: {id}\tDuration: {:.2} ms\tBilled Duration: {billed} ms\tMemory \
             Size: {memory} MB\tMax Memory Used: {used} MB\t",
            ended.duration_ms
        );
        if let Some(init) = ended.init_ms {
            let _ = write!(line, "Init Duration: {init:.2} ms\t");
        }
        if let Some((status, kind)) = ended.status() {
            let _ = write!(line, "Status: {status}");
            let _ = kind.map(|kind| write!(line, "\tError Type: {kind}"));
        }
        line.push('\n');
        return line;
    }
    let mut metrics = json!({
        "durationMs": rounded(ended.duration_ms),
        "billedDurationMs": billed,
        "memorySizeMB": memory,
        "maxMemoryUsedMB": used,
    });
    if let (Some(init), Some(metrics)) = (ended.init_ms, metrics.as_object_mut()) {
        metrics.insert("initDurationMs".to_owned(), json!(rounded(init)));
    }
    let status = ended.status().map_or("success", |(status, _)| status);
    let about = json!({ "requestId": id, "metrics": metrics, "status": status });
    record(at, "platform.report", &about)
}

fn rounded(ms: f64) -> f64 {
    (ms * 1_000.0).round() / 1_000.0
}

fn record(at: Timestamp, kind: &str, record: &serde_json::Value) -> String {
    format!("{}\n", json!({ "time": at.iso_ms(), "type": kind, "record": record }))
}
