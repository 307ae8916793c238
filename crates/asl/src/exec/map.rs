//! Map states: their items and settings, and the runs of distributed ones.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html>

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::children::Children;
use super::flow::States;
use super::frame::{Frame, Parent, Phase};
use super::writer::Writing;
use super::{Cx, Execution, Lane, Out, Outcome, error_details};
use crate::doc::{self, Doc};
use crate::event::{Detail, EventKind, int, text};
use crate::fail::Failure;
use crate::machine::{Kind, MapState, Number, State};
use crate::path::Root;
use crate::template::{Language, Template};
use crate::view::unexpected;

/// How many iterations of an inline Map may run at once.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html>
const INLINE_CONCURRENCY_MAX: usize = 40;
/// How many children of a distributed Map may run at once.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html>
const DISTRIBUTED_CONCURRENCY_MAX: usize = 10_000;

/// What happens to a run's items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Stage {
    /// They are read.
    Reading(u64, super::reader::Reading),
    /// They are run.
    Running,
    /// Their results are written.
    Writing(u64, Writing),
}

/// A distributed Map's run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// `arn:aws:states:us-east-1:123456789012:mapRun:machine/label:uuid`
    pub arn: String,
    /// What stands between the machine's name and the children's.
    pub label: String,
    /// How many children may fail.
    pub tolerated_count: Option<i64>,
    /// How many of a hundred may.
    pub tolerated_percentage: Option<f64>,
    /// Where it stands.
    pub stage: Stage,
    /// How often it was redriven.
    pub redrives: u32,
    /// Whether that is told of each child.
    pub written: bool,
    /// How the children ended, where that is written: name, input, outcome.
    pub records: Vec<Record>,
}

/// How a child ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its name.
    pub name: String,
    /// When it began, in milliseconds since 1970.
    pub started_ms: i64,
    /// What it was given.
    pub input: Doc,
    /// How it ended.
    pub outcome: Outcome,
    /// When, in milliseconds since 1970.
    pub ended_ms: i64,
}

impl Run {
    /// The read or write that is waited for.
    pub fn io_task(&self) -> Option<u64> {
        match &self.stage {
            Stage::Reading(task, _) | Stage::Writing(task, _) => Some(*task),
            Stage::Running => None,
        }
    }
}

impl Execution {
    pub(super) fn begin_map(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        map: &MapState,
    ) -> Result<(), Failure> {
        let input = self.effective_input(cx, id)?;
        let (items, keys) = if map.reader.is_some() {
            (Vec::new(), Vec::new())
        } else {
            self.items(cx, id, (map, &input))?
        };
        if map.reader.is_none() && self.stages.is_some() {
            let list = super::inspect::list(&items);
            self.show(|stages| stages.after_items_path = Some(list));
        }
        let concurrency = self.concurrency(cx, id, (map, &input))?;
        let most =
            if map.distributed { DISTRIBUTED_CONCURRENCY_MAX } else { INLINE_CONCURRENCY_MAX };
        let limit = usize::try_from(concurrency).ok().filter(|limit| *limit > 0);
        let limit = limit.unwrap_or(most).min(most);
        let Some(frame) = self.frames.get(&id) else { return Ok(()) };
        let (lane, previous) = (frame.lane, frame.previous);
        let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let details = vec![int(Detail::Length, length)];
        let started = self.emit(cx, (lane, previous), EventKind::MapStateStarted, details);
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.previous = started;
        }
        let percentage = self.percentage(cx, id, (map, &input))?;
        let count = self.tolerated(cx, id, (map, &input))?;
        let total = items.len();
        let mut children = Children::new(items, total, limit, input);
        children.started = started;
        children.keys = keys;
        if let Some(mock) = self.mock() {
            let input = children.input.clone();
            if let Some(frame) = self.frames.get_mut(&id) {
                frame.phase = Phase::Children(Box::new(children));
            }
            self.show(|stages| {
                stages.max_concurrency = Some(concurrency);
                stages.tolerated_count = count;
                stages.tolerated_percentage = percentage;
            });
            self.inspect_map(cx, id, (map, &input))?;
            return self.end_by_mock(cx, id, (&input, mock));
        }
        if map.distributed {
            let run = self.begin_run(cx, id, map, (count, percentage));
            cx.out.push(Out::MapRunStarted {
                arn: run.arn.clone(),
                settings: (concurrency, percentage.unwrap_or(0.0), count.unwrap_or(0), total),
            });
            children.run = Some(Box::new(run));
        }
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.phase = Phase::Children(Box::new(children));
        }
        if let Some(reader) = &map.reader {
            return self.begin_read(cx, id, reader);
        }
        if map.distributed {
            return self.items_known(cx, id, map);
        }
        self.ready.push_back(id);
        Ok(())
    }

    /// `ItemsPath` or `Items`, or the input itself; and the keys, if it is an object's members that
    /// are run over. That a distributed Map does alone: an inline one has refused it.
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemspath.html>
    fn items(
        &self,
        cx: &mut Cx<'_>,
        id: u32,
        (map, input): (&MapState, &Doc),
    ) -> Result<(Vec<Doc>, Vec<String>), Failure> {
        let value = self.view(cx, id, &States::default(), |view, _, state| {
            let Some(template) = &map.items else {
                return match (input.value(), state.language) {
                    (value, _) if iterable(map, value) => Ok(input.clone()),
                    (_, Language::Jsonata) => Err(Failure::evaluation(
                        "",
                        format!(
                            "Map state input must be an array but was: {}",
                            doc::write(input.value())
                        ),
                    )),
                    (_, Language::JsonPath) => Err(not_an_array("$")),
                };
            };
            match template {
                Template::Path(path) => {
                    let found = view.find(path, input.value());
                    let value = found.map_err(|why| super::flow::invalid(&path.text, &why.0))?;
                    if iterable(map, &value) {
                        return Ok(Doc::new(value));
                    }
                    let shown = match path.root {
                        Root::Context => path.text.get(1..).unwrap_or("$"),
                        _ => path.text.as_str(),
                    };
                    Err(not_an_array(shown))
                }
                Template::Expression(expression) => {
                    let value = view.evaluate(expression, "Items")?;
                    if iterable(map, &value) {
                        Ok(Doc::new(value))
                    } else {
                        Err(unexpected(expression, "Items", "array", &value))
                    }
                }
                other => other.evaluate(view, input.value(), "Items").map(Doc::new),
            }
        })?;
        match value.into_value() {
            Value::Array(list) => Ok((list.into_iter().map(Doc::new).collect(), Vec::new())),
            Value::Object(members) if map.distributed => Ok(members
                .into_iter()
                .map(|(key, value)| (Doc::new(json!({"Key": key, "Value": value})), key))
                .unzip()),
            other => Err(Failure::evaluation(
                "Items",
                format!("Map state input must be an array but was: {}", doc::write(&other)),
            )),
        }
    }

    fn concurrency(
        &self,
        cx: &mut Cx<'_>,
        id: u32,
        (map, input): (&MapState, &Doc),
    ) -> Result<i64, Failure> {
        let value = self.number(cx, id, (&map.concurrency, input))?;
        let Some(value) = value else { return Ok(0) };
        let number = value.as_i64().or_else(|| value.as_str()?.parse().ok()).filter(|n| *n >= 0);
        number.ok_or_else(|| not_a_number(&map.concurrency, "MaxConcurrency", &value, "integer"))
    }

    fn tolerated(
        &self,
        cx: &mut Cx<'_>,
        id: u32,
        (map, input): (&MapState, &Doc),
    ) -> Result<Option<i64>, Failure> {
        let field = "ToleratedFailureCount";
        let Some(value) = self.number(cx, id, (&map.tolerated_count, input))? else {
            return Ok(None);
        };
        let number = value.as_i64().or_else(|| value.as_str()?.parse().ok());
        let count =
            number.ok_or_else(|| not_a_number(&map.tolerated_count, field, &value, "integer"))?;
        if count < 0 {
            return Err(Failure::runtime(format!("{field} cannot be negative.")));
        }
        Ok(Some(count))
    }

    fn percentage(
        &self,
        cx: &mut Cx<'_>,
        id: u32,
        (map, input): (&MapState, &Doc),
    ) -> Result<Option<f64>, Failure> {
        let field = "ToleratedFailurePercentage";
        let Some(value) = self.number(cx, id, (&map.tolerated_percentage, input))? else {
            return Ok(None);
        };
        let number = value.as_f64().or_else(|| value.as_str()?.parse().ok());
        let percentage = number
            .ok_or_else(|| not_a_number(&map.tolerated_percentage, field, &value, "float"))?;
        if (0.0..=100.0).contains(&percentage) {
            Ok(Some(percentage))
        } else {
            Err(Failure::runtime(format!("{field} must be between 0 and 100.")))
        }
    }

    fn begin_run(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        map: &MapState,
        (tolerated_count, tolerated_percentage): (Option<i64>, Option<f64>),
    ) -> Run {
        let label = map
            .label
            .clone()
            .unwrap_or_else(|| crate::intrinsic::uuid((cx.random)(), (cx.random)()));
        let run_id = crate::intrinsic::uuid((cx.random)(), (cx.random)());
        let (lane, previous) =
            self.frames.get(&id).map_or((0, 0), |frame| (frame.lane, frame.previous));
        let machine_arn = self.lane(0).map_or("", |lane| lane.identity.machine_arn.as_str());
        let arn =
            format!("{}/{label}:{run_id}", machine_arn.replacen(":stateMachine:", ":mapRun:", 1));
        let details = vec![text(Detail::MapRunArn, arn.as_str())];
        let last = self.emit(cx, (lane, previous), EventKind::MapRunStarted, details);
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.previous = last;
        }
        Run {
            arn,
            label,
            tolerated_count,
            tolerated_percentage,
            stage: Stage::Running,
            redrives: 0,
            written: map.writer.is_some(),
            records: Vec::new(),
        }
    }

    /// The items of a distributed Map are there: they are batched, and begun.
    pub(super) fn items_known(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        map: &MapState,
    ) -> Result<(), Failure> {
        if let Some(batcher) = &map.batcher {
            let batches = self.batches(cx, id, (map, batcher))?;
            if let Some(children) = self.children(id) {
                children.total = batches.len();
                children.results = vec![None; batches.len()];
                children.items = batches;
            }
        }
        if let Some(children) = self.children(id) {
            let total = children.total;
            if let Some(run) = &mut children.run {
                run.stage = Stage::Running;
                cx.out.push(Out::MapRunItems(run.arn.clone(), total));
            }
        }
        self.ready.push_back(id);
        Ok(())
    }

    /// `ItemBatcher`
    pub(super) fn batches(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        (map, batcher): (&MapState, &crate::machine::Batcher),
    ) -> Result<Vec<Doc>, Failure> {
        let Some(children) = self.children(id) else { return Ok(Vec::new()) };
        let items = std::mem::take(&mut children.items);
        let (input, source) = (children.input.clone(), children.source.clone());
        let mut keys = std::mem::take(&mut children.keys).into_iter();
        let at_most = |value: Option<Value>| {
            let number = value.and_then(|v| v.as_u64().or_else(|| v.as_str()?.parse().ok()));
            number.and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0).unwrap_or(usize::MAX)
        };
        let count = at_most(self.number(cx, id, (&batcher.max_items, &input))?);
        let bytes =
            at_most(self.number(cx, id, (&batcher.max_bytes, &input))?).min(doc::PAYLOAD_BYTES_MAX);
        let head = match &batcher.input {
            Some(template) => Some(self.view(cx, id, &States::default(), |view, _, _| {
                template.evaluate(view, input.value(), "ItemBatcher/BatchInput")
            })?),
            None => None,
        };
        let wrap = |items: Vec<Value>| {
            let mut batch = serde_json::Map::new();
            if let Some(head) = &head {
                batch.insert("BatchInput".to_owned(), head.clone());
            }
            batch.insert("Items".to_owned(), Value::Array(items));
            Value::Object(batch)
        };
        let frame_bytes = doc::write(&wrap(Vec::new())).len();
        let (mut made, mut batch, mut size) = (Vec::new(), Vec::new(), frame_bytes);
        for (index, value) in items.into_iter().enumerate() {
            let item =
                super::frame::Item { index, value, key: keys.next(), source: source.clone() };
            let selected = self.select(cx, id, (map, &input), item)?;
            let long = selected.text().len() + 1;
            if !batch.is_empty() && (batch.len() >= count || size + long > bytes) {
                made.push(Doc::new(wrap(std::mem::take(&mut batch))));
                size = frame_bytes;
            }
            size += long;
            batch.push(selected.into_value());
        }
        if !batch.is_empty() {
            made.push(Doc::new(wrap(batch)));
        }
        Ok(made)
    }

    /// Begins the history of a distributed Map's child; gives its number.
    pub(super) fn begin_lane(&mut self, cx: &mut Cx<'_>, id: u32, input: &Doc) -> u32 {
        let number = self.next_lane;
        self.next_lane += 1;
        let name = crate::intrinsic::uuid((cx.random)(), (cx.random)());
        let mut identity = self.lane(0).map(|lane| lane.identity.clone()).unwrap_or_default();
        let (label, run_arn) = self
            .children(id)
            .and_then(|children| children.run.as_ref())
            .map(|run| (run.label.clone(), run.arn.clone()))
            .unwrap_or_default();
        identity.machine_arn = format!("{}/{label}", identity.machine_arn);
        identity.machine_name = format!("{}/{label}", identity.machine_name);
        identity.arn =
            format!("{}:{name}", identity.machine_arn.replacen(":stateMachine:", ":execution:", 1));
        identity.name = name;
        identity.started_ms = cx.now_ms;
        let role = identity.role_arn.clone();
        cx.out.push(Out::ChildStarted {
            lane: number,
            map_run_arn: run_arn,
            identity: Box::new(identity.clone()),
            input: input.clone(),
        });
        let lane = Lane { identity, input: input.clone(), next_event: 1, ended: false };
        self.lanes.insert(number, lane);
        let details = vec![text(Detail::Input, input.text()), text(Detail::RoleArn, role)];
        self.emit(cx, (number, 0), EventKind::ExecutionStarted, details);
        number
    }

    /// Keeps how a child ended, where that will be written.
    pub(super) fn note_child(&mut self, id: u32, lane: u32, (now_ms, outcome): (i64, Outcome)) {
        let Some(lane) = self.lanes.get(&lane) else { return };
        let record = Record {
            name: lane.identity.name.clone(),
            started_ms: lane.identity.started_ms,
            input: lane.input.packed(),
            outcome,
            ended_ms: now_ms,
        };
        if let Some(run) = self.children(id).and_then(|children| children.run.as_mut())
            && run.written
        {
            run.records.push(record);
        }
    }

    pub(super) fn distributed_child_failed(
        &mut self,
        cx: &mut Cx<'_>,
        (parent, id): (Parent, u32),
        failure: Failure,
    ) {
        let Some(Frame { lane, previous, .. }) = self.frames.remove(&id) else { return };
        let outcome = Outcome::Failed(failure.error.clone(), failure.cause.clone());
        self.note_child(parent.frame, lane, (cx.now_ms, outcome));
        self.fail_lane(cx, lane, previous, failure);
        self.lanes.remove(&lane);
        let Some(children) = self.children(parent.frame) else { return };
        children.running = children.running.saturating_sub(1);
        children.ended += 1;
        children.failed += 1;
        if !exceeds(children) {
            return self.ready.push_back(parent.frame);
        }
        self.run_failed(cx, parent.frame, too_many_failures());
    }

    /// A distributed Map's run fails.
    pub(super) fn run_failed(&mut self, cx: &mut Cx<'_>, id: u32, failure: Failure) {
        let arn = self.children(id).and_then(|children| Some(children.run.as_ref()?.arn.clone()));
        let Some(frame) = self.frames.get(&id) else { return };
        let (lane, previous) = (frame.lane, frame.previous);
        self.drop_children(cx, id, None);
        let details = error_details(failure.error.as_deref(), failure.cause.as_deref());
        let last = self.emit(cx, (lane, previous), EventKind::MapRunFailed, details);
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.previous = last;
        }
        if let Some(arn) = arn {
            let outcome = Outcome::Failed(failure.error.clone(), failure.cause.clone());
            cx.out.push(Out::MapRunEnded(arn, outcome));
        }
        self.fail(cx, id, failure);
    }

    /// All children of a distributed Map have ended.
    pub(super) fn run_ended(&mut self, cx: &mut Cx<'_>, id: u32) {
        let writer = self.frames.get(&id).and_then(|frame| cx.machine.state(frame.state));
        let writer = match writer {
            Some(State { kind: Kind::Map(map), .. }) => map.writer.as_ref(),
            _ => None,
        };
        if let Some(writer) = writer.filter(|writer| writer.resource.is_some())
            && !self.is_written(id)
        {
            // Every child that ended has asked for this.
            if self.children(id).is_some_and(|children| children.io_task().is_some()) {
                return;
            }
            if let Err(failure) = self.begin_write(cx, id, writer) {
                self.run_failed(cx, id, failure);
            }
            return;
        }
        let transformation = writer
            .and_then(|writer| writer.config.get("Transformation"))
            .and_then(Value::as_str)
            .unwrap_or("COMPACT");
        let Some(children) = self.children(id) else { return };
        let input = children.input.clone();
        let Some(run) = children.run.take() else { return };
        let result = match (&run.stage, transformation) {
            (Stage::Writing(_, writing), _) => json!({
                "MapRunArn": run.arn,
                "ResultWriterDetails": {"Bucket": writing.bucket, "Key": writing.manifest_key()},
            }),
            (_, "NONE") => {
                run.records.iter().map(|one| super::writer::record(&run.arn, one)).collect()
            }
            (_, transformation) => {
                let results = std::mem::take(&mut children.results).into_iter().flatten();
                let flat = transformation == "FLATTEN";
                super::writer::compact(results.map(Doc::into_value), flat)
            }
        };
        let Some(frame) = self.frames.get(&id) else { return };
        let (lane, previous) = (frame.lane, frame.previous);
        // The event that leaves the state names the run's begin before it, as AWS does since 2024.
        let last = self.emit(cx, (lane, previous), EventKind::MapRunSucceeded, Vec::new());
        cx.out.push(Out::MapRunEnded(run.arn, Outcome::Succeeded(Doc::empty())));
        let end = (EventKind::MapStateSucceeded, last);
        self.end_children(cx, id, end, (result, input));
    }
}

/// More children have failed than may.
pub(super) fn too_many_failures() -> Failure {
    Failure::new(
        "States.ExceedToleratedFailureThreshold",
        "The specified tolerated failure threshold was exceeded",
    )
}

/// Whether more children have failed than may.
fn exceeds(children: &Children) -> bool {
    let Some(run) = &children.run else { return true };
    let failed = i64::try_from(children.failed).unwrap_or(i64::MAX);
    if run.tolerated_count.is_none() && run.tolerated_percentage.is_none() {
        return failed > 0;
    }
    #[expect(clippy::cast_precision_loss, reason = "items are few enough")]
    let percentage = children.failed as f64 * 100.0 / children.total.max(1) as f64;
    run.tolerated_count.is_some_and(|most| failed > most)
        || run.tolerated_percentage.is_some_and(|most| percentage > most)
}

/// Whether a Map can run over a value.
fn iterable(map: &MapState, value: &Value) -> bool {
    value.is_array() || (map.distributed && value.is_object())
}

fn not_an_array(path: &str) -> Failure {
    Failure::runtime(format!("Reference path \"{path}\" must point to array."))
}

fn not_a_number(number: &Number, field: &str, value: &Value, kind: &str) -> Failure {
    match number {
        Number::Path(Template::Path(path), _) => Failure::runtime(format!(
            "The {field}Path field refers to value {} which is not a valid {kind}: {}",
            doc::write(value),
            path.text
        )),
        _ => Failure::runtime(format!("{field} is not a valid {kind}: {}", doc::write(value))),
    }
}
