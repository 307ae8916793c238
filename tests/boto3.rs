//! The stage `boto3` of .case files: real boto3 in one long-lived Python, against the endpoint.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use cloudarium_env::Timestamp;
use cloudarium_serve::endpoint::{Background, Options};
use cloudarium_serve::functions::Settings;
use serde_json::{Value as Json, json};

use crate::venv;

/// Python with boto3, and the endpoint it talks to.
pub struct Boto3 {
    python: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    endpoint: Background,
}

/// How a call was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseError {
    /// AWS's code; the name of a Python exception when boto3 itself refused.
    pub code: String,
    /// The HTTP status; 0 when boto3 itself refused.
    pub status: u16,
    /// AWS's message.
    pub message: String,
}

/// The project's root.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The Python that has the pinned boto3.
pub fn python() -> Result<std::path::PathBuf, String> {
    venv::python(root(), "venv-boto3", "tests/python/requirements.txt")
}

/// Runs a script of `tests/python` with boto3 against an endpoint of its own that runs functions. It fails by itself, or
/// says `all` at its end.
///
/// # Panics
///
/// When the script fails.
pub fn passes(script: &str) {
    let python = python().expect("a Python with boto3");
    let functions = Settings { python, ..Settings::default() };
    let endpoint =
        Background::start(Options { functions, ..Options::default() }).expect("it starts");
    let output = command(&endpoint.url())
        .expect("a command")
        .arg(root().join("tests/python").join(script))
        .stderr(Stdio::piped())
        .output()
        .expect("Python runs");
    let told = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.ends_with("all\n"), "{told}\n{wrong}");
}

/// A Python process that has boto3 and finds `url` as its endpoint, and nothing of this machine's
/// AWS settings.
pub fn command(url: &str) -> Result<Command, String> {
    let mut command = Command::new(python()?);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("AWS_") {
            command.env_remove(name);
        }
    }
    command
        .env("AWS_ENDPOINT_URL", url)
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("AWS_DEFAULT_REGION", "us-east-1")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_CONFIG_FILE", "/dev/null")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONUTF8", "1")
        .env("NO_PROXY", "*");
    Ok(command)
}

impl Boto3 {
    /// Starts both; the error says what is missing.
    pub fn start() -> Result<Self, String> {
        let functions = Settings { python: python()?, ..Settings::default() };
        let endpoint = Background::start(Options { functions, ..Options::default() })
            .map_err(|error| error.to_string())?;
        let mut python = command(&endpoint.url())?
            .arg(root().join("tests/python/case_runner.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("Python does not start: {error}"))?;
        let pipes = python.stdin.take().zip(python.stdout.take());
        let (to, from) = pipes.ok_or("Python has no pipes")?;
        Ok(Self { python, to, from: BufReader::new(from), endpoint })
    }

    /// A new cloud, its clock paused at `start`.
    pub fn reset(&mut self, start: Timestamp, seed: u64) -> Result<(), String> {
        self.endpoint.renew(start, seed).map_err(|error| error.to_string())
    }

    /// Moves the virtual clock ahead.
    pub fn advance(&mut self, milliseconds: u64) -> Result<(), String> {
        self.endpoint
            .advance(Duration::from_millis(milliseconds))
            .map_err(|error| error.to_string())
    }

    /// One call: the output, or how it was refused.
    pub fn call(
        &mut self,
        service: &str,
        operation: &str,
        region: &str,
        input: &Json,
    ) -> Result<Json, CaseError> {
        let request =
            json!({"service": service, "operation": operation, "region": region, "input": input});
        let broken = |message: String| CaseError { code: "Broken".to_owned(), status: 0, message };
        read_answer(self.exchange(&request).map_err(|error| broken(error.to_string()))?)
    }

    fn exchange(&mut self, request: &Json) -> std::io::Result<Json> {
        writeln!(self.to, "{request}")?;
        self.to.flush()?;
        let mut line = String::new();
        if self.from.read_line(&mut line)? == 0 {
            return Err(std::io::Error::other("Python ended"));
        }
        Ok(serde_json::from_str(&line)?)
    }
}

/// What tests/python/case_runner.py answers: the output, or how the call was refused.
pub fn read_answer(mut answer: Json) -> Result<Json, CaseError> {
    if let Some(output) = answer.get_mut("output") {
        return Ok(output.take());
    }
    let text = |name: &str| answer["error"][name].as_str().unwrap_or_default().to_owned();
    let status = answer["error"]["status"].as_u64().and_then(|status| u16::try_from(status).ok());
    Err(CaseError { code: text("code"), status: status.unwrap_or(0), message: text("message") })
}

impl Drop for Boto3 {
    fn drop(&mut self) {
        // It holds nothing worth an orderly end.
        let _ = self.python.kill();
        let _ = self.python.wait();
    }
}
