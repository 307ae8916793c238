//! Talks to the Python worker: runs code, hears output and progress.

use js_sys::Object;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::js;
use crate::state::cloud::{get, set};

/// A run, as far as it has come.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Run {
    /// Counts runs, so that a late ending is not taken for another run's.
    pub number: u32,
    pub phase: Phase,
    /// Output in the order in which it came.
    pub chunks: Vec<Chunk>,
    /// Standard output alone, for the checks.
    pub stdout: String,
    /// The traceback, when there was one.
    pub error: Option<String>,
    /// The line that failed.
    pub line: Option<u32>,
    pub ms: Option<f64>,
    pub status: Status,
    /// Name and text of the files that ran.
    pub files: std::collections::BTreeMap<String, String>,
    /// Set when Python could not start, or was lost.
    pub trouble: Option<String>,
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

/// A piece of output.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chunk {
    pub is_error: bool,
    pub text: String,
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
    /// ok, error or stopped
    pub status: String,
    pub line: Option<u32>,
    pub ms: Option<f64>,
    pub error: Option<String>,
}

impl Run {
    /// Whether Stop would stop something.
    pub fn is_going(&self) -> bool {
        matches!(self.phase, Phase::Loading | Phase::Running)
    }
}

/// Hears output and progress for as long as it lives.
#[derive(Debug)]
pub struct Ears {
    _output: Closure<dyn FnMut(String, String)>,
    _status: Closure<dyn FnMut(JsValue)>,
}

/// Names who hears.
pub fn listen(
    mut on_output: impl FnMut(Chunk) + 'static,
    mut on_status: impl FnMut(Status) + 'static,
) -> Ears {
    let output = Closure::new(move |stream: String, text: String| {
        on_output(Chunk { is_error: stream == "stderr", text });
    });
    let status = Closure::new(move |status: JsValue| on_status(read(&status)));
    let handlers: JsValue = Object::new().into();
    set(&handlers, "onOutput", output.as_ref());
    set(&handlers, "onStatus", status.as_ref());
    js::python_configure(&handlers);
    Ears { _output: output, _status: status }
}

/// Runs a file in a home; comes back when it has ended.
pub async fn run(code: &str, file: &str, region: &str, home: &str) -> Result<Ended, String> {
    let options: JsValue = Object::new().into();
    set(&options, "home", &home.into());
    let files: JsValue = Object::new().into();
    set(&files, file, &code.into());
    set(&options, "file", &file.into());
    set(&options, "files", &files);
    let env: JsValue = Object::new().into();
    set(&env, "AWS_DEFAULT_REGION", &region.into());
    set(&options, "env", &env);
    let ended = JsFuture::from(js::python_run(code, &options)).await;
    ended.map(|ended| read(&ended)).map_err(|error| {
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
