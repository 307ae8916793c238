//! Task states: what is asked of the host, and what its answers do.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::flow::States;
use super::frame::{Phase, TimerKind};
use super::state::Next;
use super::{Cx, Execution, Out, error_details};
use crate::doc::Doc;
use crate::event::{Detail, EventKind, Field, int, text};
use crate::fail::Failure;
use crate::machine::{Machine, Task};

/// What a task asks for, by the form of its ARN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resource {
    /// `arn:aws:states:…:activity:name`
    Activity,
    /// A function's ARN: the older way to call it.
    Lambda,
    /// `arn:aws:states:::service:action.pattern`
    Service {
        /// `lambda`, `aws-sdk:s3`
        kind: String,
        /// `invoke.waitForTaskToken`
        action: String,
    },
}

impl Resource {
    /// Reads an ARN.
    pub fn parse(arn: &str) -> Self {
        let parts: Vec<&str> = arn.splitn(7, ':').collect();
        match parts.as_slice() {
            ["arn", _, "states", "", "", "aws-sdk", rest] => {
                let (service, action) = rest.split_once(':').unwrap_or((rest, ""));
                Self::Service { kind: format!("aws-sdk:{service}"), action: action.to_owned() }
            }
            ["arn", _, "states", "", "", service, action] => {
                Self::Service { kind: (*service).to_owned(), action: (*action).to_owned() }
            }
            ["arn", _, "states", _, _, "activity", _] => Self::Activity,
            _ => Self::Lambda,
        }
    }

    /// Whether the task ends when its token is given back.
    pub fn waits_for_token(&self) -> bool {
        matches!(self, Self::Service { action, .. } if action.ends_with(".waitForTaskToken"))
    }

    /// Whether the task ends when what it started has ended.
    pub fn waits_for_end(&self) -> bool {
        matches!(self, Self::Service { action, .. }
            if matches!(action.rsplit_once('.'), Some((_, "sync" | "sync:2"))))
    }

    fn kinds(&self) -> [EventKind; 5] {
        match self {
            Self::Activity => [
                EventKind::ActivityScheduled,
                EventKind::ActivityStarted,
                EventKind::ActivitySucceeded,
                EventKind::ActivityFailed,
                EventKind::ActivityTimedOut,
            ],
            Self::Lambda => [
                EventKind::LambdaFunctionScheduled,
                EventKind::LambdaFunctionStarted,
                EventKind::LambdaFunctionSucceeded,
                EventKind::LambdaFunctionFailed,
                EventKind::LambdaFunctionTimedOut,
            ],
            Self::Service { .. } => [
                EventKind::TaskScheduled,
                EventKind::TaskStarted,
                EventKind::TaskSucceeded,
                EventKind::TaskFailed,
                EventKind::TaskTimedOut,
            ],
        }
    }

    /// What every event of a service's task tells.
    fn named(&self) -> Vec<(Detail, Field)> {
        match self {
            Self::Service { kind, action } => vec![
                text(Detail::ResourceType, kind.as_str()),
                text(Detail::Resource, action.as_str()),
            ],
            Self::Activity | Self::Lambda => Vec::new(),
        }
    }
}

/// Why a task is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// A Task state.
    Work,
    /// A distributed Map reads its items; it ends by [`Execution::read`].
    Read,
    /// A distributed Map writes its results.
    Write,
}

/// What the host is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskRequest {
    /// Names it.
    pub task: u64,
    /// Why.
    pub purpose: Purpose,
    /// As the definition has it.
    pub arn: Rc<str>,
    /// The same, read.
    pub resource: Resource,
    /// What it is given.
    pub arguments: Doc,
    /// What gives it back, where something waits for that.
    pub token: Option<String>,
    /// Seconds until it is given up.
    pub timeout_s: Option<i64>,
    /// Seconds between signs of life.
    pub heartbeat_s: Option<i64>,
    /// The role that it is done with, if not the machine's.
    pub role_arn: Option<String>,
    /// The state that asks.
    pub state: Rc<str>,
    /// What is written: an object's whole body.
    pub body: Option<String>,
}

/// A task that is being done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    task: u64,
    arn: Rc<str>,
    resource: Resource,
    /// The effective input.
    input: Doc,
    timeout: Option<u64>,
    heartbeat: Option<u64>,
    heartbeat_s: Option<i64>,
}

impl Execution {
    pub(super) fn begin_task(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        task: &Task,
    ) -> Result<(), Failure> {
        let resource = Resource::parse(&task.resource);
        let token = resource.waits_for_token().then(|| new_token(cx.random));
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.token.clone_from(&token);
        }
        let input = self.effective_input(cx, id)?;
        let arguments = self.arguments(cx, id, &input)?;
        if arguments.is_too_long() {
            return Err(Failure::too_long(&task.resource));
        }
        let timeout_s = self.number(cx, id, (&task.timeout, &input))?;
        let timeout_s = whole("TimeoutSeconds", timeout_s)?;
        let heartbeat_s = self.number(cx, id, (&task.heartbeat, &input))?;
        let heartbeat_s = whole("HeartbeatSeconds", heartbeat_s)?;
        let role_arn = self.role(cx, id, (task, &input))?;
        if let Some(mock) = self.mock() {
            return self.end_by_mock(cx, id, (&input, mock));
        }
        let state = self.frames.get(&id).and_then(|frame| cx.machine.state(frame.state));
        let state = state.map(|state| Rc::clone(&state.name));
        let request = TaskRequest {
            task: 0,
            purpose: Purpose::Work,
            arn: Rc::clone(&task.resource),
            resource,
            arguments,
            token,
            timeout_s,
            heartbeat_s,
            role_arn,
            state: state.unwrap_or_else(|| "".into()),
            body: None,
        };
        self.tell_scheduled(cx, id, &request);
        if self.outcome.is_some() {
            return Ok(());
        }
        self.ask(cx, id, input, request);
        Ok(())
    }

    /// Writes down that a task is scheduled, and, where nobody must take it first, started.
    fn tell_scheduled(&mut self, cx: &mut Cx<'_>, id: u32, request: &TaskRequest) {
        let Some(frame) = self.frames.get(&id) else { return };
        let (lane, previous) = (frame.lane, frame.previous);
        let [scheduled, started, ..] = request.resource.kinds();
        let mut details = request.resource.named();
        if let Resource::Service { .. } = request.resource {
            let region = self.lane(lane).map_or("", |lane| lane.identity.region.as_str());
            details.push(text(Detail::Region, region));
            details.push(text(Detail::Parameters, request.arguments.text()));
        } else {
            details.push(text(Detail::Resource, Rc::clone(&request.arn)));
            details.push(text(Detail::Input, request.arguments.text()));
        }
        details.extend(request.timeout_s.map(|seconds| int(Detail::TimeoutInSeconds, seconds)));
        details.extend(request.heartbeat_s.map(|seconds| int(Detail::HeartbeatInSeconds, seconds)));
        if let Some(role_arn) = &request.role_arn {
            let role = [("roleArn".to_owned(), role_arn.as_str().into())].into();
            details.push((Detail::TaskCredentials, Field::Texts(role)));
        }
        let mut last = self.emit(cx, (lane, previous), scheduled, details);
        if request.resource != Resource::Activity {
            last = self.emit(cx, (lane, last), started, request.resource.named());
        }
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.previous = last;
        }
    }

    /// Asks the host, and waits.
    fn ask(&mut self, cx: &mut Cx<'_>, id: u32, input: Doc, mut request: TaskRequest) {
        request.task = self.next_key;
        self.next_key += 1;
        let now_ms = cx.now_ms;
        let after = |seconds: i64| now_ms.saturating_add(seconds.saturating_mul(1000));
        let timeout_at = request.timeout_s.map(after);
        let heartbeat_at = request.heartbeat_s.map(after);
        let timeout = timeout_at.map(|at| self.set_timer(cx, id, TimerKind::Timeout, at));
        let heartbeat = heartbeat_at.map(|at| self.set_timer(cx, id, TimerKind::Heartbeat, at));
        self.tasks.insert(request.task, id);
        let pending = Pending {
            task: request.task,
            arn: Rc::clone(&request.arn),
            resource: request.resource.clone(),
            input,
            timeout,
            heartbeat,
            heartbeat_s: request.heartbeat_s,
        };
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.phase = Phase::Task(Box::new(pending));
        }
        if self.end_as_made_up(cx, id, request.task) {
            return;
        }
        cx.out.push(Out::Task(Box::new(request)));
    }

    /// `Credentials.RoleArn`
    fn role(
        &self,
        cx: &mut Cx<'_>,
        id: u32,
        (task, input): (&Task, &Doc),
    ) -> Result<Option<String>, Failure> {
        let Some(template) = &task.credentials else { return Ok(None) };
        let value = self.view(cx, id, &States::default(), |view, _, _| {
            template.evaluate(view, input.value(), "Credentials")
        })?;
        Ok(value.get("RoleArn").and_then(Value::as_str).map(str::to_owned))
    }

    fn pending(&self, task: u64) -> Option<(u32, &Pending)> {
        let id = *self.tasks.get(&task)?;
        match &self.frames.get(&id)?.phase {
            Phase::Task(pending) if pending.task == task => Some((id, pending)),
            _ => None,
        }
    }

    /// The state that waits for a task, and the iteration that it is in.
    pub fn asks<'a>(&self, machine: &'a Machine, task: u64) -> Option<(&'a str, Option<usize>)> {
        let (id, _) = self.pending(task)?;
        let frame = self.frames.get(&id)?;
        let name = &machine.state(frame.state)?.name;
        Some((name, frame.item.as_ref().map(|item| item.index)))
    }

    /// Whether a task is done by a worker.
    pub(super) fn is_activity(&self, task: u64) -> bool {
        self.pending(task).is_some_and(|(_, pending)| pending.resource == Resource::Activity)
    }

    /// Whether a task is still waited for.
    pub fn is_pending(&self, task: u64) -> bool {
        self.outcome.is_none() && self.tasks.contains_key(&task)
    }

    /// A worker has taken an activity's task.
    pub fn task_started(&mut self, cx: &mut Cx<'_>, task: u64, worker: Option<&str>) {
        let details = worker.map(|name| text(Detail::WorkerName, name)).into_iter().collect();
        self.note(cx, task, EventKind::ActivityStarted, details);
        self.task_heartbeat(cx, task);
    }

    /// What a task waits for has begun: the answer of the call that began it.
    pub fn task_submitted(&mut self, cx: &mut Cx<'_>, task: u64, output: &Doc) {
        let Some((_, pending)) = self.pending(task) else { return };
        let mut details = pending.resource.named();
        details.push(text(Detail::Output, output.text()));
        self.note(cx, task, EventKind::TaskSubmitted, details);
    }

    fn note(&mut self, cx: &mut Cx<'_>, task: u64, kind: EventKind, details: Vec<(Detail, Field)>) {
        let Some((id, _)) = self.pending(task) else { return };
        let Some(frame) = self.frames.get(&id) else { return };
        let (lane, previous) = (frame.lane, frame.previous);
        let noted = self.emit(cx, (lane, previous), kind, details);
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.previous = noted;
        }
    }

    /// A worker shows that it lives; `false`: the task is not waited for.
    pub fn task_heartbeat(&mut self, cx: &mut Cx<'_>, task: u64) -> bool {
        let Some((id, pending)) = self.pending(task) else { return false };
        let (heartbeat, seconds) = (pending.heartbeat, pending.heartbeat_s);
        self.cancel_timer(cx, heartbeat);
        let at = seconds.map(|seconds| cx.now_ms.saturating_add(seconds.saturating_mul(1000)));
        let next = at.map(|at| self.set_timer(cx, id, TimerKind::Heartbeat, at));
        if let Some(frame) = self.frames.get_mut(&id)
            && let Phase::Task(pending) = &mut frame.phase
        {
            pending.heartbeat = next;
        }
        true
    }

    /// Takes a task away from those that are waited for.
    pub(super) fn settle_task(&mut self, cx: &mut Cx<'_>, task: u64) -> Option<(u32, Pending)> {
        let (id, pending) = self.pending(task)?;
        let pending = pending.clone();
        self.tasks.remove(&task);
        self.cancel_timer(cx, pending.timeout);
        self.cancel_timer(cx, pending.heartbeat);
        Some((id, pending))
    }

    /// A task has ended well; `false`: it was not waited for.
    pub fn task_succeeded(&mut self, cx: &mut Cx<'_>, task: u64, output: Value) -> bool {
        if self.written(cx, task, Ok(&output)) {
            return true;
        }
        let Some((id, pending)) = self.settle_task(cx, task) else { return false };
        let output = Doc::new(output);
        if output.is_too_long() {
            let what = match &pending.resource {
                Resource::Service { kind, .. } => kind.clone(),
                Resource::Activity | Resource::Lambda => pending.arn.to_string(),
            };
            self.task_ended_badly(cx, id, &pending, Failure::too_long(&what));
            return true;
        }
        let Some(frame) = self.frames.get(&id) else { return false };
        let (lane, previous) = (frame.lane, frame.previous);
        let mut details = pending.resource.named();
        details.push(text(Detail::Output, output.text()));
        let [_, _, succeeded, ..] = pending.resource.kinds();
        let last = self.emit(cx, (lane, previous), succeeded, details);
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.previous = last;
        }
        self.show(|stages| stages.result = Some(output.clone()));
        let left = self
            .output(cx, id, &pending.input, Some(output))
            .and_then(|out| self.leave(cx, id, Next::State, out));
        if let Err(failure) = left {
            self.fail(cx, id, failure);
        }
        true
    }

    /// A task has ended badly; `false`: it was not waited for.
    pub fn task_failed(
        &mut self,
        cx: &mut Cx<'_>,
        task: u64,
        (error, cause): (Option<String>, Option<String>),
    ) -> bool {
        let failure = Failure { error, cause, location: None, late: false, placed: false };
        if self.written(cx, task, Err(&failure)) {
            return true;
        }
        let Some((id, pending)) = self.settle_task(cx, task) else { return false };
        self.task_ended_badly(cx, id, &pending, failure);
        true
    }

    fn task_ended_badly(&mut self, cx: &mut Cx<'_>, id: u32, pending: &Pending, failure: Failure) {
        let [_, _, _, failed, _] = pending.resource.kinds();
        self.end_task(cx, id, (pending, failed), failure);
    }

    /// A task has taken too long, or has fallen silent.
    pub(super) fn task_timed_out(&mut self, cx: &mut Cx<'_>, id: u32, error: &str) {
        let Some(frame) = self.frames.get(&id) else { return };
        let Phase::Task(pending) = &frame.phase else { return };
        let task = pending.task;
        let Some((id, pending)) = self.settle_task(cx, task) else { return };
        cx.out.push(Out::CancelTask(task));
        let failure = Failure {
            error: Some(error.to_owned()),
            cause: None,
            location: None,
            late: false,
            placed: false,
        };
        let [_, _, _, _, timed_out] = pending.resource.kinds();
        self.end_task(cx, id, (&pending, timed_out), failure);
    }

    fn end_task(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        (pending, kind): (&Pending, EventKind),
        failure: Failure,
    ) {
        let Some(frame) = self.frames.get(&id) else { return };
        let (lane, previous) = (frame.lane, frame.previous);
        let mut details = pending.resource.named();
        details.extend(error_details(failure.error.as_deref(), failure.cause.as_deref()));
        let last = self.emit(cx, (lane, previous), kind, details);
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.previous = last;
            frame.phase = Phase::Run;
        }
        self.fail(cx, id, failure);
    }
}

/// A task's token: opaque, and long as AWS's are.
pub fn new_token(random: &mut dyn FnMut() -> u64) -> String {
    use base64::Engine as _;
    let mut bytes = vec![0, 0, 0, 42, 0, 0, 0, 2];
    for _ in 0..12 {
        bytes.extend(random().to_be_bytes());
    }
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// A number of seconds, which is whole and positive.
fn whole(field: &str, value: Option<Value>) -> Result<Option<i64>, Failure> {
    let Some(value) = value else { return Ok(None) };
    let seconds = value.as_i64().filter(|seconds| (1..=99_999_999).contains(seconds));
    seconds.map(Some).ok_or_else(|| {
        Failure::runtime(format!(
            "{field} must be a whole number from 1 to 99999999, but was: {value}"
        ))
    })
}

impl Pending {
    /// The task's number.
    pub(super) fn number(&self) -> u64 {
        self.task
    }

    /// Its time-out, its heartbeat.
    pub(super) fn timers(&self) -> (Option<u64>, Option<u64>) {
        (self.timeout, self.heartbeat)
    }
}
