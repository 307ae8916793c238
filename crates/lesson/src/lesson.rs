//! A lesson: read from its files, and proved to hold together.

mod steps;
mod together;

use std::collections::{BTreeMap, BTreeSet};

use crate::call_toml::Assets;
use crate::check::{Check, Rule};
use crate::error::{LessonError, Mistakes, position_of};
use crate::front::{self, Front};
use crate::prose::{Block, FoundLink};
use crate::scan;

/// The files of a lesson, by their path inside its folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A lesson that holds together.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Its folder below `lessons/`: `s3/02-put-get-list-delete`.
    pub folder: String,
    /// What it is, and what it starts from.
    pub front: Front,
    /// Its steps, in order.
    pub steps: Vec<Step>,
    /// What the learner's editor opens with, in the order of `edit`; placeholders still in it.
    pub starter: Vec<(String, String)>,
    /// The same files, solved; empty when Python is none of the surfaces.
    pub solution: Vec<(String, String)>,
    /// The commands that solve it in the terminal, if that is one of the surfaces.
    pub commands: Option<String>,
    /// What set-up puts into the cloud.
    pub assets: Assets,
    /// Lessons that its links and `:::next` name, each with line and column.
    pub(crate) mentions: Vec<(String, (usize, usize))>,
    /// Line and column of its id.
    pub(crate) id_at: (usize, usize),
    /// Line and column of each concept in the front matter.
    pub(crate) concepts_at: Vec<(usize, usize)>,
}

/// One step of a lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Unique in its lesson.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What to know and to do.
    pub prose: Vec<Block>,
    /// Shown one at a time, on request.
    pub hints: Vec<Vec<Block>>,
    /// Shown when the step has passed.
    pub why: Vec<Block>,
    /// How it is done by clicks.
    pub console: Option<Clicks>,
    /// Where to go on.
    pub next: Option<Next>,
    /// What must hold.
    pub checks: Vec<Check>,
}

/// The way by clicks.
#[derive(Debug, Clone, PartialEq)]
pub struct Clicks {
    /// The page of the console: `/s3/photos-k4t2`.
    pub route: String,
    /// The control to highlight: `s3.upload`.
    pub hotspot: String,
    /// What to do there.
    pub prose: Vec<Block>,
}

/// Where to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The id of a lesson.
    pub lesson: Option<String>,
    /// Whether free play is suggested.
    pub freeplay: bool,
    /// What to say about it.
    pub prose: Vec<Block>,
}

/// A lesson's text is at most so long; what is longer was not written by a teacher.
const LESSON_BYTES_MAX: usize = 256 * 1024;
/// A lesson has at most so many steps.
const STEPS_MAX: usize = 20;
const MD: &str = "lesson.md";
/// What is typed in the terminal to solve a lesson there.
pub(crate) const COMMANDS: &str = "terminal.sh";

/// The calls of the way by clicks.
const CLICKS: &str = "console.toml";

/// A way by which a machine can solve a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A script of Python.
    Python,
    /// Commands in the terminal.
    Terminal,
}

impl Lesson {
    /// Reads the lesson in `folder` from its files; the error lists everything that is wrong.
    pub fn parse(folder: &str, files: &Files) -> Result<Self, Vec<LessonError>> {
        let mut mistakes = Mistakes::default();
        let lesson = read(folder, files, &mut mistakes);
        match lesson {
            Some(lesson) if mistakes.is_empty() => Ok(lesson),
            _ => Err(mistakes.into_sorted()),
        }
    }

    /// Number of the lesson in its track, by its folder: 2 for `s3/02-put-get-list-delete`.
    pub fn index_in_track(&self) -> usize {
        index_of(&self.folder).unwrap_or(0)
    }

    /// The step called `id`.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The ways by which a machine can solve it.
    pub fn ways(&self) -> Vec<Way> {
        let python = self.front.has_surface("python").then_some(Way::Python);
        python.into_iter().chain(self.commands.as_ref().map(|_| Way::Terminal)).collect()
    }

    /// Every service that it needs: those that it names, and those that its set-up and its checks call.
    pub fn services(&self) -> BTreeSet<&str> {
        let diagnosed = self.checks().flat_map(|check| &check.diagnose);
        let probes = diagnosed.filter_map(|diagnosis| diagnosis.probe.as_ref());
        let probes = probes.chain(self.checks().filter_map(|check| match &check.rule {
            Rule::Probe(probe) => Some(probe),
            _ => None,
        }));
        let called = self.front.setup.iter().chain(probes.map(|probe| &probe.call));
        let called = called.map(|call| call.op.service.as_str());
        self.front.services.iter().map(String::as_str).chain(called).collect()
    }

    /// All checks, in order.
    pub fn checks(&self) -> impl Iterator<Item = &Check> {
        self.steps.iter().flat_map(|step| &step.checks)
    }
}

fn index_of(folder: &str) -> Option<usize> {
    let (number, _) = folder.rsplit('/').next()?.split_once('-')?;
    (number.len() == 2).then(|| number.parse().ok())?
}

fn read(folder: &str, files: &Files, mistakes: &mut Mistakes) -> Option<Lesson> {
    let text = lesson_text(files, mistakes)?;
    let parts = scan::scan(text, MD, mistakes);
    if parts == scan::Parts::default() {
        return None;
    }
    let front = front::parse(&parts.front, (MD, 2), mistakes)?;
    let mut builder =
        Builder { folder, source: text, files, links: Vec::new(), mentions: Vec::new(), mistakes };
    builder.folder(&front);
    let steps: Vec<Step> = parts.steps.iter().map(|part| builder.step(part)).collect();
    builder.lengths(&parts.steps);
    builder.ids(&parts.steps, &steps);
    builder.links(&steps);
    builder.placeholders(&front, &steps, &parts.steps);
    builder.figures(&steps);
    let starter = builder.edited("starter", &front);
    let solution =
        if front.has_surface("python") { builder.edited("solution", &front) } else { Vec::new() };
    let commands = if front.has_surface("terminal") { builder.commands() } else { None };
    builder.strays(&front);
    let assets = assets_of(files);
    builder.assets(&front, &assets);
    let mentions = builder.mentions;
    let concepts_at = front.concepts.iter().map(|id| quoted_at(text, id)).collect();
    let id_at = quoted_at(text, &front.id);
    let folder = folder.to_owned();
    Some(Lesson {
        folder,
        front,
        steps,
        starter,
        solution,
        commands,
        assets,
        mentions,
        id_at,
        concepts_at,
    })
}

/// Line and column of `"word"`.
fn quoted_at(text: &str, word: &str) -> (usize, usize) {
    position_of(text, &format!("\"{word}\""))
}

fn lesson_text<'f>(files: &'f Files, mistakes: &mut Mistakes) -> Option<&'f str> {
    let place = (MD, 1);
    let Some(bytes) = files.get(MD) else {
        mistakes.add(
            place,
            "The lesson has no lesson.md.",
            "Write one: docs/LESSONS.md shows how.",
        );
        return None;
    };
    if bytes.len() > LESSON_BYTES_MAX {
        let sentence = format!("The lesson is {} bytes long.", bytes.len());
        let remedy = format!("At most {LESSON_BYTES_MAX} are read; make several lessons of it.");
        mistakes.add(place, sentence, remedy);
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('\r') => {
            mistakes.add(place, "Lines end by CR LF.", "Save the file with LF alone.");
            None
        }
        Ok(text) => Some(text),
        Err(error) => {
            let line = 1 + bytes.iter().take(error.valid_up_to()).filter(|b| **b == b'\n').count();
            mistakes.add((MD, line), "This is not UTF-8.", "Save the file as UTF-8.");
            None
        }
    }
}

fn assets_of(files: &Files) -> Assets {
    let asset = |(path, bytes): (&String, &Vec<u8>)| {
        path.strip_prefix("assets/").map(|name| (name.to_owned(), bytes.clone()))
    };
    files.iter().filter_map(asset).collect()
}

/// Reads a lesson, and notes what is wrong with it.
struct Builder<'m> {
    folder: &'m str,
    /// All of `lesson.md`.
    source: &'m str,
    files: &'m Files,
    links: Vec<FoundLink>,
    mentions: Vec<(String, (usize, usize))>,
    mistakes: &'m mut Mistakes,
}

impl Builder<'_> {
    fn mistake(&mut self, line: usize, sentence: impl Into<String>, remedy: impl Into<String>) {
        self.mistakes.add((MD, line), sentence, remedy);
    }

    /// A mistake at `needle` in line `line`.
    fn mistake_at(
        &mut self,
        line: usize,
        needle: &str,
        sentence: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let text = self.source.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let (_, column) = position_of(text, needle);
        self.mistakes.add((MD, (line, column)), sentence, remedy);
    }

    fn folder(&mut self, front: &Front) {
        let folder = self.folder;
        let in_track = folder.rsplit('/').nth(1) == Some(front.track.as_str());
        if index_of(folder).is_none() || !in_track {
            self.mistake(
                1,
                format!("The folder `{folder}` does not fit the track `{}`.", front.track),
                "Put the lesson into lessons/<track>/<NN-slug>.",
            );
        }
        let at = |id: &String| (id.clone(), quoted_at(self.source, id));
        self.mentions.extend(front.requires.iter().map(at));
    }
}
