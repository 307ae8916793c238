//! Results as graders read them: version 3 of Exercism's `results.json`.
//! <https://exercism.org/docs/building/tooling/test-runners/interface>

use serde::Serialize;

use crate::judge::State;
use crate::lab::{CheckResult, Lab};
use crate::prose::plain;
use crate::run::Run;

/// Exercism cuts what a test printed at 500 characters.
const OUTPUT_CHARS_MAX: usize = 500;

/// The results of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Results {
    /// 3.
    pub version: u32,
    /// `pass`, or `fail` when a check that must pass did not.
    pub status: &'static str,
    /// The traceback, if the script ended by an error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// One for each check.
    pub tests: Vec<TestResult>,
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestResult {
    /// The check's id.
    pub name: String,
    /// `pass` or `fail`.
    pub status: &'static str,
    /// What there is to say about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What the check asks for.
    pub test_code: String,
    /// What the script printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    /// The number of the step, from 1.
    pub task_id: usize,
}

impl Lab {
    /// `checked`, as [`Lab::check_all`] gave it, for a grader.
    pub fn results(&self, checked: &[CheckResult], run: Option<&Run>) -> Results {
        let filled: Vec<_> = self.view(0).steps;
        let mut tests = Vec::new();
        let mut all = true;
        for (number, step) in filled.iter().enumerate() {
            for check in &step.checks {
                let result = checked.iter().find(|result| result.id == check.id);
                let passed = result.is_some_and(|result| result.verdict.state == State::Pass);
                all &= passed || check.bonus;
                let message = result.map(|result| plain(&result.verdict.message));
                tests.push(TestResult {
                    name: check.id.clone(),
                    status: status(passed),
                    message: message.filter(|words| !words.is_empty()),
                    test_code: plain(&check.text),
                    output: run
                        .map(|run| run.stdout.chars().take(OUTPUT_CHARS_MAX).collect::<String>())
                        .filter(|output| !output.is_empty()),
                    task_id: number + 1,
                });
            }
        }
        let message = run.and_then(|run| run.error.clone());
        Results { version: 3, status: status(all), message, tests }
    }
}

fn status(passed: bool) -> &'static str {
    if passed { "pass" } else { "fail" }
}
