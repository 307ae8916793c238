//! What became of each state in an execution, read from its history.
//!
//! Every event belongs to a visit of a state: the one it enters or leaves, or the one that its previous event belongs to.
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html>

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Event;

/// How a visit stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Mark {
    Succeeded,
    Caught,
    Cancelled,
    Failed,
    Running,
}

/// An attempt that went wrong.
#[derive(Clone, PartialEq, Debug)]
pub struct Failure {
    pub error: String,
    pub cause: String,
    pub at: f64,
}

/// The iterations of a Map state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Items {
    pub total: u64,
    pub started: u64,
    pub succeeded: u64,
    pub failed: u64,
}

/// A state that was entered.
#[derive(Clone, PartialEq, Debug)]
pub struct Visit {
    pub name: String,
    /// `Task`, `Map`, ...
    pub kind: String,
    /// The visit of the Parallel or Map state that it lies in, and which iteration of it.
    pub parent: Option<usize>,
    pub iteration: Option<u64>,
    /// The event that entered it.
    pub entered: u64,
    pub entered_at: f64,
    pub left_at: Option<f64>,
    pub input: Option<String>,
    pub output: Option<String>,
    /// What was asked for, and what came of it.
    pub resource: Option<String>,
    pub parameters: Option<String>,
    pub result: Option<String>,
    /// Variables that were assigned, with their values as JSON.
    pub assigned: Vec<(String, String)>,
    pub failures: Vec<Failure>,
    /// How often it was tried.
    pub tries: u64,
    pub mark: Mark,
    pub items: Option<Items>,
    /// Whether another state came after it.
    pub went_on: bool,
    /// Whether the last thing heard of it is a failure.
    failing: bool,
}

impl Visit {
    fn new(event: &Event, kind: &str) -> Self {
        Self {
            name: event.text("name").unwrap_or_default().to_owned(),
            kind: kind.to_owned(),
            parent: None,
            iteration: None,
            entered: event.id,
            entered_at: event.at,
            left_at: None,
            input: event.text("input").map(str::to_owned),
            output: None,
            resource: None,
            parameters: None,
            result: None,
            assigned: vec![],
            failures: vec![],
            tries: 0,
            mark: Mark::Running,
            items: None,
            went_on: false,
            failing: false,
        }
    }

    fn is_open(&self) -> bool {
        self.left_at.is_none()
    }

    /// Whether it waits to be tried anew.
    pub fn waits_to_retry(&self) -> bool {
        self.failing && self.mark == Mark::Running
    }

    fn leave(&mut self, at: f64, mark: Mark) {
        if self.is_open() {
            self.left_at = Some(at);
            self.mark = mark;
        }
    }
}

/// An execution, state by state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Run {
    /// In the order in which they were entered.
    pub visits: Vec<Rc<Visit>>,
    /// The ways that were gone, from one state's name to another's; from an empty one: a beginning.
    pub steps: BTreeSet<(String, String)>,
    /// The visit that an event belongs to.
    pub owners: BTreeMap<u64, usize>,
    /// What was found of each name.
    by_name: BTreeMap<String, Vec<usize>>,
}

impl Run {
    /// Reads a history on from the event at `known`; what came before has been read.
    pub fn read_on(&mut self, events: &[Rc<Event>], known: usize) {
        for event in events.iter().skip(known) {
            let before = event.previous.checked_sub(1).and_then(|at| usize::try_from(at).ok());
            self.take(event, before.and_then(|at| events.get(at)).map(AsRef::as_ref));
        }
    }

    /// Those that are held elsewhere stay as they are.
    fn visit_mut(&mut self, at: usize) -> Option<&mut Visit> {
        self.visits.get_mut(at).map(Rc::make_mut)
    }

    /// The visits of a state.
    pub fn visits_of(&self, name: &str) -> impl DoubleEndedIterator<Item = &Visit> {
        self.by_name
            .get(name)
            .into_iter()
            .flatten()
            .filter_map(|at| self.visits.get(*at))
            .map(AsRef::as_ref)
    }

    /// The visit that an event belongs to.
    pub fn owner_of(&self, event: u64) -> Option<&Visit> {
        self.visits.get(*self.owners.get(&event)?).map(AsRef::as_ref)
    }

    /// How a state stands: running if it is anywhere, else as its last visit.
    pub fn mark(&self, name: &str) -> Option<Mark> {
        let running = self.visits_of(name).any(|visit| visit.mark == Mark::Running);
        if running {
            Some(Mark::Running)
        } else {
            self.visits_of(name).last().map(|visit| visit.mark)
        }
    }

    /// How many visits of a state stand so.
    pub fn count(&self, name: &str, mark: Mark) -> usize {
        self.visits_of(name).filter(|visit| visit.mark == mark).count()
    }

    /// Whether the way from one state to another was gone.
    pub fn went(&self, from: &str, to: &str) -> bool {
        self.steps.contains(&(from.to_owned(), to.to_owned()))
    }

    /// Whether a state was the last of its branch, iteration or machine.
    pub fn ended_at(&self, name: &str) -> bool {
        self.visits_of(name)
            .any(|visit| !visit.is_open() && !visit.went_on && visit.mark != Mark::Cancelled)
    }

    fn take(&mut self, event: &Event, before: Option<&Event>) {
        let kind = event.r#type.as_str();
        if let Some(entered) = kind.strip_suffix("StateEntered") {
            self.enter(event, entered, before);
            return;
        }
        let owner = self.owner(event);
        if let Some(owner) = owner {
            self.owners.insert(event.id, owner);
        }
        if kind.ends_with("StateExited") {
            self.exit(event, owner);
        } else if let Some(how) = kind.strip_prefix("Execution") {
            self.whole(event, how);
        } else if let Some(owner) = owner {
            self.within(event, owner);
        }
    }

    /// The visit that an event belongs to which enters none.
    fn owner(&self, event: &Event) -> Option<usize> {
        let of_previous = self.owners.get(&event.previous).copied();
        let kind = event.r#type.as_str();
        let fits: Box<dyn Fn(&Visit) -> bool> =
            if kind.ends_with("StateExited") || kind.starts_with("MapIteration") {
                let name = event.text("name").unwrap_or_default().to_owned();
                Box::new(move |visit| visit.name == name)
            } else if kind.starts_with("MapState") || kind.starts_with("MapRun") {
                Box::new(|visit| visit.kind == "Map" && visit.is_open())
            } else if kind.starts_with("ParallelState") {
                Box::new(|visit| visit.kind == "Parallel" && visit.is_open())
            } else {
                return of_previous;
            };
        let above = self
            .chain(of_previous)
            .find(|at| self.visits.get(*at).is_some_and(|visit| fits(visit)));
        above.or_else(|| self.visits.iter().rposition(|visit| visit.is_open() && fits(visit)))
    }

    /// A visit and those that it lies in, from within.
    fn chain(&self, from: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(from, |at| self.visits.get(*at).and_then(|visit| visit.parent))
    }

    fn enter(&mut self, event: &Event, kind: &str, before: Option<&Event>) {
        let mut visit = Visit::new(event, kind);
        let led = self.owners.get(&event.previous).copied();
        let begins = before.is_none_or(|before| {
            before.r#type.ends_with("StateStarted") || before.r#type == "MapIterationStarted"
        });
        let mut from = String::new();
        if let Some(led) = led {
            if begins {
                visit.parent = Some(led);
                visit.iteration = before.and_then(|before| before.int("index"));
            } else if let Some(last) = self.visit_mut(led) {
                last.went_on = true;
                (visit.parent, visit.iteration) = (last.parent, last.iteration);
                from.clone_from(&last.name);
            }
        }
        if matches!(kind, "Task" | "Map" | "Parallel") {
            visit.tries = 0;
        }
        self.steps.insert((from, visit.name.clone()));
        let at = self.visits.len();
        self.by_name.entry(visit.name.clone()).or_default().push(at);
        self.owners.insert(event.id, at);
        self.visits.push(Rc::new(visit));
    }

    fn exit(&mut self, event: &Event, owner: Option<usize>) {
        let Some(visit) = owner.and_then(|at| self.visit_mut(at)) else { return };
        visit.output = event.text("output").map(str::to_owned);
        if let Some(assigned) =
            event.details.get("assignedVariables").and_then(|all| all.as_object())
        {
            visit.assigned = assigned
                .iter()
                .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
                .collect();
        }
        visit.leave(event.at, if visit.failing { Mark::Caught } else { Mark::Succeeded });
    }

    /// What happens between the entry of a state and its end.
    fn within(&mut self, event: &Event, owner: usize) {
        let kind = event.r#type.as_str();
        if kind.starts_with("MapIteration") {
            self.iteration(event, owner);
            return;
        }
        let container = kind.starts_with("MapState") || kind.starts_with("ParallelState");
        if container && event.is_failure() {
            self.give_up(event, owner);
        }
        let Some(visit) = self.visit_mut(owner) else { return };
        if kind.ends_with("StateAborted") {
            visit.leave(event.at, Mark::Cancelled);
        } else if event.is_failure() {
            visit.failing = true;
            if !container || visit.failures.is_empty() {
                visit.failures.push(failure(event));
            }
        } else if kind.ends_with("Scheduled") || kind.ends_with("StateStarted") {
            visit.tries += 1;
            visit.failing = false;
            visit.resource =
                event.text("resource").map(str::to_owned).or_else(|| visit.resource.take());
            let asked = event.text("parameters").or_else(|| event.text("input"));
            visit.parameters = asked.map(str::to_owned).or_else(|| visit.parameters.take());
            if kind == "MapStateStarted" {
                visit.items =
                    Some(Items { total: event.int("length").unwrap_or(0), ..Items::default() });
            }
        } else if kind.ends_with("Succeeded") {
            visit.failing = false;
            visit.result = event.text("output").map(str::to_owned).or_else(|| visit.result.take());
        }
    }

    fn iteration(&mut self, event: &Event, owner: usize) {
        if event.is_failure() {
            let inner = self.owners.get(&event.previous).copied();
            let failed: Vec<usize> = self.chain(inner).take_while(|at| *at != owner).collect();
            for at in failed {
                if let Some(visit) = self.visit_mut(at) {
                    visit.leave(event.at, Mark::Failed);
                }
            }
        }
        let Some(items) = self.visit_mut(owner).and_then(|visit| visit.items.as_mut()) else {
            return;
        };
        match event.r#type.as_str() {
            "MapIterationStarted" => items.started += 1,
            "MapIterationSucceeded" => items.succeeded += 1,
            "MapIterationFailed" | "MapIterationAborted" => items.failed += 1,
            _ => {}
        }
    }

    /// A Parallel or Map state has failed: what led to it has, and the rest of what lies in it is given up.
    fn give_up(&mut self, event: &Event, container: usize) {
        let inner = self.owners.get(&event.previous).copied();
        let guilty: Vec<usize> = self.chain(inner).take_while(|at| *at != container).collect();
        let all: Vec<usize> = (0..self.visits.len())
            .filter(|at| *at != container && self.chain(Some(*at)).any(|above| above == container))
            .collect();
        for at in all {
            let mark = if guilty.contains(&at) { Mark::Failed } else { Mark::Cancelled };
            if let Some(visit) = self.visit_mut(at) {
                visit.leave(event.at, mark);
            }
        }
    }

    /// What happens to the execution as a whole.
    fn whole(&mut self, event: &Event, how: &str) {
        if how == "Redriven" {
            self.revive(event);
            return;
        }
        if !matches!(how, "Failed" | "TimedOut" | "Aborted") {
            return;
        }
        let last = self.owners.get(&event.previous).copied();
        let guilty: Vec<usize> = if how == "Failed" { self.chain(last).collect() } else { vec![] };
        let first = guilty.first().copied();
        for (at, visit) in self.visits.iter_mut().enumerate().filter(|(_, visit)| visit.is_open()) {
            let visit = Rc::make_mut(visit);
            if first == Some(at) && visit.failures.is_empty() {
                visit.failures.push(failure(event));
            }
            let mark = if guilty.contains(&at) { Mark::Failed } else { Mark::Cancelled };
            visit.leave(event.at, mark);
        }
    }

    /// What had failed or was cut off goes on; a Fail state is entered anew.
    fn revive(&mut self, event: &Event) {
        let mut first = None;
        for (at, visit) in self.visits.iter_mut().enumerate() {
            let stopped = matches!(visit.mark, Mark::Failed | Mark::Cancelled) && !visit.went_on;
            if stopped && visit.kind != "Fail" {
                let visit = Rc::make_mut(visit);
                (visit.mark, visit.left_at, visit.failing) = (Mark::Running, None, false);
                first = Some(at);
            }
        }
        if let Some(first) = first {
            self.owners.insert(event.id, first);
        }
    }
}

fn failure(event: &Event) -> Failure {
    Failure {
        error: event.text("error").unwrap_or_default().to_owned(),
        cause: event.text("cause").unwrap_or_default().to_owned(),
        at: event.at,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn events(rows: &[(u64, &str, Value)]) -> Vec<Rc<Event>> {
        let event = |(at, (previous, kind, details)): (usize, &(u64, &str, Value))| {
            let id = at as u64 + 1;
            let read = json!({ "id": id, "previous": previous, "at": id * 1000, "type": kind, "details": details });
            Rc::new(serde_json::from_value(read).expect("an event"))
        };
        rows.iter().enumerate().map(event).collect()
    }

    /// Read in two pieces, as the page does.
    fn read(events: &[Rc<Event>]) -> Run {
        let mut run = Run::default();
        let half = events.len() / 2;
        run.read_on(events.get(..half).unwrap_or_default(), 0);
        let before = run.clone();
        run.read_on(events, half);
        let mut whole = Run::default();
        whole.read_on(events, 0);
        assert_eq!(run, whole, "in pieces as at once");
        assert_eq!(
            before.visits.len(),
            before.visits.iter().filter(|visit| visit.entered <= half as u64).count()
        );
        run
    }

    fn marks(run: &Run) -> String {
        run.visits
            .iter()
            .map(|visit| format!("{} {:?}", visit.name, visit.mark))
            .collect::<Vec<_>>()
            .join(", ")
    }

    #[test]
    fn a_retry_a_catch_and_what_follows() {
        let run = read(&events(&[
            (0, "ExecutionStarted", json!({ "input": "{}" })),
            (0, "TaskStateEntered", json!({ "name": "Get", "input": "{}" })),
            (
                2,
                "TaskScheduled",
                json!({ "resource": "getObject", "parameters": "{\"Bucket\":\"b\"}" }),
            ),
            (3, "TaskFailed", json!({ "error": "S3.NoSuchBucketException", "cause": "no" })),
            (4, "TaskScheduled", json!({})),
            (5, "TaskFailed", json!({ "error": "S3.NoSuchBucketException", "cause": "no" })),
            (6, "TaskStateExited", json!({ "name": "Get", "output": "{}" })),
            (7, "PassStateEntered", json!({ "name": "Defaults" })),
        ]));
        assert_eq!(marks(&run), "Get Caught, Defaults Running");
        let get = run.visits_of("Get").next().expect("it was entered");
        assert_eq!((get.tries, get.failures.len()), (2, 2));
        assert!(run.went("", "Get") && run.went("Get", "Defaults") && !run.went("Get", "Other"));
    }

    #[test]
    fn a_branch_that_fails_takes_the_others_along() {
        let rows = [
            (0, "ExecutionStarted", json!({})),
            (0, "ParallelStateEntered", json!({ "name": "Both" })),
            (2, "ParallelStateStarted", json!({})),
            (3, "TaskStateEntered", json!({ "name": "A" })),
            (3, "WaitStateEntered", json!({ "name": "B" })),
            (4, "TaskScheduled", json!({})),
            (6, "TaskFailed", json!({ "error": "E", "cause": "c" })),
            (7, "ParallelStateFailed", json!({})),
            (8, "ExecutionFailed", json!({ "error": "E", "cause": "c" })),
        ];
        let run = read(&events(&rows));
        assert_eq!(marks(&run), "Both Failed, A Failed, B Cancelled");
        assert_eq!(run.visits.get(1).and_then(|visit| visit.parent), Some(0));
    }

    #[test]
    fn iterations_are_counted_and_a_redrive_goes_on() {
        let mut rows = vec![
            (0, "ExecutionStarted", json!({})),
            (0, "MapStateEntered", json!({ "name": "Each" })),
            (2, "MapStateStarted", json!({ "length": 2 })),
            (3, "MapIterationStarted", json!({ "name": "Each", "index": 0 })),
            (4, "PassStateEntered", json!({ "name": "P" })),
            (5, "PassStateExited", json!({ "name": "P", "output": "1" })),
            (6, "MapIterationSucceeded", json!({ "name": "Each", "index": 0 })),
            (3, "MapIterationStarted", json!({ "name": "Each", "index": 1 })),
            (8, "FailStateEntered", json!({ "name": "F" })),
            (9, "MapIterationFailed", json!({ "name": "Each", "index": 1 })),
            (10, "MapStateFailed", json!({})),
            (11, "ExecutionFailed", json!({ "error": "E" })),
        ];
        let run = read(&events(&rows));
        assert_eq!(marks(&run), "Each Failed, P Succeeded, F Failed");
        let items = Items { total: 2, started: 2, succeeded: 1, failed: 1 };
        assert_eq!(run.visits.first().and_then(|visit| visit.items), Some(items));
        assert!(run.ended_at("P"));
        rows.push((12, "ExecutionRedriven", json!({ "redriveCount": 1 })));
        let run = read(&events(&rows));
        assert_eq!(marks(&run), "Each Running, P Succeeded, F Failed");
    }
}
