//! `ItemReader`: where a distributed Map takes its items from.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html>

mod csv;

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::flow::States;
use super::frame::Phase;
use super::map::Stage;
use super::task::{Purpose, Resource, TaskRequest};
use super::{Cx, Execution, Out};
use crate::doc::{self, Doc};
use crate::fail::Failure;
use crate::machine::{Kind, MapState, Reader};

/// The most items that are read.
const ITEMS_MAX: usize = 100_000_000;

/// How far the reading has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What it was asked with.
    arguments: Doc,
    /// `MaxItems`
    max_items: usize,
    /// Items so far: those of the pages of a list, or of a manifest's files.
    items: Vec<Doc>,
    /// A manifest's files that are still to be read: bucket, key.
    files: Vec<(String, String)>,
    /// Whether what is read now is a manifest.
    manifest: bool,
}

/// What a read gave.
#[derive(Debug, Clone)]
pub enum ReadAnswer {
    /// An object's bytes.
    Object(Vec<u8>),
    /// A page of a list of objects, in the words of `ListObjectsV2`.
    Page(Value),
    /// It failed: error and cause.
    Failed(String, String),
}

impl Execution {
    pub(super) fn begin_read(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        reader: &Reader,
    ) -> Result<(), Failure> {
        let input = self.children(id).map_or_else(Doc::empty, |children| children.input.clone());
        let arguments = match &reader.arguments {
            Some(template) => self.view(cx, id, &States::default(), |view, _, _| {
                template.evaluate(view, input.value(), "ItemReader/Parameters").map(Doc::new)
            })?,
            None => Doc::empty(),
        };
        let most = self.number(cx, id, (&reader.max_items, &input))?;
        let most = most.and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok()));
        let most = most.and_then(|most| usize::try_from(most).ok()).filter(|most| *most > 0);
        let reading = Reading {
            arguments: arguments.clone(),
            max_items: most.unwrap_or(ITEMS_MAX).min(ITEMS_MAX),
            items: Vec::new(),
            files: Vec::new(),
            manifest: reader.config.get("InputType").and_then(Value::as_str) == Some("MANIFEST")
                || reader.config.get("ManifestType").is_some(),
        };
        self.ask_read(cx, id, &reader.resource, (arguments, reading));
        Ok(())
    }

    /// Asks the host for an object, or for a page of a list.
    fn ask_read(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        arn: &Rc<str>,
        (arguments, reading): (Doc, Reading),
    ) {
        let task = self.next_key;
        self.next_key += 1;
        self.tasks.insert(task, id);
        if let Some(run) = self.children(id).and_then(|children| children.run.as_mut()) {
            run.stage = Stage::Reading(task, reading);
        }
        cx.out.push(Out::Task(Box::new(TaskRequest {
            task,
            purpose: Purpose::Read,
            arn: Rc::clone(arn),
            resource: Resource::parse(arn),
            arguments,
            token: None,
            timeout_s: None,
            heartbeat_s: None,
            role_arn: None,
            state: "".into(),
            body: None,
        })));
    }

    /// A read of a distributed Map was answered; `false`: it was not waited for.
    pub fn read(&mut self, cx: &mut Cx<'_>, task: u64, answer: ReadAnswer) -> bool {
        let Some(id) = self.tasks.remove(&task) else { return false };
        let state = self.frames.get(&id).and_then(|frame| cx.machine.state(frame.state));
        let Some(Kind::Map(map)) = state.map(|state| &state.kind) else { return false };
        let Some(frame) = self.frames.get_mut(&id) else { return false };
        let Phase::Children(children) = &mut frame.phase else { return false };
        let Some(run) = &mut children.run else { return false };
        let Stage::Reading(_, reading) = std::mem::replace(&mut run.stage, Stage::Running) else {
            return false;
        };
        if let Err(failure) = self.take(cx, id, (map, reading), answer) {
            self.run_failed(cx, id, failure);
        }
        true
    }

    fn take(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        (map, mut reading): (&MapState, Reading),
        answer: ReadAnswer,
    ) -> Result<(), Failure> {
        let Some(reader) = &map.reader else { return Ok(()) };
        let next = match answer {
            ReadAnswer::Failed(_, cause) => return Err(failed(cause)),
            ReadAnswer::Page(page) => add_page(&mut reading, &page),
            ReadAnswer::Object(bytes) if reading.manifest => {
                reading.manifest = false;
                reading.files = manifest(&bytes, &reading.arguments)?;
                None
            }
            ReadAnswer::Object(bytes) => {
                let items = parse(&bytes, &reader.config, reading.max_items)?;
                reading.items.extend(items);
                None
            }
        };
        let next = next.or_else(|| {
            let (bucket, key) = reading.files.pop()?;
            Some(serde_json::json!({"Bucket": bucket, "Key": key}))
        });
        if let Some(arguments) = next.filter(|_| reading.items.len() < reading.max_items) {
            self.ask_read(cx, id, &reader.resource, (Doc::new(arguments), reading));
            return Ok(());
        }
        reading.items.truncate(reading.max_items);
        let bucket = reading.arguments.value().get("Bucket").and_then(Value::as_str);
        let key = reading.arguments.value().get("Key").and_then(Value::as_str);
        let source = format!(
            "S3://{}{}",
            bucket.unwrap_or_default(),
            key.map(|key| format!("/{key}")).unwrap_or_default()
        );
        if let Some(children) = self.children(id) {
            children.total = reading.items.len();
            children.results = vec![None; children.total];
            children.items = reading.items;
            children.source = source;
        }
        self.items_known(cx, id, map)
    }
}

fn failed(cause: impl Into<String>) -> Failure {
    Failure::new("States.ItemReaderFailed", cause)
}

/// Adds a page of a list of objects; gives what the next is asked with.
fn add_page(reading: &mut Reading, page: &Value) -> Option<Value> {
    let contents = page.get("Contents").and_then(Value::as_array);
    reading.items.extend(contents.into_iter().flatten().cloned().map(Doc::new));
    let token = page.get("NextContinuationToken")?.as_str()?;
    let mut arguments = reading.arguments.value().clone();
    arguments.as_object_mut()?.insert("ContinuationToken".to_owned(), token.into());
    Some(arguments)
}

/// The files that a manifest names, the last first.
fn manifest(bytes: &[u8], arguments: &Doc) -> Result<Vec<(String, String)>, Failure> {
    let text = utf8(bytes)?;
    let own = arguments.value().get("Bucket").and_then(Value::as_str).unwrap_or_default();
    let mut files = Vec::new();
    if let Ok(inventory) = doc::parse(text) {
        let bucket = inventory.get("destinationBucket").and_then(Value::as_str).unwrap_or(own);
        let bucket = bucket.rsplit(':').next().unwrap_or(bucket);
        for file in inventory.get("files").and_then(Value::as_array).into_iter().flatten() {
            if let Some(key) = file.get("key").and_then(Value::as_str) {
                files.push((bucket.to_owned(), key.to_owned()));
            }
        }
    } else {
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let place = line.strip_prefix("s3://").and_then(|place| place.split_once('/'));
            let (bucket, key) =
                place.ok_or_else(|| failed("The manifest holds a line that is no S3 address."))?;
            files.push((bucket.to_owned(), key.to_owned()));
        }
    }
    files.reverse();
    Ok(files)
}

fn utf8(bytes: &[u8]) -> Result<&str, Failure> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(failed("Cloudarium does not read compressed items."));
    }
    std::str::from_utf8(bytes).map_err(|_| failed("The items are not UTF-8."))
}

/// The items in an object.
pub(super) fn parse(bytes: &[u8], config: &Value, most: usize) -> Result<Vec<Doc>, Failure> {
    let says = |field: &str| config.get(field).and_then(Value::as_str);
    let text = utf8(bytes)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match says("InputType").unwrap_or("JSON") {
        "CSV" | "MANIFEST" => rows(text, config, most),
        "JSONL" => text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .take(most)
            .map(|line| {
                let value = doc::parse(line).map_err(|_| failed("A line is not JSON."))?;
                Ok(Doc::of_text(doc::write(&value)))
            })
            .collect(),
        "JSON" => {
            let items = json(text, says("ItemsPointer"), most)?;
            Ok(items.into_iter().map(|item| Doc::of_text(doc::write(&item))).collect())
        }
        other => Err(failed(format!("Cloudarium does not read items of the type {other}."))),
    }
}

fn json(text: &str, pointer: Option<&str>, most: usize) -> Result<Vec<Value>, Failure> {
    let value =
        doc::parse(text).map_err(|_| failed("Attempting to map over non-iterable node."))?;
    let value = match pointer {
        None => value,
        Some(pointer) => value
            .pointer(pointer)
            .cloned()
            .ok_or_else(|| failed(format!("The ItemsPointer '{pointer}' leads to nothing.")))?,
    };
    match value {
        Value::Array(mut list) => {
            list.truncate(most);
            Ok(list)
        }
        Value::Object(map) => Ok(map
            .into_iter()
            .take(most)
            .map(|(key, value)| serde_json::json!({"Key": key, "Value": value}))
            .collect()),
        _ => Err(failed("Attempting to map over non-iterable node.")),
    }
}

fn rows(text: &str, config: &Value, most: usize) -> Result<Vec<Doc>, Failure> {
    let delimiter = match config.get("CSVDelimiter").and_then(Value::as_str).unwrap_or("COMMA") {
        "PIPE" => '|',
        "SEMICOLON" => ';',
        "SPACE" => ' ',
        "TAB" => '\t',
        _ => ',',
    };
    let mut rows = csv::rows(text, delimiter);
    let given = config.get("CSVHeaderLocation").and_then(Value::as_str) == Some("GIVEN");
    let headers: Vec<String> = if given {
        let list = config.get("CSVHeaders").and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    } else {
        rows.next().unwrap_or_default()
    };
    let distinct: std::collections::BTreeSet<&String> = headers.iter().collect();
    if distinct.len() != headers.len() {
        return Err(failed("CSV headers cannot contain duplicates."));
    }
    let quoted = |text: &str| doc::write(&Value::from(text));
    let names: Vec<String> = headers.iter().map(|name| quoted(name)).collect();
    let item = |row: Vec<String>| {
        let cells = row.iter().map(String::as_str).chain(std::iter::repeat(""));
        let members =
            names.iter().zip(cells).map(|(name, cell)| format!("{name}:{}", quoted(cell)));
        Doc::of_text(format!("{{{}}}", members.collect::<Vec<_>>().join(",")))
    };
    Ok(rows.take(most).map(item).collect())
}
