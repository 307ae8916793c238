//! `.case` files: what they say. The form is described in tests/README.md.

pub mod json;
pub mod matching;
mod parse;
pub mod stage;
pub mod update;
pub mod work;
mod zip;

use std::path::{Path, PathBuf};

use serde_json::Value as Json;

pub use parse::parse;

/// Where a case can run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// A call by name, by `Cloud::call`: the console's way.
    Core,
    /// A signed HTTP request through the door, and its answer decoded.
    Wire,
    /// boto3 against the native endpoint.
    Boto3,
    /// boto3 in a browser.
    Browser,
}

impl Stage {
    /// By its name in a case's first line.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Core, Self::Wire, Self::Boto3, Self::Browser]
            .into_iter()
            .find(|stage| stage.name() == name)
    }

    /// Its name in a case's first line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Wire => "wire",
            Self::Boto3 => "boto3",
            Self::Browser => "browser",
        }
    }
}

/// How it is known that AWS answers so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// AWS's documentation says so, at this address.
    Doc(String),
    /// Recorded from AWS; where from.
    Recorded(String),
    /// botocore's models or tests say so; which.
    Botocore(String),
    /// Nobody looked; why it is likely.
    Guess(String),
}

/// One case: a fresh cloud, and steps in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Unique in its file.
    pub name: String,
    /// Counted from 1.
    pub line: usize,
    /// Where it runs.
    pub stages: Vec<Stage>,
    /// Why it fails, if it is known to.
    pub known_failure: Option<String>,
    /// How it is known to be right.
    pub evidence: Evidence,
    /// In order.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// `> s3 PutObject {...}` and what it must answer.
    Call(Box<CallStep>),
    /// `@ advance 2h`, in milliseconds.
    Advance(u64),
    /// `@ account 111122223333`: who calls from here on.
    Account(String),
    /// `@ region eu-west-1`: where calls are sent from here on.
    Region(String),
    /// `@ work {...}`: how the next invocation of a function ends, at the stages without Python.
    Work(Json),
}

/// One call.
#[derive(Debug, Clone, PartialEq)]
pub struct CallStep {
    /// Counted from 1.
    pub line: usize,
    /// The model's name: `s3`.
    pub service: String,
    /// AWS's name: `PutObject`.
    pub operation: String,
    /// As written, `$names` not yet replaced.
    pub input: Json,
    /// What it must answer.
    pub expect: Expect,
    /// The lines of the expectation, from and to (not including), for `--update`.
    pub expect_lines: (usize, usize),
}

/// What a call must answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Expect {
    /// Any output: no line follows the call.
    Success,
    /// `< {...}`: an output that has at least these members.
    Output(Json),
    /// `! Code Status Message`.
    Refusal {
        /// AWS's code.
        code: String,
        /// The HTTP status.
        status: u16,
        /// AWS's message; empty: any.
        message: String,
        /// `& {...}`: further members of the error's body.
        members: Option<Json>,
    },
}

/// A file of cases.
#[derive(Debug, Clone)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// `s3/list-objects`
    pub name: String,
    /// In order.
    pub cases: Vec<Case>,
}

/// The folder of all `.case` files.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("suite")
}

/// Reads every `.case` file under `folder`, in the order of their paths.
pub fn read_all(folder: &Path) -> Result<Vec<File>, String> {
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    paths.sort();
    paths.into_iter().map(|path| read(folder, path)).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), String> {
    let say = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(say)? {
        let path = entry.map_err(say)?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "case") {
            paths.push(path);
        }
    }
    Ok(())
}

fn read(folder: &Path, path: PathBuf) -> Result<File, String> {
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let cases = parse(&text).map_err(|e| format!("{}:{}: {}", path.display(), e.line, e.words))?;
    let name = path.strip_prefix(folder).unwrap_or(&path).with_extension("");
    Ok(File { name: name.to_string_lossy().replace('\\', "/"), path, cases })
}
