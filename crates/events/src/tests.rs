//! The room by itself, with a host whose targets answer as a test says: nothing that is simulated fails in passing.

mod api;

use std::time::Duration;

use cloudarium_env::timers::TimerId;
use cloudarium_env::{MemoryBlobs, Rng, Timestamp};
use cloudarium_service::ctx::Host;
use cloudarium_service::{
    Accounts, ApiCall, BusEvent, Charge, Ctx, Facts, Fault, HostWork, HttpCall, Principal,
    RoleCredentials, Service, Ticket,
};
use cloudarium_shape::{Map, Value};

use crate::Events;

const QUEUE: &str = "arn:aws:sqs:us-east-1:123456789012:q";
const DEAD: &str = "arn:aws:sqs:us-east-1:123456789012:dead";

#[derive(Default)]
struct Notes {
    calls: Vec<(Ticket, ApiCall)>,
    fetches: Vec<(Ticket, HttpCall)>,
    timers: Vec<(Timestamp, Value)>,
    tickets: u64,
    charged: u64,
}

impl Host for Notes {
    fn emit(&mut self, _: BusEvent) {}
    fn set_timer(&mut self, due: Timestamp, payload: Value) -> TimerId {
        self.timers.push((due, payload));
        TimerId { due, sequence: 0 }
    }
    fn cancel_timer(&mut self, _: TimerId) {}
    fn start_work(&mut self, _: HostWork) -> Ticket {
        Ticket(0)
    }
    fn call(&mut self, call: ApiCall) -> Ticket {
        self.tickets += 1;
        self.calls.push((Ticket(self.tickets), call));
        Ticket(self.tickets)
    }
    fn ask(&mut self, call: ApiCall) -> Ticket {
        self.call(call)
    }
    fn fetch(&mut self, call: HttpCall) -> Ticket {
        self.tickets += 1;
        self.fetches.push((Ticket(self.tickets), call));
        Ticket(self.tickets)
    }
    fn park(&mut self) -> Ticket {
        Ticket(0)
    }
    fn answer(&mut self, _: Ticket, _: Result<Value, Fault>) {}
    fn charge(&mut self, charge: Charge) {
        self.charged += charge.quantity;
    }
    fn role_credentials(&mut self, _: &str, _: &str) -> RoleCredentials {
        RoleCredentials {
            access_key_id: String::new(),
            secret_access_key: String::new(),
            session_token: String::new(),
        }
    }
}

struct World {
    events: Events,
    rng: Rng,
    host: Notes,
    now: Timestamp,
}

impl World {
    /// A rule for what comes from the shop, with this target beside its id and ARN.
    fn new(target: Map) -> Self {
        let mut world = Self {
            events: Events::default(),
            rng: Rng::new(1, "events"),
            host: Notes::default(),
            now: Timestamp::from_ms(1_767_225_600_000),
        };
        let text = |text: &str| Value::from(text);
        let rule = [("Name", text("r")), ("EventPattern", text(r#"{"source": ["shop"]}"#))];
        world.call("PutRule", map(rule));
        let mut whole = map([("Id", text("t")), ("Arn", text(QUEUE))]);
        whole.extend(target);
        let targets = Value::List(vec![Value::Map(whole)]);
        world.call("PutTargets", map([("Rule", text("r")), ("Targets", targets)]));
        world
    }

    fn with<R>(&mut self, act: impl FnOnce(&mut Events, &mut Ctx<'_>) -> R) -> R {
        let caller = Principal {
            account: "123456789012".to_owned(),
            arn: "arn:aws:iam::123456789012:user/learner".to_owned(),
            user_id: "AIDA".to_owned(),
            access_key_id: "test".to_owned(),
        };
        let mut cx = Ctx {
            now: self.now,
            region: "us-east-1",
            caller: &caller,
            facts: &Facts::default(),
            request_id: "R",
            accounts: &Accounts::default(),
            rng: &mut self.rng,
            blobs: &mut MemoryBlobs::default(),
            host: &mut self.host,
        };
        act(&mut self.events, &mut cx)
    }

    fn call(&mut self, operation: &str, input: Map) {
        self.with(|events, cx| events.call(cx, operation, Value::Map(input))).expect("it is taken");
    }

    fn put(&mut self, detail: String) {
        let entry = map([
            ("Source", Value::from("shop")),
            ("DetailType", Value::from("order")),
            ("Detail", Value::String(detail)),
        ]);
        self.call("PutEvents", map([("Entries", Value::List(vec![Value::Map(entry)]))]));
    }

    /// All calls that wait for an answer are refused with this status, and those that come of it, as far as timers go
    /// that are set then; tells how often the target was called.
    fn refuse(&mut self, status: u16) -> u64 {
        let mut tries = 0;
        loop {
            for (ticket, call) in std::mem::take(&mut self.host.calls) {
                let to = call.input.get("QueueUrl").and_then(Value::as_str).unwrap_or_default();
                if to.ends_with("dead") {
                    self.host.calls.push((ticket, call));
                    return tries;
                }
                tries += 1;
                let fault = Fault::new("Busy", status, "not now");
                self.with(|events, cx| events.call_done(cx, ticket, Err(fault)));
            }
            let Some((due, payload)) = self.host.timers.pop() else { break };
            assert!(due > self.now, "a retry waits");
            self.now = due;
            self.with(|events, cx| events.timer(cx, payload));
        }
        tries
    }

    /// What the dead letter says of itself.
    fn told(&self, attribute: &str) -> Option<String> {
        let (_, call) = self.host.calls.first()?;
        let attributes = call.input.get("MessageAttributes")?;
        Some(attributes.get(attribute)?.get("StringValue")?.as_str()?.to_owned())
    }
}

fn map<const N: usize>(members: [(&str, Value); N]) -> Map {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn retry(members: [(&str, i64); 1]) -> Map {
    let policy = map(members.map(|(name, number)| (name, Value::Int(number))));
    let dead = map([("Arn", Value::from(DEAD))]);
    map([("RetryPolicy", Value::Map(policy)), ("DeadLetterConfig", Value::Map(dead))])
}

#[test]
fn what_passes_is_tried_again_and_given_up() {
    let mut world = World::new(retry([("MaximumRetryAttempts", 3)]));
    world.put("{}".to_owned());
    assert_eq!(world.refuse(503), 4);
    assert_eq!(world.told("ERROR_CODE").as_deref(), Some("ERROR_FROM_TARGET"));
    assert_eq!(world.told("ERROR_MESSAGE").as_deref(), Some("Busy: not now"));
    assert_eq!(world.told("EXHAUSTED_RETRY_CONDITION").as_deref(), Some("MaximumRetryAttempts"));
    assert_eq!(world.told("RETRY_ATTEMPTS").as_deref(), Some("3"));
}

#[test]
fn an_event_grows_too_old() {
    let mut world = World::new(retry([("MaximumEventAgeInSeconds", 60)]));
    world.put("{}".to_owned());
    let began = world.now;
    let tries = world.refuse(429);
    assert!((4..=9).contains(&tries), "{tries}");
    assert!(world.now.since(began) <= Duration::from_mins(1));
    assert_eq!(world.told("ERROR_CODE").as_deref(), Some("THROTTLING"));
    let condition = world.told("EXHAUSTED_RETRY_CONDITION");
    assert_eq!(condition.as_deref(), Some("MaximumEventAgeInSeconds"));
}

#[test]
fn what_does_not_pass_is_given_up_at_once() {
    for (attempts, status) in [(3, 403), (3, 404), (3, 400), (0, 503)] {
        let mut world = World::new(retry([("MaximumRetryAttempts", attempts)]));
        world.put("{}".to_owned());
        assert_eq!(world.refuse(status), 1, "{status}");
        assert!(world.told("ERROR_CODE").is_some(), "{status}");
    }
}

#[test]
fn without_a_policy_it_goes_on_for_a_day() {
    let mut world = World::new(Map::new());
    world.put("{}".to_owned());
    let began = world.now;
    assert!(world.refuse(500) > 100);
    let took = world.now.since(began);
    // 185 times, or a day: whichever comes first.
    assert!((20 * 3_600..=24 * 3_600).contains(&took.as_secs()), "{took:?}");
}

#[test]
fn each_64_kilobytes_are_an_event_on_the_bill() {
    let mut world = World::new(Map::new());
    world.put(format!(r#"{{"a": "{}"}}"#, "x".repeat(65_500)));
    assert_eq!(world.host.charged, 1);
    world.put(format!(r#"{{"a": "{}"}}"#, "x".repeat(65_536)));
    assert_eq!(world.host.charged, 3);
}

#[test]
fn what_is_kept_comes_back() {
    let mut world = World::new(retry([("MaximumRetryAttempts", 3)]));
    world.put("{}".to_owned());
    let saved = world.events.save();
    let mut events = Events::default();
    events.load(&saved).expect("it was saved");
    assert_eq!(events.save(), saved);
    assert_eq!(events.state, world.events.state);
}
