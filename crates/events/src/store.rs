//! Transitions that several operations share: buses and rules found, and schedules set going.

use std::collections::BTreeMap;

use cloudarium_env::Timestamp;
use cloudarium_env::timers::TimerId;
use cloudarium_service::Ctx;
use cloudarium_shape::{Map, Value};

use crate::access;
use crate::connections;
use crate::error::Error;
use crate::limits::TAGS_MAX;
use crate::model::{Bus, BusKey, DEFAULT_BUS, Named, Rule, RuleKey, State};
use crate::name;
use crate::schedule::Schedule;

/// What a timer is for, as its payload says.
const SCHEDULE: &str = "Schedule";
const RETRY: &str = "Retry";
const REPLAY: &str = "Replay";
const RENEWAL: &str = "Renewal";

/// What a timer is for.
pub enum Due {
    /// A rule's schedule.
    Schedule(RuleKey),
    /// A delivery, by its number.
    Retry(u64),
    /// A replay.
    Replay(Named),
    /// The token of a connection, by its name and id.
    Renewal((Named, String)),
}

impl State {
    /// Whether a bus is there.
    pub fn has_bus(&self, key: &BusKey) -> bool {
        key.name == DEFAULT_BUS || self.buses.contains_key(key)
    }

    /// What is to be told of a bus; of a default one, from now on.
    pub fn bus_mut(&mut self, key: &BusKey, now: Timestamp) -> Result<&mut Bus, Error> {
        if key.name == DEFAULT_BUS && !self.buses.contains_key(key) {
            self.buses.insert(key.clone(), Bus::new(now));
        }
        self.buses.get_mut(key).ok_or_else(|| Error::no_bus(key))
    }

    /// A rule.
    pub fn rule(&self, key: &RuleKey) -> Result<&Rule, Error> {
        self.rules.get(key).ok_or_else(|| Error::no_rule(key))
    }

    /// A rule that changes.
    pub fn rule_mut(&mut self, key: &RuleKey) -> Result<&mut Rule, Error> {
        self.rules.get_mut(key).ok_or_else(|| Error::no_rule(key))
    }

    /// The rules of a bus.
    pub fn rules_of<'s>(
        &'s self,
        bus: &'s BusKey,
    ) -> impl Iterator<Item = (&'s RuleKey, &'s Rule)> {
        let first = RuleKey { bus: bus.clone(), name: String::new() };
        self.rules.range(first..).take_while(move |(key, _)| key.bus == *bus)
    }
}

impl Bus {
    /// One of which nothing is said.
    pub fn new(now: Timestamp) -> Self {
        Self { created: now, modified: now, description: None, policy: None, tags: BTreeMap::new() }
    }
}

/// The bus that a request names, if it is there and the caller may do this with it.
pub fn bus(
    state: &State,
    cx: &Ctx<'_>,
    named: Option<&str>,
    action: &str,
) -> Result<BusKey, Error> {
    let key = name::bus(cx, named);
    access::check(state, cx, &key, action, &[])?;
    if state.has_bus(&key) { Ok(key) } else { Err(Error::no_bus(&key)) }
}

/// The rule that a request names; whether it is there is not looked at.
pub fn rule_key(
    state: &State,
    cx: &Ctx<'_>,
    (bus_named, name): (Option<&str>, &str),
    action: &str,
) -> Result<RuleKey, Error> {
    Ok(RuleKey { bus: bus(state, cx, bus_named, action)?, name: name.to_owned() })
}

/// Tags, if there may be so many.
pub fn check_tags(tags: BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Error> {
    if tags.len() > TAGS_MAX {
        return Err(Error::LimitExceeded);
    }
    // guess: AWS documents that such keys are its own, and no words.
    match tags.keys().find(|key| key.to_ascii_lowercase().starts_with("aws:")) {
        Some(_) => Err(Error::parameter("Tags")),
        None => Ok(tags),
    }
}

/// Has a rule's schedule fire the next time; or not at all, if it is not enabled or there is nobody to tell.
pub fn arm(state: &mut State, cx: &mut Ctx<'_>, key: &RuleKey) {
    let Some(rule) = state.rules.get_mut(key) else { return };
    if let Some(timer) = rule.timer.take() {
        cx.host.cancel_timer(timer);
    }
    if !rule.enabled || rule.targets.is_empty() {
        return;
    }
    let schedule = rule.schedule.as_deref().and_then(Schedule::parse);
    let Some(due) = schedule.and_then(|it| it.next(rule.since, cx.now)) else { return };
    let payload = Map::from([(SCHEDULE.to_owned(), Value::String(name::rule_arn(key)))]);
    rule.timer = Some(cx.host.set_timer(due, Value::Map(payload)));
}

/// Has a delivery be tried again.
pub fn arm_retry(cx: &mut Ctx<'_>, number: u64, due: Timestamp) {
    let payload = Map::from([(RETRY.to_owned(), Value::Int(number.cast_signed()))]);
    cx.host.set_timer(due, Value::Map(payload));
}

/// Has a replay go on.
pub fn arm_replay(cx: &mut Ctx<'_>, key: &Named, due: Timestamp) {
    let payload = Map::from([(REPLAY.to_owned(), Value::String(name::replay_arn(key)))]);
    cx.host.set_timer(due, Value::Map(payload));
}

/// Has a connection's token be renewed.
pub fn arm_renewal(cx: &mut Ctx<'_>, connection_arn: String, due: Timestamp) -> TimerId {
    let payload = Map::from([(RENEWAL.to_owned(), Value::String(connection_arn))]);
    cx.host.set_timer(due, Value::Map(payload))
}

/// What a timer is for.
pub fn due(payload: &Value) -> Option<Due> {
    if let Some(arn) = payload.get(SCHEDULE).and_then(Value::as_str) {
        return name::rule_of_arn(arn).map(Due::Schedule);
    }
    if let Some(arn) = payload.get(REPLAY).and_then(Value::as_str) {
        return name::named_of_arn(arn, "replay/").map(Due::Replay);
    }
    if let Some(arn) = payload.get(RENEWAL).and_then(Value::as_str) {
        return name::with_id_of_arn(arn, connections::KIND).map(Due::Renewal);
    }
    match payload.get(RETRY) {
        Some(Value::Int(number)) => Some(Due::Retry(number.cast_unsigned())),
        _ => None,
    }
}
