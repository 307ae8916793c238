//! `ResultWriter`: where a distributed Map puts its results.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html>

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::flow::States;
use super::map::{Record, Stage};
use super::task::{Purpose, Resource, TaskRequest};
use super::{Cx, Execution, Out, Outcome};
use crate::doc::{self, Doc};
use crate::fail::Failure;
use crate::machine::{Kind, Writer};
use crate::time;

/// How far the writing has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Writing {
    /// Where.
    pub bucket: String,
    /// Below which key.
    pub prefix: String,
    /// What is still to be written, the last first: key, text.
    left: Vec<(String, String)>,
    done: bool,
}

impl Writing {
    /// Where the list of files stands.
    pub fn manifest_key(&self) -> String {
        format!("{}/manifest.json", self.prefix)
    }
}

impl Execution {
    /// Whether the results of a run have been written.
    pub(super) fn is_written(&mut self, id: u32) -> bool {
        let run = self.children(id).and_then(|children| children.run.as_ref());
        run.is_some_and(|run| matches!(&run.stage, Stage::Writing(_, writing) if writing.done))
    }

    pub(super) fn begin_write(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        writer: &Writer,
    ) -> Result<(), Failure> {
        let input = self.children(id).map_or_else(Doc::empty, |children| children.input.clone());
        let arguments = match &writer.arguments {
            Some(template) => self.view(cx, id, &States::default(), |view, _, _| {
                template.evaluate(view, input.value(), "ResultWriter/Parameters")
            })?,
            None => Value::Null,
        };
        let says = |field: &str| {
            arguments.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let Some(run) = self.children(id).and_then(|children| children.run.as_mut()) else {
            return Ok(());
        };
        let run_id = run.arn.rsplit(':').next().unwrap_or_default();
        let prefix = says("Prefix");
        let prefix = prefix.trim_end_matches('/');
        let prefix =
            if prefix.is_empty() { run_id.to_owned() } else { format!("{prefix}/{run_id}") };
        let bucket = says("Bucket");
        let left = files(&run.arn, &bucket, &prefix, (&run.records, &writer.config));
        let writing = Writing { bucket, prefix, left, done: false };
        run.stage = Stage::Writing(0, writing);
        self.write_next(cx, id);
        Ok(())
    }

    /// Asks the host to write the next file; ends the run if there is none.
    fn write_next(&mut self, cx: &mut Cx<'_>, id: u32) {
        let task = self.next_key;
        self.next_key += 1;
        let state = self.frames.get(&id).and_then(|frame| cx.machine.state(frame.state));
        let arn = match state.map(|state| &state.kind) {
            Some(Kind::Map(map)) => map.writer.as_ref().and_then(|writer| writer.resource.clone()),
            _ => None,
        };
        let run = self.children(id).and_then(|children| children.run.as_mut());
        let Some(Stage::Writing(waited, writing)) = run.map(|run| &mut run.stage) else { return };
        let Some((key, text)) = writing.left.pop() else {
            writing.done = true;
            return self.run_ended(cx, id);
        };
        *waited = task;
        let arguments = json!({"Bucket": writing.bucket, "Key": key});
        self.tasks.insert(task, id);
        let arn = arn.unwrap_or_else(|| Rc::from("arn:aws:states:::s3:putObject"));
        cx.out.push(Out::Task(Box::new(TaskRequest {
            task,
            purpose: Purpose::Write,
            resource: Resource::parse(&arn),
            arn,
            arguments: Doc::new(arguments),
            token: None,
            timeout_s: None,
            heartbeat_s: None,
            role_arn: None,
            state: "".into(),
            body: Some(text),
        })));
    }

    /// Takes the end of a write; `false`: the task is none.
    pub(super) fn written(
        &mut self,
        cx: &mut Cx<'_>,
        task: u64,
        result: Result<&Value, &Failure>,
    ) -> bool {
        let Some(id) = self.tasks.get(&task).copied() else { return false };
        if self.children(id).and_then(|children| children.io_task()) != Some(task) {
            return false;
        }
        self.tasks.remove(&task);
        match result {
            Ok(_) => self.write_next(cx, id),
            Err(failure) => {
                let cause = failure.cause.clone().unwrap_or_default();
                self.run_failed(cx, id, Failure::new("States.ResultWriterFailed", cause));
            }
        }
        true
    }
}

/// The results of children, as one list.
pub fn compact(results: impl Iterator<Item = Value>, flat: bool) -> Value {
    let spread = |result| match result {
        Value::Array(list) if flat => list,
        other => vec![other],
    };
    results.flat_map(spread).collect()
}

/// A child as a result file tells of it.
pub fn record(run_arn: &str, record: &Record) -> Value {
    let (run, _) = run_arn.rsplit_once(':').unwrap_or((run_arn, ""));
    let arn = |kind: &str| run.replacen(":mapRun:", kind, 1);
    let mut told = json!({
        "ExecutionArn": format!("{}:{}", arn(":execution:"), record.name),
        "Input": record.input.text().as_ref(),
        "InputDetails": {"Included": true},
        "Name": record.name,
        "StartDate": time::format(record.started_ms),
        "StateMachineArn": arn(":stateMachine:"),
        "StopDate": time::format(record.ended_ms),
        "RedriveCount": 0,
    });
    let Some(map) = told.as_object_mut() else { return told };
    let mut say = |name: &str, value: Value| map.insert(name.to_owned(), value);
    match &record.outcome {
        Outcome::Succeeded(output) => {
            say("Output", output.text().as_ref().into());
            say("OutputDetails", json!({"Included": true}));
            say("Status", "SUCCEEDED".into());
            say("RedriveStatus", "NOT_REDRIVABLE".into());
            say("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven".into());
        }
        Outcome::Failed(error, cause) => {
            say("Error", error.clone().into());
            say("Cause", cause.clone().into());
            say("Status", "FAILED".into());
            say("RedriveStatus", "REDRIVABLE_BY_MAP_RUN".into());
        }
        Outcome::TimedOut(..) => {
            say("Status", "TIMED_OUT".into());
        }
        Outcome::Aborted(..) => {
            say("Status", "ABORTED".into());
        }
    }
    told
}

/// The files of a run, the first to be written last.
fn files(
    run_arn: &str,
    bucket: &str,
    prefix: &str,
    (records, config): (&[Record], &Value),
) -> Vec<(String, String)> {
    let says = |field: &str| config.get(field).and_then(Value::as_str);
    let lines = says("OutputType") == Some("JSONL");
    let transformation = says("Transformation").unwrap_or("NONE");
    let ending = if lines { "jsonl" } else { "json" };
    let (good, bad): (Vec<&Record>, Vec<&Record>) =
        records.iter().partition(|record| matches!(record.outcome, Outcome::Succeeded(_)));
    let whole = |record: &Record| doc::write(&self::record(run_arn, record));
    let result = |record: &Record| match &record.outcome {
        Outcome::Succeeded(output) if transformation == "FLATTEN" => flat(output),
        Outcome::Succeeded(output) => output.text().to_string(),
        _ => String::new(),
    };
    let good_text = match transformation {
        "COMPACT" | "FLATTEN" => write(good.iter().map(|one| result(one)), lines),
        _ => write(good.iter().map(|one| whole(one)), lines),
    };
    let bad_text = write(bad.iter().map(|one| whole(one)), lines);
    let mut files = Vec::new();
    let mut listed = serde_json::Map::new();
    for (name, text, count) in
        [("FAILED", bad_text, bad.len()), ("SUCCEEDED", good_text, good.len())]
    {
        let mut entries = Vec::new();
        if count > 0 {
            let key = format!("{prefix}/{name}_0.{ending}");
            entries.push(json!({"Key": key, "Size": text.len()}));
            files.push((key, text));
        }
        listed.insert(name.to_owned(), Value::Array(entries));
    }
    listed.insert("PENDING".to_owned(), json!([]));
    let manifest =
        json!({"DestinationBucket": bucket, "MapRunArn": run_arn, "ResultFiles": listed});
    files.insert(0, (format!("{prefix}/manifest.json"), doc::write(&manifest)));
    files
}

/// A list's items as they stand within another, anything else as it is.
fn flat(output: &Doc) -> String {
    match output.value() {
        Value::Array(list) => list.iter().map(doc::write).collect::<Vec<_>>().join(","),
        _ => output.text().to_string(),
    }
}

/// A list of JSON, or its lines. It may be long, so that it is written as it comes.
fn write(items: impl Iterator<Item = String>, lines: bool) -> String {
    let (mut text, between) = (String::new(), if lines { '\n' } else { ',' });
    if !lines {
        text.push('[');
    }
    for item in items.filter(|item| !item.is_empty()) {
        text.push_str(&item);
        text.push(between);
    }
    if !lines {
        text.truncate(text.trim_end_matches(between).len());
        text.push(']');
    }
    text
}
