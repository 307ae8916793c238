//! Lessons: the list of them, one of them, and the way through it.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::state::cloud;
use crate::state::lesson::{CheckResult, CheckState, Lesson, Outline, Step};
use crate::state::lessons::{self, Lessons};
use crate::state::notices;
use crate::state::progress::Progress;

/// Something that is fetched, and the words when it cannot be.
pub type Fetched<T> = Option<Result<T, String>>;

/// All lessons there are, as the lesson engine lists them.
#[hook]
pub fn use_lessons() -> Fetched<Lessons> {
    let read = use_state_eq(|| lessons::known().map(Ok));
    let (setter, known) = (read.setter(), read.is_some());
    use_effect_with((), move |()| {
        notices::start();
        if !known {
            spawn_local(async move {
                setter.set(Some(lessons::all().await.map_err(|why| words_of(&why))));
            });
        }
    });
    (*read).clone()
}

/// What the list tells of one lesson: most often there when the page is drawn first.
#[hook]
pub fn use_outline(id: Option<String>) -> Option<Rc<Outline>> {
    let outline = use_state_eq(|| id.as_deref().and_then(lessons::known_outline).map(Rc::new));
    let (setter, known) = (outline.setter(), outline.is_some());
    use_effect_with(id, move |id| {
        if let Some(id) = id.clone().filter(|_| !known) {
            spawn_local(async move {
                // Why there is none is told by who opens the lesson.
                let all = lessons::all().await.unwrap_or_default();
                setter.set(all.iter().find(|one| one.id == id).cloned().map(Rc::new));
            });
        }
    });
    (*outline).clone()
}

/// One lesson, when the cloud is open.
#[hook]
pub fn use_lesson(id: Option<String>, ready: bool) -> Fetched<Rc<Lesson>> {
    let lesson = use_state_eq(|| None);
    let setter = lesson.setter();
    use_effect_with((id, ready), move |(id, ready)| {
        if let Some(id) = id.clone().filter(|_| *ready) {
            spawn_local(async move {
                let opened = ask::<Lesson>("open", json!({ "lesson": id })).await;
                setter.set(Some(opened.map(|lesson| Rc::new(lesson.linked()))));
            });
        }
    });
    (*lesson).clone()
}

/// The steps that have passed: kept by the browser, and by the cloud's own record.
#[derive(Clone, PartialEq)]
pub struct Passed {
    pub steps: Rc<BTreeSet<String>>,
    pub add: Callback<String>,
    pub forget: Callback<()>,
}

/// Follows which steps of a lesson have passed.
#[hook]
pub fn use_passed(lesson: Option<String>, ready: bool) -> Passed {
    let steps =
        use_state_eq(|| Rc::new(lesson.as_deref().map(Progress::of).unwrap_or_default().passed));
    {
        let setter = steps.setter();
        use_effect_with((lesson.clone(), ready), move |(lesson, ready)| {
            if let Some(lesson) = lesson.clone().filter(|_| *ready) {
                spawn_local(async move {
                    let Ok(state) = ask::<Value>("state", json!({ "lesson": lesson })).await else {
                        return;
                    };
                    let mut progress = Progress::of(&lesson);
                    progress.passed.extend(passed_in(&state));
                    progress.keep(&lesson);
                    setter.set(Rc::new(progress.passed));
                });
            }
        });
    }
    let add = {
        let (lesson, setter) = (lesson.clone(), steps.setter());
        Callback::from(move |step: String| {
            if let Some(lesson) = &lesson {
                let mut progress = Progress::of(lesson);
                if progress.passed.insert(step) {
                    progress.keep(lesson);
                }
                setter.set(Rc::new(progress.passed));
            }
        })
    };
    let forget = {
        let setter = steps.setter();
        Callback::from(move |()| {
            if let Some(lesson) = &lesson {
                Progress::forget(lesson);
            }
            setter.set(Rc::default());
        })
    };
    Passed { steps: (*steps).clone(), add, forget }
}

/// Whether all checks that count have passed.
pub fn has_passed(step: &Step, results: &[CheckResult]) -> bool {
    let passed =
        |id: &str| results.iter().any(|result| result.id == id && result.state == CheckState::Pass);
    !step.checks.is_empty()
        && step.checks.iter().filter(|check| !check.bonus).all(|check| passed(&check.id))
}

fn passed_in(state: &Value) -> Vec<String> {
    let steps = state.get("steps").and_then(Value::as_array);
    let passed =
        steps.into_iter().flatten().filter(|step| step.get("passed") == Some(&Value::Bool(true)));
    passed.filter_map(|step| Some(step.get("id")?.as_str()?.to_owned())).collect()
}

async fn ask<T: for<'a> serde::Deserialize<'a>>(action: &str, members: Value) -> Result<T, String> {
    let answer = cloud::lesson(action, members).await.map_err(|why| words_of(&why))?;
    serde_json::from_value(answer).map_err(|error| error.to_string())
}
