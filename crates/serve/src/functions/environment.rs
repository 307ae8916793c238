//! One execution environment: a thread that starts its interpreter with the first invocation, and hands it one
//! after the other.

use std::net::SocketAddr;
use std::process::ExitStatus;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cloudarium_cloud::unrunnable;
use cloudarium_shape::{Map, Value};
use serde_json::{Value as Json, json};

use super::Settings;
use super::boot::{command, text};
use super::home::Home;
use super::process::{End, Exchange, Process, kill_group};
use crate::host::wall;

/// How long a start may take before it is tried once more, as a part of the invocation and within the function's time-out.
/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib>
const INIT_MAX: Duration = Duration::from_secs(10);
/// How long a start may take that nobody waits for, if the function's time-out is no longer.
/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib>
const INIT_ALONE_MAX: Duration = Duration::from_secs(130);

/// What an interpreter needs before any code runs: memory that a function of 128 MB has on AWS, too.
const MEMORY_MARGIN_MB: u64 = 32;

/// An invocation, and whom its end is told to.
pub struct Job {
    /// The work's input.
    pub input: Value,
    /// Takes how it ended.
    pub tell: Box<dyn FnOnce(Value) + Send>,
}

/// The way to an environment's thread. Dropped, the environment ends, whatever it runs.
pub struct Environment {
    /// `None`: it is being dropped.
    jobs: Option<Sender<Job>>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// What is known of an environment outside of its thread.
#[derive(Default)]
struct Shared {
    /// Its process has crashed.
    has_ended: AtomicBool,
    /// How many invocations it has that have not ended.
    waiting: AtomicUsize,
    /// The number of its process; 0: there is none.
    process: AtomicU32,
    /// It is wanted no more: no process is started.
    is_over: AtomicBool,
}

struct Thread {
    settings: Settings,
    address: SocketAddr,
    packages: Vec<Bytes>,
    home: Home,
    process: Option<Process>,
    shared: Arc<Shared>,
}

/// How long an invocation may take, and how much memory it may use.
#[derive(Clone, Copy)]
struct Limits {
    timeout: Duration,
    memory_mb: u64,
}

impl Environment {
    /// A thread; its process begins with the first invocation.
    pub fn start(
        settings: Settings,
        address: SocketAddr,
        packages: Vec<Bytes>,
    ) -> std::io::Result<Self> {
        let (jobs, received) = channel();
        let shared = Arc::new(Shared::default());
        let thread = Thread {
            settings,
            address,
            packages,
            home: Home::new(),
            process: None,
            shared: Arc::clone(&shared),
        };
        let thread = std::thread::Builder::new()
            .name("function".to_owned())
            .spawn(move || thread.run(&received))?;
        Ok(Self { jobs: Some(jobs), shared, thread: Some(thread) })
    }

    /// Whether its process has not crashed.
    pub fn is_alive(&self) -> bool {
        !self.shared.has_ended.load(Ordering::SeqCst)
    }

    /// Whether it runs something.
    pub fn is_busy(&self) -> bool {
        self.shared.waiting.load(Ordering::SeqCst) > 0
    }

    /// Hands it an invocation.
    pub fn send(&self, job: Job) {
        self.shared.waiting.fetch_add(1, Ordering::SeqCst);
        let Some(jobs) = &self.jobs else { return };
        if let Err(refused) = jobs.send(job) {
            (refused.0.tell)(unrunnable("The environment has ended."));
        }
    }

    /// Ends it; the handle is of its thread, which removes its folder then.
    pub fn end(&mut self) -> Option<JoinHandle<()>> {
        self.shared.is_over.store(true, Ordering::SeqCst);
        self.jobs = None;
        match self.shared.process.load(Ordering::SeqCst) {
            0 => {}
            number => kill_group(number),
        }
        self.thread.take()
    }
}

impl Drop for Environment {
    fn drop(&mut self) {
        self.end();
    }
}

impl Thread {
    fn run(mut self, jobs: &Receiver<Job>) {
        for job in jobs {
            let result = self.invoke(&job.input);
            if self.process.is_none() {
                self.shared.has_ended.store(true, Ordering::SeqCst);
            }
            self.shared.waiting.fetch_sub(1, Ordering::SeqCst);
            (job.tell)(result);
        }
        self.end();
    }

    /// Ends its process.
    fn end(&mut self) {
        self.shared.process.store(0, Ordering::SeqCst);
        self.process = None;
    }

    fn invoke(&mut self, input: &Value) -> Value {
        let limits = Limits {
            timeout: Duration::from_millis(number(input, "TimeoutMs")),
            memory_mb: number(input, "MemoryMb"),
        };
        let mut told = Told::default();
        if self.process.is_none()
            && let Some(failed) = self.begin(input, limits, &mut told)
        {
            return told.finish(failed, limits, &self.home);
        }
        if input.get("StartOnly") == Some(&Value::Bool(true)) {
            return told.ready();
        }
        let Some(process) = &mut self.process else { return unrunnable("There is no process.") };
        let again = told.again.unwrap_or_default();
        let left = limits.timeout.saturating_sub(again);
        let deadline_ms = wall().as_ms() + i64::try_from(left.as_millis()).unwrap_or(0);
        if let Err(error) = process.write(&message(input, deadline_ms).to_string()) {
            self.end();
            return unrunnable(&format!("The environment does not listen: {error}"));
        }
        let mut exchange = process.wait(Instant::now() + left, limits.memory_max_mb());
        exchange.took += again;
        told.memory_mb = told.memory_mb.max(process.memory_mb());
        if !exchange.end.goes_on() {
            self.end();
        }
        told.take_lines(&exchange, false, &self.home);
        told.finish(exchange, limits, &self.home)
    }

    /// Starts its process. What is given is how that failed, where it did.
    fn begin(&mut self, input: &Value, limits: Limits, told: &mut Told) -> Option<Exchange> {
        let alone = input.get("StartOnly") == Some(&Value::Bool(true));
        let most = if alone { INIT_ALONE_MAX.max(limits.timeout) } else { INIT_MAX };
        let first = self.start(input, (limits, most), told);
        told.init_ms = Some(first.took.as_secs_f64() * 1_000.0);
        told.take_lines(&first, true, &self.home);
        if first.end.is("Ready") {
            return None;
        }
        let is_late = matches!(first.end, End::Late);
        if alone || !is_late && !first.end.is("InitFailed") {
            return Some(first);
        }
        // What failed or took too long is tried once more, as a part of the invocation.
        // <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib>
        let second = self.start(input, (limits, limits.timeout), told);
        told.take_lines(&second, false, &self.home);
        told.again = Some(second.took).filter(|_| is_late);
        if second.end.is("Ready") { None } else { Some(second) }
    }

    /// Starts a process, which has `most` for it.
    fn start(
        &mut self,
        input: &Value,
        (limits, most): (Limits, Duration),
        told: &mut Told,
    ) -> Exchange {
        let began = Instant::now();
        let mut process = match self.boot(input) {
            Ok(process) => process,
            Err(error) => {
                let words = format!("{}: {error}", text(input, "Runtime"));
                return Exchange {
                    end: End::Unrunnable(words),
                    lines: Vec::new(),
                    took: began.elapsed(),
                };
            }
        };
        self.shared.process.store(process.id(), Ordering::SeqCst);
        if self.shared.is_over.load(Ordering::SeqCst) {
            kill_group(process.id());
        }
        let mut exchange = process.wait(began + most, limits.memory_max_mb());
        exchange.took = began.elapsed();
        told.memory_mb = told.memory_mb.max(process.memory_mb());
        if exchange.end.is("Ready") {
            self.process = Some(process);
        } else {
            self.shared.process.store(0, Ordering::SeqCst);
        }
        exchange
    }

    fn boot(&self, input: &Value) -> std::io::Result<Process> {
        self.home.clear();
        let parts = (input, self.packages.as_slice(), self.home.path());
        Process::start(&mut command(&self.settings, self.address, parts)?)
    }
}

impl Limits {
    /// An interpreter may use a little more.
    const fn memory_max_mb(self) -> u64 {
        self.memory_mb + MEMORY_MARGIN_MB
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
        "trace": text(input, "TraceId"),
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
    /// How long the start took that is a part of the invocation, as the first had taken too long.
    again: Option<Duration>,
    memory_mb: u64,
    lines: Vec<Value>,
}

impl Told {
    fn take_lines(&mut self, exchange: &Exchange, during_init: bool, home: &Home) {
        let again = self.again.unwrap_or_default();
        for (at, line) in &exchange.lines {
            let at = *at + again;
            self.line(at.as_secs_f64() * 1_000.0, home.on_aws(line), during_init);
        }
        if let End::Told(message) = &exchange.end
            && let Some(log) = message.get("log").and_then(Json::as_str)
        {
            self.line(exchange.took.as_secs_f64() * 1_000.0, home.on_aws(log), during_init);
        }
    }

    fn line(&mut self, at_ms: f64, line: String, during_init: bool) {
        self.lines.push(Value::Map(Map::from([
            ("AtMs".to_owned(), Value::Float(at_ms)),
            ("Text".to_owned(), Value::String(line)),
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

    fn finish(self, exchange: Exchange, limits: Limits, home: &Home) -> Value {
        let mut duration_ms = exchange.took.as_secs_f64() * 1_000.0;
        let mut memory_mb = self.memory_mb;
        let mut result = Map::new();
        let mut status = |words: &str| result.insert("Status".to_owned(), Value::from(words));
        let outcome = match exchange.end {
            End::Told(message) => {
                if let Some(code) = message.get("code") {
                    status(&format!("exit status {code}"));
                }
                result.insert("Payload".to_owned(), Value::Blob(payload(&message, home)));
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
                duration_ms = limits.timeout.as_secs_f64() * 1_000.0;
                "TimedOut"
            }
            End::TooBig => {
                status("signal: killed");
                memory_mb = limits.memory_mb;
                "OutOfMemory"
            }
            End::Exited(ended) => {
                status(&words(ended));
                "Exited"
            }
            End::Unrunnable(words) => return unrunnable(&words),
        };
        result.insert("Outcome".to_owned(), Value::from(outcome));
        result.insert("DurationMs".to_owned(), Value::Float(duration_ms));
        let memory = i64::try_from(memory_mb).unwrap_or(0);
        result.insert("MaxMemoryMb".to_owned(), Value::Int(memory));
        if let Some(init_ms) = self.init_ms {
            result.insert("InitMs".to_owned(), Value::Float(init_ms));
        }
        if let Some(again) = self.again {
            let again_ms = again.as_secs_f64() * 1_000.0;
            result.insert("AgainMs".to_owned(), Value::Float(again_ms));
        }
        result.insert("Lines".to_owned(), Value::List(self.lines));
        Value::Map(result)
    }
}

/// What is answered: a text, or bytes in base64.
fn payload(message: &Json, home: &Home) -> Bytes {
    let bytes = message.get("bytes").and_then(Json::as_str);
    if let Some(bytes) = bytes.and_then(|bytes| STANDARD.decode(bytes).ok()) {
        return bytes.into();
    }
    let text = message.get("payload").and_then(Json::as_str).unwrap_or("null");
    home.on_aws(text).into()
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
