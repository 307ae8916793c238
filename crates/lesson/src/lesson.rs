//! A lesson: read from its files, and proved to hold together.

use std::collections::{BTreeMap, BTreeSet};

use crate::call_toml::{self, Assets};
use crate::check::Check;
use crate::check_toml::{self, BlockPlace};
use crate::error::{LessonError, Mistakes, nearest, position, position_of, suggestion};
use crate::figure;
use crate::front::{self, BUILT_IN, Front};
use crate::prose::{self, Block, FoundLink};
use crate::scan::{self, Directive, StepPart};
use crate::scope::Scope;

/// What an unknown attribute was probably meant to be.
fn remedy_for(name: &str, known: &[&str]) -> String {
    if known.is_empty() { "It takes none.".to_owned() } else { suggestion(name, known) }
}

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

    fn prose(&mut self, piece: &scan::Piece) -> Vec<Block> {
        prose::parse(&piece.text, (MD, piece.line), self.mistakes, &mut self.links)
    }

    fn step(&mut self, part: &StepPart) -> Step {
        let mut step = Step {
            id: part.id.clone(),
            title: part.title.clone(),
            prose: self.prose_with_figures(part),
            hints: Vec::new(),
            why: Vec::new(),
            console: None,
            next: None,
            checks: Vec::new(),
        };
        for directive in part.directives.iter().filter(|directive| directive.name != "figure") {
            self.directive(&mut step, directive);
        }
        for piece in &part.checks {
            let place = BlockPlace { file: MD, line: piece.line };
            step.checks.extend(check_toml::parse(&piece.text, place, self.mistakes));
        }
        if part.checks.len() > 1 {
            self.mistake(part.line, "The step has two blocks of checks.", "Make one of them.");
        }
        if step.prose.is_empty() {
            self.mistake(part.line, "The step has no prose.", "Say what to do, and why.");
        }
        step
    }

    /// The prose of a step, each figure where it stands in it.
    fn prose_with_figures(&mut self, part: &StepPart) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut from = part.prose.line;
        let lines: Vec<&str> = part.prose.text.split_inclusive('\n').collect();
        let piece = |from: usize, to: usize| {
            let (skip, take) = (from - part.prose.line, to.saturating_sub(from));
            let text: String = lines.iter().skip(skip).take(take).copied().collect();
            scan::Piece { line: from, text }
        };
        for directive in part.directives.iter().filter(|directive| directive.name == "figure") {
            blocks.extend(self.prose(&piece(from, directive.line)));
            blocks.extend(self.figure(directive));
            from = directive.line;
        }
        blocks.extend(self.prose(&piece(from, usize::MAX)));
        blocks
    }

    fn figure(&mut self, directive: &Directive) -> Option<Block> {
        self.attributes(directive, &["alt", "name"]);
        let caption = self.prose(&directive.body);
        let attribute = |name: &str| directive.attributes.get(name).cloned().unwrap_or_default();
        let (name, alt) = (attribute("name"), attribute("alt"));
        if name.is_empty() || alt.trim().is_empty() {
            self.mistake(
                directive.line,
                "`:::figure` lacks its file or its words.",
                "Write `:::figure{name=\"keys.svg\" alt=\"What it shows, in words\"}`.",
            );
            return None;
        }
        let path = format!("figures/{name}");
        if !self.files.contains_key(&path) {
            let known: Vec<&str> =
                self.files.keys().filter_map(|path| path.strip_prefix("figures/")).collect();
            let sentence = format!("There is no drawing `{path}`.");
            self.mistake_at(directive.line, &name, sentence, suggestion(&name, &known));
        }
        Some(Block::Figure { src: format!("{}/{path}", self.folder), alt, caption })
    }

    /// Looks at every drawing, and whether it is shown.
    fn figures(&mut self, steps: &[Step]) {
        let shown = |path: &str| {
            let src = format!("{}/{path}", self.folder);
            let is_it =
                |block: &Block| matches!(block, Block::Figure { src: own, .. } if *own == src);
            steps.iter().flat_map(|step| &step.prose).any(is_it)
        };
        for (path, bytes) in self.files.iter().filter(|(path, _)| path.starts_with("figures/")) {
            let name = path.trim_start_matches("figures/");
            if name.strip_suffix(".svg").is_none_or(|stem| !front::is_file_name(stem)) {
                let sentence = "A drawing is an SVG with a plain name.";
                self.mistakes.add((path, 1), sentence, "Name it for example `keys.svg`.");
            } else if let Err((at, sentence, remedy)) = figure::check(bytes) {
                let place = position(&String::from_utf8_lossy(bytes), at);
                self.mistakes.add((path, place), sentence, remedy);
            } else if !shown(path) {
                let remedy = "Show it by `:::figure`, or remove it.";
                self.mistakes.add((path, 1), "No step shows this drawing.", remedy);
            }
        }
    }

    fn directive(&mut self, step: &mut Step, directive: &Directive) {
        let body = self.prose(&directive.body);
        let (known, twice): (&[&str], bool) = match directive.name.as_str() {
            "console" => (&["hotspot", "route"], step.console.is_some()),
            "why" => (&[], !step.why.is_empty()),
            "next" => (&["freeplay", "lesson"], step.next.is_some()),
            _ => (&[], false),
        };
        self.attributes(directive, known);
        if twice {
            let sentence = format!("The step has two directives `:::{}`.", directive.name);
            self.mistake(directive.line, sentence, "Make one of them.");
        }
        if body.is_empty() && matches!(directive.name.as_str(), "hint" | "why" | "console") {
            self.mistake(directive.line, "This directive is empty.", "Write something into it.");
        }
        let attribute = |name: &str| directive.attributes.get(name).cloned();
        match directive.name.as_str() {
            "hint" => step.hints.push(body),
            "why" => step.why = body,
            "console" => match (attribute("route"), attribute("hotspot")) {
                (Some(route), Some(hotspot)) => {
                    step.console = Some(Clicks { route, hotspot, prose: body });
                }
                _ => self.mistake(
                    directive.line,
                    "`:::console` lacks its page or its control.",
                    "Write `:::console{route=\"/s3\" hotspot=\"s3.create-bucket\"}`.",
                ),
            },
            "next" => {
                let lesson = attribute("lesson");
                let column = |id: &String| {
                    let line = self.source.lines().nth(directive.line - 1).unwrap_or_default();
                    (id.clone(), (directive.line, position_of(line, id).1))
                };
                self.mentions.extend(lesson.iter().map(column));
                let freeplay = attribute("freeplay").as_deref() == Some("true");
                step.next = Some(Next { lesson, freeplay, prose: body });
            }
            _ => {}
        }
    }

    fn attributes(&mut self, directive: &Directive, known: &[&str]) {
        for name in directive.attributes.keys() {
            if !known.contains(&name.as_str()) {
                let sentence = format!("`:::{}` has no attribute `{name}`.", directive.name);
                self.mistake_at(directive.line, name, sentence, remedy_for(name, known));
            }
        }
    }

    fn lengths(&mut self, parts: &[StepPart]) {
        if parts.is_empty() {
            self.mistake(1, "The lesson has no step.", "Write `## Title {#id}` and what to do.");
        }
        if let Some(part) = parts.get(STEPS_MAX) {
            let sentence = format!("The lesson has {} steps.", parts.len());
            let remedy = format!("At most {STEPS_MAX}; make two lessons of it.");
            self.mistake(part.line, sentence, remedy);
        }
    }

    fn ids(&mut self, parts: &[StepPart], steps: &[Step]) {
        let (mut of_steps, mut of_checks) = (BTreeSet::new(), BTreeSet::new());
        for (part, step) in parts.iter().zip(steps) {
            if !of_steps.insert(step.id.as_str()) {
                let sentence = format!("There are two steps `{}`.", step.id);
                self.mistake(part.line, sentence, "Give each its own id.");
            }
            for check in &step.checks {
                if !of_checks.insert(check.id.as_str()) {
                    let sentence = format!("There are two checks `{}`.", check.id);
                    self.mistake(check.line, sentence, "Give each its own id, lesson-wide.");
                }
            }
            // A block that could not be read has been told of already.
            let unread = step.checks.is_empty() && !part.checks.is_empty();
            if !unread && !step.checks.iter().any(|check| !check.bonus) {
                self.mistake(
                    part.line,
                    "The step has no check that must pass.",
                    "Every step ends with something to see: write a block of checks.",
                );
            }
        }
    }

    fn links(&mut self, steps: &[Step]) {
        for FoundLink { href, at } in std::mem::take(&mut self.links) {
            if let Some(step) = href.strip_prefix('#') {
                if !steps.iter().any(|known| known.id == step) {
                    let known: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
                    let sentence = format!("There is no step `{step}`.");
                    self.mistakes.add((MD, at), sentence, suggestion(step, &known));
                }
            } else if let Some(lesson) = href.strip_prefix("lesson:") {
                self.mentions.push((lesson.to_owned(), at));
            } else if !href.starts_with("https://") {
                self.mistakes.add(
                    (MD, at),
                    format!("`{href}` leads nowhere."),
                    "Link to `https://..`, `#step` or `lesson:id`.",
                );
            }
        }
    }

    fn placeholders(&mut self, front: &Front, steps: &[Step], parts: &[StepPart]) {
        let known: Vec<&str> = front.vars.keys().map(String::as_str).chain(BUILT_IN).collect();
        let mut scope = Scope {
            file: MD,
            source: self.source,
            line: 2,
            known,
            live: Vec::new(),
            mistakes: self.mistakes,
        };
        for call in &front.setup {
            scope.json(&call.input);
        }
        for (step, part) in steps.iter().zip(parts) {
            scope.line = part.line;
            scope.step(step);
            for check in &step.checks {
                scope.line = check.line;
                scope.check(check);
            }
        }
    }

    /// A file of the lesson, as text.
    fn text(&mut self, path: &str, remedy: &str) -> Option<String> {
        match self.files.get(path).map(|bytes| std::str::from_utf8(bytes)) {
            Some(Ok(text)) => return Some(text.to_owned()),
            Some(Err(_)) => self.mistakes.add((path, 1), "This is not UTF-8.", "Save it as UTF-8."),
            None => {
                let name = path.rsplit('/').next().unwrap_or(path);
                let place = quoted_at(self.source, name);
                let sentence = format!("The file `{path}` is missing.");
                self.mistakes.add((MD, place), sentence, remedy);
            }
        }
        None
    }

    fn edited(&mut self, folder: &str, front: &Front) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for name in &front.edit {
            let path = format!("{folder}/{name}");
            let remedy = "Every file to edit has a start and a solution.";
            if let Some(text) = self.text(&path, remedy) {
                self.misspelt(&path, &text, front);
                found.push((name.clone(), text));
            }
        }
        found
    }

    fn commands(&mut self) -> Option<String> {
        self.text(
            &format!("solution/{COMMANDS}"),
            "Write the commands that solve the lesson in the terminal, one a line.",
        )
    }

    /// Two braces may be part of Python, so only what is nearly a variable is told.
    fn misspelt(&mut self, path: &str, text: &str, front: &Front) {
        let known: Vec<&str> = front.vars.keys().map(String::as_str).chain(BUILT_IN).collect();
        for (at, _) in text.match_indices("{{") {
            let inside = text.get(at + 2..).and_then(|rest| rest.split_once("}}"));
            let Some((name, _)) = inside.filter(|(name, _)| crate::template::is_name(name)) else {
                continue;
            };
            if !known.contains(&name)
                && let Some(meant) = nearest(name, &known)
            {
                let sentence = format!("There is no variable `{name}`.");
                let remedy = format!("Did you mean `{meant}`?");
                self.mistakes.add((path, position(text, at)), sentence, remedy);
            }
        }
    }

    /// Files in the folder that nobody would ever see.
    fn strays(&mut self, front: &Front) {
        for path in self.files.keys() {
            let Some((folder, name)) = path.split_once('/') else {
                if path != MD && path != CLICKS {
                    let remedy =
                        "Put it into starter/, solution/, assets/ or figures/, or remove it.";
                    self.mistakes.add((path, 1), "Nothing reads this file.", remedy);
                }
                continue;
            };
            let edited = front.edit.iter().any(|known| known == name);
            let fits = match folder {
                "starter" => edited,
                "solution" if name == COMMANDS => front.has_surface("terminal"),
                "solution" => edited && front.has_surface("python"),
                "assets" | "figures" | "wrong" => true,
                _ => {
                    let known = ["assets", "figures", "solution", "starter", "wrong"];
                    let sentence = format!("Nothing reads the folder `{folder}`.");
                    self.mistakes.add((path, 1), sentence, suggestion(folder, &known));
                    continue;
                }
            };
            if !fits {
                self.mistakes.add(
                    (path, 1),
                    "The learner never sees this file.",
                    "Add it to `edit` in the front matter, or remove it.",
                );
            }
        }
    }

    fn assets(&mut self, front: &Front, assets: &Assets) {
        let mut used = Vec::new();
        front.setup.iter().for_each(|call| call_toml::assets_of(&call.input, &mut used));
        for path in used {
            if !assets.contains_key(path) {
                let known: Vec<&str> = assets.keys().map(String::as_str).collect();
                let sentence = format!("There is no asset `{path}`.");
                let place = quoted_at(self.source, path);
                self.mistakes.add((MD, place), sentence, suggestion(path, &known));
            }
        }
    }
}
