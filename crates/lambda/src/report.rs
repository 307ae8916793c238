//! The lines that Lambda itself writes to a function's log.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-view.html>

use std::fmt::Write as _;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde_json::json;

use crate::finish::{Ended, How};
use crate::model::{Key, Running, Version};
use crate::runtime;
use crate::trace::Trace;

/// How an environment begins that an invocation asks for.
const ON_DEMAND: &str = "on-demand";

/// `2026/01/05/[$LATEST]` and 32 digits.
pub fn stream(cx: &mut Ctx<'_>, version: &str) -> String {
    let day = cx.now.iso_s();
    let day = day.get(..10).unwrap_or_default().replace('-', "/");
    let (high, low) = (cx.rng.next_u64(), cx.rng.next_u64());
    format!("{day}/[{version}]{high:016x}{low:016x}")
}

/// What an invocation is paid for: the handler's time, and that of the start, in whole milliseconds. Of a start that
/// failed or took too long, what it took the second time.
/// <https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/>
pub fn billed_ms(ended: &Ended, timeout_ms: f64) -> u64 {
    let took = if ended.outcome == How::InitFailed {
        ended.duration_ms
    } else if ended.again_ms.is_some() {
        ended.duration_ms.min(timeout_ms)
    } else {
        ended.duration_ms.min(timeout_ms) + ended.init_ms.unwrap_or(0.0)
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded, positive")]
    let whole = took.clamp(0.0, 1e9).ceil() as u64;
    whole.max(1)
}

/// How much one of Lambda's own lines matters, in logs of JSON. The level of a function's system logs leaves out what is below it.
/// <https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Debug,
    Info,
    Warn,
}

impl Weight {
    /// Whether a function's log has lines of it.
    fn is_told(self, version: &Version) -> bool {
        match version.logging.system_level.as_deref() {
            Some("DEBUG") => true,
            Some("WARN") => self >= Self::Warn,
            _ => self >= Self::Info,
        }
    }

    /// What went well is told at this level, and what did not as a warning.
    const fn unless_failed(self, failed: bool) -> Self {
        if failed { Self::Warn } else { self }
    }
}

/// All lines of an invocation, in order, with their moments.
pub fn lines(
    running: &Running,
    version: &Version,
    ended: &Ended,
    trace: &Trace,
) -> Vec<(Timestamp, String)> {
    let at = |ms: f64| {
        #[allow(clippy::cast_possible_truncation, reason = "bounded")]
        let ms = ms.clamp(0.0, 1e9) as i64;
        Timestamp::from_ms(running.started.as_ms().saturating_add(ms))
    };
    let json = version.logging.format == "JSON";
    let init = ended.init_ms.unwrap_or(0.0);
    let end = at(init + ended.duration_ms);
    let mut lines = Vec::new();
    if ended.init_ms.is_some() && Weight::Info.is_told(version) {
        let place = (running.started, &running.invocation.function);
        lines.push((at(0.0), init_start(place, version, ON_DEMAND)));
    }
    let (during_init, during_invoke): (Vec<_>, Vec<_>) =
        ended.lines.iter().partition(|line| line.during_init);
    lines.extend(during_init.iter().map(|line| (at(line.at_ms), line.text.clone())));
    let own = during_invoke.iter().map(|line| (at(init + line.at_ms).min(end), line.text.clone()));
    let told_start = |at| {
        let told = Weight::Info.is_told(version);
        told.then(|| (at, start(running, version, trace, (at, json))))
    };
    if ended.started_again() {
        let first = if ended.again_ms.is_some() { None } else { Some(ended.init_error()) };
        let report = |(phase, took_ms, error), at| {
            (at, init_report((phase, took_ms, error), (at, ON_DEMAND, json)))
        };
        lines.extend(ended.init_ms.map(|init| report(("init", init, first), at(init))));
        if ended.never_started() {
            lines.extend(own);
            lines.push(report(("invoke", ended.duration_ms, Some(ended.init_error())), end));
            lines.extend(told_start(end));
        } else {
            lines.extend(told_start(at(init + ended.again_ms.unwrap_or(0.0))));
            lines.extend(own);
        }
    } else {
        if ended.init_ms.is_some() && json {
            lines.extend(init_done(version, init, (at(init), ON_DEMAND)));
        }
        lines.extend(told_start(at(init)));
        lines.extend(own);
    }
    lines.extend(ended.own_line(&running.invocation.request_id, end).map(|line| (end, line)));
    if !json {
        lines.push((end, format!("END RequestId: {}\n", running.invocation.request_id)));
    }
    let failed = ended.status().is_some();
    if json && Weight::Debug.unless_failed(failed).is_told(version) {
        lines.push((end, runtime_done(running, ended, trace, end)));
    }
    if Weight::Info.unless_failed(failed).is_told(version) {
        lines.push((end, report((running, trace), version, ended, (end, json))));
    }
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
    let kind = "provisioned-concurrency";
    let json = version.logging.format == "JSON";
    let first = init_start((began, key), version, kind);
    let first = Weight::Info.is_told(version).then_some((began, first));
    let own = ended.lines.iter().map(|line| (at(line.at_ms), line.text.clone()));
    let init_ms = ended.init_ms.unwrap_or(0.0);
    let last = if ended.outcome == How::InitFailed {
        let about = (at(init_ms), kind, json);
        vec![(at(init_ms), init_report(("init", init_ms, Some(ended.init_error())), about))]
    } else if json {
        init_done(version, init_ms, (at(init_ms), kind))
    } else {
        Vec::new()
    };
    first.into_iter().chain(own).chain(last).collect()
}

/// What is told of a start that went well, in logs of JSON.
fn init_done(
    version: &Version,
    took_ms: f64,
    (at, initialization): (Timestamp, &str),
) -> Vec<(Timestamp, String)> {
    let about = json!({
        "initializationType": initialization,
        "phase": "init",
        "status": "success",
    });
    let mut told = about.clone();
    if let Some(told) = told.as_object_mut() {
        told.insert("metrics".to_owned(), json!({ "durationMs": rounded(took_ms) }));
    }
    let report = if initialization == ON_DEMAND { Weight::Debug } else { Weight::Info };
    [
        (Weight::Debug, record(at, "platform.initRuntimeDone", &about)),
        (report, record(at, "platform.initReport", &told)),
    ]
    .into_iter()
    .filter(|(weight, _)| weight.is_told(version))
    .map(|(_, line)| (at, line))
    .collect()
}

/// That the runtime is done with an invocation, in logs of JSON.
/// <https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-runtimeDone>
fn runtime_done(running: &Running, ended: &Ended, trace: &Trace, at: Timestamp) -> String {
    let (status, kind) = ended.status().unwrap_or(("success", None));
    let mut about = json!({
        "requestId": running.invocation.request_id,
        "status": status,
        "metrics": { "durationMs": rounded(ended.duration_ms) },
    });
    if let (Some(kind), Some(about)) = (kind, about.as_object_mut()) {
        about.insert("errorType".to_owned(), json!(kind));
    }
    trace.add_to(&mut about);
    record(at, "platform.runtimeDone", &about)
}

/// What is told of a start that failed, by an error or else as it took too long: in the phase of its own, or in that of
/// the invocation. (guess: that what takes too long there, too, is an error of an unknown kind, as it was seen.)
/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-init-errors>
fn init_report(
    (phase, took_ms, error): (&str, f64, Option<String>),
    (at, initialization, json): (Timestamp, &str, bool),
) -> String {
    let status = if error.is_some() { "error" } else { "timeout" };
    if !json {
        let kind = error.map_or_else(String::new, |kind| format!("\tError Type: {kind}"));
        return format!(
            "INIT_REPORT Init Duration: {took_ms:.2} ms\tPhase: {phase}\tStatus: {status}{kind}\n"
        );
    }
    let mut about = json!({
        "initializationType": initialization,
        "phase": phase,
        "status": status,
        "metrics": { "durationMs": rounded(took_ms) },
    });
    if let (Some(kind), Some(about)) = (error, about.as_object_mut()) {
        about.insert("errorType".to_owned(), json!(kind));
    }
    record(at, "platform.initReport", &about)
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

fn start(
    running: &Running,
    version: &Version,
    trace: &Trace,
    (at, json): (Timestamp, bool),
) -> String {
    let id = &running.invocation.request_id;
    if !json {
        return format!("START RequestId: {id} Version: {}\n", version.version);
    }
    let mut about = json!({ "requestId": id, "version": version.version });
    trace.add_to(&mut about);
    record(at, "platform.start", &about)
}

fn report(
    (running, trace): (&Running, &Trace),
    version: &Version,
    ended: &Ended,
    (at, json): (Timestamp, bool),
) -> String {
    let id = &running.invocation.request_id;
    let timeout_ms = f64::from(version.timeout_s) * 1_000.0;
    let billed = billed_ms(ended, timeout_ms);
    let init_ms = ended.init_ms.filter(|_| !ended.started_again());
    let (memory, used) = (version.memory_mb, ended.max_memory_mb.min(version.memory_mb));
    if !json {
        let mut line = format!(
            "REPORT RequestId: {id}\tDuration: {:.2} ms\tBilled Duration: {billed} ms\tMemory \
             Size: {memory} MB\tMax Memory Used: {used} MB\t",
            ended.duration_ms
        );
        if let Some(init) = init_ms {
            let _ = write!(line, "Init Duration: {init:.2} ms\t");
        }
        if let Some((status, kind)) = ended.status() {
            let _ = write!(line, "Status: {status}");
            let _ = kind.map(|kind| write!(line, "\tError Type: {kind}"));
        }
        line.push('\n');
        line.extend(trace.line());
        return line;
    }
    let mut metrics = json!({
        "durationMs": rounded(ended.duration_ms),
        "billedDurationMs": billed,
        "memorySizeMB": memory,
        "maxMemoryUsedMB": used,
    });
    if let (Some(init), Some(metrics)) = (init_ms, metrics.as_object_mut()) {
        metrics.insert("initDurationMs".to_owned(), json!(rounded(init)));
    }
    let (status, kind) = ended.status().unwrap_or(("success", None));
    let mut about = json!({ "requestId": id, "metrics": metrics, "status": status });
    if let (Some(kind), Some(about)) = (kind, about.as_object_mut()) {
        about.insert("errorType".to_owned(), json!(kind));
    }
    trace.add_to(&mut about);
    record(at, "platform.report", &about)
}

fn rounded(ms: f64) -> f64 {
    (ms * 1_000.0).round() / 1_000.0
}

fn record(at: Timestamp, kind: &str, record: &serde_json::Value) -> String {
    format!("{}\n", json!({ "time": at.iso_ms(), "type": kind, "record": record }))
}
