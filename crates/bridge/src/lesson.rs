//! A lesson in the open cloud: set up once, watched after every call that changed something, and
//! its progress kept beside the journal.

use std::collections::BTreeMap;

use cloudarium_cloud::Storage as _;
use cloudarium_lesson::{Lab, Lesson, Run};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::bridge::Bridge;
use crate::host_storage::{HostStorage, JsStorage};

/// The file beside the journal: what the learner has passed. It may be lost; checks are then judged
/// anew.
const PROGRESS: &str = "beside.json";

/// The open lesson.
pub(crate) struct OpenLesson {
    pub lab: Lab,
    beside: HostStorage,
    /// What is in the file.
    kept: String,
}

fn told(words: impl std::fmt::Display) -> JsError {
    JsError::new(&words.to_string())
}

#[wasm_bindgen]
impl Bridge {
    /// The cloud of a lesson: `names` and `contents` are its files. A fresh one is set up.
    pub fn lesson(
        storage: JsStorage,
        folder: &str,
        names: Vec<String>,
        contents: &Array,
        learner: &str,
        real: f64,
    ) -> Result<Bridge, JsError> {
        let contents = contents.iter().map(|bytes| Uint8Array::new(&bytes).to_vec());
        let files: BTreeMap<String, Vec<u8>> = names.into_iter().zip(contents).collect();
        let lesson = Lesson::parse(folder, &files).map_err(|mistakes| {
            let words: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            told(format!("lessons/{folder} has mistakes:\n{}", words.join("\n")))
        })?;
        let mut lab = Lab::new(lesson, learner);
        let mut beside = HostStorage(storage.clone().unchecked_into());
        let kept = beside.read(PROGRESS).unwrap_or_default();
        let kept = String::from_utf8(kept).unwrap_or_default();
        let mut bridge = Self::open(lab.config(), storage, real);
        if bridge.durable.recovery().fresh {
            lab.set_up(&mut bridge.durable).map_err(told)?;
        } else {
            lab.restore_progress(&kept);
        }
        bridge.lesson = Some(OpenLesson { lab, beside, kept });
        bridge.keep_progress();
        Ok(bridge)
    }

    /// The lesson as the page shows it, as JSON; `in_track`: how many lessons its track has.
    #[wasm_bindgen(js_name = lessonView)]
    pub fn lesson_view(&self, in_track: usize) -> Result<String, JsError> {
        Ok(serde_json::to_string(&self.open_lesson()?.lab.view(in_track))?)
    }

    /// How far the learner has come, as JSON.
    #[wasm_bindgen(js_name = lessonState)]
    pub fn lesson_state(&self) -> Result<String, JsError> {
        Ok(serde_json::to_string(&self.open_lesson()?.lab.state())?)
    }

    /// Judges the checks of a step, as a JSON array; `run` is the learner's latest run as JSON.
    #[wasm_bindgen(js_name = lessonCheck)]
    pub fn lesson_check(&mut self, step: &str, run: Option<String>) -> Result<String, JsError> {
        let run: Option<Run> = run.map(|run| serde_json::from_str(&run)).transpose()?;
        let Self { durable, lesson, .. } = self;
        let open = lesson.as_mut().ok_or_else(|| told("no lesson is open"))?;
        let results = open
            .lab
            .check(durable, step, run.as_ref())
            .ok_or_else(|| told(format!("the lesson has no step {step}")))?;
        self.keep_progress();
        Ok(serde_json::to_string(&results)?)
    }
}

impl Bridge {
    fn open_lesson(&self) -> Result<&OpenLesson, JsError> {
        self.lesson.as_ref().ok_or_else(|| told("no lesson is open"))
    }

    /// Notes what holds just now, if the latest call changed something.
    pub(crate) fn observe(&mut self) {
        let calls = self.durable.cloud().calls();
        if !calls.get(calls.last_seq()).is_some_and(|record| record.changed) {
            return;
        }
        self.look_around();
    }

    /// Notes what holds just now.
    pub(crate) fn look_around(&mut self) {
        if let Some(open) = &mut self.lesson {
            open.lab.observe(&mut self.durable);
            self.keep_progress();
        }
    }

    /// Makes the lesson's set-up calls again, in the emptied cloud.
    pub(crate) fn set_up_again(&mut self) -> Result<(), JsError> {
        if let Some(open) = &mut self.lesson {
            open.lab.set_up(&mut self.durable).map_err(told)?;
        }
        self.keep_progress();
        Ok(())
    }

    /// Writes progress down when it has changed. A failure is no harm: see [`PROGRESS`].
    fn keep_progress(&mut self) {
        let Some(open) = &mut self.lesson else { return };
        let progress = open.lab.progress();
        if progress != open.kept && open.beside.replace(PROGRESS, progress.as_bytes()).is_ok() {
            open.kept = progress;
        }
    }
}
