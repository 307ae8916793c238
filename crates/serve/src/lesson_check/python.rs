//! Runs a learner's script with `CPython` against a stage.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{fs, thread};

use cloudarium_lesson::Run;

/// A lesson's script ends within this, or never.
const RUN_AT_MOST: Duration = Duration::from_mins(1);

/// How often a running script is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(10);

static FOLDERS: AtomicU64 = AtomicU64::new(0);

/// Runs `open` among `files` against the cloud at `place`: an endpoint and a Region.
pub(super) fn run(
    python: &Path,
    (open, files): (&str, &[(String, String)]),
    place: (&str, &str),
) -> Result<Run, String> {
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let folder =
        std::env::temp_dir().join(format!("cloudarium-lesson-{}-{number}", std::process::id()));
    let words = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(words)?;
    for (name, text) in files {
        fs::write(folder.join(name), text).map_err(words)?;
    }
    let outcome = run_in(python, &folder, open, place);
    fs::remove_dir_all(&folder).map_err(words)?;
    let files = files.iter().cloned().collect();
    outcome.map(|run| Run { files, ..run })
}

fn run_in(
    python: &Path,
    folder: &Path,
    open: &str,
    (endpoint, region): (&str, &str),
) -> Result<Run, String> {
    let mut child = Command::new(python)
        .args(["-X", "utf8", "-B", open])
        .current_dir(folder)
        .env("AWS_ENDPOINT_URL", endpoint)
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("AWS_DEFAULT_REGION", region)
        .env("AWS_CONFIG_FILE", folder.join("no-config"))
        .env("AWS_SHARED_CREDENTIALS_FILE", folder.join("no-credentials"))
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("NO_PROXY", "127.0.0.1")
        .env_remove("AWS_SESSION_TOKEN")
        .env_remove("AWS_PROFILE")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{} cannot be run: {error}", python.display()))?;
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
