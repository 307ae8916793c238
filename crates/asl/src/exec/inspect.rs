//! One state by itself: what `TestState` is given, and what it shows.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html>

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::flow::Assigned;
use super::frame::Frame;
use super::state::Next;
use super::{Cx, Execution, Identity, Outcome};
use crate::doc::Doc;
use crate::fail::Failure;
use crate::machine::{Kind, MapState, State};
use crate::template::Language;

/// What stands for a state's work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Mock {
    /// It gives this.
    Result(Doc),
    /// It fails: error and cause.
    Error(Option<String>, Option<String>),
}

/// What a state is looked at with.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Setup {
    /// What stands for its work.
    pub mock: Option<Mock>,
    /// The Context object, if it is given.
    pub context: Option<Doc>,
    /// Variables that were assigned before.
    pub variables: BTreeMap<String, Doc>,
    /// How often the Retrier that matches has tried again.
    pub retry_count: u32,
    /// How many iterations of a Map have failed.
    pub map_failures: Option<u64>,
    /// What an `ItemReader` reads.
    pub reader_data: Option<String>,
}

/// What is told of the state that is looked at.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Stages {
    /// The state.
    pub state: usize,
    /// What it was given.
    pub setup: Setup,
    /// After `InputPath`.
    pub after_input_path: Option<Doc>,
    /// After `Parameters` or `Arguments`.
    pub after_arguments: Option<Doc>,
    /// What its work gave.
    pub result: Option<Doc>,
    /// After `ResultSelector`.
    pub after_result_selector: Option<Doc>,
    /// After `ResultPath`.
    pub after_result_path: Option<Doc>,
    /// After `ItemsPath`.
    pub after_items_path: Option<Doc>,
    /// After `ItemsPointer`.
    pub after_items_pointer: Option<Doc>,
    /// After `ItemSelector`.
    pub after_item_selector: Option<Doc>,
    /// After `ItemBatcher`.
    pub after_item_batcher: Option<Doc>,
    /// `MaxConcurrency` of a Map.
    pub max_concurrency: Option<i64>,
    /// `ToleratedFailureCount` of a Map.
    pub tolerated_count: Option<i64>,
    /// `ToleratedFailurePercentage` of a Map.
    pub tolerated_percentage: Option<f64>,
    /// The output with which the state was left.
    pub output: Option<Doc>,
    /// The state that follows.
    pub next: Option<usize>,
    /// What it assigns.
    pub assigned: Assigned,
    /// Why its work failed: error and cause.
    pub failed: Option<(Option<String>, Option<String>)>,
    /// The Catcher that caught.
    pub catch_index: Option<usize>,
    /// The Retrier that matched.
    pub retry_index: Option<usize>,
    /// How long it waits before it tries again.
    pub backoff_s: Option<f64>,
}

impl Execution {
    /// An execution of one state by itself, which ends when the state is left, fails, or would be
    /// tried again. What it told is in [`Execution::stages`].
    pub fn inspect(identity: Identity, input: Doc, state: usize, setup: Setup) -> Self {
        let mut frame = Frame::new(0, 0, state, input.clone());
        frame.variables.clone_from(&setup.variables);
        let mut execution = Self::prepared(identity, input);
        execution.stages = Some(Box::new(Stages { state, setup, ..Stages::default() }));
        execution.push(frame);
        execution
    }

    /// What is told of a state that is looked at.
    pub fn stages(&self) -> Option<&Stages> {
        self.stages.as_deref()
    }

    /// Keeps something of what the state at hand does.
    pub(super) fn show(&mut self, note: impl FnOnce(&mut Stages)) {
        if let Some(stages) = &mut self.stages {
            note(stages);
        }
    }

    /// What stands for the work of the state that is looked at.
    pub(super) fn mock(&self) -> Option<Mock> {
        self.stages.as_ref()?.setup.mock.clone()
    }

    /// Ends the state's work as its mock says.
    pub(super) fn end_by_mock(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        (input, mock): (&Doc, Mock),
    ) -> Result<(), Failure> {
        match mock {
            Mock::Result(result) => {
                self.show(|stages| stages.result = Some(result.clone()));
                let out = self.output(cx, id, input, Some(result))?;
                self.leave(cx, id, Next::State, out)
            }
            Mock::Error(error, cause) => {
                Err(Failure { error, cause, location: None, late: false, placed: false })
            }
        }
    }

    /// The state was left: nothing follows.
    pub(super) fn inspected(&mut self, cx: &mut Cx<'_>, next: Option<usize>, out: (Doc, Assigned)) {
        let (output, assigned) = out;
        self.show(|stages| {
            stages.output = Some(output.clone());
            stages.assigned = assigned;
            stages.next = next;
        });
        self.close(cx, 0, Outcome::Succeeded(output));
    }

    /// What a Map that is looked at would run over, and whether too many iterations have failed.
    pub(super) fn inspect_map(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        (map, input): (&MapState, &Doc),
    ) -> Result<(), Failure> {
        let Some(setup) = self.stages.as_ref().map(|stages| stages.setup.clone()) else {
            return Ok(());
        };
        if let (Some(reader), Some(data)) = (&map.reader, &setup.reader_data) {
            let items = super::reader::parse(data.as_bytes(), &reader.config, usize::MAX)?;
            let pointer = reader.config.get("ItemsPointer").is_some();
            if let Some(children) = self.children(id) {
                children.total = items.len();
                children.items = items;
                let list = list(&children.items);
                if pointer {
                    self.show(|stages| stages.after_items_pointer = Some(list));
                }
            }
        }
        self.inspect_items(cx, id, (map, input))?;
        let total = match &setup.mock {
            Some(Mock::Result(result)) => result.value().as_array().map(Vec::len),
            _ => None,
        };
        let total = total.or_else(|| self.children(id).map(|children| children.total));
        let Some(failures) = setup.map_failures else { return Ok(()) };
        let Some(stages) = &self.stages else { return Ok(()) };
        #[expect(clippy::cast_precision_loss, reason = "items are few enough")]
        let percentage = failures as f64 * 100.0 / total.unwrap_or(0).max(1) as f64;
        let failures = i64::try_from(failures).unwrap_or(i64::MAX);
        if stages.tolerated_count.is_some_and(|most| failures > most)
            || stages.tolerated_percentage.is_some_and(|most| percentage > most)
        {
            return Err(super::map::too_many_failures());
        }
        Ok(())
    }

    fn inspect_items(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        (map, input): (&MapState, &Doc),
    ) -> Result<(), Failure> {
        let Some(children) = self.children(id) else { return Ok(()) };
        let (items, source) = (children.items.clone(), children.source.clone());
        let mut keys = children.keys.clone().into_iter();
        if map.selector.is_some() {
            let mut selected = Vec::with_capacity(items.len());
            for (index, value) in items.iter().cloned().enumerate() {
                let item =
                    super::frame::Item { index, value, key: keys.next(), source: source.clone() };
                selected.push(self.select(cx, id, (map, input), item)?);
            }
            let list = list(&selected);
            self.show(|stages| stages.after_item_selector = Some(list));
        }
        if let Some(batcher) = &map.batcher {
            let batches = self.batches(cx, id, (map, batcher))?;
            let list = list(&batches);
            self.show(|stages| stages.after_item_batcher = Some(list));
        }
        Ok(())
    }
}

pub(super) fn list(items: &[Doc]) -> Doc {
    Doc::new(items.iter().map(|item| item.value().clone()).collect::<Value>())
}

impl Stages {
    /// Leaves out what AWS does not tell of a state of this kind, though it comes up.
    #[must_use]
    pub fn shown(mut self, state: &State) -> Self {
        let (kind, jsonata) = (&state.kind, state.language == Language::Jsonata);
        let task = matches!(kind, Kind::Task(_));
        let fixed = matches!(kind, Kind::Pass(Some(_)));
        if jsonata || fixed || matches!(kind, Kind::Parallel(_) | Kind::Fail(..)) {
            self.after_input_path = None;
        }
        if !task && (jsonata || !matches!(kind, Kind::Pass(None))) {
            self.after_arguments = None;
        }
        if !task && !fixed {
            self.result = None;
        }
        if jsonata || matches!(kind, Kind::Choice(..) | Kind::Succeed | Kind::Wait(_)) {
            self.after_result_selector = None;
            self.after_result_path = None;
        }
        if jsonata {
            self.after_items_path = None;
        }
        self
    }
}
