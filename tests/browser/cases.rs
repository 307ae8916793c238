//! The stage `browser` of .case files: real boto3 in the tab makes the calls. One page and one Python serve all cases;
//! before each, the cloud begins anew at the instant and with the seed of every case.

use std::sync::Mutex;

use cloudarium_tests::boto3::read_answer;
use cloudarium_tests::case::stage::{Answer, Made, Runner, SEED, START, as_boto3_knows, run};
use cloudarium_tests::case::{self, Case, Stage};
use libtest_mimic::{Failed, Trial};
use serde_json::json;

use crate::held;
use crate::site::Site;
use crate::webdriver::Kind;

/// What makes the calls: the same file as at the stage `boto3`.
const CASE_RUNNER: &str = include_str!("../python/case_runner.py");

/// The page, opened for the first case.
static SITE: Mutex<Option<Site>> = Mutex::new(None);

/// Keeps the runner as a module that outlives a run, and with it boto3's clients.
const PREPARE: &str = "
    const { python } = globalThis.cloudarium;
    window.said = '';
    python.configure({ onOutput: (_stream, text) => { window.said += text; } });
    const code = `
import sys, types
with open('source.txt') as file:
    source = file.read()
module = types.ModuleType('case_runner')
exec(compile(source, 'case_runner.py', 'exec'), module.__dict__)
sys.modules['case_runner'] = module
`;
    const ending = await python.run(code, { files: { 'source.txt': args[0] } });
    if (ending.status !== 'ok') throw new Error(window.said);
    return true;";

/// One call; what is printed is the answer.
const CALL: &str = "
    const { python } = globalThis.cloudarium;
    window.said = '';
    const code = `
import json, case_runner
with open('request.json') as file:
    request = json.load(file)
try:
    answer = case_runner.call(request)
except Exception as error:
    answer = {'error': {'code': type(error).__name__, 'status': 0, 'message': str(error)}}
print(json.dumps(answer, ensure_ascii=True))
`;
    const ending = await python.run(code, { files: { 'request.json': args[0] } });
    if (ending.status !== 'ok') throw new Error(window.said);
    return window.said;";

/// Every case that names the stage.
pub fn trials() -> Vec<Trial> {
    let files = case::read_all(&case::folder()).unwrap_or_else(|words| panic!("{words}"));
    let mut trials = Vec::new();
    for file in files {
        let path = file.path.display().to_string();
        for case in file.cases {
            if !case.stages.contains(&Stage::Browser) {
                continue;
            }
            let (name, path) =
                (format!("cases::chromium::{}::{}", file.name, case.name), path.clone());
            let current = name.clone();
            let work = move || {
                if crate::is_too_late(&current) {
                    return Ok(());
                }
                *held(&crate::CURRENT) = current;
                attempt(&case).map_err(|words| Failed::from(format!("{path}:{words}")))
            };
            trials.push(Trial::test(name, work).with_ignored_flag(true));
        }
    }
    trials
}

/// Closes the page.
pub fn end() {
    held(&SITE).take();
}

fn open() -> Site {
    let site = Site::open(Kind::Chromium);
    site.go("#/play");
    site.browser.run_async(PREPARE, &json!([CASE_RUNNER]));
    site
}

fn attempt(case: &Case) -> Result<(), String> {
    let mut shared = held(&SITE);
    let site = &*shared.get_or_insert_with(open);
    let (start, seed) = (START.as_ms(), SEED);
    let reset = site.ask(&json!({ "kind": "reset", "start": start, "seed": seed }));
    if !reset["error"].is_null() {
        return Err(format!("{}: {reset}", case.line));
    }
    let outcome = run(case, &mut InTab(site), false);
    let outcome = outcome.map_err(|words| format!("{}: {words}", case.line))?;
    match (outcome.mismatches.first(), &case.known_failure) {
        (None, None) | (Some(_), Some(_)) => Ok(()),
        (Some(mismatch), None) => Err(format!("{}: {}", mismatch.step.line, mismatch.words)),
        (None, Some(why)) => {
            Err(format!("{}: it is known to fail ({why}), but it passes", case.line))
        }
    }
}

/// boto3 in the tab.
struct InTab<'a>(&'a Site);

impl Runner for InTab<'_> {
    fn call(&mut self, made: Made<'_>) -> Result<Answer, String> {
        let request = json!({ "service": made.service, "operation": made.operation,
            "region": made.region, "input": made.input });
        let said = self.0.browser.run_async(CALL, &json!([request.to_string()]));
        let said = said.as_str().unwrap_or_default();
        let answer = serde_json::from_str(said).map_err(|error| format!("{error}: {said}"))?;
        Ok(as_boto3_knows(made, read_answer(answer)))
    }

    fn advance(&mut self, milliseconds: u64) -> Result<(), String> {
        let answer = self.0.ask(&json!({ "kind": "clock", "jump_ms": milliseconds }));
        if answer["error"].is_null() { Ok(()) } else { Err(answer.to_string()) }
    }
}
