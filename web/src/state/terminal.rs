//! Talks to the Terminal's worker: runs lines, completes them, hears output and progress.

use js_sys::Object;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::js;
use crate::state::cloud::{get, set};
use crate::state::completions::Completions;
use crate::state::python::Status;
use crate::state::screen::Printed;

/// Where a command begins and what it sees: what the last line ended with (`_terminal/session.py`).
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Session(Map<String, Value>);

/// What a line leaves to the next.
const KEPT: [&str; 4] = ["cwd", "before", "exports", "variables"];
const HOME: &str = "/home/learner";
const WORK: &str = "/home/learner/work";

impl Session {
    /// The folder that is open, `~/work` or so.
    pub fn folder(&self) -> String {
        let cwd = self.0.get("cwd").and_then(Value::as_str).unwrap_or(WORK);
        match cwd.strip_prefix(HOME) {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("~{rest}"),
            _ => cwd.to_owned(),
        }
    }

    /// The session after a line.
    pub fn after(&self, ending: &Ending) -> Self {
        let mut next = self.0.clone();
        for name in KEPT {
            if let Some(value) = ending.rest.get(name) {
                next.insert(name.to_owned(), value.clone());
            }
        }
        if let Some(code) = ending.code {
            next.insert("last".to_owned(), code.into());
        }
        Self(next)
    }

    fn request(&self, region: &str, history: &[String]) -> JsValue {
        let mut request = self.0.clone();
        request.insert("region".into(), region.into());
        request.insert("history".into(), json!(history));
        let text = Value::Object(request).to_string();
        js_sys::JSON::parse(&text).unwrap_or(JsValue::NULL)
    }
}

/// How a line ended.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ending {
    /// ok, error or stopped
    pub status: String,
    /// The exit status, where the shell lived to tell it.
    pub code: Option<i32>,
    pub ms: Option<f64>,
    pub error: Option<String>,
    /// What else the page is to do: `clear`.
    pub wish: String,
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// Hears output and progress for as long as it lives.
#[derive(Debug)]
pub struct Ears {
    _output: Closure<dyn FnMut(String, String)>,
    _status: Closure<dyn FnMut(JsValue)>,
}

/// Names who hears.
pub fn listen(
    mut on_output: impl FnMut(Printed) + 'static,
    mut on_status: impl FnMut(Status) + 'static,
) -> Ears {
    let output = Closure::new(move |stream: String, text: String| {
        on_output(Printed { is_error: stream == "stderr", text });
    });
    let status = Closure::new(move |status: JsValue| on_status(read(&status)));
    let handlers: JsValue = Object::new().into();
    set(&handlers, "onOutput", output.as_ref());
    set(&handlers, "onStatus", status.as_ref());
    js::terminal_configure(&handlers);
    Ears { _output: output, _status: status }
}

/// Runs a line; comes back when it has ended.
pub async fn run(
    line: &str,
    session: &Session,
    (region, home): (&str, &str),
    history: &[String],
) -> Result<Ending, String> {
    let request = session.request(region, history);
    let ended = JsFuture::from(js::terminal_run(line, &request, home)).await;
    ended.map(|ended| read(&ended)).map_err(|error| {
        let words = get(&error, "message").as_string().or_else(|| error.as_string());
        words.unwrap_or_default()
    })
}

/// What could stand at `point` (in characters) of the line; none while something runs.
pub async fn complete(
    line: &str,
    point: u32,
    session: &Session,
    (region, home): (&str, &str),
) -> Option<Completions> {
    let request = session.request(region, &[]);
    let found = JsFuture::from(js::terminal_complete(line, point, &request, home)).await.ok()?;
    (!found.is_null()).then(|| read(&found))
}

/// Starts the worker, unless it was started.
pub fn start() {
    js::terminal_start();
}

/// Ends what runs.
pub fn stop() {
    js::terminal_stop();
}

fn read<T: for<'a> Deserialize<'a> + Default>(value: &JsValue) -> T {
    let text = js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}
