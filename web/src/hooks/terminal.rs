//! The Terminal, as far as it has come: one block a command.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::state::python::{Phase, Run, Status};
use crate::state::screen::Printed;
use crate::state::terminal::{self, Ending, Session};
use crate::state::{history, prefs};

/// Blocks that are kept; the first go first.
const BLOCKS_MAX: usize = 100;
/// Of one command so much output is kept; what comes later is counted.
const OUTPUT_BYTES_MAX: usize = 400_000;
/// Output is shown in batches, so that a loud command does not stop the page.
const BATCH_MS: u32 = 40;

/// A command and what became of it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Block {
    pub number: u32,
    /// The folder in which it ran.
    pub folder: String,
    pub line: String,
    pub output: Vec<Printed>,
    /// Bytes that were not kept.
    pub lost: usize,
    /// The exit status; none while it runs, and when it was ended by force.
    pub code: Option<i32>,
    pub state: State,
    /// The lesson's step in which it was typed.
    pub step: usize,
    /// The last call before it.
    pub after_call: u64,
}

/// Where a command is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum State {
    #[default]
    Running,
    Ended,
    Stopped,
    /// The worker was lost, or could not start.
    Lost,
}

/// All of it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Terminal {
    pub blocks: Vec<Rc<Block>>,
    pub session: Session,
    pub status: Status,
    /// Whether long output is shown a page at a time.
    pub paging: bool,
    last: u32,
}

/// What changes it.
#[derive(Debug)]
pub enum Told {
    Typed {
        line: String,
        step: usize,
        after_call: u64,
    },
    Output(Vec<Printed>),
    Status(Status),
    Ended(u32, Ending),
    Lost(u32, String),
    Paging(bool),
    Cleared,
    /// Another home: nothing of the last one is left.
    Left,
}

impl Terminal {
    /// As it begins.
    pub fn new() -> Self {
        Self { paging: prefs::read("paging").as_deref() != Some("off"), ..Self::default() }
    }

    /// Whether Stop would stop something.
    pub fn is_going(&self) -> bool {
        self.blocks.last().is_some_and(|block| block.state == State::Running)
    }

    /// What was printed in a step, as the checks of a lesson read it: errors among the output.
    pub fn run_of_step(&self, step: usize) -> Option<Run> {
        let blocks = || self.blocks.iter().filter(|block| block.step == step);
        if self.is_going() || blocks().next().is_none() {
            return None;
        }
        let stdout = blocks()
            .flat_map(|block| block.output.iter().map(|chunk| chunk.text.as_str()))
            .collect();
        Some(Run { number: self.last, phase: Phase::Done, stdout, ..Run::default() })
    }

    fn change(&mut self, number: u32, change: impl FnOnce(&mut Block)) {
        let block = self.blocks.iter_mut().find(|block| block.number == number);
        if let Some(block) = block {
            change(Rc::make_mut(block));
        }
    }

    fn end(&mut self, number: u32, ending: &Ending) {
        self.session = self.session.after(ending);
        self.change(number, |block| {
            block.code = ending.code;
            block.state = match ending.status.as_str() {
                "ok" => State::Ended,
                "stopped" => State::Stopped,
                _ => State::Lost,
            };
            if let Some(error) = &ending.error {
                block.hear(Printed { is_error: true, text: format!("{error}\n") });
            }
        });
        if ending.wish == "clear" {
            self.blocks.clear();
        }
    }
}

impl Block {
    fn hear(&mut self, mut chunk: Printed) {
        let had: usize = self.output.iter().map(|chunk| chunk.text.len()).sum();
        let room = OUTPUT_BYTES_MAX.saturating_sub(had);
        if chunk.text.len() > room {
            let cut = (0..=room).rev().find(|at| chunk.text.is_char_boundary(*at)).unwrap_or(0);
            self.lost += chunk.text.len() - cut;
            chunk.text.truncate(cut);
        }
        match self.output.last_mut() {
            _ if chunk.text.is_empty() => {}
            Some(last) if last.is_error == chunk.is_error => last.text.push_str(&chunk.text),
            _ => self.output.push(chunk),
        }
    }
}

impl Reducible for Terminal {
    type Action = Told;

    fn reduce(self: Rc<Self>, told: Told) -> Rc<Self> {
        let mut next = (*self).clone();
        match told {
            Told::Typed { line, step, after_call } => {
                next.last += 1;
                let (number, folder) = (next.last, next.session.folder());
                let block = Block { number, folder, line, step, after_call, ..Block::default() };
                next.blocks.push(Rc::new(block));
                let over = next.blocks.len().saturating_sub(BLOCKS_MAX);
                next.blocks.drain(..over);
            }
            Told::Output(chunks) => {
                let last = next.last;
                next.change(last, |block| chunks.into_iter().for_each(|chunk| block.hear(chunk)));
            }
            Told::Status(status) => next.status = status,
            Told::Ended(number, ending) => next.end(number, &ending),
            Told::Lost(number, words) => next.change(number, |block| {
                block.state = State::Lost;
                block.hear(Printed { is_error: true, text: format!("{words}\n") });
            }),
            Told::Paging(on) => {
                prefs::write("paging", if on { "on" } else { "off" });
                next.paging = on;
            }
            Told::Cleared => next.blocks.retain(|block| block.state == State::Running),
            Told::Left => {
                next.blocks.clear();
                next.session = Session::default();
            }
        }
        Rc::new(next)
    }
}

/// The Terminal, and the way to tell it.
pub type Term = UseReducerHandle<Terminal>;

/// Follows the Terminal's worker.
#[hook]
pub fn use_terminal(home: &str) -> Term {
    let term = use_reducer(Terminal::new);
    let tell = term.dispatcher();
    use_effect_with((), move |()| {
        let waiting: Rc<RefCell<Vec<Printed>>> = Rc::default();
        let timer: Rc<RefCell<Option<Timeout>>> = Rc::default();
        let on_output = {
            let tell = tell.clone();
            move |chunk| {
                waiting.borrow_mut().push(chunk);
                let (waiting, tell, done) = (waiting.clone(), tell.clone(), timer.clone());
                timer.borrow_mut().get_or_insert_with(|| {
                    Timeout::new(BATCH_MS, move || {
                        done.borrow_mut().take();
                        tell.dispatch(Told::Output(waiting.take()));
                    })
                });
            }
        };
        let ears = terminal::listen(on_output, move |status| tell.dispatch(Told::Status(status)));
        move || drop(ears)
    });
    let tell = term.dispatcher();
    use_effect_with(home.to_owned(), move |_| {
        move || {
            terminal::stop();
            tell.dispatch(Told::Left);
        }
    });
    term
}

/// Runs a line, and tells how it ended after its last output was shown.
pub fn run(term: &Term, line: String, place: (String, String), step: usize, after_call: u64) {
    let number = term.last + 1;
    let (session, tell) = (term.session.clone(), term.dispatcher());
    let kept = history::keep(&line);
    tell.dispatch(Told::Typed { line: line.clone(), step, after_call });
    spawn_local(async move {
        let (region, home) = place;
        let ended = terminal::run(&line, &session, (&region, &home), &kept).await;
        gloo::timers::future::TimeoutFuture::new(BATCH_MS * 2).await;
        tell.dispatch(match ended {
            Ok(ending) => Told::Ended(number, ending),
            Err(words) => Told::Lost(number, words),
        });
    });
}
