//! The seven proofs.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, sync_channel};

use cloudarium_lesson::check::{Check, Rule};
use cloudarium_lesson::{CheckResult, Lab, Lesson, Proofs, Results, Run, State, Way, Wrong, plain};

use super::acts::Memory;
use super::clicks;
use super::files::LessonFolder;
use super::hall::Message;
use super::run::{self, Place};
use super::stage::{Made, Stage};
use crate::functions::Settings;

/// What came of proving a lesson right.
#[derive(Debug, Clone)]
pub struct Proven {
    /// `s3/02-put-get-list-delete`
    pub lesson: String,
    /// What does not hold; empty when the lesson is right.
    pub failures: Vec<String>,
    /// How many things were proved.
    pub proofs: usize,
    /// The results of the solution, as graders read them.
    pub results: Option<Results>,
}

impl Proven {
    pub(super) fn hold(&mut self, holds: bool, words: impl FnOnce() -> String) {
        self.proofs += 1;
        if !holds {
            self.failures.push(words());
        }
    }
}

/// A script that was run, and what it left.
struct Performance {
    run: Run,
    checked: Vec<CheckResult>,
    stage: Stage,
}

/// What runs scripts and commands.
#[derive(Debug, Clone)]
pub struct Tools {
    /// A Python that has boto3.
    pub python: PathBuf,
    /// The folder of an `aws` command, for lessons in the terminal.
    pub aws: PathBuf,
}

impl Tools {
    /// What runs functions: the same Python, and Node.js.
    fn functions(&self) -> Settings {
        Settings { python: self.python.clone(), ..Settings::default() }
    }
}

/// What a proof has at hand.
struct Crew<'t> {
    tools: &'t Tools,
    /// What functions did so far.
    memory: Memory,
}

/// Proves the lesson in `folder` right.
pub fn prove(folder: &LessonFolder, tools: &Tools) -> Proven {
    let mut proven =
        Proven { lesson: folder.name.clone(), failures: Vec::new(), proofs: 1, results: None };
    let told = |mistakes: Vec<cloudarium_lesson::LessonError>| {
        let path = folder.path.display();
        mistakes.iter().map(|mistake| format!("1. {path}/{mistake}")).collect::<Vec<_>>()
    };
    let read = Lesson::parse(&folder.name, &folder.files).map_err(told).and_then(|lesson| {
        let proofs = Proofs::parse(&lesson, &folder.files).map_err(told)?;
        Ok((lesson, proofs))
    });
    match read {
        Ok((lesson, proofs)) => {
            if let Err(words) = prove_all(&lesson, &proofs, tools, &mut proven) {
                proven.failures.push(words);
            }
        }
        Err(mistakes) => proven.failures = mistakes,
    }
    proven
}

fn prove_all(
    lesson: &Lesson,
    proofs: &Proofs,
    tools: &Tools,
    proven: &mut Proven,
) -> Result<(), String> {
    let mut crew = Crew { tools, memory: Memory::new() };
    for way in lesson.ways() {
        starter(lesson, way, &mut crew, proven)?;
        let files = solved_files(lesson, way);
        let solved = perform(lesson, way, files, &right(lesson), &mut crew)?;
        solution(lesson, &solved, proven);
        one_call_less(lesson, &solved, &mut crew, proven)?;
        proven.results = Some(solved.stage.lab.results(&solved.checked, Some(&solved.run)));
    }
    for wrong in &proofs.wrong {
        mistake(lesson, wrong, &mut crew, proven)?;
    }
    wrong_answers(lesson, proven)?;
    clicks::clicks(lesson, proofs, proven)
}

/// The right answers to all questions.
pub(super) fn right(lesson: &Lesson) -> BTreeMap<String, usize> {
    let answer = |check: &Check| match &check.rule {
        Rule::Choice(choice) => Some((check.id.clone(), choice.answer)),
        _ => None,
    };
    lesson.checks().filter_map(answer).collect()
}

fn solved_files(lesson: &Lesson, way: Way) -> Vec<(String, String)> {
    match way {
        Way::Python => lesson.solution.clone(),
        Way::Terminal => {
            vec![(run::COMMANDS.to_owned(), lesson.commands.clone().unwrap_or_default())]
        }
    }
}

/// Runs `files` on a stage of their own; looks that the checks leave no trace (proof 6).
fn perform(
    lesson: &Lesson,
    way: Way,
    mut files: Vec<(String, String)>,
    answers: &BTreeMap<String, usize>,
    crew: &mut Crew<'_>,
) -> Result<Performance, String> {
    let mut stage = Stage::new(lesson).map_err(|error| error.to_string())?;
    let tools = crew.tools;
    stage.memory = std::mem::take(&mut crew.memory);
    if way == Way::Terminal {
        files.extend(lesson.starter.iter().cloned());
    }
    for (_, text) in &mut files {
        *text = fill(&stage.lab, text);
    }
    let (region, open) = (&lesson.front.region, &lesson.front.open);
    let script = |endpoint: &str, _: Sender<Message>| {
        let place = Place { endpoint, region };
        match way {
            Way::Python => run::python(&tools.python, (open, &files), place),
            Way::Terminal => run::terminal(&tools.aws, &files, place),
        }
    };
    let run = stage.play(tools.functions(), script);
    crew.memory = std::mem::take(&mut stage.memory);
    let run = run.map_err(|error| format!("The run was lost: {error}."))??;
    let run = Run { answers: answers.clone(), ..run };
    let before = (stage.cloud.state_hash(), stage.cloud.calls().last_seq());
    let checked = stage.lab.check_all(&mut stage.cloud, Some(&run));
    let after = (stage.cloud.state_hash(), stage.cloud.calls().last_seq());
    if before != after {
        return Err("6. A check has changed the cloud.".to_owned());
    }
    Ok(Performance { run, checked, stage })
}

fn fill(lab: &Lab, text: &str) -> String {
    lab.vars().iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{{{name}}}}}"), value)
    })
}

fn starter(
    lesson: &Lesson,
    way: Way,
    crew: &mut Crew<'_>,
    proven: &mut Proven,
) -> Result<(), String> {
    let files = match way {
        Way::Python => lesson.starter.clone(),
        Way::Terminal => vec![(run::COMMANDS.to_owned(), String::new())],
    };
    let started = perform(lesson, way, files, &BTreeMap::new(), crew)?;
    for step in &lesson.steps {
        proven.hold(!started.stage.lab.step_passed(&step.id), || {
            format!("2. The start already passes the step `{}`.", step.id)
        });
    }
    Ok(())
}

fn solution(lesson: &Lesson, solved: &Performance, proven: &mut Proven) {
    proven.hold(solved.run.error.is_none(), || {
        format!("3. The solution breaks off: {}", solved.run.error.clone().unwrap_or_default())
    });
    for step in &lesson.steps {
        proven.hold(solved.stage.lab.step_passed(&step.id), || {
            let told = not_passed(&solved.checked).join("; ");
            format!("3. The solution does not pass the step `{}`: {told}", step.id)
        });
    }
}

pub(super) fn not_passed(checked: &[CheckResult]) -> Vec<String> {
    checked
        .iter()
        .filter(|result| result.verdict.state != State::Pass)
        .map(|result| format!("{} ({})", result.id, plain(&result.verdict.message)))
        .collect()
}

fn mistake(
    lesson: &Lesson,
    wrong: &Wrong,
    crew: &mut Crew<'_>,
    proven: &mut Proven,
) -> Result<(), String> {
    let mut answers = right(lesson);
    answers.extend(wrong.answers.clone());
    let done = perform(lesson, wrong.way, wrong.files.clone(), &answers, crew)?;
    let of_state = |state: State| done.checked.iter().filter(move |r| r.verdict.state == state);
    let failed: BTreeMap<String, String> = of_state(State::Fail)
        .map(|result| (result.id.clone(), plain(&result.verdict.message)))
        .collect();
    let expected: BTreeMap<String, String> = wrong
        .fail
        .iter()
        .map(|(id, message)| (id.clone(), fill(&done.stage.lab, message)))
        .collect();
    proven.hold(failed == expected, || {
        format!(
            "4. wrong/{} should fail as\n{expected:#?}\nbut fails as\n{failed:#?}\n{}",
            wrong.name,
            done.run.error.clone().unwrap_or_default()
        )
    });
    let mut waiting: Vec<&str> = of_state(State::Wait).map(|result| result.id.as_str()).collect();
    let mut wait: Vec<&str> = wrong.wait.iter().map(String::as_str).collect();
    waiting.sort_unstable();
    wait.sort_unstable();
    proven.hold(waiting == wait, || {
        format!("4. wrong/{} should leave waiting {wait:?}, but leaves {waiting:?}.", wrong.name)
    });
    Ok(())
}

/// Each wrong answer to each question fails it, and something is said about it.
fn wrong_answers(lesson: &Lesson, proven: &mut Proven) -> Result<(), String> {
    for check in lesson.checks() {
        let Rule::Choice(choice) = &check.rule else { continue };
        for answer in (0..choice.of.len()).filter(|answer| *answer != choice.answer) {
            let mut stage = Stage::new(lesson).map_err(|error| error.to_string())?;
            let answers = BTreeMap::from([(check.id.clone(), answer)]);
            let run = Run { ran: false, answers, ..Run::default() };
            let checked = stage.lab.check_all(&mut stage.cloud, Some(&run));
            let told = checked.iter().find(|result| result.id == check.id);
            let fails = told.is_some_and(|told| {
                told.verdict.state == State::Fail && !told.verdict.message.is_empty()
            });
            proven.hold(fails, || format!("4. Answer {answer} to `{}` does not fail.", check.id));
        }
    }
    Ok(())
}

/// Replays what `solved` did on a fresh stage, but for the calls at `left_out`, and judges as if its run
/// had made it.
fn replay(
    lesson: &Lesson,
    solved: &Performance,
    left_out: &[usize],
    crew: &mut Crew<'_>,
) -> Result<Stage, String> {
    let mut stage = Stage::new(lesson).map_err(|error| error.to_string())?;
    stage.score = Some(solved.stage.acts.clone());
    stage.memory = std::mem::take(&mut crew.memory);
    let run = &solved.stage.made;
    let script = |_: &str, to: Sender<Message>| {
        for (at, made) in run.iter().enumerate() {
            let (reply, answer) = sync_channel(1);
            let again = !left_out.contains(&at);
            let message =
                if again { Message::Again(made.clone(), reply) } else { Message::LeftOut };
            if to.send(message).is_err() || (again && answer.recv().is_err()) {
                return;
            }
        }
    };
    let played = stage.play(crew.tools.functions(), script);
    crew.memory = std::mem::take(&mut stage.memory);
    played.map_err(|error| format!("The replay was lost: {error}."))?;
    stage.lab.check_all(&mut stage.cloud, Some(&solved.run));
    Ok(stage)
}

fn one_call_less(
    lesson: &Lesson,
    solved: &Performance,
    crew: &mut Crew<'_>,
    proven: &mut Proven,
) -> Result<(), String> {
    let made = &solved.stage.made;
    let whole = replay(lesson, solved, &[], crew)?;
    proven.hold(whole.cloud.state_hash() == solved.stage.cloud.state_hash(), || {
        "5. Replaying the solution's calls leaves another cloud than the solution.".to_owned()
    });
    proven.hold(passes(&whole.lab), || {
        "5. Replaying the solution's calls does not pass as the solution does.".to_owned()
    });
    for (number, call) in calls(made).iter().enumerate() {
        let without = replay(lesson, solved, &call.at, crew)?;
        proven.hold(!passes(&without.lab), || {
            format!("5. Every check passes without call {}, {}.", number + 1, call.line)
        });
    }
    Ok(())
}

/// A call, or one that was made again and again with nothing but time between: who waits for something
/// does not know how often to ask.
struct OneCall {
    at: Vec<usize>,
    line: String,
}

fn calls(made: &[Made]) -> Vec<OneCall> {
    let mut calls: Vec<OneCall> = Vec::new();
    let mut before = None;
    let mut waited = false;
    for (at, one) in made.iter().enumerate() {
        let Made::Call { http, .. } = one else {
            waited = true;
            continue;
        };
        let asked = (&http.method, &http.target, &http.body);
        match calls.last_mut().filter(|_| waited && before == Some(asked)) {
            Some(call) => call.at.push(at),
            None => {
                calls.push(OneCall { at: vec![at], line: one.line().unwrap_or_default() });
            }
        }
        (before, waited) = (Some(asked), false);
    }
    calls
}

fn passes(lab: &Lab) -> bool {
    lab.lesson().steps.iter().all(|step| lab.step_passed(&step.id))
}
