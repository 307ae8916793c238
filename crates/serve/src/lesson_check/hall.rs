//! What goes on around a stage while a script plays on it, or a run is replayed: requests come in,
//! functions really run, and time passes.
//!
//! A function runs as soon as it is started, and everybody else waits meanwhile. Its end comes to the
//! cloud only when as much virtual time has passed as it took: what runs at the same time in the cloud
//! never depends on how busy this machine is.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, Sender, SyncSender};
use std::time::Duration;

use cloudarium_cloud::{
    Caller, Effect, Event, FUNCTION_WORK, HostWork, Request, Ticket, unrunnable,
};
use cloudarium_env::Timestamp;
use cloudarium_shape::Value;
use cloudarium_wire::http::{HttpRequest, HttpResponse};

use super::acts::{Act, Called, Environments, Playing, known};
use super::stage::{self, Made, Stage};
use crate::functions::{self, Done, Functions, Settings};
use crate::host::{named, wall};

/// How far virtual time moves on with each request of a function's.
const A_CALL_LATER: Duration = Duration::from_millis(10);

/// Nobody waits longer for an answer, in virtual time.
const ANSWERED_WITHIN: Duration = Duration::from_hours(24);

/// A function that does not come to its end by then, in real time, is lost.
const ENDED_WITHIN: Duration = Duration::from_mins(2);

/// A cold start takes so many milliseconds here: what it really takes hangs most on what else this
/// machine does.
const INIT_MS: f64 = 250.0;

/// What comes to the hall.
pub(super) enum Message {
    /// A request from this machine: the script's or a function's.
    Asked(HttpRequest, SyncSender<HttpResponse>),
    /// Something that a run did is done again.
    Again(Made, SyncSender<HttpResponse>),
    /// From here on a replay is another than the run.
    LeftOut,
    /// A function has ended.
    Done(Done),
}

impl From<Done> for Message {
    fn from(done: Done) -> Self {
        Self::Done(done)
    }
}

/// Somebody who waits for an answer.
struct Waiting {
    reply: Option<SyncSender<HttpResponse>>,
    by_function: bool,
}

/// The hall around a stage.
pub(super) struct Hall<'s> {
    stage: &'s mut Stage,
    functions: Functions,
    messages: Receiver<Message>,
    /// Came in while a function was running.
    held: VecDeque<Message>,
    /// Functions that wait for others to end.
    queue: VecDeque<(Ticket, HostWork, Timestamp)>,
    running: Vec<Playing>,
    /// What has ended for real, and when it ends in the cloud.
    due: BTreeMap<(Timestamp, Ticket), Value>,
    waiting: BTreeMap<u64, Waiting>,
    environments: Environments,
    next_id: u64,
}

impl<'s> Hall<'s> {
    pub(super) fn new(
        stage: &'s mut Stage,
        settings: Settings,
        (address, sender, messages): (SocketAddr, Sender<Message>, Receiver<Message>),
    ) -> Self {
        let functions = Functions::new(settings, address, functions::to::<Message>(sender));
        Self {
            stage,
            functions,
            messages,
            held: VecDeque::new(),
            queue: VecDeque::new(),
            running: Vec::new(),
            due: BTreeMap::new(),
            waiting: BTreeMap::new(),
            environments: Environments::default(),
            next_id: 1,
        }
    }

    /// Takes in the next message, if one comes within `wait`.
    pub(super) fn attend(&mut self, wait: Duration) {
        let next = self.held.pop_front().or_else(|| self.messages.recv_timeout(wait).ok());
        let Some(message) = next else { return };
        match message {
            Message::Asked(http, reply) => self.asked(http, reply),
            Message::Again(made, reply) => self.play(made, Some(reply)),
            Message::LeftOut => self.stage.score = None,
            Message::Done(done) => self.done(done),
        }
    }

    /// The script asks: for the time, or for something in the cloud.
    fn asked(&mut self, http: HttpRequest, reply: SyncSender<HttpResponse>) {
        let Some(by) = stage::time_asked(&http) else {
            let made = self.stage.call(http);
            return self.play(made, Some(reply));
        };
        if !by.is_zero() {
            self.play(Made::Later(self.stage.cloud.now().plus(by)), None);
        }
        // A client that left in the meantime wants no answer.
        let _ = reply.send(self.stage.clock());
    }

    /// The script has ended: what it started may end, too.
    pub(super) fn close(&mut self) {
        self.until_quiet();
        while let Some((at, _)) = self.due.keys().next_back().copied() {
            self.move_to(at);
        }
    }

    /// Does what a script did, and sees to it that it is answered.
    fn play(&mut self, made: Made, reply: Option<SyncSender<HttpResponse>>) {
        self.stage.made.push(made.clone());
        match made {
            Made::Later(to) => {
                self.move_to(to);
                if let Some(reply) = reply {
                    let _ = reply.send(HttpResponse::default());
                }
            }
            Made::Call { http, at } => {
                self.move_to(at);
                let id = self.wait_for(reply, false);
                self.handle(id, (http, at, at));
                self.until_answered(id);
            }
        }
    }

    fn wait_for(&mut self, reply: Option<SyncSender<HttpResponse>>, by_function: bool) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.waiting.insert(id, Waiting { reply, by_function });
        id
    }

    fn handle(&mut self, id: u64, (http, at, wall): (HttpRequest, Timestamp, Timestamp)) {
        let request = Request { id, at, wall, caller: Caller::Client, http };
        let effects = self.stage.cloud.handle(request);
        self.act(effects);
    }

    /// Answers, and notes which functions are to run.
    fn act(&mut self, effects: Vec<Effect>) {
        let stage = &mut *self.stage;
        stage.lab.observe(&mut stage.cloud);
        for effect in effects {
            match effect {
                Effect::Respond { id, response } => {
                    let waiting = self.waiting.remove(&id);
                    if let Some(reply) = waiting.and_then(|waiting| waiting.reply) {
                        let _ = reply.send(response);
                    }
                }
                Effect::Work { ticket, work } => {
                    self.queue.push_back((ticket, work, self.stage.cloud.now()));
                }
            }
        }
    }

    /// Lets time pass until then: functions end and timers fire on the way, in their order.
    fn move_to(&mut self, to: Timestamp) {
        self.until_quiet();
        while let Some(next) = self.next_moment().filter(|next| *next <= to) {
            self.happen(next);
        }
        let effects = self.stage.cloud.advance(to);
        self.act(effects);
    }

    /// When something happens by itself.
    fn next_moment(&self) -> Option<Timestamp> {
        let due = self.due.keys().next().map(|(at, _)| *at);
        due.into_iter().chain(self.stage.cloud.next_timer()).min()
    }

    /// Lets happen what happens at that moment.
    fn happen(&mut self, at: Timestamp) {
        let effects = self.stage.cloud.advance(at);
        self.act(effects);
        let now = self.stage.cloud.now();
        while let Some(key) = self.due.keys().next().copied().filter(|(due, _)| *due <= now) {
            let Some(result) = self.due.remove(&key) else { break };
            let effects = self.stage.cloud.resume(Event::WorkDone { ticket: key.1, result });
            self.act(effects);
        }
        self.until_quiet();
    }

    /// Lets time pass until a request is answered. One that never is gets an answer of ours.
    fn until_answered(&mut self, id: u64) {
        self.until_quiet();
        let end = self.stage.cloud.now().plus(ANSWERED_WITHIN);
        while self.waiting.contains_key(&id) {
            match self.next_moment().filter(|next| *next <= end) {
                Some(next) => self.happen(next),
                None => break,
            }
        }
        if let Some(reply) = self.waiting.remove(&id).and_then(|waiting| waiting.reply) {
            let _ = reply.send(HttpResponse { status: 500, ..HttpResponse::default() });
        }
    }

    /// Runs what is to be run, until nothing runs any more.
    fn until_quiet(&mut self) {
        loop {
            let blocked = self.waiting.values().filter(|waiting| waiting.by_function).count();
            if self.running.len() > blocked {
                self.listen();
            } else if let Some((ticket, work, begun)) = self.queue.pop_front() {
                self.start(ticket, work, begun);
            } else if self.running.is_empty() {
                return;
            } else if let Some(next) = self.next_moment() {
                // All wait for each other's ends, or for time to pass.
                self.happen_once(next);
            } else {
                self.running.clear();
                return;
            }
        }
    }

    /// [`Hall::happen`], from within [`Hall::until_quiet`].
    fn happen_once(&mut self, at: Timestamp) {
        let effects = self.stage.cloud.advance(at);
        self.act(effects);
        let now = self.stage.cloud.now();
        if let Some(key) = self.due.keys().next().copied().filter(|(due, _)| *due <= now)
            && let Some(result) = self.due.remove(&key)
        {
            let effects = self.stage.cloud.resume(Event::WorkDone { ticket: key.1, result });
            self.act(effects);
        }
    }

    /// While functions run, only they are heard.
    fn listen(&mut self) {
        match self.messages.recv_timeout(ENDED_WITHIN) {
            Ok(Message::Done(done)) => self.done(done),
            Ok(Message::Asked(http, reply)) => {
                let caller = self.running.iter().position(|playing| playing.signed(&http));
                match caller {
                    Some(at) => self.called(at, http, reply),
                    None => self.held.push_back(Message::Asked(http, reply)),
                }
            }
            Ok(message) => self.held.push_back(message),
            Err(_) => self.running.clear(),
        }
    }

    /// A function calls.
    fn called(&mut self, at: usize, http: HttpRequest, reply: SyncSender<HttpResponse>) {
        let call = Called { http, at: self.stage.cloud.now().plus(A_CALL_LATER), wall: wall() };
        if let Some(playing) = self.running.get_mut(at) {
            playing.calls.push(call.clone());
        }
        let id = self.wait_for(Some(reply), true);
        self.handle(id, (call.http, call.at, call.wall));
    }

    /// A function begins, or does again what it did when it knew the same.
    fn start(&mut self, ticket: Ticket, work: HostWork, begun: Timestamp) {
        if work.kind != FUNCTION_WORK {
            let words = format!("A proof cannot run {}.", work.kind);
            self.due.insert((begun, ticket), unrunnable(&words));
            return;
        }
        let key = self.environments.key(&work.input);
        let stage = &mut *self.stage;
        if let Some(act) = known(&stage.memory, stage.score.as_mut(), (&key, &work.input)) {
            for Called { http, at, wall } in act.calls.clone() {
                let id = self.wait_for(None, false);
                self.handle(id, (http, at, wall));
            }
            self.end(ticket, begun, act);
            return;
        }
        let cloud = &stage.cloud;
        self.functions.start(ticket, &work, &|digest, length| cloud.body(&named(digest, length)?));
        let input = work.input;
        self.running.push(Playing { ticket, key, input, begun, calls: Vec::new() });
    }

    /// A function has ended for real.
    fn done(&mut self, done: Done) {
        let at = self.running.iter().position(|playing| playing.ticket == done.ticket);
        let Some(at) = at else { return };
        let Playing { key, input, begun, calls, .. } = self.running.remove(at);
        let mut result = done.result;
        if let Value::Map(members) = &mut result
            && let Some(init) = members.get_mut("InitMs")
        {
            *init = Value::Float(INIT_MS);
        }
        let act = Act::new(key, &input, calls, result);
        if act.calls.is_empty() {
            self.stage.memory.insert(act.key.clone(), act.clone());
        }
        self.end(done.ticket, begun, act);
    }

    /// When a function ends in the cloud: after what it took.
    fn end(&mut self, ticket: Ticket, begun: Timestamp, act: Act) {
        let took = |name: &str| match act.result.get(name) {
            Some(Value::Float(ms)) if ms.is_finite() && *ms > 0.0 => *ms,
            _ => 0.0,
        };
        let took = Duration::from_secs_f64((took("InitMs") + took("DurationMs")).ceil() / 1_000.0);
        self.due.insert((begun.plus(took), ticket), act.result.clone());
        self.stage.acts.push(act);
    }
}
