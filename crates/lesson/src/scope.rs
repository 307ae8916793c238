//! Proves that every placeholder of a lesson stands for something.

use crate::check::{Check, Diagnosis, Expect, LogRule, OutputRule, Pattern, Probe, Rule};
use crate::error::{Mistakes, position, suggestion};
use crate::lesson::Step;
use crate::prose::{self, Inline};
use crate::template::{self, Live, Piece};

/// Where placeholders are looked at: which variables there are, and what a message may speak of.
pub(crate) struct Scope<'a> {
    pub(crate) file: &'a str,
    /// The whole file, and the line from which on what is looked at stands in it.
    pub(crate) source: &'a str,
    pub(crate) line: usize,
    pub(crate) known: Vec<&'a str>,
    pub(crate) live: Vec<Live>,
    pub(crate) mistakes: &'a mut Mistakes,
}

impl Scope<'_> {
    /// Line and column of the placeholder that begins with `inside`, from the current line on.
    fn place(&self, inside: &str) -> (usize, usize) {
        let skipped = self.source.split_inclusive('\n').take(self.line.saturating_sub(1));
        let before: usize = skipped.map(str::len).sum();
        let rest = self.source.get(before..).unwrap_or_default();
        let found = [format!("{{{{{inside}"), format!("{{{{ {inside}")]
            .iter()
            .filter_map(|needle| rest.find(needle.as_str()))
            .min();
        found.map_or((self.line, 1), |at| position(self.source, before + at))
    }

    fn text(&mut self, text: &str) {
        // What is no placeholder at all has been told where it was read.
        for piece in template::pieces(text).unwrap_or_default() {
            match piece {
                Piece::Text(_) => {}
                Piece::Name(name) if self.known.contains(&name) => {}
                Piece::Name(name) => {
                    let sentence = format!("There is no variable `{name}`.");
                    let remedy = suggestion(name, &self.known);
                    let at = self.place(name);
                    self.mistakes.add((self.file, at), sentence, remedy);
                }
                Piece::Live(live, _) if self.live.contains(&live) => {}
                Piece::Live(live, _) => {
                    let at = self.place(live.word());
                    self.mistakes.add(
                        (self.file, at),
                        format!("Nothing here can say what `{}` is.", live.word()),
                        "`asked` and `error` need a `log`, `there` a `probe`, `printed` an \
                         `output`, `used` a `metric`, `chosen` a `choice`.",
                    );
                }
            }
        }
    }

    fn placeholder_or_not(&mut self, text: &str) {
        if let Err(inside) = template::pieces(text) {
            let sentence = format!("`{{{{{inside}` is no placeholder.");
            let at = self.place(inside);
            self.mistakes.add((self.file, at), sentence, "Write `{{name}}`.");
        }
        self.text(text);
    }

    pub(crate) fn json(&mut self, json: &serde_json::Value) {
        match json {
            serde_json::Value::String(text) => self.placeholder_or_not(text),
            serde_json::Value::Array(items) => items.iter().for_each(|item| self.json(item)),
            serde_json::Value::Object(map) => map.values().for_each(|item| self.json(item)),
            _ => {}
        }
    }

    pub(crate) fn step(&mut self, step: &Step) {
        self.live.clear();
        let clicks = step.console.iter().map(|clicks| &clicks.prose);
        let next = step.next.iter().map(|next| &next.prose);
        for blocks in
            [&step.prose, &step.why].into_iter().chain(&step.hints).chain(clicks).chain(next)
        {
            prose::texts_of_blocks(blocks, &mut |text| self.text(text));
        }
        if let Some(clicks) = &step.console {
            self.text(&clicks.route);
        }
    }

    fn words(&mut self, inlines: &[Inline]) {
        prose::texts_of_inlines(inlines, &mut |text| self.text(text));
    }

    pub(crate) fn check(&mut self, check: &Check) {
        let of_rule: &[Live] = match &check.rule {
            Rule::Probe(_) => &[Live::There, Live::Error],
            Rule::Log(_) => &[Live::Asked, Live::Error],
            Rule::Output(_) => &[Live::Printed],
            Rule::Metric(_) => &[Live::Used],
            Rule::Choice(_) => &[Live::Chosen],
        };
        self.live.clear();
        self.words(&check.text);
        self.rule(&check.rule);
        check.console.iter().for_each(|log| self.log(log));
        self.live = of_rule.to_vec();
        self.words(&check.pass);
        self.words(&check.fail);
        for rule in &check.diagnose {
            self.live.clear();
            self.conditions(rule);
            self.live = live_of(rule, of_rule);
            self.words(&rule.say);
        }
    }
}

impl Scope<'_> {
    fn rule(&mut self, rule: &Rule) {
        match rule {
            Rule::Probe(probe) => self.probe(probe),
            Rule::Log(log) => self.log(log),
            Rule::Output(output) => self.output(output),
            Rule::Metric(metric) => metric.after.iter().for_each(|after| self.log(after)),
            Rule::Choice(choice) => {
                self.words(&choice.ask);
                choice.of.iter().for_each(|answer| self.words(answer));
            }
        }
    }

    fn conditions(&mut self, rule: &Diagnosis) {
        rule.log.iter().for_each(|log| self.log(log));
        rule.probe.iter().for_each(|probe| self.probe(probe));
        rule.output.iter().for_each(|output| self.output(output));
    }

    fn probe(&mut self, probe: &Probe) {
        self.json(&probe.call.input);
        probe.call.region.iter().for_each(|region| self.placeholder_or_not(region));
        for expect in &probe.expect {
            if let Expect::Found { pattern, .. } = expect {
                self.pattern(pattern);
            }
        }
    }

    fn log(&mut self, log: &LogRule) {
        self.pattern(&log.request);
        log.region.iter().for_each(|region| self.placeholder_or_not(region));
        log.after.iter().for_each(|after| self.log(after));
    }

    fn output(&mut self, output: &OutputRule) {
        let lists = [&output.stdout_contains, &output.stdout_lines, &output.stdout_lacks];
        for text in lists.into_iter().flatten().chain(&output.error_contains) {
            self.placeholder_or_not(text);
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::Equals(value) | Pattern::Not(value) | Pattern::Contains(value) => {
                self.json(value);
            }
            Pattern::OtherCase(text) | Pattern::StartsWith(text) => self.placeholder_or_not(text),
            Pattern::OneOf(values) => values.iter().for_each(|value| self.json(value)),
            Pattern::Present(_) => {}
            Pattern::Subset(members) => members.iter().for_each(|(_, inner)| self.pattern(inner)),
        }
    }
}

/// What the message of a diagnosis may speak of: its own conditions first, then the check's.
fn live_of(rule: &Diagnosis, of_check: &[Live]) -> Vec<Live> {
    let mut live = of_check.to_vec();
    if rule.log.is_some() {
        live.extend([Live::Asked, Live::Error]);
    }
    if rule.probe.is_some() {
        live.extend([Live::There, Live::Error]);
    }
    if rule.output.is_some() {
        live.push(Live::Printed);
    }
    live
}
