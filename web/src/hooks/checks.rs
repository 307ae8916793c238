//! The checks of a step, asked again whenever the learner has done something.

use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::state::cloud::{self, run_members};
use crate::state::lesson::{CheckResult, Lesson};
use crate::state::python::Run;

/// So many milliseconds of quiet before the checks are asked.
const QUIET_MS: u32 = 120;

/// What the checks are asked about.
#[derive(Clone, PartialEq)]
pub struct Question {
    pub lesson: Rc<Lesson>,
    pub step: usize,
    /// Changes with every call of the learner's, and with every reset.
    pub learner_calls: (u32, u32),
    pub run: Option<Rc<Run>>,
    /// The number of the last call before that run.
    pub since_seq: u64,
    /// Answers chosen in questions, by check.
    pub answers: Rc<BTreeMap<String, usize>>,
    /// Whether the cloud answers.
    pub ready: bool,
}

/// The results of the step in the question, as they stand; empty until they are known.
#[hook]
pub fn use_checks(question: Option<Question>) -> Rc<Vec<CheckResult>> {
    let results = use_state_eq(|| (String::new(), Rc::new(Vec::<CheckResult>::new())));
    let setter = results.setter();
    let step = question.as_ref().and_then(|asked| asked.lesson.step(asked.step));
    let name = step.map(|step| step.id.clone()).unwrap_or_default();
    use_effect_with((question, name.clone()), move |(question, name)| {
        let question = question.clone().filter(|asked| asked.ready);
        let name = name.clone();
        let timer = question.map(|question| {
            Timeout::new(QUIET_MS, move || {
                spawn_local(async move {
                    if let Some(results) = ask(&question, &name).await {
                        setter.set((format!("{}/{name}", question.lesson.id), Rc::new(results)));
                    }
                });
            })
        });
        move || drop(timer)
    });
    let (of, results) = &*results;
    if of.ends_with(&format!("/{name}")) { results.clone() } else { Rc::default() }
}

async fn ask(question: &Question, step: &str) -> Option<Vec<CheckResult>> {
    let run = run_members(question.run.as_deref(), question.since_seq, &question.answers);
    let members = json!({ "lesson": question.lesson.id, "step": step, "run": run });
    let answer = cloud::lesson("check", members).await.ok()?;
    let list = answer.get("checks").cloned().unwrap_or(answer);
    serde_json::from_value(list).ok()
}
