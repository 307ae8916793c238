//! The run of the learner's script, as far as it has come.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::state::output::{Chunk, Stream};
use crate::state::python::{self, Ended, Phase, Prompt, Run, Status};
use crate::words;

/// Output is shown in batches, so that a loud script does not stop the page.
const BATCH_MS: u32 = 40;

/// What changes a run.
#[derive(Debug)]
pub enum Told {
    Pressed {
        number: u32,
        files: BTreeMap<String, String>,
    },
    Output(Vec<Chunk>),
    Status(Status),
    Ended(u32, Ended),
    Lost(String),
    /// A script asks for a line.
    Asked(String),
    /// The line that it got; none for the end of the input.
    Answered(Option<String>),
    /// An input at the prompt was sent off, and how it ended.
    Sent(String),
    Evaluated(Ended),
    /// Stop was pressed before Python was there: the script does not begin.
    NotBegun,
    Cleared,
}

impl Reducible for Run {
    type Action = Told;

    fn reduce(self: Rc<Self>, told: Told) -> Rc<Self> {
        let mut next = (*self).clone();
        match told {
            Told::Pressed { number, files } => {
                next = Self {
                    number,
                    phase: if self.status.phase == "ready" {
                        Phase::Running
                    } else {
                        Phase::Loading
                    },
                    files,
                    status: self.status.clone(),
                    prompt: Prompt { number: self.prompt.number, ..Prompt::default() },
                    ..Self::default()
                };
            }
            Told::Output(chunks) => next.hear(chunks),
            Told::Status(status) => next.follow(status),
            Told::Ended(number, ended) if self.is_going() && number == self.number => {
                next.end(ended);
            }
            Told::Ended(..) => {}
            Told::Asked(ask) => next.asking = Some(ask),
            Told::Answered(line) => next.answer(line),
            Told::Sent(source) => {
                next.prompt.busy = true;
                next.prompt.number += 1;
                next.prompt.unsaid = Some(source);
            }
            Told::Evaluated(ended) => next.evaluated(&ended),
            Told::Lost(words) => {
                next.phase = Phase::Lost;
                next.trouble = Some(words);
                next.status.phase = "crashed".into();
                next.asking = None;
                next.prompt.busy = false;
                next.say_input();
            }
            Told::NotBegun => next.phase = Phase::Stopped,
            Told::Cleared => {
                let prompt = Prompt { number: self.prompt.number, ..Prompt::default() };
                let status = self.status.clone();
                next = Self { number: self.number, status, prompt, ..Self::default() };
            }
        }
        Rc::new(next)
    }
}

impl Run {
    fn hear(&mut self, chunks: Vec<Chunk>) {
        if self.phase == Phase::Loading {
            self.phase = Phase::Running;
        }
        self.say_input();
        for chunk in chunks {
            if chunk.stream == Stream::Out && self.is_script_going() {
                self.stdout.push_str(&chunk.text);
            }
            self.output.push(chunk);
        }
    }

    /// Shows the input that is being worked on, once.
    fn say_input(&mut self) {
        let Some(source) = self.prompt.unsaid.take() else { return };
        let shown = source.trim_end().lines().enumerate().map(|(at, line)| {
            let prompt = if at == 0 { words::PROMPT } else { words::PROMPT_MORE };
            format!("{prompt} {line}\n")
        });
        let text = if self.output.open_line().is_empty() { String::new() } else { "\n".into() };
        let text = shown.fold(text, |all, line| all + &line);
        self.output.push(Chunk { stream: Stream::Input, text });
    }

    fn answer(&mut self, line: Option<String>) {
        self.asking = None;
        let (stream, text) = match line {
            Some(line) => (Stream::Typed, line),
            None => (Stream::Note, words::INPUT_ENDED.to_owned()),
        };
        self.output.push(Chunk { stream, text: text + "\n" });
    }

    fn note(&mut self, words: &str) {
        let text = format!("{words}\n");
        self.output.push(Chunk { stream: Stream::Note, text });
    }

    fn evaluated(&mut self, ended: &Ended) {
        self.prompt.busy = false;
        self.asking = None;
        if ended.status == "more" {
            // It goes on in the field, under the same number.
            self.prompt.unsaid = None;
            self.prompt.number -= 1;
            return;
        }
        self.say_input();
        if ended.renewed {
            self.note(words::NAMES_GONE);
        } else if ended.status == "exit" {
            self.note(words::PROMPT_LEFT);
        }
    }

    fn follow(&mut self, status: Status) {
        match status.phase.as_str() {
            "running" if self.phase == Phase::Loading => self.phase = Phase::Running,
            "crashed" => self.trouble = Some(status.words.clone()),
            _ => {}
        }
        self.status = status;
    }

    fn end(&mut self, ended: Ended) {
        self.phase = match ended.status.as_str() {
            "ok" => Phase::Done,
            "stopped" => Phase::Stopped,
            _ => Phase::Failed,
        };
        self.place = ended.place;
        self.ms = ended.ms;
        self.asking = None;
        if ended.renewed {
            self.note(words::NAMES_GONE);
        }
        if self.phase == Phase::Failed {
            // The whole traceback, if one was printed: the checks read it.
            let printed = self.output.of(Stream::Error);
            self.error = if printed.trim().is_empty() { ended.error } else { Some(printed) };
        }
        self.status.phase = "ready".into();
    }
}

/// The run, and the way to tell it.
pub type Python = UseReducerHandle<Run>;

/// Follows the Python worker.
#[hook]
pub fn use_python() -> Python {
    let run = use_reducer(Run::default);
    let tell = run.dispatcher();
    use_effect_with((), move |()| {
        let waiting: Rc<RefCell<Vec<Chunk>>> = Rc::default();
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
        let asked = tell.clone();
        let ears = python::listen(
            on_output,
            move |status| tell.dispatch(Told::Status(status)),
            move |ask| {
                let asked = asked.clone();
                // What was printed before comes first.
                Timeout::new(BATCH_MS, move || asked.dispatch(Told::Asked(ask))).forget();
            },
        );
        move || drop(ears)
    });
    run
}

/// Ends what runs, or what was about to.
pub fn stop(python: &Python) {
    if python.is_going() {
        python::stop();
    }
    if python.phase == Phase::Loading {
        python.dispatch(Told::NotBegun);
    }
}

/// Run was pressed: the output begins anew. The files are those that run, for the checks. Gives the run's number.
pub fn pressed(python: &Python, files: BTreeMap<String, String>) -> u32 {
    let number = python.number + 1;
    python.dispatch(Told::Pressed { number, files });
    number
}

/// What is run, and where.
#[derive(Debug)]
pub struct Script {
    pub number: u32,
    pub file: String,
    pub text: String,
    pub region: String,
    pub home: String,
}

/// Runs a file, and tells how it ended after the last output was shown.
pub async fn run(python: &Python, script: Script) {
    let Script { number, file, text, region, home } = script;
    let ended = python::run(&text, &file, &region, &home).await;
    gloo::timers::future::TimeoutFuture::new(BATCH_MS * 2).await;
    python.dispatch(match ended {
        Ok(ended) => Told::Ended(number, ended),
        Err(words) => Told::Lost(words),
    });
}

/// Gives the script its line; none ends the input.
pub fn answer(python: &Python, line: Option<String>) {
    if let Some(ask) = &python.asking {
        python::answer(ask, line.as_deref());
        python.dispatch(Told::Answered(line));
    }
}

/// Runs an input at the prompt. `more` hears whether it was not complete.
pub fn evaluate(python: &Python, source: String, region: &str, home: String, more: Callback<bool>) {
    let region = region.to_owned();
    let tell = python.dispatcher();
    let number = python.prompt.number + 1;
    tell.dispatch(Told::Sent(source.clone()));
    spawn_local(async move {
        let ended = python::evaluate(&source, number, &region, &home).await;
        gloo::timers::future::TimeoutFuture::new(BATCH_MS * 2).await;
        match ended {
            Ok(ended) => {
                more.emit(ended.status == "more");
                tell.dispatch(Told::Evaluated(ended));
            }
            Err(words) => {
                more.emit(false);
                tell.dispatch(Told::Lost(words));
            }
        }
    });
}
