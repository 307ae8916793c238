//! Read-only pictures for the console: neither logged nor billed.
//!
//! | name | parameters | what |
//! | --- | --- | --- |
//! | `buses` | | the caller's buses in this Region, the default one first |
//! | `rules` | | the caller's rules in this Region, with what has come of each |
//! | `rule` | `Name`, and `EventBusName` where it is not the default one | one of them, with its targets and when its schedule is due |
//! | `schedule` | `ScheduleExpression` | when a schedule that begins now would be due |
//! | `archives` | | the caller's archives in this Region |
//! | `replays` | | the caller's replays in this Region, the latest first |
//! | `connections` | | the caller's connections in this Region, without their secrets |
//! | `destinations` | | the caller's API destinations in this Region |

use std::cmp::Reverse;
use std::iter;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use cloudarium_shape::{Value, to_value};
use serde::Serialize;

use crate::connections;
use crate::destinations;
use crate::limits::INVOCATIONS_PER_SECOND_USUAL;
use crate::model::{
    Archive, Bus, BusKey, DEFAULT_BUS, Named, Replay, ReplayStatus, Rule, RuleKey, State,
};
use crate::name;
use crate::schedule::Schedule;
use crate::target::TargetShape;

/// So many of the next times of a schedule are told.
const TIMES_SHOWN: usize = 5;

/// A bus in the list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct BusView {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// What it is for.
    pub description: Option<String>,
    /// Who may send to it, as AWS tells it.
    pub policy: Option<String>,
    /// When it was made; of a default one of which nothing was said it is not known.
    pub created: Option<Timestamp>,
    /// How many rules it has.
    pub rules: usize,
    /// How many archives keep its events.
    pub archives: usize,
}

/// A rule in the list. The numbers are those that CloudWatch has on AWS.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html>
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RuleView {
    /// Its name.
    pub name: String,
    /// Its bus.
    pub event_bus_name: String,
    /// Its ARN.
    pub arn: String,
    /// Whether it does anything.
    pub enabled: bool,
    /// Which events it wants.
    pub event_pattern: Option<String>,
    /// When it makes its own.
    pub schedule_expression: Option<String>,
    /// Where they go.
    pub targets: Vec<String>,
    /// `TriggeredRules`
    pub triggered_rules: u64,
    /// `Invocations`
    pub invocations: u64,
    /// `FailedInvocations`
    pub failed_invocations: u64,
    /// `RetryInvocationAttempts`
    pub retry_invocation_attempts: u64,
    /// `InvocationsSentToDlq`
    pub invocations_sent_to_dlq: u64,
    /// `InvocationsFailedToBeSentToDlq`
    pub invocations_failed_to_be_sent_to_dlq: u64,
    /// Why a target did not take an event in, the last time.
    pub last_error: Option<String>,
}

/// All that is known of a rule.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct WholeRuleView {
    /// As in the list.
    pub rule: RuleView,
    /// What it is for.
    pub description: Option<String>,
    /// A role for targets that have none of their own.
    pub role_arn: Option<String>,
    /// As `ListTargetsByRule` tells them.
    pub targets: Vec<TargetShape>,
    /// When its schedule is due, whether or not it is enabled.
    pub next_times: Vec<Timestamp>,
}

/// What a schedule would do.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ScheduleView {
    /// Whether it is one.
    pub valid: bool,
    /// When it would be due; none: never.
    pub next_times: Vec<Timestamp>,
}

/// An archive.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ArchiveView {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// The bus whose events it keeps.
    pub event_bus_name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Which events it keeps.
    pub event_pattern: Option<String>,
    /// For how long; 0: for ever.
    pub retention_days: u32,
    /// How many it keeps.
    pub events: usize,
    /// Their bytes.
    pub bytes: u64,
    /// When it was made.
    pub created: Timestamp,
}

/// An API destination.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DestinationView {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// The name of its connection.
    pub connection: Option<String>,
    /// The address that events are sent to.
    pub invocation_endpoint: String,
    /// By which method.
    pub http_method: String,
    /// How many a second at most.
    pub invocation_rate_limit_per_second: u32,
    /// Whether it can be used, as AWS calls it.
    pub state: &'static str,
    /// When it was made.
    pub created: Timestamp,
}

/// A connection.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConnectionView {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// How it authorizes requests, as AWS calls it.
    pub authorization_type: &'static str,
    /// How it stands, as AWS calls it.
    pub state: &'static str,
    /// Why it stands so.
    pub state_reason: Option<String>,
    /// When it was made.
    pub created: Timestamp,
}

/// A replay.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReplayView {
    /// Its name.
    pub name: String,
    /// The archive whose events it sends.
    pub archive: String,
    /// The bus that they are sent to.
    pub event_bus_name: String,
    /// The rules that get them; none: all.
    pub filter_arns: Vec<String>,
    /// How it stands, as AWS calls it.
    pub state: &'static str,
    /// Whether it can be cancelled.
    pub goes_on: bool,
    /// Events that came from then on.
    pub from: Timestamp,
    /// Events that came before.
    pub to: Timestamp,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// When the event came that was sent last.
    pub last_replayed: Option<Timestamp>,
}

/// Whose pictures they are, and of when.
struct Place<'a> {
    account: &'a str,
    region: &'a str,
    now: Timestamp,
}

/// A picture; `None`: there is none of that name.
pub fn view(state: &State, cx: &mut Ctx<'_>, name: &str, params: &Value) -> Option<Value> {
    let place = Place { account: &cx.caller.account, region: cx.region, now: cx.now };
    let text = |name: &str| params.get(name).and_then(Value::as_str);
    let shown = match name {
        "buses" => to_value(&place.buses(state)),
        "rules" => to_value(&place.rules(state)),
        "rule" => to_value(&place.rule(state, text("EventBusName"), text("Name")?)),
        "schedule" => to_value(&place.schedule(text("ScheduleExpression")?)),
        "archives" => to_value(&place.archives(state)),
        "replays" => to_value(&place.replays(state)),
        "connections" => to_value(&place.connections(state)),
        "destinations" => to_value(&place.destinations(state)),
        _ => return None,
    };
    shown.ok()
}

impl Place<'_> {
    fn bus(&self, name: &str) -> BusKey {
        BusKey {
            account: self.account.to_owned(),
            region: self.region.to_owned(),
            name: name.to_owned(),
        }
    }

    fn has(&self, key: &Named) -> bool {
        key.account == self.account && key.region == self.region
    }

    fn buses(&self, state: &State) -> Vec<BusView> {
        let usual = self.bus(DEFAULT_BUS);
        let first = (usual.clone(), state.buses.get(&usual));
        let is_custom = |key: &BusKey| {
            key.account == self.account && key.region == self.region && key.name != DEFAULT_BUS
        };
        let custom = state.buses.iter().filter(|(key, _)| is_custom(key));
        let custom = custom.map(|(key, bus)| (key.clone(), Some(bus)));
        iter::once(first).chain(custom).map(|(key, bus)| bus_picture(state, &key, bus)).collect()
    }

    fn rules(&self, state: &State) -> Vec<RuleView> {
        let is_mine =
            |key: &RuleKey| key.bus.account == self.account && key.bus.region == self.region;
        let rules = state.rules.iter().filter(|(key, _)| is_mine(key));
        rules.map(|(key, rule)| picture(key, rule)).collect()
    }

    fn rule(&self, state: &State, bus: Option<&str>, name: &str) -> Option<WholeRuleView> {
        let bus = self.bus(bus.unwrap_or(DEFAULT_BUS));
        let key = RuleKey { bus, name: name.to_owned() };
        let rule = state.rules.get(&key)?;
        let schedule = rule.schedule.as_deref().and_then(Schedule::parse);
        Some(WholeRuleView {
            rule: picture(&key, rule),
            description: rule.description.clone(),
            role_arn: rule.role_arn.clone(),
            targets: rule.targets.values().map(|it| TargetShape::from(&**it)).collect(),
            next_times: schedule.map_or_else(Vec::new, |it| times(&it, rule.since, self.now)),
        })
    }

    fn schedule(&self, expression: &str) -> ScheduleView {
        let schedule = Schedule::parse(expression);
        ScheduleView {
            valid: schedule.is_some(),
            next_times: schedule.map_or_else(Vec::new, |it| times(&it, self.now, self.now)),
        }
    }

    fn archives(&self, state: &State) -> Vec<ArchiveView> {
        let mine = state.archives.iter().filter(|(key, _)| self.has(key));
        mine.map(|(key, archive)| archive_picture(key, archive, self.now)).collect()
    }

    fn connections(&self, state: &State) -> Vec<ConnectionView> {
        let mine = state.connections.iter().filter(|(key, _)| self.has(key));
        mine.map(|(key, connection)| ConnectionView {
            name: key.name.clone(),
            arn: connections::arn(key, connection),
            authorization_type: connection.authorization_type.name(),
            state: connection.state.name(),
            state_reason: connection.state_reason.clone(),
            created: connection.created,
        })
        .collect()
    }

    fn destinations(&self, state: &State) -> Vec<DestinationView> {
        let mine = state.destinations.iter().filter(|(key, _)| self.has(key));
        mine.map(|(key, destination)| DestinationView {
            name: key.name.clone(),
            arn: destinations::arn(key, destination),
            connection: name::with_id_of_arn(&destination.connection_arn, connections::KIND)
                .map(|(key, _)| key.name),
            invocation_endpoint: destination.endpoint.clone(),
            http_method: destination.method.clone(),
            invocation_rate_limit_per_second: destination
                .rate_limit
                .unwrap_or(INVOCATIONS_PER_SECOND_USUAL),
            state: state.destination_state(destination),
            created: destination.created,
        })
        .collect()
    }

    fn replays(&self, state: &State) -> Vec<ReplayView> {
        let mine = state.replays.iter().filter(|(key, _)| self.has(key));
        let mut replays: Vec<ReplayView> =
            mine.map(|(key, replay)| replay_picture(key, replay)).collect();
        replays.sort_by_key(|replay| Reverse(replay.started));
        replays
    }
}

fn times(schedule: &Schedule, since: Timestamp, now: Timestamp) -> Vec<Timestamp> {
    let first = schedule.next(since, now);
    iter::successors(first, |last| schedule.next(since, *last)).take(TIMES_SHOWN).collect()
}

fn bus_picture(state: &State, key: &BusKey, bus: Option<&Bus>) -> BusView {
    BusView {
        name: key.name.clone(),
        arn: name::bus_arn(key),
        description: bus.and_then(|bus| bus.description.clone()),
        policy: bus.and_then(|bus| bus.policy.clone()),
        created: bus.map(|bus| bus.created).filter(|_| key.name != DEFAULT_BUS),
        rules: state.rules_of(key).count(),
        archives: state.archives.values().filter(|archive| archive.source == *key).count(),
    }
}

fn picture(key: &RuleKey, rule: &Rule) -> RuleView {
    let counts = &rule.counts;
    RuleView {
        name: key.name.clone(),
        event_bus_name: key.bus.name.clone(),
        arn: name::rule_arn(key),
        enabled: rule.enabled,
        event_pattern: rule.pattern.clone(),
        schedule_expression: rule.schedule.clone(),
        targets: rule.targets.values().map(|target| target.arn.clone()).collect(),
        triggered_rules: counts.triggered,
        invocations: counts.invocations,
        failed_invocations: counts.failed,
        retry_invocation_attempts: counts.retries,
        invocations_sent_to_dlq: counts.dead_letters,
        invocations_failed_to_be_sent_to_dlq: counts.lost_dead_letters,
        last_error: counts.last_error.clone(),
    }
}

fn archive_picture(key: &Named, archive: &Archive, now: Timestamp) -> ArchiveView {
    // On a copy: looking changes nothing.
    let mut archive = archive.clone();
    archive.forget(now);
    ArchiveView {
        name: key.name.clone(),
        arn: name::archive_arn(key),
        event_bus_name: archive.source.name,
        description: archive.description,
        event_pattern: archive.pattern,
        retention_days: archive.retention_days,
        events: archive.events.len(),
        bytes: archive.bytes,
        created: archive.created,
    }
}

fn replay_picture(key: &Named, replay: &Replay) -> ReplayView {
    ReplayView {
        name: key.name.clone(),
        archive: replay.archive.name.clone(),
        event_bus_name: replay.destination.name.clone(),
        filter_arns: replay.filter_arns.clone(),
        state: replay.status.name(),
        goes_on: replay.status.goes_on() && replay.status != ReplayStatus::Cancelling,
        from: replay.from,
        to: replay.to,
        started: replay.started,
        ended: replay.ended,
        last_replayed: replay.last_replayed,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::rc::Rc;

    use imbl::Vector;

    use super::*;
    use crate::model::{Counts, Event, Input, Target};

    const NOW: Timestamp = Timestamp::from_ms(1_767_225_600_000);

    fn here() -> Place<'static> {
        Place { account: "123456789012", region: "us-east-1", now: NOW }
    }

    fn rule(schedule: Option<&str>) -> Rule {
        let target = Target {
            id: "t".to_owned(),
            arn: "arn:aws:sqs:us-east-1:123456789012:q".to_owned(),
            role_arn: None,
            input: Input::Path("$.detail".to_owned()),
            message_group_id: None,
            dead_letter_arn: None,
            retry: None,
            http: None,
        };
        Rule {
            pattern: None,
            schedule: schedule.map(str::to_owned),
            enabled: true,
            description: None,
            role_arn: None,
            created_by: "123456789012".to_owned(),
            tags: BTreeMap::new(),
            targets: BTreeMap::from([("t".to_owned(), Rc::new(target))]),
            since: NOW,
            timer: None,
            counts: Counts { triggered: 3, ..Counts::default() },
        }
    }

    #[test]
    fn the_default_bus_is_there_and_first() {
        let mut state = State::default();
        let names = |state: &State| -> Vec<String> {
            here().buses(state).into_iter().map(|bus| bus.name).collect()
        };
        assert_eq!(names(&state), ["default"]);
        state.buses.insert(here().bus("a"), Bus::new(NOW));
        state.buses.insert(here().bus(DEFAULT_BUS), Bus::new(NOW));
        let elsewhere = BusKey { region: "eu-west-1".to_owned(), ..here().bus("b") };
        state.buses.insert(elsewhere, Bus::new(NOW));
        state.rules.insert(RuleKey { bus: here().bus("a"), name: "r".to_owned() }, rule(None));
        assert_eq!(names(&state), ["default", "a"]);
        assert_eq!(here().buses(&state).iter().map(|bus| bus.rules).collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn a_rule_tells_its_targets_and_its_next_times() {
        let mut state = State::default();
        let key = RuleKey { bus: here().bus(DEFAULT_BUS), name: "r".to_owned() };
        state.rules.insert(key, rule(Some("rate(10 minutes)")));
        let later = Place { now: Timestamp::from_ms(NOW.as_ms() + 60_000), ..here() };
        let whole = later.rule(&state, None, "r").expect("it is there");
        let due: Vec<String> = whole.next_times.iter().map(|at| at.iso_s()).collect();
        assert_eq!(due.len(), TIMES_SHOWN);
        assert_eq!(due[..2], ["2026-01-01T00:10:00Z", "2026-01-01T00:20:00Z"]);
        assert_eq!(whole.rule.triggered_rules, 3);
        let told = to_value(&whole).expect("a value");
        let Some(Value::List(targets)) = told.get("Targets") else { panic!("{told:?}") };
        let path = targets[0].get("InputPath").and_then(Value::as_str);
        assert_eq!(path, Some("$.detail"));
        assert!(later.rule(&state, Some("other"), "r").is_none());
    }

    #[test]
    fn a_schedule_is_tried_before_it_is_put() {
        let cron = here().schedule("cron(0 12 ? * FRI *)");
        assert!(cron.valid);
        assert_eq!(cron.next_times[0].iso_s(), "2026-01-02T12:00:00Z");
        let never = here().schedule("cron(0 0 1 1 ? 2025)");
        assert_eq!(never, ScheduleView { valid: true, next_times: Vec::new() });
        assert!(!here().schedule("rate(1 minutes)").valid);
    }

    #[test]
    fn archives_forget_and_replays_stand_the_latest_first() {
        let mut state = State::default();
        let event = |at: Timestamp| Event {
            id: "e".to_owned(),
            detail_type: "order".to_owned(),
            source: "shop".to_owned(),
            account: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
            time: at,
            ingested: at,
            resources: Vec::new(),
            detail: "{}".to_owned(),
            replay: None,
        };
        let named = |name: &str| Named {
            account: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
            name: name.to_owned(),
        };
        let old = Timestamp::from_ms(NOW.as_ms() - 86_400_000);
        let archive = Archive {
            source: here().bus(DEFAULT_BUS),
            description: None,
            pattern: None,
            retention_days: 1,
            created: old,
            events: Vector::from_iter([(Rc::new(event(old)), 100), (Rc::new(event(NOW)), 60)]),
            bytes: 160,
        };
        state.archives.insert(named("a"), archive);
        let archives = here().archives(&state);
        assert_eq!(archives.iter().map(|it| (it.events, it.bytes)).collect::<Vec<_>>(), [(1, 60)]);
        assert_eq!(here().buses(&state)[0].archives, 1);
        for (name, started, status) in
            [("first", old, ReplayStatus::Completed), ("second", NOW, ReplayStatus::Running)]
        {
            let replay = Replay {
                archive: named("a"),
                description: None,
                destination: here().bus(DEFAULT_BUS),
                filter_arns: Vec::new(),
                from: old,
                to: NOW,
                status,
                started,
                ended: None,
                last_replayed: None,
            };
            state.replays.insert(named(name), replay);
        }
        let replays = here().replays(&state);
        let stand: Vec<_> = replays.iter().map(|it| (&*it.name, it.state, it.goes_on)).collect();
        assert_eq!(stand, [("second", "RUNNING", true), ("first", "COMPLETED", false)]);
    }
}
