//! One execution environment: a thread that starts its interpreter with the first invocation, and hands it one
//! after the other.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cloudarium_cloud::unrunnable;
use cloudarium_shape::{Map, Value};
use serde_json::{Value as Json, json};

use super::Settings;
use super::boot::{command, text};
use super::process::{End, Exchange, Process};
use crate::host::wall;

/// How long a start may take beyond the function's own time-out.
/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib>
const INIT_MAX: Duration = Duration::from_secs(10);

/// What an interpreter needs before any code runs: memory that a function of 128 MB has on AWS, too.
const MEMORY_MARGIN_MB: u64 = 32;

/// An invocation, and whom its end is told to.
pub struct Job {
    /// The work's input.
    pub input: Value,
    /// Takes how it ended.
    pub tell: Box<dyn FnOnce(Value) + Send>,
}

/// The way to an environment's thread. Dropped, the environment ends.
pub struct Environment {
    jobs: Sender<Job>,
    alive: Arc<AtomicBool>,
    waiting: Arc<AtomicUsize>,
}

struct Thread {
    settings: Settings,
    address: SocketAddr,
    packages: Vec<Bytes>,
    folder: PathBuf,
    process: Option<Process>,
    alive: Arc<AtomicBool>,
    waiting: Arc<AtomicUsize>,
}

impl Environment {
    /// A thread; its process begins with the first invocation.
    pub fn start(
        settings: Settings,
        address: SocketAddr,
        packages: Vec<Bytes>,
    ) -> std::io::Result<Self> {
        let (jobs, received) = channel();
        let alive = Arc::new(AtomicBool::new(true));
        let waiting = Arc::new(AtomicUsize::new(0));
        let thread = Thread {
            settings,
            address,
            packages,
            folder: new_folder(),
            process: None,
            alive: Arc::clone(&alive),
            waiting: Arc::clone(&waiting),
        };
        std::thread::Builder::new()
            .name("function".to_owned())
            .spawn(move || thread.run(&received))?;
        Ok(Self { jobs, alive, waiting })
    }

    /// Whether its process has not crashed.
    pub fn is_alive(&self) -> bool {
        self.alive.load(Ordering::SeqCst)
    }

    /// Whether it runs something.
    pub fn is_busy(&self) -> bool {
        self.waiting.load(Ordering::SeqCst) > 0
    }

    /// Hands it an invocation.
    pub fn send(&self, job: Job) {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        if let Err(refused) = self.jobs.send(job) {
            (refused.0.tell)(unrunnable("The environment has ended."));
        }
    }
}

/// A folder that nobody else has.
fn new_folder() -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let number = COUNT.fetch_add(1, Ordering::SeqCst);
    let name = format!("cloudarium-function-{}-{number}", std::process::id());
    std::env::temp_dir().join(name)
}

impl Thread {
    fn run(mut self, jobs: &Receiver<Job>) {
        for job in jobs {
            let result = self.invoke(&job.input);
            if self.process.is_none() {
                self.alive.store(false, Ordering::SeqCst);
            }
            self.waiting.fetch_sub(1, Ordering::SeqCst);
            (job.tell)(result);
        }
        self.process = None;
        let _ = std::fs::remove_dir_all(&self.folder);
    }

    fn invoke(&mut self, input: &Value) -> Value {
        let timeout = Duration::from_millis(number(input, "TimeoutMs"));
        let memory_max_mb = number(input, "MemoryMb") + MEMORY_MARGIN_MB;
        let mut told = Told::default();
        if self.process.is_none() {
            let began = Instant::now();
            let mut process = match self.boot(input) {
                Ok(process) => process,
                Err(error) => return unrunnable(&format!("{}: {error}", text(input, "Runtime"))),
            };
            let start = process.wait(began + INIT_MAX + timeout, memory_max_mb);
            told.init_ms = Some(began.elapsed().as_secs_f64() * 1_000.0);
            let ready =
                matches!(&start.end, End::Told(it) if it.get("outcome") == Some(&json!("Ready")));
            told.take_lines(&start, true);
            told.memory_mb = process.memory_mb();
            if !ready {
                return told.finish(start, timeout);
            }
            self.process = Some(process);
        }
        if input.get("StartOnly") == Some(&Value::Bool(true)) {
            return told.ready();
        }
        let Some(process) = &mut self.process else { return unrunnable("There is no process.") };
        let deadline_ms = wall().as_ms() + i64::try_from(timeout.as_millis()).unwrap_or(0);
        if let Err(error) = process.write(&message(input, deadline_ms).to_string()) {
            self.process = None;
            return unrunnable(&format!("The environment does not listen: {error}"));
        }
        let exchange = process.wait(Instant::now() + timeout, memory_max_mb);
        told.memory_mb = told.memory_mb.max(process.memory_mb());
        if !matches!(exchange.end, End::Told(_)) {
            self.process = None;
        }
        told.take_lines(&exchange, false);
        told.finish(exchange, timeout)
    }

    fn boot(&self, input: &Value) -> std::io::Result<Process> {
        let _ = std::fs::remove_dir_all(&self.folder);
        let parts = (input, self.packages.as_slice(), self.folder.as_path());
        Process::start(&mut command(&self.settings, self.address, parts)?)
    }
}

/// What the bootstrap is handed.
fn message(input: &Value, deadline_ms: i64) -> Json {
    let payload = match input.get("Payload") {
        Some(Value::Blob(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
        _ => "{}".to_owned(),
    };
    let context = STANDARD.decode(text(input, "ClientContext"));
    let context = context.ok().and_then(|bytes| serde_json::from_slice::<Json>(&bytes).ok());
    json!({
        "id": text(input, "RequestId"),
        "arn": text(input, "InvokedFunctionArn"),
        "payload": payload,
        "deadline_ms": deadline_ms,
        "client_context": context,
    })
}

fn number(input: &Value, name: &str) -> u64 {
    match input.get(name) {
        Some(Value::Int(number)) => u64::try_from(*number).unwrap_or(0),
        _ => 0,
    }
}

/// What is told of an invocation.
#[derive(Default)]
struct Told {
    init_ms: Option<f64>,
    memory_mb: u64,
    lines: Vec<Value>,
}

impl Told {
    fn take_lines(&mut self, exchange: &Exchange, during_init: bool) {
        for (at, line) in &exchange.lines {
            self.line(at.as_secs_f64() * 1_000.0, line, during_init);
        }
        if let End::Told(message) = &exchange.end
            && let Some(log) = message.get("log").and_then(Json::as_str)
        {
            self.line(exchange.took.as_secs_f64() * 1_000.0, log, during_init);
        }
    }

    fn line(&mut self, at_ms: f64, line: &str, during_init: bool) {
        self.lines.push(Value::Map(Map::from([
            ("AtMs".to_owned(), Value::Float(at_ms)),
            ("Text".to_owned(), Value::from(line)),
            ("DuringInit".to_owned(), Value::Bool(during_init)),
        ])));
    }

    /// It has started, and nothing else was asked for.
    fn ready(self) -> Value {
        let mut result = Map::from([
            ("Outcome".to_owned(), Value::from("Ready")),
            ("DurationMs".to_owned(), Value::Float(0.0)),
            ("MaxMemoryMb".to_owned(), Value::Int(i64::try_from(self.memory_mb).unwrap_or(0))),
            ("Lines".to_owned(), Value::List(self.lines)),
        ]);
        result.extend(self.init_ms.map(|it| ("InitMs".to_owned(), Value::Float(it))));
        Value::Map(result)
    }

    fn finish(self, exchange: Exchange, timeout: Duration) -> Value {
        let mut duration_ms = exchange.took.as_secs_f64() * 1_000.0;
        let mut result = Map::new();
        let outcome = match exchange.end {
            End::Told(message) => {
                let payload = message.get("payload").and_then(Json::as_str).unwrap_or("null");
                let payload = Bytes::from(payload.to_owned());
                result.insert("Payload".to_owned(), Value::Blob(payload));
                if let Some(stream) = message.get("stream") {
                    result.insert("Stream".to_owned(), streamed(stream));
                }
                match message.get("outcome").and_then(Json::as_str) {
                    Some("Returned") => "Returned",
                    Some("InitFailed") => "InitFailed",
                    _ => "Failed",
                }
            }
            End::Late => {
                duration_ms = timeout.as_secs_f64() * 1_000.0;
                "TimedOut"
            }
            End::TooBig => {
                result.insert("Status".to_owned(), Value::from("signal: killed"));
                "Exited"
            }
            End::Exited(status) => {
                result.insert("Status".to_owned(), Value::String(words(status)));
                "Exited"
            }
        };
        if outcome == "InitFailed" {
            duration_ms = 0.0;
        }
        result.insert("Outcome".to_owned(), Value::from(outcome));
        result.insert("DurationMs".to_owned(), Value::Float(duration_ms));
        let memory = i64::try_from(self.memory_mb).unwrap_or(0);
        result.insert("MaxMemoryMb".to_owned(), Value::Int(memory));
        if let Some(init_ms) = self.init_ms {
            result.insert("InitMs".to_owned(), Value::Float(init_ms));
        }
        result.insert("Lines".to_owned(), Value::List(self.lines));
        Value::Map(result)
    }
}

/// What a handler wrote piece by piece, in base64.
fn streamed(stream: &Json) -> Value {
    let text = |it: &Json| Value::from(it.as_str().unwrap_or_default());
    let chunks = stream.get("Chunks").and_then(Json::as_array).into_iter().flatten();
    let mut told = Map::from([("Chunks".to_owned(), Value::List(chunks.map(text).collect()))]);
    if let Some(kind) = stream.get("ContentType") {
        told.insert("ContentType".to_owned(), text(kind));
    }
    Value::Map(told)
}

/// As Lambda words it; empty where it says no more than that it exited.
fn words(status: Option<ExitStatus>) -> String {
    let Some(status) = status else { return String::new() };
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return match signal {
            9 => "signal: killed".to_owned(),
            6 => "signal: aborted".to_owned(),
            11 => "signal: segmentation fault".to_owned(),
            other => format!("signal: {other}"),
        };
    }
    match status.code() {
        Some(0) | None => String::new(),
        Some(code) => format!("exit status {code}"),
    }
}
