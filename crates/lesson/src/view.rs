//! What the page shows of a lesson: plain data, the variables put in, prose as a tree, never HTML.

use serde::{Deserialize, Serialize};

use crate::check::Rule;
use crate::lab::Lab;
use crate::lesson::{Lesson, Step};
use crate::prose::{Block, Inline, fill_blocks, fill_inlines, has_variables};
use crate::template::{self, Vars};

/// A lesson in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonSummary {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The track it stands in.
    pub track: String,
    /// How long it takes.
    pub minutes: u32,
    /// For whom.
    pub level: String,
    /// Its number in its track, from 1.
    pub index_in_track: usize,
    /// How many lessons its track has.
    pub in_track: usize,
    /// Where it can be solved.
    pub surfaces: Vec<String>,
    /// Ids of lessons to do before.
    pub requires: Vec<String>,
    /// Every service that it needs.
    pub services: Vec<String>,
    /// Its steps.
    pub steps: Vec<StepSummary>,
    /// The file that the editor opens with, up to the first line that is not the same for every learner: read while the
    /// lesson is set up.
    pub opens: Option<FileView>,
}

/// A step in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepSummary {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// How its prose begins, as far as that is the same for every learner: read while the lesson is set up.
    pub lead: Vec<Block>,
}

/// A lesson as it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The track it stands in.
    pub track: String,
    /// How long it takes.
    pub minutes: u32,
    /// For whom.
    pub level: String,
    /// Its number in its track, from 1.
    pub index_in_track: usize,
    /// How many lessons its track has.
    pub in_track: usize,
    /// Where it can be solved.
    pub surfaces: Vec<String>,
    /// Ids of lessons to do before.
    pub requires: Vec<String>,
    /// Which service models Python loads.
    pub services: Vec<String>,
    /// The Region of the learner's session.
    pub region: String,
    /// Its steps, in order.
    pub steps: Vec<StepView>,
    /// What the editor opens with.
    pub files: Vec<FileView>,
    /// The file that is open at first.
    pub open: String,
    /// The same files, solved; `terminal.sh` holds what is typed in the terminal.
    pub solution: Vec<FileView>,
    /// The variables, as this learner has them.
    pub vars: Vars,
}

/// A step as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepView {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What to know and to do.
    pub prose: Vec<Block>,
    /// What must hold.
    pub checks: Vec<CheckView>,
    /// Shown one at a time, on request.
    pub hints: Vec<Vec<Block>>,
    /// Shown when the step has passed.
    pub why: Vec<Block>,
    /// How it is done by clicks.
    pub console: Option<ClicksView>,
    /// Where to go on.
    pub next: Option<NextView>,
}

/// A check before it is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckView {
    /// Its id.
    pub id: String,
    /// What it asks for.
    pub text: Vec<Inline>,
    /// What it looks at: `probe`, `log`, `output`, `metric` or `choice`.
    pub kind: String,
    /// Whether the step passes without it.
    pub bonus: bool,
    /// The question, if it is one.
    pub choice: Option<ChoiceView>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceView {
    /// What is asked.
    pub ask: Vec<Inline>,
    /// What to choose from.
    pub of: Vec<Vec<Inline>>,
}

/// The way by clicks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClicksView {
    /// The page of the console.
    pub route: String,
    /// The control to highlight.
    pub hotspot: String,
    /// What to do there.
    pub prose: Vec<Block>,
}

/// Where to go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextView {
    /// The id of a lesson.
    pub lesson: Option<String>,
    /// Whether free play is suggested.
    pub freeplay: bool,
    /// What to say about it.
    pub prose: Vec<Block>,
}

/// A file in the editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    /// `main.py`
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// How far the learner has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateView {
    /// The lesson's id.
    pub lesson: String,
    /// Whether every step has passed.
    pub done: bool,
    /// The first step that has not.
    pub step: Option<String>,
    /// All steps.
    pub steps: Vec<StepState>,
}

/// Whether a step has passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepState {
    /// Its id.
    pub id: String,
    /// Whether all its checks but bonuses have passed.
    pub passed: bool,
    /// Its checks.
    pub checks: Vec<CheckState>,
}

/// Whether a check has passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckState {
    /// Its id.
    pub id: String,
    /// Whether it has passed.
    pub passed: bool,
}

fn kind(rule: &Rule) -> &'static str {
    match rule {
        Rule::Probe(_) => "probe",
        Rule::Log(_) => "log",
        Rule::Output(_) => "output",
        Rule::Metric(_) => "metric",
        Rule::Choice(_) => "choice",
    }
}

/// `lesson` in a list. `in_track`: how many lessons its track has.
pub fn summary(lesson: &Lesson, in_track: usize) -> LessonSummary {
    let front = &lesson.front;
    let step = |step: &Step| StepSummary {
        id: step.id.clone(),
        title: step.title.clone(),
        lead: lead(&step.prose),
    };
    LessonSummary {
        id: front.id.clone(),
        title: front.title.clone(),
        track: front.track.clone(),
        minutes: front.minutes,
        level: front.level.clone(),
        index_in_track: lesson.index_in_track(),
        in_track,
        surfaces: front.surfaces.clone(),
        requires: front.requires.clone(),
        services: lesson.services().into_iter().map(str::to_owned).collect(),
        steps: lesson.steps.iter().map(step).collect(),
        opens: opens(lesson),
    }
}

fn opens(lesson: &Lesson) -> Option<FileView> {
    let (name, text) = lesson.starter.iter().find(|(name, _)| *name == lesson.front.open)?;
    let vars = lesson.front.vars_for("", "", "");
    let has_variables = |line: &&str| template::fill_file(line, &vars) != **line;
    let text = text.split_inclusive('\n').take_while(|line| !has_variables(line)).collect();
    Some(FileView { name: name.clone(), text })
}

/// The first blocks, up to one in which a variable stands.
fn lead(prose: &[Block]) -> Vec<Block> {
    prose.iter().take_while(|block| !has_variables(block)).cloned().collect()
}

impl Lab {
    /// The lesson as it is opened. `in_track`: how many lessons its track has.
    pub fn view(&self, in_track: usize) -> LessonView {
        let front = &self.lesson.front;
        let file = |(name, text): &(String, String)| FileView {
            name: name.clone(),
            text: template::fill_file(text, &self.vars),
        };
        LessonView {
            id: front.id.clone(),
            title: front.title.clone(),
            track: front.track.clone(),
            minutes: front.minutes,
            level: front.level.clone(),
            index_in_track: self.lesson.index_in_track(),
            in_track,
            surfaces: front.surfaces.clone(),
            requires: front.requires.clone(),
            services: front.services.clone(),
            region: front.region.clone(),
            steps: self.lesson.steps.iter().map(|step| self.step_view(step)).collect(),
            files: self.lesson.starter.iter().map(file).collect(),
            open: front.open.clone(),
            solution: self.lesson.solution.iter().chain(&self.commands()).map(file).collect(),
            vars: self.vars.clone(),
        }
    }

    /// What solves the lesson in the terminal, as a file of the solution.
    fn commands(&self) -> Option<(String, String)> {
        let commands = self.lesson.commands.as_ref()?;
        Some((crate::lesson::COMMANDS.to_owned(), commands.clone()))
    }

    /// How far the learner has come.
    pub fn state(&self) -> StateView {
        let state = |step: &Step| StepState {
            id: step.id.clone(),
            passed: self.step_passed(&step.id),
            checks: step
                .checks
                .iter()
                .map(|check| CheckState {
                    id: check.id.clone(),
                    passed: self.check_passed(&check.id),
                })
                .collect(),
        };
        let steps: Vec<StepState> = self.lesson.steps.iter().map(state).collect();
        let open = steps.iter().find(|step| !step.passed).map(|step| step.id.clone());
        let lesson = self.lesson.front.id.clone();
        StateView { lesson, done: open.is_none(), step: open, steps }
    }

    fn step_view(&self, step: &Step) -> StepView {
        let blocks = |blocks: &[Block]| fill_blocks(blocks, &self.vars);
        let words = |inlines: &[Inline]| fill_inlines(inlines, &self.vars);
        let checks = step.checks.iter().map(|check| CheckView {
            id: check.id.clone(),
            text: words(&check.text),
            kind: kind(&check.rule).to_owned(),
            bonus: check.bonus,
            choice: match &check.rule {
                Rule::Choice(choice) => Some(ChoiceView {
                    ask: words(&choice.ask),
                    of: choice.of.iter().map(|answer| words(answer)).collect(),
                }),
                _ => None,
            },
        });
        StepView {
            id: step.id.clone(),
            title: step.title.clone(),
            prose: blocks(&step.prose),
            checks: checks.collect(),
            hints: step.hints.iter().map(|hint| blocks(hint)).collect(),
            why: blocks(&step.why),
            console: step.console.as_ref().map(|clicks| ClicksView {
                route: template::fill(&clicks.route, &self.vars),
                hotspot: clicks.hotspot.clone(),
                prose: blocks(&clicks.prose),
            }),
            next: step.next.as_ref().map(|next| NextView {
                lesson: next.lesson.clone(),
                freeplay: next.freeplay,
                prose: blocks(&next.prose),
            }),
        }
    }
}
