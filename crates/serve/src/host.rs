//! The thread that owns the cloud. Everything comes to it through one channel: what has queued up
//! is handled as one batch, put on disk by one flush, and only then answered.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

use cloudarium_cloud::{Caller, Config, Effect, Event, FUNCTION_WORK, Request, unrunnable};
use cloudarium_env::{BlobRef, ClockControl, Timestamp};
use cloudarium_wire::http::{HttpRequest, HttpResponse};
use tokio::sync::oneshot;

use crate::admin::{self, Admin};
use crate::folder::Folder;
use crate::functions::{self, Done, Functions, Settings};
use crate::http::Refusal;
use crate::keeper::Keeper;

/// How many requests share one flush at most.
const BATCH_MAX: usize = 256;

/// How long the thread sleeps when no timer is set.
const IDLE: Duration = Duration::from_hours(1);

/// How often a folder that could not be written to is tried again.
const RETRY_EVERY: Duration = Duration::from_secs(1);

type Reply = oneshot::Sender<HttpResponse>;

/// What the thread is asked for.
enum Job {
    Http(HttpRequest, Reply),
    /// A request whose body is still to come: the sender waits to be told to go on.
    Ahead(HttpRequest, oneshot::Sender<()>, Reply),
    Admin(Admin, Reply),
    Done(Done),
    Stop,
}

impl From<Done> for Job {
    fn from(done: Done) -> Self {
        Self::Done(done)
    }
}

/// The way to the thread.
#[derive(Debug, Clone)]
pub struct Door(Sender<Job>);

impl Door {
    /// Sends a request through the cloud's door. `None`: the host is shutting down.
    pub(crate) async fn call(&self, request: HttpRequest) -> Option<HttpResponse> {
        let (reply, answer) = oneshot::channel();
        self.0.send(Job::Http(request, reply)).ok()?;
        answer.await.ok()
    }

    /// The refusal of a request whose body is still to come, if it is refused whatever that is.
    pub(crate) async fn refusal_ahead(&self, request: HttpRequest) -> Option<HttpResponse> {
        let ((go_on, may_go_on), (reply, answer)) = (oneshot::channel(), oneshot::channel());
        self.0.send(Job::Ahead(request, go_on, reply)).ok()?;
        match may_go_on.await {
            Ok(()) => None,
            Err(_) => answer.await.ok(),
        }
    }

    /// Asks for something about the host itself.
    pub(crate) async fn admin(&self, what: Admin) -> Option<HttpResponse> {
        let (reply, answer) = oneshot::channel();
        self.0.send(Job::Admin(what, reply)).ok()?;
        answer.await.ok()
    }

    /// [`Door::admin`] for a caller that is no task.
    pub(crate) fn admin_blocking(&self, what: Admin) -> Option<HttpResponse> {
        let (reply, answer) = oneshot::channel();
        self.0.send(Job::Admin(what, reply)).ok()?;
        answer.blocking_recv().ok()
    }

    /// Has the thread end, after what is queued before this.
    pub(crate) fn stop(&self) {
        // A thread that has already ended needs no telling.
        let _ = self.0.send(Job::Stop);
    }
}

/// Starts the thread. It ends, and lets go of the folder, when it is told to stop.
pub fn start(
    config: Config,
    folder: Option<Folder>,
    (settings, address): (Settings, SocketAddr),
) -> std::io::Result<(Door, JoinHandle<()>)> {
    let (sender, jobs) = channel();
    let functions = Functions::new(settings, address, functions::to::<Job>(sender.clone()));
    let thread = std::thread::Builder::new().name("cloud".to_owned()).spawn(move || {
        let keeper = Keeper::open(config.clone(), folder, wall());
        let failing = keeper.failure().is_some();
        let waiting = BTreeMap::new();
        let host = Host {
            keeper,
            config,
            functions,
            waiting,
            next_id: 1,
            failing,
            told: None,
            tried: None,
        };
        host.run(&jobs);
    })?;
    Ok((Door(sender), thread))
}

/// The wall clock.
pub fn wall() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_ms(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

struct Host {
    keeper: Keeper,
    config: Config,
    functions: Functions,
    waiting: BTreeMap<u64, Reply>,
    next_id: u64,
    /// Whether it is known that nothing can be kept.
    failing: bool,
    /// The failure that the terminal was told of.
    told: Option<String>,
    /// When the folder was last tried again.
    tried: Option<SystemTime>,
}

impl Host {
    fn run(mut self, jobs: &Receiver<Job>) {
        self.tell_failure();
        for words in self.keeper.damage() {
            say(&format!("The data folder is damaged: {words}"));
        }
        // What was being done when the process ended is not being done any more.
        self.release(self.keeper.cloud().outstanding_work());
        loop {
            let first = match jobs.recv_timeout(self.sleep()) {
                Ok(job) => Some(job),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if !self.batch(first.into_iter().chain(jobs.try_iter().take(BATCH_MAX))) {
                return;
            }
        }
    }

    /// How long until a timer is due.
    fn sleep(&self) -> Duration {
        let due = self.keeper.cloud().next_timer();
        due.and_then(|due| self.keeper.clock().real_until(wall(), due)).unwrap_or(IDLE).min(IDLE)
    }

    /// Handles what has queued up; `false` when told to stop.
    fn batch(&mut self, jobs: impl Iterator<Item = Job>) -> bool {
        self.retry_folder();
        let mut effects = Vec::new();
        let mut go_on = true;
        for job in jobs {
            match job {
                Job::Http(http, reply) => self.accept(http, reply, &mut effects),
                Job::Ahead(http, go_on, reply) => {
                    if self.refuses_ahead(&http) {
                        drop(go_on);
                        self.accept(http, reply, &mut effects);
                    } else {
                        // Whoever has gone away needs no telling.
                        let _ = go_on.send(());
                    }
                }
                Job::Admin(what, reply) => self.admin(&what, reply, &mut effects),
                Job::Done(done) => self.done(done, &mut effects),
                Job::Stop => go_on = false,
            }
        }
        let real = wall();
        let now = self.keeper.clock().now(real);
        if self.keeper.cloud().next_timer().is_some_and(|due| due <= now) {
            effects.extend(self.keeper.advance(now));
        }
        self.release(effects);
        go_on
    }

    fn accept(&mut self, http: HttpRequest, reply: Reply, effects: &mut Vec<Effect>) {
        if self.keeper.failure().is_some() && admin::may_write(&http) {
            // The cloud must not change while the change cannot be kept.
            let _ = reply.send(Refusal::NotKept.response());
            return;
        }
        let (real, id) = (wall(), self.next_id);
        self.next_id += 1;
        self.waiting.insert(id, reply);
        let at = self.keeper.clock().now(real);
        let request = Request { id, at, wall: real, caller: Caller::Client, http };
        effects.extend(self.keeper.accept(request));
    }

    fn refuses_ahead(&mut self, http: &HttpRequest) -> bool {
        let real = wall();
        let at = self.keeper.clock().now(real);
        let request = Request { id: 0, at, wall: real, caller: Caller::Client, http: http.clone() };
        self.keeper.refuses_ahead(request)
    }

    /// An invocation of a function has ended.
    fn done(&mut self, done: Done, effects: &mut Vec<Effect>) {
        if self.functions.is_current(&done) {
            let event = Event::WorkDone { ticket: done.ticket, result: done.result };
            effects.extend(self.keeper.resume(event));
        }
    }

    fn admin(&mut self, what: &Admin, reply: Reply, effects: &mut Vec<Effect>) {
        let response = match what {
            Admin::Health => admin::health(&self.keeper, wall()),
            Admin::Calls { after } => admin::calls(&self.keeper, *after),
            Admin::Reset => {
                self.config.start = wall();
                self.renew(std::mem::take(effects), 1)
            }
            Admin::Renew { start, seed } => {
                (self.config.start, self.config.seed) = (*start, *seed);
                self.renew(std::mem::take(effects), 0)
            }
            Admin::Clock(_) if self.failing => Refusal::NotKept.response(),
            Admin::Clock(change) => {
                let clock = change.apply(self.keeper.clock(), wall());
                self.keeper.set_clock(clock);
                effects.extend(self.keeper.advance(clock.now(wall())));
                admin::clock(&self.keeper, wall())
            }
        };
        // A client that has gone away needs no answer.
        let _ = reply.send(response);
    }

    /// Empties the cloud, whose clock then runs at `speed`. What was accepted before is answered
    /// as it was.
    fn renew(&mut self, accepted: Vec<Effect>, speed: u32) -> HttpResponse {
        self.release(accepted);
        self.functions.reset();
        let real = wall();
        self.keeper.reset(self.config.clone(), real);
        if speed != 1 {
            let mut clock = ClockControl::new(real, self.config.start);
            clock.set_speed(real, speed);
            self.keeper.set_clock(clock);
        }
        admin::outcome(self.keeper.commit(), "reset")
    }

    /// Keeps what was accepted, then answers it: or refuses all of it, when it cannot be kept.
    /// While it is known that nothing can be kept, only reads are accepted, and answered.
    fn release(&mut self, mut effects: Vec<Effect>) {
        loop {
            let kept = self.keeper.commit();
            let refuse = kept.is_err() && !std::mem::replace(&mut self.failing, kept.is_err());
            if refuse {
                self.tell_failure();
            }
            let mut more = Vec::new();
            for effect in effects {
                match effect {
                    Effect::Respond { id, response } => {
                        let Some(reply) = self.waiting.remove(&id) else { continue };
                        let answer = if refuse { Refusal::NotKept.response() } else { response };
                        // A client that has gone away needs no answer.
                        let _ = reply.send(answer);
                    }
                    Effect::Work { ticket, work } if work.kind == FUNCTION_WORK => {
                        let cloud = self.keeper.cloud();
                        self.functions.start(ticket, &work, &|digest, length| {
                            cloud.body(&named(digest, length)?)
                        });
                    }
                    Effect::Work { ticket, work } => {
                        let words = format!("The native endpoint cannot run {}.", work.kind);
                        let result = unrunnable(&words);
                        more.extend(self.keeper.resume(Event::WorkDone { ticket, result }));
                    }
                }
            }
            if more.is_empty() {
                return;
            }
            effects = more;
        }
    }

    fn retry_folder(&mut self) {
        if self.keeper.failure().is_none() {
            return;
        }
        let now = SystemTime::now();
        let waited =
            |tried: SystemTime| now.duration_since(tried).is_ok_and(|passed| passed >= RETRY_EVERY);
        if self.tried.is_none_or(waited) {
            self.tried = Some(now);
            if self.keeper.try_again().is_ok() {
                (self.told, self.failing) = (None, false);
                say("The data folder can be written to again; writes are accepted.");
            }
        }
    }

    fn tell_failure(&mut self) {
        let Some(error) = self.keeper.failure().map(|error| error.to_string()) else { return };
        if self.told.as_ref() != Some(&error) {
            say(&format!(
                "The data folder cannot be written to: {error}. Reads go on; writes are refused with \
                 ServiceUnavailable until there is room."
            ));
            self.told = Some(error);
        }
    }
}

#[allow(clippy::print_stderr, reason = "the operator of the endpoint reads its terminal")]
fn say(words: &str) {
    eprintln!("{words}");
}

/// A body by its digest in hexadecimal.
pub fn named(digest: &str, length: u64) -> Option<BlobRef> {
    Some(BlobRef { digest: hex::decode(digest).ok()?.try_into().ok()?, length })
}
