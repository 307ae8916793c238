//! The seven proofs.

use std::collections::BTreeMap;
use std::path::Path;

use cloudarium_cloud::{Call, CallerKind};
use cloudarium_lesson::{CheckResult, Lab, Lesson, Proofs, Results, Run, State, Wrong, plain};

use super::files::LessonFolder;
use super::python;
use super::stage::{Made, Stage};

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
    fn hold(&mut self, holds: bool, words: impl FnOnce() -> String) {
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

/// Proves the lesson in `folder` right.
pub fn prove(folder: &LessonFolder, python: &Path) -> Proven {
    let mut proven =
        Proven { lesson: folder.name.clone(), failures: Vec::new(), proofs: 1, results: None };
    let told = |mistakes: Vec<cloudarium_lesson::LessonError>| {
        mistakes.iter().map(|mistake| format!("1. {mistake}")).collect::<Vec<_>>()
    };
    let read = Lesson::parse(&folder.name, &folder.files).map_err(told).and_then(|lesson| {
        let proofs = Proofs::parse(&lesson, &folder.files).map_err(told)?;
        Ok((lesson, proofs))
    });
    match read {
        Ok((lesson, proofs)) => {
            if let Err(words) = prove_all(&lesson, &proofs, python, &mut proven) {
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
    python: &Path,
    proven: &mut Proven,
) -> Result<(), String> {
    starter(lesson, python, proven)?;
    let solved = perform(lesson, &lesson.solution, python)?;
    solution(lesson, &solved, proven);
    for wrong in &proofs.wrong {
        mistake(lesson, wrong, python, proven)?;
    }
    one_call_less(lesson, &solved, proven)?;
    clicks(lesson, proofs, proven)?;
    proven.results = Some(solved.stage.lab.results(&solved.checked, Some(&solved.run)));
    Ok(())
}

/// Runs `files` on a stage of their own; looks that the checks leave no trace (proof 6).
fn perform(
    lesson: &Lesson,
    files: &[(String, String)],
    python: &Path,
) -> Result<Performance, String> {
    let mut stage = Stage::new(lesson).map_err(|error| error.to_string())?;
    let filled: Vec<(String, String)> =
        files.iter().map(|(name, text)| (name.clone(), fill(&stage.lab, text))).collect();
    let front = &lesson.front;
    let script =
        |endpoint: &str| python::run(python, (&front.open, &filled), (endpoint, &front.region));
    let run = stage.play(script).map_err(|error| format!("The run was lost: {error}."))??;
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

fn starter(lesson: &Lesson, python: &Path, proven: &mut Proven) -> Result<(), String> {
    let started = perform(lesson, &lesson.starter, python)?;
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

fn not_passed(checked: &[CheckResult]) -> Vec<String> {
    checked
        .iter()
        .filter(|result| result.verdict.state != State::Pass)
        .map(|result| format!("{} ({})", result.id, plain(&result.verdict.message)))
        .collect()
}

fn mistake(
    lesson: &Lesson,
    wrong: &Wrong,
    python: &Path,
    proven: &mut Proven,
) -> Result<(), String> {
    let done = perform(lesson, &wrong.files, python)?;
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

/// Replays `made` on a fresh stage, and judges as if `run` had made it.
fn replay<'m>(
    lesson: &Lesson,
    made: impl Iterator<Item = &'m Made>,
    run: &Run,
) -> Result<Stage, String> {
    let mut stage = Stage::new(lesson).map_err(|error| error.to_string())?;
    for one in made {
        stage.answer(one.clone());
    }
    stage.lab.check_all(&mut stage.cloud, Some(run));
    Ok(stage)
}

fn one_call_less(lesson: &Lesson, solved: &Performance, proven: &mut Proven) -> Result<(), String> {
    let made = &solved.stage.made;
    let whole = replay(lesson, made.iter(), &solved.run)?;
    proven.hold(whole.cloud.state_hash() == solved.stage.cloud.state_hash(), || {
        "5. Replaying the solution's calls leaves another cloud than the solution.".to_owned()
    });
    proven.hold(passes(&whole.lab), || {
        "5. Replaying the solution's calls does not pass as the solution does.".to_owned()
    });
    for (left_out, call) in made.iter().enumerate() {
        let rest = made.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, one)| one);
        let without = replay(lesson, rest, &solved.run)?;
        proven.hold(!passes(&without.lab), || {
            let number = left_out + 1;
            format!("5. Every check passes without call {number}, {}.", call.line())
        });
    }
    Ok(())
}

fn passes(lab: &Lab) -> bool {
    lab.lesson().steps.iter().all(|step| lab.step_passed(&step.id))
}

fn clicks(lesson: &Lesson, proofs: &Proofs, proven: &mut Proven) -> Result<(), String> {
    if proofs.console.is_empty() {
        return Ok(());
    }
    let mut stage = Stage::new(lesson).map_err(|error| error.to_string())?;
    for click in &proofs.console {
        let call = stage.lab.call(&click.call, CallerKind::Console).map_err(|asset| {
            format!("7. \"{}\" needs assets/{asset}, which is not there.", click.click)
        })?;
        let call = Call { at: stage.cloud.now(), ..call };
        let code = stage.cloud.call(call).err().map(|fault| fault.code);
        proven.hold(code == click.error, || {
            format!("7. \"{}\" answered {code:?} instead of {:?}.", click.click, click.error)
        });
        stage.lab.observe(&mut stage.cloud);
    }
    let checked = stage.lab.check_all(&mut stage.cloud, None);
    for step in &lesson.steps {
        proven.hold(stage.lab.step_passed(&step.id), || {
            let told = not_passed(&checked).join("; ");
            format!("7. The way by clicks does not pass the step `{}`: {told}", step.id)
        });
    }
    Ok(())
}
