//! The steps of a lesson, out of the pieces that were found in its text.

use crate::check_toml::{self, BlockPlace};
use crate::error::{position, position_of, suggestion};
use crate::figure;
use crate::front;
use crate::prose::{self, Block};
use crate::scan::{self, Directive, StepPart};

use super::{Builder, Clicks, MD, Next, Step};

/// What an unknown attribute was probably meant to be.
fn remedy_for(name: &str, known: &[&str]) -> String {
    if known.is_empty() { "It takes none.".to_owned() } else { suggestion(name, known) }
}

impl Builder<'_> {
    fn prose(&mut self, piece: &scan::Piece) -> Vec<Block> {
        prose::parse(&piece.text, (MD, piece.line), self.mistakes, &mut self.links)
    }

    pub(super) fn step(&mut self, part: &StepPart) -> Step {
        // A heading is shown as it is written: what is no plain line is told, and nothing else.
        let place = (MD, (part.line, "## ".len() + 1));
        prose::parse_line(&part.title, place, self.mistakes, &mut Vec::new());
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
    pub(super) fn figures(&mut self, steps: &[Step]) {
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
}
