//! An event on its way over a bus: which rules want it, and what they do with it.

use std::rc::Rc;

use cloudarium_event_pattern::Pattern;
use cloudarium_service::Ctx;
use serde_json::Value as Json;

use crate::model::{BusKey, Delivery, Event, RuleKey, State, Target};
use crate::{access, archive, event, input, name, send, store};

/// How an event came to a bus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// Somebody sent it here.
    Sent,
    /// A rule of another bus passed it on. It goes no further: "EventBridge can't route events received from a sender
    /// event bus to a third event bus."
    /// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html>
    PassedOn,
}

/// Gives an event to the archives and the targets of all rules that want it.
pub fn put(state: &mut State, cx: &mut Ctx<'_>, bus: &BusKey, event: &Rc<Event>, came: Came) {
    let json = event.json();
    archive::keep(state, bus, event, &json);
    give(state, cx, (bus, &[]), (event, &json), came);
}

/// Gives an event to the targets of rules that want it: of those named, or of all where none is.
pub fn give(
    state: &mut State,
    cx: &mut Ctx<'_>,
    (bus, only): (&BusKey, &[String]),
    (event, json): (&Rc<Event>, &Json),
    came: Came,
) {
    let wants = |pattern: &str| Pattern::parse(pattern).is_ok_and(|it| it.matches(json));
    let wanting: Vec<RuleKey> = state
        .rules_of(bus)
        .filter(|(key, _)| only.is_empty() || only.contains(&name::rule_arn(key)))
        .filter(|(_, rule)| rule.enabled && rule.pattern.as_deref().is_some_and(wants))
        .map(|(key, _)| key.clone())
        .collect();
    for key in wanting {
        trigger(state, cx, &key, event, came);
    }
}

/// A rule's schedule is due.
pub fn fire(state: &mut State, cx: &mut Ctx<'_>, key: &RuleKey) {
    let Some(rule) = state.rules.get_mut(key) else { return };
    rule.timer = None;
    let place = (key.bus.account.as_str(), key.bus.region.as_str());
    let event = event::scheduled(cx.rng.uuid(), name::rule_arn(key), place, cx.now);
    trigger(state, cx, key, &Rc::new(event), Came::Sent);
    store::arm(state, cx, key);
}

/// Gives an event to the targets of a rule.
fn trigger(state: &mut State, cx: &mut Ctx<'_>, key: &RuleKey, event: &Rc<Event>, came: Came) {
    let Some(rule) = state.rules.get_mut(key) else { return };
    rule.counts.triggered += 1;
    let targets: Vec<Rc<Target>> = rule.targets.values().map(Rc::clone).collect();
    for target in targets {
        let delivery = Delivery {
            rule: key.clone(),
            event: Rc::clone(event),
            retries: 0,
            stage: send::first_stage(&target),
            target,
        };
        match name::bus_of_arn(&delivery.target.arn) {
            Some(bus) => pass_on(state, cx, &bus, delivery, came),
            None => send::begin(state, cx, delivery),
        }
    }
}

/// Gives an event to another bus, as it is.
fn pass_on(state: &mut State, cx: &mut Ctx<'_>, bus: &BusKey, delivery: Delivery, came: Came) {
    if came == Came::PassedOn {
        return;
    }
    let source_arn = name::rule_arn(&delivery.rule);
    let role_arn = delivery.target.role_arn.clone().unwrap_or_default();
    let Event { source, detail_type, .. } = &*delivery.event;
    let told = [("events:source", source.as_str()), ("events:detail-type", detail_type.as_str())];
    if let Err(error) = access::check_role(state, (&role_arn, &source_arn), bus, &told) {
        let (_, words) = error.parts();
        return send::give_up(state, cx, delivery, ("NO_PERMISSIONS", &words, None));
    }
    if !state.has_bus(bus) {
        let words = format!("Event bus {} does not exist.", bus.name);
        return send::give_up(state, cx, delivery, ("NO_RESOURCE", &words, None));
    }
    crate::billing::charge(cx, event::bytes(&delivery.event));
    if let Some(rule) = state.rules.get_mut(&delivery.rule) {
        rule.counts.invocations += 1;
    }
    put(state, cx, bus, &delivery.event, Came::PassedOn);
}

/// The text that a delivery's target gets.
pub fn text(delivery: &Delivery) -> String {
    let Delivery { rule, target, event, .. } = delivery;
    input::of(&target.input, event, (&name::rule_arn(rule), &rule.name))
}
