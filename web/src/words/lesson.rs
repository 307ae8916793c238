//! The words of the lesson panel, and of the comparison with the solution.

use crate::state::sizes::counted;

pub const STEPS: &str = "Steps";
pub const CLOSE_LESSON: &str = "Close the lesson";
pub const LESSON_CLOSED: &str = "Lesson, closed";
pub const CHECKS: &str = "Checks";
pub const PASSED: &str = "Passed:";
pub const FAILED: &str = "Failed:";
pub const WAITING: &str = "Waiting:";
pub const BONUS: &str = "extra";
pub const MEASURED: &str = "measured";
pub const STEP_PASSED: &str = "Step passed";
pub const LESSON_PASSED: &str = "Lesson passed";
pub const WHY: &str = "Why it works";
pub const BY_CLICKS: &str = "By clicks counts too:";
pub const CLICKS_FIRST: &str = "By clicks:";
pub const OPEN_IN_CONSOLE: &str = "open in the console";
pub const SHOW_ME: &str = "Show me";
pub const COMPARE: &str = "Compare with solution";
pub const LESSON_START: &str = "Back to the lesson's start";
pub const ONCE_MORE: &str = "Once more";
pub const LESSON_START_ASK: &str =
    "This empties the simulated cloud and sets the lesson up again. Your file stays.";
pub const YES_RESET: &str = "Begin anew";
pub const SEE_THE_CALL: &str = "See the call";

pub const YOURS_AND_SOLUTION: &str = "Yours and the solution";
pub const FILE_TO_COMPARE: &str = "File";
pub const YOURS: &str = "Yours";
pub const SOLUTION: &str = "Solution";
pub const ONLY_YOURS: &str = "only yours: ";
pub const ONLY_SOLUTION: &str = "only in the solution: ";
pub const BOTH_PASS: &str = "both pass";
pub const SIDE_BY_SIDE: &str = "Side by side";
pub const ONE_BELOW: &str = "One below the other";
pub const SHOW_DIFF_AS: &str = "Show";
pub const TRY_SOLUTION: &str = "Try the solution";
pub const BACK_TO_MINE: &str = "Back to mine";
pub const CLOSE_COMPARISON: &str = "Close the comparison";
pub const COMPARE_MORE: &str = "There is more than one way. Whatever passes the checks is right.";
pub const TRYING: &str =
    "The solution stands in the editor. Your own file is kept: Back to mine brings it back.";

pub fn failed_checks(count: usize) -> String {
    format!(" {}", counted(count, "failed check", "failed checks"))
}

pub fn lines_differ(count: usize) -> String {
    match count {
        0 => "no line differs".into(),
        1 => "1 line differs".into(),
        _ => format!("{count} lines differ"),
    }
}

pub fn file_of(whose: &str, file: &str) -> String {
    format!("{whose}, {file}")
}

pub fn passed_minutes(minutes: u32) -> String {
    format!("Passed, {minutes} min")
}

pub fn all_passed(steps: usize, checks: usize) -> String {
    format!("{}, {} passed", counted(steps, "step", "steps"), counted(checks, "check", "checks"))
}

pub fn lit(track: &str, done: usize, all: usize, next: Option<&str>) -> String {
    let next = next.map(|title| format!(" The next is {title}.")).unwrap_or_default();
    format!("{}: {done} of {all} stars lit.{next}", super::track_name(track))
}

pub const LIT_NEXT: &str = "next";

pub fn lesson_of(track: &str, index: usize, count: usize) -> String {
    let of = if count > 0 { format!(" of {count}") } else { String::new() };
    format!("{}, lesson {index}{of}", super::track_name(track))
}

pub fn minutes_left(minutes: usize) -> String {
    if minutes == 0 { "done".into() } else { format!("about {minutes} min left") }
}

pub fn step_label(number: usize, title: &str, done: bool, now: bool) -> String {
    let done = if done { ", done" } else { "" };
    let now = if now { ", you are here" } else { "" };
    format!("Step {number}, {title}{done}{now}")
}

pub fn open_lesson(title: &str, step: usize, steps: usize) -> String {
    format!("Open the lesson: {title}, step {step} of {steps}")
}

pub fn go_to_line(line: u32) -> String {
    format!("Go to line {line}")
}

pub fn show_hint(number: usize, count: usize) -> String {
    format!("Show hint {number} of {count}")
}

pub fn hint(number: usize, count: usize) -> String {
    format!("Hint {number} of {count}")
}

pub fn next_step(title: &str) -> String {
    format!("Next: {title}")
}

/// What a screen reader hears when checks have changed.
pub fn checks_said(passed: usize, failed: usize, all: usize) -> String {
    match (passed, failed) {
        (0, 0) => String::new(),
        (1, 0) if all == 1 => "The check passed.".into(),
        (passed, 0) if passed == all => format!("All {} passed.", counted(all, "check", "checks")),
        (passed, 0) => format!("{passed} of {} passed.", counted(all, "check", "checks")),
        (passed, failed) => {
            format!("{passed} of {} passed, {failed} failed.", counted(all, "check", "checks"))
        }
    }
}
