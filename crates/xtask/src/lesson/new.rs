//! Writes the files of a new lesson.

use std::fs;

use anyhow::{Context as _, bail, ensure};
use cloudarium_cloud::Cloud;
use cloudarium_lesson::{Files, Lesson, Proofs, TRACKS, concepts};

use crate::project::Project;
use crate::stamp::{files_below, write};

/// Options of `cargo xtask lesson new`.
#[derive(clap::Args)]
pub struct Args {
    /// Where: track/NN-slug, for instance s3/05-versions
    folder: String,
    /// Where it is solved
    #[arg(long, value_enum, default_value_t = Surface::Python)]
    surface: Surface,
}

/// Where a lesson is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Surface {
    /// By a script of Python
    Python,
    /// By commands of the AWS CLI
    Terminal,
}

const LESSON: &str = include_str!("template/lesson.md");
const FILES: &str = "[files]\nopen = \"main.py\"\nedit = [\"main.py\"]\n\n";
const PYTHON: &str = "import boto3\n\ns3 = boto3.client(\"s3\")\nbucket = \"{{bucket}}\"\n\n";
const PUT_PYTHON: &str = "s3.put_object(Bucket=bucket, Key=\"KEY\", Body=b\"Hello\")\n";
const PUT_TERMINAL: &str = "echo Hello > hello.txt\naws s3 cp hello.txt s3://{{bucket}}/KEY\n";
/// Each misconception of the template: its name, what it is, the key that it puts, what is said then.
const WRONG: [(&str, &str, &str, &str); 3] = [
    (
        "capital-letter",
        "Keys are thought to be the same whatever their case.",
        "Hello.txt",
        "capital",
    ),
    ("another-key", "Another key is put.", "bye.txt", "another"),
    ("a-folder", "A key is thought to need a folder.", "files/hello.txt", "another"),
];

/// Writes the lesson, and says what to do next.
pub fn run(project: &Project, args: &Args) -> anyhow::Result<()> {
    let place = args.folder.trim_start_matches("lessons/").trim_end_matches('/');
    let (track, slug) = self::place(project, place)?;
    let text = fs::read_to_string(project.path("lessons/concepts.toml"))?;
    let known = concepts(&text)
        .map_err(|mistakes| anyhow::anyhow!("lessons/concepts.toml: {}", mistakes.len()))?;
    let prefix = if track == "step-functions" { "states." } else { track };
    let own = known.iter().find(|concept| concept.id.starts_with(prefix));
    let concept = own.or(known.first()).context("there is no concept")?.id.as_str();
    let files = files(track, slug, concept, args.surface);
    hold_together(place, &files)?;
    let folder = project.path("lessons").join(place);
    for (name, content) in &files {
        write(&folder.join(name), content)?;
    }
    println!("lessons/{place} holds together. Now:");
    println!(
        "  1. Fill in what stands in CAPITALS in lesson.md; choose concepts from lessons/concepts.toml."
    );
    println!("  2. Solve it in solution/, and leave the beginning in starter/.");
    println!("  3. Make wrong/ what learners really get wrong, with the words they should read.");
    println!(
        "  4. Look at it: cargo xtask play. Prove it: cargo xtask lesson check lessons/{place}"
    );
    println!("docs/LESSONS.md tells all about lessons.");
    Ok(())
}

/// Track and slug of `folder`, a place where no lesson is yet.
fn place<'f>(project: &Project, folder: &'f str) -> anyhow::Result<(&'f str, &'f str)> {
    let parts = folder.split_once('/').and_then(|(track, rest)| {
        let (number, slug) = rest.split_once('-')?;
        let two = number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit());
        let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (two && !slug.is_empty() && slug.chars().all(small)).then_some((track, number, slug))
    });
    let Some((track, number, slug)) = parts else {
        bail!(
            "`{folder}` is no place for a lesson: write track/NN-slug, for instance s3/05-versions"
        );
    };
    ensure!(TRACKS.contains(&track), "`{track}` is no track; there are: {}", TRACKS.join(", "));
    let root = project.path("lessons").join(track);
    let there = if root.is_dir() { files_below(&root)? } else { Vec::new() };
    let taken = there.iter().find(|path| {
        let own = path.strip_prefix(&root).unwrap_or(path).display().to_string();
        own.starts_with(&format!("{number}-"))
    });
    if let Some(path) = taken {
        let path = path.strip_prefix(&project.root).unwrap_or(path);
        bail!("number {number} of {track} is taken by {}", path.parent().unwrap_or(path).display());
    }
    Ok((track, slug))
}

fn files(track: &str, slug: &str, concept: &str, surface: Surface) -> Files {
    let terminal = surface == Surface::Terminal;
    let mut title = slug.replace('-', " ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let is_simulated = Cloud::coverage().iter().any(|(name, _)| *name == track);
    let services = if is_simulated && track != "s3" {
        format!("\"s3\", \"{track}\"")
    } else {
        "\"s3\"".to_owned()
    };
    let put = if terminal { PUT_TERMINAL } else { PUT_PYTHON };
    let lesson = LESSON
        .replace("@ID@", &format!("{track}-{slug}"))
        .replace("@TITLE@", &title)
        .replace("@TRACK@", track)
        .replace("@SERVICES@", &services)
        .replace("@CONCEPT@", concept)
        .replace("@SURFACE@", if terminal { "terminal" } else { "python" })
        .replace("@LANGUAGE@", if terminal { "sh" } else { "python" })
        .replace("@LINES@", put.replace("KEY", "hello.txt").trim_end())
        .replace("@FILES@", if terminal { "" } else { FILES });
    let script = |key: Option<&str>| {
        let head = if terminal { "" } else { PYTHON };
        let line = key.map(|key| put.replace("KEY", key)).unwrap_or_default();
        format!("{head}# Step 1: WHAT TO DO\n{line}").into_bytes()
    };
    let name = if terminal { "terminal.sh" } else { "main.py" };
    let mut files = Files::from([
        ("lesson.md".to_owned(), lesson.into_bytes()),
        (format!("solution/{name}"), script(Some("hello.txt"))),
    ]);
    if !terminal {
        files.insert(format!("starter/{name}"), script(None));
    }
    for (wrong, why, key, said) in WRONG {
        let message = match said {
            "capital" => format!(
                "You put `{key}`. Keys are case-sensitive, and this step asks for `hello.txt`."
            ),
            _ => format!("You put `{key}`. This step asks for `hello.txt`."),
        };
        let expect = format!("# {why}\n[fail]\nstored = \"{message}\"\n");
        files.insert(format!("wrong/{wrong}/{name}"), script(Some(key)));
        files.insert(format!("wrong/{wrong}/expect.toml"), expect.into_bytes());
    }
    files
}

/// The lesson's format is right: what is told otherwise is a fault of the template.
fn hold_together(folder: &str, files: &Files) -> anyhow::Result<()> {
    let told = |mistakes: Vec<cloudarium_lesson::LessonError>| {
        let list: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the new lesson has mistakes:\n{}", list.join("\n"))
    };
    let lesson = Lesson::parse(folder, files).map_err(told)?;
    Proofs::parse(&lesson, files).map_err(told)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_lesson_of_every_track_holds_together() {
        for track in TRACKS {
            for surface in [Surface::Python, Surface::Terminal] {
                let files = files(track, "a-first-try", "s3.object-storage", surface);
                hold_together(&format!("{track}/42-a-first-try"), &files).expect("it is right");
            }
        }
    }

    #[test]
    fn a_place_must_be_free_and_well_named() {
        let project = Project::find().expect("it is there");
        for (folder, why) in [
            ("s3", "is no place"),
            ("s3/5-versions", "is no place"),
            ("s3/05", "is no place"),
            ("s3/05-Versions", "is no place"),
            ("s4/05-versions", "is no track"),
            ("s3/01-again", "is taken"),
        ] {
            let error = place(&project, folder).expect_err("it is none");
            assert!(error.to_string().contains(why), "{folder}: {error}");
        }
        assert_eq!(place(&project, "s3/42-a-b").expect("it is free"), ("s3", "a-b"));
    }
}
