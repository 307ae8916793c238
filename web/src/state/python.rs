//! Talks to the Python worker: runs code, hears output and progress.

use js_sys::Object;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::js;
use crate::state::cloud::{get, set};
use crate::state::completions::Completions;
use crate::state::output::{Chunk, Output, Stream};

/// A run, as far as it has come.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Run {
    /// Counts runs, so that a late ending is not taken for another run's.
    pub number: u32,
    pub phase: Phase,
    pub output: Output,
    /// Standard output alone, for the checks.
    pub stdout: String,
    /// The traceback, when there was one.
    pub error: Option<String>,
    /// Where it failed.
    pub place: Option<Where>,
    pub ms: Option<f64>,
    pub status: Status,
    /// Name and text of the files that ran.
    pub files: std::collections::BTreeMap<String, String>,
    /// Set when Python could not start, or was lost.
    pub trouble: Option<String>,
    /// What a line of input is asked for by; none while nothing is asked.
    pub asking: Option<String>,
    pub prompt: Prompt,
}

/// The prompt below the output.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Prompt {
    /// Counts the inputs: a call is known by it.
    pub number: u32,
    /// Whether an input is being worked on.
    pub busy: bool,
    /// The input, until it stands in the output: only its end tells whether it was complete.
    pub unsaid: Option<String>,
}

/// A place in the learner's files. Columns from 0, in UTF-16, as the editor counts.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Where {
    pub file: String,
    pub line: u32,
    pub column: Option<u32>,
    pub end: Option<u32>,
}

/// Where a run is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Phase {
    /// Nothing has run yet.
    #[default]
    Idle,
    /// Pressed, and Python is still coming in.
    Loading,
    Running,
    Done,
    Failed,
    Stopped,
    /// Python could not start, or was lost.
    Lost,
}

/// What the worker says of itself.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Status {
    /// download, start, ready, running, crashed
    pub phase: String,
    /// Bytes that have come, and bytes there are.
    pub done: f64,
    pub total: f64,
    pub words: String,
}

/// How a run ended.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ended {
    /// ok, error or stopped; of an input at the prompt also more or exit
    pub status: String,
    #[serde(rename = "where")]
    pub place: Option<Where>,
    pub ms: Option<f64>,
    pub error: Option<String>,
    /// Python had to be started anew: what the run left is gone.
    pub renewed: bool,
}

impl Run {
    /// Whether Stop would stop something.
    pub fn is_going(&self) -> bool {
        self.is_script_going() || self.prompt.busy
    }

    /// Whether a script runs, or is about to; the prompt does not count.
    pub fn is_script_going(&self) -> bool {
        matches!(self.phase, Phase::Loading | Phase::Running)
    }
}

/// Hears output and progress for as long as it lives.
#[derive(Debug)]
pub struct Ears {
    _output: Closure<dyn FnMut(String, String)>,
    _status: Closure<dyn FnMut(JsValue)>,
    _ask: Closure<dyn FnMut(String)>,
}

/// Names who hears.
pub fn listen(
    mut on_output: impl FnMut(Chunk) + 'static,
    mut on_status: impl FnMut(Status) + 'static,
    on_ask: impl FnMut(String) + 'static,
) -> Ears {
    let output = Closure::new(move |stream: String, text: String| {
        let stream = if stream == "stderr" { Stream::Error } else { Stream::Out };
        on_output(Chunk { stream, text });
    });
    let ask = Closure::new(on_ask);
    let status = Closure::new(move |status: JsValue| on_status(read(&status)));
    let handlers: JsValue = Object::new().into();
    set(&handlers, "onOutput", output.as_ref());
    set(&handlers, "onStatus", status.as_ref());
    set(&handlers, "onAsk", ask.as_ref());
    js::python_configure(&handlers);
    Ears { _output: output, _status: status, _ask: ask }
}

/// Has at hand what Python's start waits for longest, where it was used before.
pub fn read_ahead() {
    js::python_read_ahead();
}

/// Runs a file in a home; comes back when it has ended.
pub async fn run(code: &str, file: &str, region: &str, home: &str) -> Result<Ended, String> {
    let options: JsValue = Object::new().into();
    set(&options, "home", &home.into());
    let files: JsValue = Object::new().into();
    set(&files, file, &code.into());
    set(&options, "file", &file.into());
    set(&options, "files", &files);
    set(&options, "env", &environment(region));
    ended(js::python_run(code, &options)).await
}

/// Runs an input at the prompt, in the names that the last run left.
pub async fn evaluate(
    source: &str,
    number: u32,
    region: &str,
    home: &str,
) -> Result<Ended, String> {
    let options: JsValue = Object::new().into();
    set(&options, "number", &number.into());
    set(&options, "home", &home.into());
    set(&options, "env", &environment(region));
    ended(js::python_evaluate(source, &options)).await
}

/// What could stand at `point` (in characters) of an input at the prompt; none while something runs.
pub async fn suggest(source: &str, point: usize, home: &str) -> Option<Completions> {
    let point = u32::try_from(point).ok()?;
    let found = JsFuture::from(js::python_suggest(source, point, home)).await.ok()?;
    let text = js_sys::JSON::stringify(&found).ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}

/// Gives a script the line that it asked for; none ends the input.
pub fn answer(ask: &str, text: Option<&str>) {
    // Nobody waits for it: a line that cannot be brought is asked for again, or Stop ends the wait.
    let _ = js::python_answer(ask, &text.map_or(JsValue::NULL, JsValue::from_str));
}

fn environment(region: &str) -> JsValue {
    let env: JsValue = Object::new().into();
    set(&env, "AWS_DEFAULT_REGION", &region.into());
    env
}

async fn ended(promise: js_sys::Promise) -> Result<Ended, String> {
    JsFuture::from(promise).await.map(|ended| read(&ended)).map_err(|error| {
        let words = get(&error, "message").as_string().or_else(|| error.as_string());
        words.unwrap_or_default()
    })
}

/// Ends what runs.
pub fn stop() {
    js::python_stop();
}

/// Why this browser cannot run Python, if it cannot.
pub fn unsupported() -> Option<String> {
    Some(js::python_supported()).filter(|words| !words.is_empty())
}

fn read<T: for<'a> Deserialize<'a> + Default>(value: &JsValue) -> T {
    let text = js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}
