//! [`Bridge`]: one open cloud, and perhaps a lesson in it.

use std::collections::BTreeMap;
use std::time::Duration;

use cloudarium_cloud::links::{self, LinkWish};
use cloudarium_cloud::{
    Call, CallLog, CallRecord, Caller, CallerKind, Cloud, Config, Durable, Effect, Event, Extra,
    FUNCTION_WORK, Fault, HostWork, Keeping, Request, Ticket, unrunnable,
};
use cloudarium_env::{ClockControl, Timestamp};
use cloudarium_wire::http::HttpResponse;
use serde_json::json;
use wasm_bindgen::prelude::*;

use crate::answer::Answer;
use crate::call::{self, Outcome};
use crate::client;
use crate::host_storage::{HostStorage, JsStorage, named};
use crate::lesson::OpenLesson;
use crate::records;
use crate::work::Work;

/// A cloud that is kept in the browser. Real time is passed in: milliseconds since 1970.
#[wasm_bindgen]
pub struct Bridge {
    pub(crate) durable: Durable<HostStorage>,
    config: Config,
    answers: Vec<Answer>,
    pub(crate) work: Vec<Work>,
    /// Calls of the console's that wait for their answers, each with its number in the list; and how others ended.
    calls: BTreeMap<u64, (Call, u64)>,
    outcomes: BTreeMap<u64, Outcome>,
    pub(crate) lesson: Option<OpenLesson>,
}

pub(crate) fn instant(ms: f64) -> Timestamp {
    #[allow(clippy::cast_possible_truncation, reason = "a date fits")]
    Timestamp::from_ms(ms as i64)
}

#[allow(clippy::cast_precision_loss, reason = "a date fits")]
pub(crate) fn milliseconds(instant: Timestamp) -> f64 {
    instant.as_ms() as f64
}

#[wasm_bindgen]
impl Bridge {
    /// The cloud without a lesson: it begins now, with randomness of its own.
    pub fn sandbox(storage: JsStorage, seed: u32, real: f64) -> Bridge {
        let config = Config { seed: u64::from(seed), start: instant(real), ..Config::default() };
        Self::open(config, storage, real)
    }

    /// A client's request. Its answer comes by [`Bridge::take_answers`], at once or later. False, and nothing happened:
    /// the code of a service that it reaches is not here yet (`fetch_rooms`).
    #[allow(clippy::too_many_arguments, reason = "a request as JavaScript has it")]
    pub fn request(
        &mut self,
        id: f64,
        method: &str,
        url: &str,
        headers: &str,
        body: Vec<u8>,
        source: &str,
        real: f64,
    ) -> Result<bool, JsError> {
        let http = client::request(method, url, headers, body, source)
            .map_err(|words| JsError::new(&words))?;
        if !Cloud::has_what_it_reaches(&http) {
            return Ok(false);
        }
        let at = self.clock_at(real);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the host counts its requests from 1"
        )]
        let id = id as u64;
        let request = Request { id, at, wall: at, caller: Caller::Client, http };
        let effects = self.accept(request);
        self.act(effects);
        self.observe();
        Ok(true)
    }

    /// Puts on disk what was asked and waits for its answer: nobody was told of it yet, so nobody waited for that. What is
    /// answered is on disk already.
    pub fn commit(&mut self) {
        self.durable.commit();
    }

    /// The answers that are ready.
    #[wasm_bindgen(js_name = takeAnswers)]
    pub fn take_answers(&mut self) -> Vec<Answer> {
        std::mem::take(&mut self.answers)
    }

    /// A call of the console's: `input` is JSON, `body` the member that is a body of any length, `account` who asks:
    /// the console's user where none is named, nobody where it is empty. Nothing while it waits for its answer:
    /// [`Bridge::take_outcome`] has it later.
    #[allow(clippy::too_many_arguments, reason = "a call as JavaScript has it")]
    pub fn call(
        &mut self,
        id: f64,
        service: &str,
        operation: &str,
        input: &str,
        body: Option<Vec<u8>>,
        region: &str,
        account: Option<String>,
        real: f64,
    ) -> Option<Outcome> {
        let names = (service, operation);
        let account = account.unwrap_or_else(|| self.account());
        let when = (account.as_str(), self.clock_at(real));
        let call = call::console_call(names, input, body, region, when);
        let asked = call.and_then(|call| {
            let request = Request { id: whole(id), ..call.request()? };
            Ok((call, request))
        });
        let (call, request) = match asked {
            Ok(asked) => asked,
            Err(fault) => return Some(Outcome::new(names, Err(fault), self.last_seq())),
        };
        let before = self.last_seq();
        self.calls.insert(whole(id), (call, before));
        let effects = self.accept(request);
        // One that waits has its place in the list already: others come after it while it does.
        if let Some((call, place)) = self.calls.get_mut(&whole(id)) {
            *place = seq_of(self.durable.cloud().calls(), call, before);
        }
        self.act(effects);
        self.observe();
        self.take_outcome(id)
    }

    /// How the call of the console's with this number ended, once it has.
    #[wasm_bindgen(js_name = takeOutcome)]
    pub fn take_outcome(&mut self, id: f64) -> Option<Outcome> {
        self.outcomes.remove(&whole(id))
    }

    /// A link to an object, signed with the key of the console's user: from now on and for `expires_s` virtual seconds
    /// it opens the object (`GET`) or puts it (`PUT`). Nothing if there is no user.
    pub fn presign(
        &self,
        method: &str,
        bucket: &str,
        key: &str,
        region: &str,
        expires_s: u32,
        real: f64,
    ) -> Option<String> {
        let user = self.config.users.first()?;
        let expires_s = u64::from(expires_s);
        let wish = LinkWish { method, bucket, key, region, expires_s };
        Some(links::address(&links::presigned(user, &wish, self.clock_at(real))))
    }

    /// A picture for the console, as JSON; nothing if there is no such view.
    pub fn view(
        &mut self,
        service: &str,
        name: &str,
        region: &str,
        params: &str,
    ) -> Result<Option<String>, JsError> {
        let params = serde_json::from_str(params)?;
        let view = self.durable.view(service, name, region, &call::plain(params));
        Ok(view.map(|view| call::to_json(&view).to_string()))
    }

    /// Does something that AWS has no operation for; `params` are JSON.
    pub fn extra(
        &mut self,
        service: &str,
        name: &str,
        region: &str,
        params: &str,
        real: f64,
    ) -> Result<Outcome, JsError> {
        let params = call::plain(serde_json::from_str(params)?);
        let at = self.clock_at(real);
        let done = self.durable.extra(Extra {
            service: service.to_owned(),
            region: region.to_owned(),
            name: name.to_owned(),
            params,
            at,
        });
        let effects = self.durable.take_effects();
        self.act(effects);
        Ok(Outcome::new((service, name), done, self.last_seq()))
    }

    /// Summaries of the calls after `seq`, as a JSON array.
    /// At most `limit` of them, so that nobody reads thousands at once.
    pub fn calls(&self, after: f64, limit: usize) -> String {
        self.calls_json(after, limit).to_string()
    }

    /// All that the page shows of the cloud as it goes, in one piece: it asks several times a second while a
    /// script runs, and each message costs the script's calls some of their speed.
    pub fn news(&self, after: f64, limit: usize, real: f64) -> String {
        json!({
            "calls": self.calls_json(after, limit),
            "clock": {
                "now": self.virtual_now(real),
                "speed": self.speed(),
                "next_timer": self.next_timer(),
            },
            "timeline": self.timeline_json(),
            "bill": self.bill_now_json(),
        })
        .to_string()
    }

    /// One call with its raw request and answer, as JSON.
    #[wasm_bindgen(js_name = callDetail)]
    pub fn call_detail(&self, seq: f64) -> Option<String> {
        let record = self.durable.cloud().calls().get(whole(seq))?;
        Some(records::detail(record).to_string())
    }

    /// What happened after the call `seq`, as JSON: the last call, whether any changed something,
    /// and to which services.
    pub fn changes(&self, seq: f64) -> String {
        let calls = self.durable.cloud().calls();
        // After a reset calls are counted from 1 again.
        let seq = if whole(seq) > calls.last_seq() { 0 } else { whole(seq) };
        let mut services: Vec<&str> = calls.after(seq).map(|r| r.service.as_str()).collect();
        services.sort_unstable();
        services.dedup();
        let changed = calls.after(seq).any(|record| record.changed);
        json!({"seq": calls.last_seq(), "changed": changed, "services": services}).to_string()
    }

    /// Virtual time.
    #[wasm_bindgen(js_name = virtualNow)]
    pub fn virtual_now(&self, real: f64) -> f64 {
        milliseconds(self.clock_at(real))
    }

    /// How many virtual seconds pass in a real one.
    pub fn speed(&self) -> u32 {
        self.durable.clock().speed()
    }

    /// When the next timer is due, in virtual time.
    #[wasm_bindgen(js_name = nextTimer)]
    pub fn next_timer(&self) -> Option<f64> {
        self.durable.cloud().next_timer().map(milliseconds)
    }

    /// How many real milliseconds the next timer is away; nothing while the clock is paused.
    #[wasm_bindgen(js_name = realUntilNextTimer)]
    pub fn real_until_next_timer(&self, real: f64) -> Option<f64> {
        let due = self.durable.cloud().next_timer()?;
        let wait = self.durable.clock().real_until(instant(real), due)?;
        Some(wait.as_secs_f64() * 1000.0)
    }

    /// Runs the timers that are due.
    pub fn advance(&mut self, real: f64) {
        let at = self.clock_at(real);
        let effects = self.durable.advance(at);
        self.act(effects);
    }

    /// Sets the speed of virtual time.
    #[wasm_bindgen(js_name = setSpeed)]
    pub fn set_speed(&mut self, speed: u32, real: f64) {
        self.set_clock(real, |clock| clock.set_speed(instant(real), speed));
    }

    /// Moves virtual time ahead by `ms`.
    pub fn jump(&mut self, ms: f64, real: f64) {
        // A negative or endless jump is none.
        let by = Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_default();
        self.set_clock(real, |clock| clock.jump(instant(real), by));
    }

    /// Moves virtual time ahead to `to`.
    #[wasm_bindgen(js_name = jumpTo)]
    pub fn jump_to(&mut self, to: f64, real: f64) {
        self.set_clock(real, |clock| clock.jump_to(instant(real), instant(to)));
    }

    /// Empties the cloud; it begins anew, and its lesson is set up again.
    pub fn reset(&mut self, real: f64) -> Result<(), JsError> {
        self.durable.reset(self.config.clone(), instant(real));
        self.set_up_again()
    }

    /// Empties the cloud; it begins anew at `start` with its clock paused, the same for the same seed every time.
    #[wasm_bindgen(js_name = resetTo)]
    pub fn reset_to(&mut self, start: f64, seed: u32, real: f64) -> Result<(), JsError> {
        let config = Config { seed: u64::from(seed), start: instant(start), ..self.config.clone() };
        self.durable.reset(config, instant(real));
        self.set_speed(0, real);
        self.set_up_again()
    }

    /// Everything that is kept, in one piece.
    pub fn export(&mut self) -> Result<Vec<u8>, JsError> {
        self.durable.export().map_err(|error| JsError::new(&error.to_string()))
    }

    /// The hash of the state.
    #[wasm_bindgen(js_name = stateHash)]
    pub fn state_hash(&self) -> String {
        self.durable.cloud().state_hash()
    }

    /// Why nothing is kept at the moment, in words; nothing when all is well.
    #[wasm_bindgen(js_name = storageWords)]
    pub fn storage_words(&self) -> Option<String> {
        match self.durable.keeping() {
            Keeping::Kept => None,
            Keeping::InMemory(_) if self.is_unreadable() => Some(format!(
                "What you made here before cannot be read by this version of the page, and is left as \
                 it is ({}). What you do from here on is not kept. Save a copy of everything to have \
                 what was kept, or empty the cloud to begin anew in its place.",
                self.recovery_words()
            )),
            Keeping::InMemory(error) => Some(format!(
                "What you do from here on is not kept: {error}. The cloud goes on in memory until \
                 this tab is closed. Free some space on this device, and it is kept again."
            )),
        }
    }

    /// Whether what was kept could not be read, and waits for another version of the page.
    #[wasm_bindgen(js_name = isUnreadable)]
    pub fn is_unreadable(&self) -> bool {
        self.durable.recovery().unreadable
    }

    /// What was damaged when the cloud was opened, in words; empty when all was well.
    #[wasm_bindgen(js_name = recoveryWords)]
    pub fn recovery_words(&self) -> String {
        self.durable.recovery().damage.join(" ")
    }

    /// A store that answers late could not keep what it was given.
    #[wasm_bindgen(js_name = storageFailed)]
    pub fn storage_failed(&mut self, name: &str, words: String) {
        self.durable.storage_failed(named(name, words));
    }

    /// Tries to keep everything anew.
    #[wasm_bindgen(js_name = tryAgain)]
    pub fn try_again(&mut self) {
        self.durable.try_again();
    }
}

impl Bridge {
    pub(crate) fn open(config: Config, storage: JsStorage, real: f64) -> Self {
        let durable =
            Durable::open_with_history(config.clone(), HostStorage(storage), instant(real));
        let mut bridge = Self {
            durable,
            config,
            answers: Vec::new(),
            work: Vec::new(),
            calls: BTreeMap::new(),
            outcomes: BTreeMap::new(),
            lesson: None,
        };
        let effects = bridge.durable.cloud().outstanding_work();
        bridge.act(effects);
        bridge
    }

    /// Takes a request. On disk when this returns, if anything is answered.
    fn accept(&mut self, request: Request) -> Vec<Effect> {
        let effects = self.durable.accept(request);
        if effects.iter().any(|effect| matches!(effect, Effect::Respond { .. })) {
            self.durable.commit();
        }
        effects
    }

    /// The account of the console.
    pub(crate) fn account(&self) -> String {
        self.config.users.first().map(|user| user.account.clone()).unwrap_or_default()
    }

    pub(crate) fn clock_at(&self, real: f64) -> Timestamp {
        self.durable.clock().now(instant(real))
    }

    fn calls_json(&self, after: f64, limit: usize) -> serde_json::Value {
        let calls = self.durable.cloud().calls();
        let summaries = calls.after(whole(after)).take(limit).map(records::summary);
        serde_json::Value::Array(summaries.collect())
    }

    fn set_clock(&mut self, real: f64, change: impl FnOnce(&mut ClockControl)) {
        let mut clock = self.durable.clock();
        change(&mut clock);
        self.durable.set_clock(clock);
        self.advance(real);
    }

    /// Gathers answers and functions to run; other work ends at once, and says that it cannot be done.
    pub(crate) fn act(&mut self, effects: Vec<Effect>) {
        let mut left = effects;
        while let Some(effect) = left.pop() {
            match effect {
                Effect::Respond { id, response } => match self.calls.remove(&id) {
                    Some((call, seq)) => self.settle(id, (&call, seq), &response),
                    None => self.answers.push(Answer::new(id, response)),
                },
                Effect::Work { ticket, work } if work.kind == FUNCTION_WORK => {
                    self.work.push(Work::new(ticket, work));
                }
                Effect::Work { ticket, work } => left.extend(self.refuse(ticket, &work)),
            }
        }
    }

    fn settle(&mut self, id: u64, (call, seq): (&Call, u64), response: &HttpResponse) {
        // The hint never travels: it is in the list of calls.
        let record = self.durable.cloud().calls().get(seq);
        let hint = record.and_then(|record| record.error.as_ref()).and_then(|it| it.hint.clone());
        let result = call.answer(response).map_err(|fault| Fault { hint, ..fault });
        let names = (call.service.as_str(), call.operation.as_str());
        self.outcomes.insert(id, Outcome::new(names, result, seq));
    }

    fn last_seq(&self) -> u64 {
        self.durable.cloud().calls().last_seq()
    }

    fn refuse(&mut self, ticket: Ticket, work: &HostWork) -> Vec<Effect> {
        let result = unrunnable(&format!("The browser cannot run {}.", work.kind));
        self.durable.resume(Event::WorkDone { ticket, result })
    }
}

/// The number of a call of the console's among those that came after `before`: timers that were due may have made some.
fn seq_of(calls: &CallLog, call: &Call, before: u64) -> u64 {
    let is_it = |record: &&CallRecord| {
        record.who == CallerKind::Console
            && record.service == call.service
            && record.operation == call.operation
    };
    calls.after(before).find(is_it).map_or_else(|| calls.last_seq(), |record| record.seq)
}

pub(crate) fn whole(number: f64) -> u64 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "counts of calls, made by ourselves"
    )]
    let number = number as u64;
    number
}
