//! The words of the home page.

use crate::state::sizes::counted;

pub const HOME_TITLE: &str = "Learn the cloud in a tab";
pub const HERO_1: &str = "The cloud, ";
pub const HERO_2: &str = "under a dome of glass.";
pub const HERO_MORE: &str = "Cloudarium is a small AWS that runs inside this tab, with real boto3 and a console to click in. Break it, look under its hood, begin anew: no account, no install, no bill.";
pub const SITE: &str = "Site";
pub const THE_BOOK: &str = "Help: how it works, for learners and teachers";
pub const FREE_PLAY: &str = "Free play";
pub const FREE_PLAY_MORE: &str =
    "A cloud of your own and no lesson. Everything works, nothing is checked.";
pub const EMPTY_PLAY: &str = "Empty cloud";
pub const SAMPLE_PLAY: &str = "With sample data";
pub const TRACKS: &str = "Tracks";
pub const ASIDE: &str = "Where you were, and free play";
pub const WHERE_YOU_WERE: &str = "Go on where you were";
pub const GO_ON: &str = "Go on";
pub const LOADING_LESSONS: &str = "Reading the lessons.";
pub const DONE_SAID: &str = "done, ";
pub const HERE_SAID: &str = "you are here, ";
pub const TO_COME: &str = "to come";
pub const ALL_LESSONS: &str = "All lessons";
pub const MISSING: &str = "There is no such page";
pub const MISSING_MORE: &str = "The address names a lesson or a place that does not exist.";

pub const REFUSED: &str = "This could not be opened";

pub fn refused(why: &str) -> String {
    let mut letters = why.trim_end_matches('.').chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!(
        "{}{}. Everything else is as it was: go on with another lesson, or reload the page to try again.",
        first.unwrap_or_default(),
        letters.as_str()
    )
}

pub fn track_name(track: &str) -> &str {
    match track {
        "s3" => "S3",
        "lambda" => "Lambda",
        "step-functions" => "Step Functions",
        "glue" => "Glue",
        "capstone" => "Capstone",
        other => other,
    }
}

pub fn track_about(track: &str) -> &'static str {
    match track {
        "boto3" => "The AWS SDK for Python: clients, errors, paginators, waiters",
        "s3" => "Objects in buckets: keys, versions, policies, storage classes",
        "lambda" => "Code without a server: cold starts, bursts, retries, the bill",
        "step-functions" => "Workflows drawn and in ASL: choices, retries, maps, people",
        "glue" => "Extract, transform, load: catalog, crawlers, jobs, partitions",
        "capstone" => "The orders pipeline: all of it together, then broken, then priced",
        _ => "",
    }
}

pub fn track_icon(track: &str) -> &'static str {
    match track {
        "boto3" => "python",
        "s3" => "s3",
        "lambda" => "lambda",
        "step-functions" => "sfn",
        "glue" => "glue",
        _ => "cap",
    }
}

/// How far a track is: lessons done, lessons that are there, lessons that are planned, and their minutes.
pub fn track_meta(done: usize, there: usize, planned: usize, minutes: u32) -> String {
    if there == 0 {
        format!("{} {TO_COME}", counted(planned, "lesson", "lessons"))
    } else if done == planned {
        format!("Done, {}", duration(minutes))
    } else if there < planned {
        format!("{done} of {there}, {}, {} {TO_COME}", duration(minutes), planned - there)
    } else {
        format!("{done} of {there}, {}", duration(minutes))
    }
}

pub fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes:02}"),
    }
}

pub fn lesson_meta(minutes: u32, level: &str, steps: &str) -> String {
    [format!("{minutes} min"), level.to_owned(), steps.to_owned()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

pub fn steps_done(done: usize, steps: usize) -> String {
    format!("{} of {}", done.min(steps), counted(steps, "step", "steps"))
}

pub fn minutes_of(minutes: u32) -> String {
    if minutes == 0 { String::new() } else { format!("{minutes} min left") }
}

pub fn go_on(lesson: &str) -> String {
    format!("Go on: {lesson}")
}

pub fn start(lesson: &str) -> String {
    format!("Start: {lesson}")
}

pub fn sky(done: usize, all: usize) -> String {
    format!(
        "Your sky: {done} of {all} lessons lit. Each track is a constellation, each lesson a star."
    )
}

pub fn no_lessons(why: &str) -> String {
    format!("The lessons could not be read. Reload the page to try again. ({why})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_says_how_far_it_is() {
        assert_eq!(track_meta(0, 0, 8, 0), "8 lessons to come");
        assert_eq!(track_meta(1, 2, 10, 16), "1 of 2, 16 min, 8 to come");
        assert_eq!(track_meta(0, 6, 6, 48), "0 of 6, 48 min");
        assert_eq!(track_meta(6, 6, 6, 60), "Done, 1 h");
        assert_eq!(duration(85), "1 h 25");
    }

    #[test]
    fn the_page_says_the_same_before_its_module_is_here() {
        let first = include_str!("../../../index.html");
        for words in [HERO_1, HERO_2, HERO_MORE] {
            assert!(first.contains(words), "{words:?} is not in index.html");
        }
    }
}
