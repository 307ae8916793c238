//! `--update`: writes what was answered in place of what the cases say.

use serde_json::Value as Json;

use super::matching::updated;
use super::stage::{InProcess, Mismatch, Refusal, run};
use super::{Expect, File, Stage};

/// Runs every case of `file` at its first in-process stage, and rewrites the answers that differ.
/// Tells how many.
pub fn update(file: &File) -> Result<usize, String> {
    let mut mismatches = Vec::new();
    for case in file.cases.iter().filter(|case| case.known_failure.is_none()) {
        let Some(stage) = case.stages.iter().find(|stage| **stage <= Stage::Wire) else { continue };
        let mut runner = InProcess::new(case, *stage == Stage::Wire);
        let outcome = run(case, &mut runner, true);
        let outcome = outcome.map_err(|words| format!("{} {}: {words}", file.name, case.name))?;
        mismatches.extend(outcome.mismatches);
    }
    if mismatches.is_empty() {
        return Ok(0);
    }
    let text = std::fs::read_to_string(&file.path).map_err(|error| error.to_string())?;
    let rewritten = rewrite(&text, &mismatches);
    std::fs::write(&file.path, rewritten).map_err(|error| error.to_string())?;
    Ok(mismatches.len())
}

/// `text` with the answers of `mismatches`, which are in the order of their lines.
fn rewrite(text: &str, mismatches: &[Mismatch]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for mismatch in mismatches.iter().rev() {
        let (from, to) = mismatch.step.expect_lines;
        let (from, to) = (from.saturating_sub(1), to.saturating_sub(1));
        let (from, to) = (from.min(lines.len()), to.min(lines.len()));
        lines.splice(from..to, written(mismatch));
    }
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

fn written(mismatch: &Mismatch) -> Vec<String> {
    match (&mismatch.answer, &mismatch.step.expect) {
        (Ok(actual), Expect::Output(expected)) => vec![format!("< {}", updated(expected, actual))],
        (Ok(actual), _) => vec![format!("< {actual}")],
        (Err(Refusal { code, status, message, members }), expected) => {
            let message = message.lines().next().unwrap_or_default();
            let mut lines = vec![format!("! {code} {status} {message}").trim_end().to_owned()];
            let had = matches!(expected, Expect::Refusal { members: Some(_), .. });
            let members = members.as_ref().filter(|it| had && **it != Json::Null);
            lines.extend(members.map(|members| format!("& {members}")));
            lines
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rewrite;
    use crate::case::stage::{Mismatch, Refusal};
    use crate::case::{Step, parse};
    use serde_json::json;

    #[test]
    fn answers_are_written_in_their_place() {
        let text = "--- a core ---\n// evidence: guess x\n> s3 ListBuckets\n< {\"Owner\":\n  {}}\n\
                    > s3 ListBuckets\n// the end\n";
        let cases = parse(text).unwrap();
        let steps = cases[0].steps.iter().map(|step| match step {
            Step::Call(call) => (**call).clone(),
            _ => panic!("a call"),
        });
        let answers = [
            Ok(json!({"Owner": 1, "More": 2})),
            Err(Refusal {
                code: "AccessDenied".into(),
                status: 403,
                message: "No".into(),
                members: None,
            }),
        ];
        let mismatches: Vec<Mismatch> = steps
            .zip(answers)
            .map(|(step, answer)| Mismatch { step, answer, words: String::new() })
            .collect();
        let wanted = "--- a core ---\n// evidence: guess x\n> s3 ListBuckets\n< {\"Owner\":1}\n\
                      > s3 ListBuckets\n! AccessDenied 403 No\n// the end\n";
        assert_eq!(rewrite(text, &mismatches), wanted);
    }
}
