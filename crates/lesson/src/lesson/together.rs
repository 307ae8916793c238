//! Whether a lesson holds together: ids, links, placeholders, and the files that it needs.

use std::collections::BTreeSet;

use crate::call_toml::{self, Assets};
use crate::error::{nearest, position, suggestion};
use crate::front::{BUILT_IN, Front};
use crate::prose::FoundLink;
use crate::scan::StepPart;
use crate::scope::Scope;

use super::{Builder, CLICKS, COMMANDS, MD, STEPS_MAX, Step, quoted_at};

impl Builder<'_> {
    pub(super) fn lengths(&mut self, parts: &[StepPart]) {
        if parts.is_empty() {
            self.mistake(1, "The lesson has no step.", "Write `## Title {#id}` and what to do.");
        }
        if let Some(part) = parts.get(STEPS_MAX) {
            let sentence = format!("The lesson has {} steps.", parts.len());
            let remedy = format!("At most {STEPS_MAX}; make two lessons of it.");
            self.mistake(part.line, sentence, remedy);
        }
    }

    pub(super) fn ids(&mut self, parts: &[StepPart], steps: &[Step]) {
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

    pub(super) fn links(&mut self, steps: &[Step]) {
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

    pub(super) fn placeholders(&mut self, front: &Front, steps: &[Step], parts: &[StepPart]) {
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

    pub(super) fn edited(&mut self, folder: &str, front: &Front) -> Vec<(String, String)> {
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

    pub(super) fn commands(&mut self) -> Option<String> {
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
    pub(super) fn strays(&mut self, front: &Front) {
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

    pub(super) fn assets(&mut self, front: &Front, assets: &Assets) {
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
