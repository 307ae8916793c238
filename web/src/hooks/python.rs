//! The run of the learner's script, as far as it has come.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::state::python::{self, Chunk, Ended, Phase, Run, Status};

/// How much output is kept; what came first is dropped.
const OUTPUT_BYTES_MAX: usize = 200_000;
/// Output is shown in batches, so that a loud script does not stop the page.
const BATCH_MS: u32 = 40;

/// What changes a run.
#[derive(Debug)]
pub enum Told {
    Pressed {
        number: u32,
        file: String,
        text: String,
    },
    Output(Vec<Chunk>),
    Status(Status),
    Ended(u32, Ended),
    Lost(String),
    /// Stop was pressed before Python was there: the script does not begin.
    NotBegun,
    Cleared,
}

impl Reducible for Run {
    type Action = Told;

    fn reduce(self: Rc<Self>, told: Told) -> Rc<Self> {
        let mut next = (*self).clone();
        match told {
            Told::Pressed { number, file, text } => {
                next = Self {
                    number,
                    phase: if self.status.phase == "ready" {
                        Phase::Running
                    } else {
                        Phase::Loading
                    },
                    files: [(file, text)].into(),
                    status: self.status.clone(),
                    ..Self::default()
                };
            }
            Told::Output(chunks) => next.hear(chunks),
            Told::Status(status) => next.follow(status),
            Told::Ended(number, ended) if self.is_going() && number == self.number => {
                next.end(ended);
            }
            Told::Ended(..) => {}
            Told::Lost(words) => {
                next.phase = Phase::Lost;
                next.trouble = Some(words);
                next.status.phase = "crashed".into();
            }
            Told::NotBegun => next.phase = Phase::Stopped,
            Told::Cleared => {
                next = Self { number: self.number, status: self.status.clone(), ..Self::default() }
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
        for chunk in chunks {
            if !chunk.is_error {
                self.stdout.push_str(&chunk.text);
            }
            match self.chunks.last_mut() {
                Some(last) if last.is_error == chunk.is_error => last.text.push_str(&chunk.text),
                _ => self.chunks.push(chunk),
            }
        }
        let mut over = self
            .chunks
            .iter()
            .map(|chunk| chunk.text.len())
            .sum::<usize>()
            .saturating_sub(OUTPUT_BYTES_MAX);
        while over > 0 && !self.chunks.is_empty() {
            let Some(first) = self.chunks.first_mut() else { break };
            if first.text.len() <= over {
                over -= first.text.len();
                self.chunks.remove(0);
            } else {
                let cut = (over..first.text.len()).find(|at| first.text.is_char_boundary(*at));
                first.text.drain(..cut.unwrap_or(first.text.len()));
                over = 0;
            }
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
        self.line = ended.line;
        self.ms = ended.ms;
        if self.phase == Phase::Failed {
            // The whole traceback, if one was printed: the checks read it.
            let printed: String = self
                .chunks
                .iter()
                .filter(|chunk| chunk.is_error)
                .map(|chunk| chunk.text.as_str())
                .collect();
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
        let ears = python::listen(on_output, move |status| tell.dispatch(Told::Status(status)));
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

/// Runs a file, and tells how it ended after the last output was shown.
pub fn run(python: &Python, file: String, text: String, region: &str, home: String) {
    let region = region.to_owned();
    let tell = python.dispatcher();
    let number = python.number + 1;
    tell.dispatch(Told::Pressed { number, file: file.clone(), text: text.clone() });
    spawn_local(async move {
        let ended = python::run(&text, &file, &region, &home).await;
        gloo::timers::future::TimeoutFuture::new(BATCH_MS * 2).await;
        tell.dispatch(match ended {
            Ok(ended) => Told::Ended(number, ended),
            Err(words) => Told::Lost(words),
        });
    });
}
