//! One run of the learner's script, as the host tells it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::check::OutputRule;

/// One run of the learner's script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Run {
    /// Whether a script has run at all: else there are only answers to questions.
    pub ran: bool,
    /// All that it printed.
    pub stdout: String,
    /// The traceback, if it ended by an error.
    pub error: Option<String>,
    /// The files that ran.
    pub files: BTreeMap<String, String>,
    /// Answers to questions, by the id of their check, from 0.
    pub answers: BTreeMap<String, usize>,
    /// The number of the last call before the run began: a diagnosis then looks only at what came
    /// after it.
    pub since_seq: u64,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            ran: true,
            stdout: String::new(),
            error: None,
            files: BTreeMap::new(),
            answers: BTreeMap::new(),
            since_seq: 0,
        }
    }
}

/// How much of what was printed a message repeats.
const PRINTED_CHARS_MAX: usize = 120;

impl Run {
    /// Whether the output is as `rule` wants it.
    pub(crate) fn fits(&self, rule: &OutputRule) -> bool {
        let has_line = |line: &String| self.stdout.lines().any(|own| own.trim() == line.trim());
        rule.stdout_contains.iter().all(|text| self.stdout.contains(text.as_str()))
            && rule.stdout_lines.iter().all(has_line)
            && !rule.stdout_lacks.iter().any(|text| self.stdout.contains(text.as_str()))
            && rule.error_contains.as_ref().is_none_or(|text| {
                self.error.as_ref().is_some_and(|error| error.contains(text.as_str()))
            })
    }

    /// The last line that was printed, cut to a length that a message can hold.
    pub(crate) fn printed(&self) -> String {
        let last = self.stdout.lines().rev().find(|line| !line.trim().is_empty());
        let mut words: String =
            last.unwrap_or("nothing").trim().chars().take(PRINTED_CHARS_MAX).collect();
        if last.is_some_and(|line| line.trim().chars().count() > PRINTED_CHARS_MAX) {
            words.push('…');
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(stdout: &str) -> Run {
        Run { stdout: stdout.to_owned(), ..Run::default() }
    }

    #[test]
    fn output_is_compared_as_the_rule_says() {
        let run = printed("Hello, cloud!\n  2 buckets  \n");
        let rule = |contains: &[&str], lines: &[&str], lacks: &[&str]| OutputRule {
            stdout_contains: contains.iter().map(ToString::to_string).collect(),
            stdout_lines: lines.iter().map(ToString::to_string).collect(),
            stdout_lacks: lacks.iter().map(ToString::to_string).collect(),
            error_contains: None,
        };
        assert!(run.fits(&rule(&["cloud"], &["2 buckets"], &["Traceback"])));
        assert!(!run.fits(&rule(&["Cloud"], &[], &[])));
        assert!(!run.fits(&rule(&[], &["buckets"], &[])));
        assert!(!run.fits(&rule(&[], &[], &["Hello"])));
        let error = OutputRule { error_contains: Some("NoSuchKey".into()), ..Default::default() };
        assert!(!run.fits(&error));
    }

    #[test]
    fn a_message_repeats_the_last_line_only() {
        assert_eq!(printed("a\nb \n\n").printed(), "b");
        assert_eq!(printed("").printed(), "nothing");
        assert_eq!(printed(&"x".repeat(1000)).printed().chars().count(), PRINTED_CHARS_MAX + 1);
    }
}
