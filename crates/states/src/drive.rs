//! Moves executions on, and does what they ask for.

use std::rc::Rc;

use cloudarium_asl as asl;
use cloudarium_asl::exec::Outcome;
use cloudarium_env::Timestamp;
use cloudarium_service::{Ctx, Fault, Ticket};
use cloudarium_shape::{Map, Value};

use crate::limits::{CHILD_HISTORIES_MAX, EXPRESS_MS_MAX, STEPS_AT_ONCE};
use crate::model::{MapRun, Record, State};
use crate::{log, ops, tasks};

/// What a timer is for, as its payload says.
const RUN: &str = "run";
const TIMER: &str = "timer";
const EXPRESS: &str = "express";
const POLL: &str = "poll";
const HTTP: &str = "http";

/// Stands among an execution's timers for its end by force: no timer of its own gets so far.
const LIMIT: u64 = u64::MAX;

/// Does something to an execution, and then what it asks for; `None`: there is none.
pub fn act<R>(
    states: &mut State,
    cx: &mut Ctx<'_>,
    arn: &str,
    act: impl FnOnce(&mut asl::Execution, &mut asl::Cx<'_>) -> R,
) -> Option<R> {
    let mut shared = states.executions.remove(arn)?;
    let record = Rc::make_mut(&mut shared);
    let machine = record.machine();
    let mut out = Vec::new();
    let result = record.execution.as_mut().map(|execution| {
        let rng = &mut *cx.rng;
        let mut random = || rng.next_u64();
        let mut asl_cx = asl::Cx {
            machine: &machine,
            now_ms: cx.now.as_ms(),
            random: &mut random,
            out: &mut out,
        };
        act(execution, &mut asl_cx)
    });
    states.executions.insert(arn.to_owned(), shared);
    take(states, cx, arn, out);
    result
}

/// Runs an execution as far as it comes, but not so far that others wait.
pub fn run(states: &mut State, cx: &mut Ctx<'_>, arn: &str) {
    let more = act(states, cx, arn, |execution, cx| {
        for _ in 0..STEPS_AT_ONCE {
            if !execution.step(cx) {
                return false;
            }
        }
        execution.is_ready()
    });
    if more == Some(true) {
        schedule(cx, arn, cx.now.as_ms() + 1, RUN, 0);
    }
}

/// Has an execution begin after the answer.
pub fn run_soon(cx: &mut Ctx<'_>, arn: &str) {
    schedule(cx, arn, cx.now.as_ms(), RUN, 0);
}

/// Ends an Express execution that takes too long.
pub fn limit_express(states: &mut State, cx: &mut Ctx<'_>, arn: &str) {
    let id = schedule(cx, arn, cx.now.as_ms() + EXPRESS_MS_MAX, EXPRESS, LIMIT);
    change(states, arn, |record| {
        record.timers.insert(LIMIT, id);
    });
}

/// Ends a worker's wait for a task.
pub fn limit_poll(
    cx: &mut Ctx<'_>,
    activity: &str,
    at_ms: i64,
    ticket: u64,
) -> cloudarium_env::timers::TimerId {
    schedule(cx, activity, at_ms, POLL, ticket)
}

/// Gives up a request that an HTTP Task has sent.
pub fn limit_http(
    cx: &mut Ctx<'_>,
    arn: &str,
    at_ms: i64,
    ticket: u64,
) -> cloudarium_env::timers::TimerId {
    schedule(cx, arn, at_ms, HTTP, ticket)
}

fn schedule(
    cx: &mut Ctx<'_>,
    arn: &str,
    at_ms: i64,
    what: &str,
    key: u64,
) -> cloudarium_env::timers::TimerId {
    let payload = Map::from([
        ("arn".to_owned(), Value::from(arn)),
        ("what".to_owned(), Value::from(what)),
        ("key".to_owned(), Value::Int(key.cast_signed())),
    ]);
    cx.host.set_timer(Timestamp::from_ms(at_ms.max(cx.now.as_ms())), Value::Map(payload))
}

/// A timer is due.
pub fn timer(states: &mut State, cx: &mut Ctx<'_>, payload: &Value) {
    let Some(arn) = payload.get("arn").and_then(Value::as_str) else { return };
    let key = match payload.get("key") {
        Some(Value::Int(key)) => key.cast_unsigned(),
        _ => 0,
    };
    match payload.get("what").and_then(Value::as_str) {
        Some(RUN) => run(states, cx, arn),
        Some(TIMER) => {
            if let Some(record) = states.executions.get_mut(arn) {
                Rc::make_mut(record).timers.remove(&key);
            }
            act(states, cx, arn, |execution, cx| execution.timer(cx, key));
            run(states, cx, arn);
        }
        Some(EXPRESS) => {
            change(states, arn, |record| {
                record.timers.remove(&LIMIT);
            });
            act(states, cx, arn, asl::Execution::time_out);
        }
        Some(HTTP) => tasks::http::timed_out(states, cx, Ticket(key)),
        Some(POLL) => ops::poll_ended(states, cx, arn, key),
        _ => {}
    }
}

/// Does what an execution asks for.
fn take(states: &mut State, cx: &mut Ctx<'_>, arn: &str, out: Vec<asl::Out>) {
    let mut out = out.into_iter().peekable();
    while let Some(next) = out.next() {
        match next {
            asl::Out::Event(lane, event) => {
                let mut events = vec![event];
                while let Some(asl::Out::Event(_, event)) =
                    out.next_if(|next| matches!(next, asl::Out::Event(other, _) if *other == lane))
                {
                    events.push(event);
                }
                happened(states, cx, (arn, lane), events);
            }
            asl::Out::Timer { key, at_ms } => {
                let id = schedule(cx, arn, at_ms, TIMER, key);
                change(states, arn, |record| {
                    record.timers.insert(key, id);
                });
            }
            asl::Out::CancelTimer(key) => {
                let record = states.executions.get_mut(arn).map(Rc::make_mut);
                if let Some(id) = record.and_then(|record| record.timers.remove(&key)) {
                    cx.host.cancel_timer(id);
                }
            }
            asl::Out::Task(request) => tasks::begin(states, cx, arn, *request),
            asl::Out::CancelTask(task) => tasks::cancel(states, cx, arn, task),
            asl::Out::Ended(outcome) => ended(states, cx, arn, outcome),
            other => map_run(states, cx, arn, other),
        }
    }
}

/// Keeps what has happened to an execution, or to a child of one of its distributed Maps.
fn happened(
    states: &mut State,
    cx: &mut Ctx<'_>,
    (arn, lane): (&str, u32),
    events: Vec<asl::Event>,
) {
    let child = states.executions.get(arn).and_then(|record| record.children.get(&lane)).cloned();
    let arn = if lane == 0 { Some(arn) } else { child.as_deref() };
    let Some(record) = arn.and_then(|arn| states.executions.get_mut(arn)) else { return };
    let record = Rc::make_mut(record);
    log::write(cx, record, &events);
    record.history.extend(events);
}

fn change(states: &mut State, arn: &str, act: impl FnOnce(&mut Record)) {
    if let Some(record) = states.executions.get_mut(arn) {
        act(Rc::make_mut(record));
    }
}

/// What distributed Maps tell of themselves.
fn map_run(states: &mut State, cx: &mut Ctx<'_>, arn: &str, out: asl::Out) {
    match out {
        asl::Out::MapRunStarted { arn: run, settings } => {
            states.map_runs.insert(run, started(arn, cx.now, settings));
        }
        asl::Out::MapRunItems(run, total) => {
            if let Some(run) = states.map_runs.get_mut(&run) {
                run.total = total;
            }
        }
        asl::Out::MapRunRedriven(run) => {
            if let Some(run) = states.map_runs.get_mut(&run) {
                let [_, succeeded, ..] = run.counts;
                run.counts = [0, succeeded, 0, 0, 0];
                "RUNNING".clone_into(&mut run.status);
                run.stopped = None;
                run.redrives += 1;
                run.redriven = Some(cx.now);
            }
        }
        asl::Out::MapRunEnded(run, outcome) => {
            if let Some(run) = states.map_runs.get_mut(&run) {
                run.stopped = Some(cx.now);
                let ended_as = match outcome {
                    Outcome::Succeeded(_) => "SUCCEEDED",
                    Outcome::Failed(..) | Outcome::TimedOut(..) => "FAILED",
                    Outcome::Aborted(..) => "ABORTED",
                };
                ended_as.clone_into(&mut run.status);
            }
        }
        asl::Out::ChildStarted { lane, map_run_arn, identity, input } => {
            if let Some(run) = states.map_runs.get_mut(&map_run_arn) {
                count(run, 0, 1);
            }
            child(states, arn, lane, (map_run_arn, *identity, input));
        }
        asl::Out::ChildEnded(lane, outcome) => {
            let child = states.executions.get(arn).and_then(|record| record.children.get(&lane));
            let Some(child) = child.cloned() else { return };
            let run = states.executions.get(&child).and_then(|record| record.map_run_arn.clone());
            if let Some(run) = run.and_then(|run| states.map_runs.get_mut(&run)) {
                count(run, 0, -1);
                let place = match outcome {
                    Outcome::Succeeded(_) => 1,
                    Outcome::Failed(..) => 2,
                    Outcome::TimedOut(..) => 3,
                    Outcome::Aborted(..) => 4,
                };
                count(run, place, 1);
            }
            let now = cx.now;
            change(states, &child, |record| {
                record.outcome = Some(outcome);
                record.stopped = Some(now);
            });
        }
        _ => {}
    }
}

fn started(
    arn: &str,
    now: Timestamp,
    (max_concurrency, tolerated_percentage, tolerated_count, total): (i64, f64, i64, usize),
) -> MapRun {
    MapRun {
        execution_arn: arn.to_owned(),
        started: now,
        stopped: None,
        status: "RUNNING".to_owned(),
        max_concurrency,
        tolerated_percentage,
        tolerated_count,
        total,
        redrives: 0,
        redriven: None,
        counts: [0; 5],
    }
}

fn count(run: &mut MapRun, place: usize, by: isize) {
    if let Some(count) = run.counts.get_mut(place) {
        *count = count.saturating_add_signed(by);
    }
}

/// Keeps a record of a Map run's child, unless there are too many.
fn child(
    states: &mut State,
    parent: &str,
    lane: u32,
    (map_run_arn, identity, input): (String, asl::Identity, asl::Doc),
) {
    let Some(outer) = states.executions.get_mut(parent) else { return };
    let outer = Rc::make_mut(outer);
    if outer.children.len() >= CHILD_HISTORIES_MAX {
        return;
    }
    let arn = identity.arn.clone();
    outer.children.insert(lane, arn.clone());
    let runs = (outer.revision.clone(), outer.express);
    let mut record = Record::new(identity, input, runs, None);
    record.map_run_arn = Some(map_run_arn.clone());
    states.executions.insert(arn.clone(), Rc::new(record));
    states.by_owner.entry(map_run_arn).or_default().push_back(arn);
}

/// An execution has ended: those who wait for it are told.
fn ended(states: &mut State, cx: &mut Ctx<'_>, arn: &str, outcome: Outcome) {
    let now = cx.now;
    let Some(record) = states.executions.get_mut(arn) else { return };
    let record = Rc::make_mut(record);
    record.outcome = Some(outcome);
    record.stopped = Some(now);
    log::status_changed(cx, record);
    let waiters = std::mem::take(&mut record.waiters);
    let timers = std::mem::take(&mut record.timers);
    let parked = record.parked.take();
    for id in timers.into_values() {
        cx.host.cancel_timer(id);
    }
    tasks::forget(states, cx, arn);
    if let Some(ticket) = parked {
        let answer = states.executions.get(arn).map(|record| ops::sync_answer(record));
        let answer = answer.unwrap_or_else(|| Err(Fault::new("InternalFailure", 500, "")));
        if states.executions.get(arn).is_some_and(|record| record.tested.is_some()) {
            states.executions.remove(arn);
        }
        cx.host.answer(ticket, answer);
    }
    for (waiter, task, parsed) in waiters {
        tasks::child_ended(states, cx, (&waiter, task, parsed), arn);
    }
}
