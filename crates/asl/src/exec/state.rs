//! What a state does once it is entered.

use super::flow::{Assigned, States, evaluate};
use super::frame::{Frame, Phase, TimerKind};
use super::{Cx, Execution};
use crate::choice::Rule;
use crate::doc::Doc;
use crate::event::{Detail, EventKind, Field, text};
use crate::fail::Failure;
use crate::machine::{Kind, Moment, Number, State, Until};
use crate::template::{Language, Template};
use crate::time;

/// Where a frame goes from here.
pub(super) enum Next {
    /// To what the state says.
    State,
    /// To this state: a rule's or a Catcher's.
    Named(Option<usize>),
    /// Nowhere: the scope has ended.
    End,
}

impl Next {
    fn of(&self, state: &State) -> Option<usize> {
        match self {
            Self::State => state.next,
            Self::Named(next) => *next,
            Self::End => None,
        }
    }
}

/// The kinds of a state's events: entered, exited.
fn kinds(kind: &Kind) -> (EventKind, EventKind) {
    match kind {
        Kind::Pass(_) => (EventKind::PassStateEntered, EventKind::PassStateExited),
        Kind::Task(_) => (EventKind::TaskStateEntered, EventKind::TaskStateExited),
        Kind::Choice(..) => (EventKind::ChoiceStateEntered, EventKind::ChoiceStateExited),
        Kind::Wait(_) => (EventKind::WaitStateEntered, EventKind::WaitStateExited),
        Kind::Succeed => (EventKind::SucceedStateEntered, EventKind::SucceedStateExited),
        // A Fail state is never left.
        Kind::Fail(..) => (EventKind::FailStateEntered, EventKind::FailStateEntered),
        Kind::Parallel(_) => (EventKind::ParallelStateEntered, EventKind::ParallelStateExited),
        Kind::Map(_) => (EventKind::MapStateEntered, EventKind::MapStateExited),
    }
}

impl Execution {
    /// Moves the frame `id` on.
    pub(super) fn advance(&mut self, cx: &mut Cx<'_>, id: u32) {
        let Some(frame) = self.frames.get(&id) else { return };
        let Some(state) = cx.machine.state(frame.state) else {
            return self.fail(cx, id, Failure::runtime("There is no such state."));
        };
        match frame.phase {
            Phase::Enter => self.enter(cx, id, state),
            Phase::Run => {}
            Phase::Children(_) => return self.next_children(cx, id),
            Phase::Waiting(..) | Phase::Backoff(_) | Phase::Task(_) => return,
        }
        if self.outcome.is_some() || !self.frames.contains_key(&id) {
            return;
        }
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.kept = None;
        }
        if let Err(failure) = self.work(cx, id, state) {
            self.fail(cx, id, failure);
        }
    }

    fn enter(&mut self, cx: &mut Cx<'_>, id: u32, state: &State) {
        let Some(frame) = self.frames.get(&id) else { return };
        let (lane, previous) = (frame.lane, frame.previous);
        let details = vec![
            text(Detail::Name, std::rc::Rc::clone(&state.name)),
            text(Detail::Input, frame.input.text()),
        ];
        let entered = self.emit(cx, (lane, previous), kinds(&state.kind).0, details);
        self.note_given(cx, id, entered);
        let retries = self.stages.as_ref().map_or(0, |stages| stages.setup.retry_count);
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.before_entered = previous;
            frame.entered = entered;
            frame.previous = entered;
            frame.entered_ms = cx.now_ms;
            frame.retries = vec![retries; state.retry.len()];
            frame.token = None;
            frame.phase = Phase::Run;
        }
    }

    fn work(&mut self, cx: &mut Cx<'_>, id: u32, state: &State) -> Result<(), Failure> {
        match &state.kind {
            Kind::Fail(error, cause) => self.fail_state(cx, id, (error, cause)),
            Kind::Task(task) => self.begin_task(cx, id, task),
            Kind::Parallel(branches) => self.begin_parallel(cx, id, branches),
            Kind::Map(map) => self.begin_map(cx, id, map),
            Kind::Wait(until) => {
                let input = self.effective_input(cx, id)?;
                let at_ms = self.until(cx, id, (until, &input))?;
                let key = self.set_timer(cx, id, TimerKind::Wait, at_ms);
                if let Some(frame) = self.frames.get_mut(&id) {
                    frame.phase = Phase::Waiting(key, input);
                }
                Ok(())
            }
            Kind::Choice(rules, default) => {
                let input = self.effective_input(cx, id)?;
                self.choose(cx, id, &input, (rules, *default))
            }
            Kind::Succeed => {
                let input = self.effective_input(cx, id)?;
                let (output, assigned) = self.output(cx, id, &input, None)?;
                self.leave(cx, id, Next::End, (output, assigned))
            }
            Kind::Pass(result) => {
                let input = self.effective_input(cx, id)?;
                let made = self.arguments(cx, id, &input)?;
                let made = result.clone().unwrap_or(made);
                if result.is_some() {
                    self.show(|stages| stages.result = Some(made.clone()));
                }
                let given = (state.language == Language::JsonPath).then_some(made);
                let (output, assigned) = self.output(cx, id, &input, given)?;
                self.leave(cx, id, Next::State, (output, assigned))
            }
        }
    }

    /// Leaves a state whose work is done: writes it down, keeps what it assigns, goes on.
    pub(super) fn leave(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        next: Next,
        (output, assigned): (Doc, Assigned),
    ) -> Result<(), Failure> {
        let Some(frame) = self.frames.get(&id) else { return Ok(()) };
        let Some(state) = cx.machine.state(frame.state) else { return Ok(()) };
        if output.is_too_long() {
            return Err(Failure::too_long(&state.name));
        }
        if self.stages.is_some() {
            let next = next.of(state);
            self.inspected(cx, next, (output, assigned));
            return Ok(());
        }
        let output = output.rewritten();
        let mut details = vec![
            text(Detail::Name, std::rc::Rc::clone(&state.name)),
            text(Detail::Output, output.text()),
        ];
        if !assigned.is_empty() {
            details.push((Detail::AssignedVariables, Field::Texts(super::flow::texts(&assigned))));
        }
        let (lane, previous) = (frame.lane, frame.previous);
        let exited = self.emit(cx, (lane, previous), kinds(&state.kind).1, details);
        let next = next.of(state);
        let Some(frame) = self.frames.get_mut(&id) else { return Ok(()) };
        frame.previous = exited;
        frame.variables.extend(assigned);
        match next {
            Some(next) => {
                frame.state = next;
                frame.input = output;
                frame.phase = Phase::Enter;
                self.ready.push_back(id);
            }
            None => self.finish(cx, id, output),
        }
        Ok(())
    }

    /// A Wait state's moment has come.
    pub(super) fn waited(&mut self, cx: &mut Cx<'_>, id: u32) {
        let Some(Frame { phase: Phase::Waiting(_, input), .. }) = self.frames.get(&id) else {
            return;
        };
        let input = input.clone();
        let left =
            self.output(cx, id, &input, None).and_then(|out| self.leave(cx, id, Next::State, out));
        if let Err(failure) = left {
            self.fail(cx, id, failure);
        }
    }

    fn choose(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        input: &Doc,
        (rules, default): (&[Rule], Option<usize>),
    ) -> Result<(), Failure> {
        let none = States::default();
        for (at, rule) in rules.iter().enumerate() {
            let place = format!("Choices[{at}]/Condition");
            let applies = self
                .view(cx, id, &none, |view, _, _| rule.test.applies(view, input.value(), &place))?;
            if applies {
                let out = self.view(cx, id, &none, |view, frame, state| {
                    let before = format!("Choices[{at}]/");
                    if state.language == Language::Jsonata {
                        let plain = frame.input.clone();
                        return super::flow::jsonata(
                            view,
                            rule.output.as_ref(),
                            &rule.assign,
                            plain,
                            &before,
                        );
                    }
                    let assigned =
                        super::flow::assign(view, &rule.assign, input, &format!("{before}Assign"))?;
                    Ok((evaluate_output(view, state, input)?, assigned))
                })?;
                return self.leave(cx, id, Next::Named(rule.next), out);
            }
        }
        let Some(default) = default else {
            return Err(Failure::placed(
                "States.NoChoiceMatched",
                "Failed to transition out of the state. The state's choice rules matched nothing, and \
                 it has no Default.",
            ));
        };
        let out = self.output(cx, id, input, None)?;
        self.leave(cx, id, Next::Named(Some(default)), out)
    }

    fn fail_state(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        (error, cause): (&Option<Template>, &Option<Template>),
    ) -> Result<(), Failure> {
        let said = |template: &Option<Template>, field: &str, cx: &mut Cx<'_>| {
            let Some(template) = template else { return Ok(None) };
            self.view(cx, id, &States::default(), |view, frame, _| {
                let value = evaluate_text(view, template, &frame.input, field)?;
                Ok(Some(value))
            })
        };
        let error = said(error, "Error", cx)?;
        let cause = said(cause, "Cause", cx)?;
        Err(Failure { error, cause, location: None, late: false, placed: false })
    }

    fn until(
        &self,
        cx: &mut Cx<'_>,
        id: u32,
        (until, input): (&Until, &Doc),
    ) -> Result<i64, Failure> {
        match until {
            Until::Seconds(number) => {
                let seconds = self.seconds(cx, id, (number, input))?;
                Ok(cx.now_ms.saturating_add(seconds.saturating_mul(1000)))
            }
            Until::Timestamp(Moment::Given(at_ms)) => Ok(*at_ms),
            Until::Timestamp(Moment::Path(path)) => {
                self.view(cx, id, &States::default(), |view, _, _| {
                    let value = view.find(path, input.value()).map_err(|_| {
                        Failure::runtime(format!(
                            "The TimestampPath parameter does not reference an input value: {}",
                            path.text
                        ))
                    })?;
                    value.as_str().and_then(time::parse).ok_or_else(|| {
                        Failure::runtime(format!(
                            "The TimestampPath parameter does not reference a valid ISO-8601 extended \
                             offset date-time format string: {} == {}",
                            path.text,
                            plain(&value)
                        ))
                    })
                })
            }
            Until::Timestamp(Moment::Template(template)) => {
                self.view(cx, id, &States::default(), |view, _, _| {
                    let value = template.evaluate(view, input.value(), "Timestamp")?;
                    value.as_str().and_then(time::parse).ok_or_else(|| {
                        let why = format!(
                            "The Timestamp field cannot be parsed as an ISO-8601 extended offset \
                             date-time format string: {}",
                            plain(&value)
                        );
                        Failure { late: true, ..Failure::evaluation("Timestamp", why) }
                    })
                })
            }
        }
    }

    fn seconds(
        &self,
        cx: &mut Cx<'_>,
        id: u32,
        (number, input): (&Number, &Doc),
    ) -> Result<i64, Failure> {
        if let Number::Path(Template::Path(path), _) = number {
            let found = self.view(cx, id, &States::default(), |view, _, _| {
                Ok(view.find(path, input.value()))
            })?;
            let value = found.ok().filter(|value| !value.is_null()).ok_or_else(|| {
                Failure::runtime(format!(
                    "The SecondsPath parameter does not reference an input value: {}",
                    path.text
                ))
            })?;
            let shown = plain(&value);
            let seconds =
                value.as_i64().or_else(|| value.as_str()?.parse().ok()).ok_or_else(|| {
                    Failure::runtime(format!(
                        "The SecondsPath parameter cannot be parsed as a long value: {} == {shown}",
                        path.text
                    ))
                })?;
            if seconds < 0 {
                return Err(Failure::runtime(format!(
                    "The SecondsPath parameter references a negative value: {} == {shown}",
                    path.text
                )));
            }
            return Ok(seconds);
        }
        let value = self.number(cx, id, (number, input))?.unwrap_or_default();
        let seconds = value.as_i64().filter(|seconds| (0..=99_999_999).contains(seconds));
        seconds.ok_or_else(|| {
            Failure::evaluation(
                "Seconds",
                format!(
                    "The Seconds field must be a whole number from 0 to 99999999, but was: {value}"
                ),
            )
        })
    }
}

fn evaluate_output(
    view: &mut crate::view::View<'_>,
    state: &State,
    input: &Doc,
) -> Result<Doc, Failure> {
    match &state.output_path {
        None => Ok(Doc::empty()),
        Some(Template::Path(path)) if !path.is_root() || path.root != crate::path::Root::Input => {
            view.find(path, input.value())
                .map(Doc::new)
                .map_err(|why| super::flow::invalid(&path.text, &why.0))
        }
        Some(template) => evaluate(view, template, input, "OutputPath"),
    }
}

/// An error or a cause: a string, or JSON as its text.
fn evaluate_text(
    view: &mut crate::view::View<'_>,
    template: &Template,
    input: &Doc,
    field: &str,
) -> Result<String, Failure> {
    match template {
        Template::Path(path) => {
            let found = view.find(path, input.value());
            let value = found.map_err(|why| super::flow::invalid(&path.text, &why.0))?;
            Ok(plain(&value))
        }
        other => other.evaluate(view, input.value(), field).map(|value| plain(&value)),
    }
}

/// A string as it is, other JSON as its text.
pub(super) fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| crate::doc::write(value), str::to_owned)
}
