//! Runs what a learner writes against a stage: a script with `CPython`, commands with bash.

use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{fs, thread};

use cloudarium_lesson::Run;

/// A lesson's script ends within this, or never.
const RUN_AT_MOST: Duration = Duration::from_mins(1);

/// How often a running script is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// The file of commands in a lesson's folders.
pub(super) const COMMANDS: &str = "terminal.sh";

/// Errors and output as one, as a terminal shows them.
/// `sleep` waits for the cloud's time, as the tab's does.
const SOURCED: &str =
    "exec 2>&1; sleep() { python -c \"import time; time.sleep($1)\"; }; source ./terminal.sh";

/// Gives every Python of a run the cloud's time; Python imports a file of this name by itself
/// (<https://docs.python.org/3/library/site.html#module-sitecustomize>).
const VIRTUAL_TIME: (&str, &str) = ("sitecustomize.py", include_str!("virtual_time.py"));

static FOLDERS: AtomicU64 = AtomicU64::new(0);

/// Where the simulated cloud is.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) endpoint: &'a str,
    pub(super) region: &'a str,
}

/// Runs `open` among `files` with `python`.
pub(super) fn python(
    python: &Path,
    (open, files): (&str, &[(String, String)]),
    place: Place<'_>,
) -> Result<Run, String> {
    let mut command = Command::new(python);
    command.args(["-X", "utf8", "-B", open]);
    in_folder(command, files, place)
}

/// Runs the commands among `files` with bash, which finds `aws` in the folder `tools`. The tab's
/// shell knows less than bash, so lessons keep to what both do alike: what goes wrong is shown
/// among the output, and the next command follows.
pub(super) fn terminal(
    tools: &Path,
    files: &[(String, String)],
    place: Place<'_>,
) -> Result<Run, String> {
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-c", SOURCED]).env("PATH", path_with(tools)?);
    // A pager would wait for keys that nobody presses.
    command.env("AWS_PAGER", "").env("PYTHONUTF8", "1").env("COLUMNS", "80");
    let run = in_folder(command, files, place)?;
    Ok(Run { error: None, ..run })
}

/// The shell's own way to programs, and `tools` before it.
fn path_with(tools: &Path) -> Result<OsString, String> {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(PathBuf::from(tools)).chain(std::env::split_paths(&rest));
    std::env::join_paths(all).map_err(|error| format!("{}: {error}", tools.display()))
}

/// Runs `command` in a folder of its own that holds `files`.
fn in_folder(
    command: Command,
    files: &[(String, String)],
    place: Place<'_>,
) -> Result<Run, String> {
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let folder =
        std::env::temp_dir().join(format!("cloudarium-lesson-{}-{number}", std::process::id()));
    let words = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(words)?;
    for (name, text) in files {
        fs::write(folder.join(name), text).map_err(words)?;
    }
    let beside = beside(&folder);
    fs::create_dir_all(&beside).map_err(words)?;
    fs::write(beside.join(VIRTUAL_TIME.0), VIRTUAL_TIME.1).map_err(words)?;
    let outcome = run(command, &folder, place);
    fs::remove_dir_all(&beside).map_err(words)?;
    fs::remove_dir_all(&folder).map_err(words)?;
    let files = files.iter().cloned().collect();
    outcome.map(|run| Run { files, ..run })
}

/// What Python finds besides the learner's own files.
fn beside(folder: &Path) -> PathBuf {
    folder.with_extension("python")
}

fn run(mut command: Command, folder: &Path, place: Place<'_>) -> Result<Run, String> {
    let mut child = command
        .current_dir(folder)
        .env("AWS_ENDPOINT_URL", place.endpoint)
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("AWS_DEFAULT_REGION", place.region)
        .env("AWS_CONFIG_FILE", folder.join("no-config"))
        .env("AWS_SHARED_CREDENTIALS_FILE", folder.join("no-credentials"))
        .env("AWS_EC2_METADATA_DISABLED", "true")
        // The stage is one address, whatever an operation puts before a service's.
        .env("AWS_DISABLE_HOST_PREFIX_INJECTION", "true")
        .env("HOME", folder)
        .env("PYTHONPATH", beside(folder))
        .env("NO_PROXY", "127.0.0.1")
        .env_remove("AWS_SESSION_TOKEN")
        .env_remove("AWS_PROFILE")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{} cannot be run: {error}", command.get_program().display()))?;
    let stdout = drain(child.stdout.take());
    let stderr = drain(child.stderr.take());
    let ended = wait(&mut child)?;
    let text = |reader: thread::JoinHandle<String>| reader.join().unwrap_or_default();
    let (stdout, stderr) = (text(stdout), text(stderr));
    let error = (!ended).then_some(stderr);
    Ok(Run { stdout, error, ..Run::default() })
}

fn drain(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // A pipe that breaks has given all it had.
        let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Whether the script ended well.
fn wait(child: &mut Child) -> Result<bool, String> {
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if started.elapsed() < RUN_AT_MOST => thread::sleep(LOOK_EVERY),
            Ok(None) => {
                let stopped = child.kill().and_then(|()| child.wait());
                return Err(format!("The script did not end within a minute ({stopped:?})."));
            }
            Err(error) => return Err(format!("The script was lost: {error}.")),
        }
    }
}
