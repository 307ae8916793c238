//! Takes `lesson.md` apart by lines: front matter, steps, directives, `checks` blocks, prose.

use std::collections::BTreeMap;

use crate::error::{Mistakes, suggestion};

/// The parts of `lesson.md`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Parts {
    /// The TOML between the `+++` lines, which begins on line 2.
    pub(crate) front: String,
    /// The steps, in order.
    pub(crate) steps: Vec<StepPart>,
}

/// Some text and the line on which it begins.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Piece {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// One step.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct StepPart {
    pub(crate) line: usize,
    pub(crate) title: String,
    pub(crate) id: String,
    /// All lines of the step; those that are no prose are empty, so that lines keep their numbers.
    pub(crate) prose: Piece,
    pub(crate) directives: Vec<Directive>,
    pub(crate) checks: Vec<Piece>,
}

/// `:::name{attributes}` ... `:::`.
#[derive(Debug, PartialEq)]
pub(crate) struct Directive {
    pub(crate) line: usize,
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) body: Piece,
}

const DIRECTIVES: [&str; 5] = ["console", "figure", "hint", "next", "why"];

enum Inside {
    Prose,
    Directive(Directive),
    Checks(Piece),
}

struct Scanner<'m> {
    file: &'m str,
    mistakes: &'m mut Mistakes,
    steps: Vec<StepPart>,
    inside: Inside,
    /// The fence of the code block that we are in.
    fence: Option<String>,
    told_early_prose: bool,
}

/// Takes `text` apart.
pub(crate) fn scan(text: &str, file: &str, mistakes: &mut Mistakes) -> Parts {
    let Some((front, body, body_line)) = front_matter(text) else {
        mistakes.add(
            (file, 1),
            "The front matter is missing or has no end.",
            "Begin the file with a line `+++`, TOML, and a line `+++`.",
        );
        return Parts::default();
    };
    let mut scanner = Scanner {
        file,
        mistakes,
        steps: Vec::new(),
        inside: Inside::Prose,
        fence: None,
        told_early_prose: false,
    };
    for (offset, line) in body.lines().enumerate() {
        scanner.line(body_line + offset, line);
    }
    scanner.end(body_line + body.lines().count());
    Parts { front: front.to_owned(), steps: scanner.steps }
}

/// Front matter, the rest, and the line on which the rest begins.
fn front_matter(text: &str) -> Option<(&str, &str, usize)> {
    let rest = text.strip_prefix("+++\n")?;
    let end = if rest.starts_with("+++\n") { 0 } else { rest.find("\n+++\n")? + 1 };
    let (front, body) = rest.split_at_checked(end)?;
    Some((front, body.strip_prefix("+++\n")?, 3 + front.matches('\n').count()))
}

impl Scanner<'_> {
    fn mistake(&mut self, line: usize, sentence: &str, remedy: &str) {
        self.mistakes.add((self.file, line), sentence, remedy);
    }

    fn line(&mut self, number: usize, line: &str) {
        match std::mem::replace(&mut self.inside, Inside::Prose) {
            Inside::Checks(mut piece) => {
                self.keep_line("");
                if line.trim_end() == "```" {
                    self.last_step(number, |step| step.checks.push(piece));
                } else {
                    push_line(&mut piece.text, line);
                    self.inside = Inside::Checks(piece);
                }
            }
            Inside::Directive(mut directive) => {
                self.keep_line("");
                if self.fence.is_none() && line.trim_end() == ":::" {
                    self.last_step(number, |step| step.directives.push(directive));
                } else if let Some(next) = line.strip_prefix(":::").filter(|_| self.fence.is_none())
                {
                    self.mistake(
                        directive.line,
                        "This directive has no end.",
                        "Close it by a line `:::` before the next begins.",
                    );
                    self.last_step(number, |step| step.directives.push(directive));
                    self.directive(number, next);
                } else {
                    self.watch_fence(line);
                    push_line(&mut directive.body.text, line);
                    self.inside = Inside::Directive(directive);
                }
            }
            Inside::Prose => self.prose_line(number, line),
        }
    }

    fn prose_line(&mut self, number: usize, line: &str) {
        if self.fence.is_some() {
            self.watch_fence(line);
            self.keep_line(line);
        } else if let Some(title) = line.strip_prefix("## ") {
            self.step(number, title);
        } else if line.trim_end() == "```checks" {
            self.keep_line("");
            self.inside = Inside::Checks(Piece { line: number + 1, text: String::new() });
        } else if let Some(rest) = line.strip_prefix(":::") {
            self.keep_line("");
            self.directive(number, rest);
        } else {
            self.watch_fence(line);
            if self.steps.is_empty() && !line.trim().is_empty() && !self.told_early_prose {
                self.told_early_prose = true;
                self.mistake(
                    number,
                    "Prose stands before the first step.",
                    "Put it under a heading `## Title {#id}`.",
                );
            }
            self.keep_line(line);
        }
    }

    fn step(&mut self, number: usize, heading: &str) {
        let parts = heading.trim_end().strip_suffix('}').and_then(|h| h.rsplit_once("{#"));
        let (title, id) = parts.map_or((heading.trim(), ""), |(title, id)| (title.trim(), id));
        if parts.is_none() {
            self.mistake(
                number,
                "The step has no id.",
                "Write `## Put an object {#put}`: progress and links use it.",
            );
        }
        if !id.is_empty() && !crate::front::is_slug(id) {
            let sentence = format!("`{id}` is no step id.");
            self.mistake(
                number,
                &sentence,
                "Use small letters, digits and hyphens, a letter first.",
            );
        }
        self.steps.push(StepPart {
            line: number,
            title: title.to_owned(),
            id: id.to_owned(),
            prose: Piece { line: number + 1, text: String::new() },
            ..StepPart::default()
        });
    }

    fn directive(&mut self, number: usize, rest: &str) {
        let rest = rest.trim_end();
        let end = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len());
        let (name, attributes) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if !DIRECTIVES.contains(&name) {
            let sentence = format!("There is no directive `:::{name}`.");
            let remedy = suggestion(name, &DIRECTIVES);
            self.mistake(number, &sentence, &remedy);
        }
        let attributes = attributes_of(attributes).unwrap_or_else(|| {
            self.mistake(
                number,
                "The attributes of this directive cannot be read.",
                "Write them as `{route=\"/s3\" hotspot=\"s3.upload\"}`.",
            );
            BTreeMap::new()
        });
        self.inside = Inside::Directive(Directive {
            line: number,
            name: name.to_owned(),
            attributes,
            body: Piece { line: number + 1, text: String::new() },
        });
    }

    /// Notes where fenced code begins and ends: nothing in it is ours.
    fn watch_fence(&mut self, line: &str) {
        let trimmed = line.trim_start();
        let marker = trimmed.chars().next().filter(|c| *c == '`' || *c == '~');
        let Some(marker) = marker else { return };
        let run: String = trimmed.chars().take_while(|c| *c == marker).collect();
        if run.len() < 3 {
            return;
        }
        match &self.fence {
            Some(open) if run.len() >= open.len() && run.starts_with(open.as_str()) => {
                if trimmed.trim_end().len() == run.len() {
                    self.fence = None;
                }
            }
            Some(_) => {}
            None => self.fence = Some(run),
        }
    }

    fn keep_line(&mut self, line: &str) {
        if let Some(step) = self.steps.last_mut() {
            push_line(&mut step.prose.text, line);
        }
    }

    fn last_step(&mut self, number: usize, add: impl FnOnce(&mut StepPart)) {
        match self.steps.last_mut() {
            Some(step) => add(step),
            None => self.mistake(
                number,
                "This stands before the first step.",
                "Put it under a heading `## Title {#id}`.",
            ),
        }
    }

    fn end(&mut self, last: usize) {
        match std::mem::replace(&mut self.inside, Inside::Prose) {
            Inside::Prose => {}
            Inside::Directive(directive) => self.mistake(
                directive.line,
                "This directive has no end.",
                "Close it by a line `:::`.",
            ),
            Inside::Checks(piece) => self.mistake(
                piece.line.saturating_sub(1),
                "This block of checks has no end.",
                "Close it by a line of three backticks.",
            ),
        }
        if self.fence.is_some() {
            self.mistake(last, "A block of code has no end.", "Close it by its fence.");
        }
    }
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Reads `{name="value" flag=true}`; empty text has no attributes.
fn attributes_of(text: &str) -> Option<BTreeMap<String, String>> {
    if text.is_empty() {
        return Some(BTreeMap::new());
    }
    let mut rest = text.strip_prefix('{')?.strip_suffix('}')?.trim();
    let mut found = BTreeMap::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        if !crate::template::is_name(name) {
            return None;
        }
        let (value, following) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_at_checked(after.find(' ').unwrap_or(after.len()))?,
        };
        if found.insert(name.to_owned(), value.to_owned()).is_some() {
            return None;
        }
        rest = following.trim_start();
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(text: &str) -> (Parts, Vec<String>) {
        let mut mistakes = Mistakes::default();
        let parts = scan(text, "lesson.md", &mut mistakes);
        (parts, mistakes.into_sorted().iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_lesson_falls_into_its_parts() {
        let text = "+++\na = 1\n+++\n\n## One {#one}\nWords\n:::hint\nLook.\n:::\n```checks\nx\n```\nMore\n";
        let (parts, mistakes) = scanned(text);
        assert_eq!(mistakes, Vec::<String>::new());
        assert_eq!(parts.front, "a = 1\n");
        let [step] = parts.steps.as_slice() else { panic!("one step") };
        assert_eq!((step.title.as_str(), step.id.as_str(), step.line), ("One", "one", 5));
        assert_eq!(step.prose.text, "Words\n\n\n\n\n\n\nMore\n");
        assert_eq!(step.checks, [Piece { line: 11, text: "x\n".to_owned() }]);
        assert_eq!(step.directives.iter().map(|d| (d.line, d.body.line)).next(), Some((7, 8)));
    }

    #[test]
    fn nothing_inside_code_is_ours() {
        let (parts, mistakes) =
            scanned("+++\n+++\n## A {#a}\n````text\n```\n## No {#no}\n:::hint\n````\nend\n");
        assert_eq!(mistakes, Vec::<String>::new());
        assert_eq!(parts.steps.len(), 1);
    }

    #[test]
    fn torn_files_are_told_by_line() {
        for (text, told) in [
            ("", "lesson.md:1:1: The front matter is missing or has no end."),
            ("+++\na = 1\n", "lesson.md:1:1: The front matter is missing or has no end."),
            ("+++\n+++\nEarly\n", "lesson.md:3:1: Prose stands before the first step."),
            ("+++\n+++\n## A\n", "lesson.md:3:1: The step has no id."),
            ("+++\n+++\n## A {#A}\n", "lesson.md:3:1: `A` is no step id."),
            ("+++\n+++\n## A {#a}\n:::hint\n", "lesson.md:4:1: This directive has no end."),
            (
                "+++\n+++\n## A {#a}\n:::hnt\n:::\n",
                "lesson.md:4:1: There is no directive `:::hnt`. Did you mean `hint`?",
            ),
            (
                "+++\n+++\n## A {#a}\n:::hint{a}\n:::\n",
                "lesson.md:4:1: The attributes of this directive",
            ),
            ("+++\n+++\n## A {#a}\n```checks\n", "lesson.md:4:1: This block of checks has no end."),
            ("+++\n+++\n## A {#a}\n```python\n", "lesson.md:5:1: A block of code has no end."),
        ] {
            let (_, mistakes) = scanned(text);
            assert!(
                mistakes.first().is_some_and(|m| m.starts_with(told)),
                "{text:?} → {mistakes:?}"
            );
        }
    }

    #[test]
    fn attributes_are_read() {
        let read = attributes_of("{route=\"/s3/{{bucket}}\" freeplay=true}").expect("they are");
        assert_eq!(read.get("route").map(String::as_str), Some("/s3/{{bucket}}"));
        assert_eq!(read.get("freeplay").map(String::as_str), Some("true"));
        assert_eq!(attributes_of("{a=1 a=2}"), None);
        assert_eq!(attributes_of("{a=\"1}"), None);
    }
}
