//! Buses, rules, archives and replays as the console shows them, and what its forms say to EventBridge.

pub mod policy;
pub mod samples;
pub mod target;

use serde::Deserialize;
use serde_json::{Map, Value};

use self::target::Target;

/// The bus that every account has in every Region.
pub const DEFAULT_BUS: &str = "default";

/// A bus in the list.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Bus {
    pub name: String,
    pub arn: String,
    pub description: Option<String>,
    pub policy: Option<String>,
    #[serde(deserialize_with = "crate::state::cloud::maybe_time")]
    pub created: Option<f64>,
    pub rules: usize,
    pub archives: usize,
}

/// A rule in the list. The numbers are those that CloudWatch has on AWS.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Listed {
    pub name: String,
    pub event_bus_name: String,
    pub arn: String,
    pub enabled: bool,
    pub event_pattern: Option<String>,
    pub schedule_expression: Option<String>,
    pub targets: Vec<String>,
    pub triggered_rules: u64,
    pub invocations: u64,
    pub failed_invocations: u64,
    pub retry_invocation_attempts: u64,
    pub invocations_sent_to_dlq: u64,
    pub invocations_failed_to_be_sent_to_dlq: u64,
    pub last_error: Option<String>,
}

/// All that is known of a rule.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Whole {
    pub rule: Listed,
    pub description: Option<String>,
    pub role_arn: Option<String>,
    pub targets: Vec<Target>,
    #[serde(deserialize_with = "times")]
    pub next_times: Vec<f64>,
}

/// When a schedule would be due.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Schedule {
    pub valid: bool,
    #[serde(deserialize_with = "times")]
    pub next_times: Vec<f64>,
}

/// An archive.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Archive {
    pub name: String,
    pub arn: String,
    pub event_bus_name: String,
    pub description: Option<String>,
    pub event_pattern: Option<String>,
    /// 0: for ever.
    pub retention_days: u32,
    pub events: usize,
    pub bytes: u64,
    #[serde(deserialize_with = "crate::state::cloud::time")]
    pub created: f64,
}

/// A connection.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Connection {
    pub name: String,
    pub arn: String,
    /// As AWS calls it.
    pub authorization_type: String,
    /// As AWS calls it.
    pub state: String,
    pub state_reason: Option<String>,
    #[serde(deserialize_with = "crate::state::cloud::time")]
    pub created: f64,
}

/// An API destination.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Destination {
    pub name: String,
    pub arn: String,
    /// The name of its connection.
    pub connection: String,
    pub invocation_endpoint: String,
    pub http_method: String,
    /// How many requests a second are sent to it at most.
    pub invocation_rate_limit_per_second: u32,
    /// As AWS calls it.
    pub state: String,
    #[serde(deserialize_with = "crate::state::cloud::time")]
    pub created: f64,
}

/// A replay.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Replay {
    pub name: String,
    pub archive: String,
    pub event_bus_name: String,
    pub filter_arns: Vec<String>,
    pub state: String,
    /// Whether it can be cancelled.
    pub goes_on: bool,
    #[serde(deserialize_with = "crate::state::cloud::time")]
    pub from: f64,
    #[serde(deserialize_with = "crate::state::cloud::time")]
    pub to: f64,
    #[serde(deserialize_with = "crate::state::cloud::time")]
    pub started: f64,
    #[serde(deserialize_with = "crate::state::cloud::maybe_time")]
    pub last_replayed: Option<f64>,
}

/// What the form of a rule says.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RuleDraft {
    pub name: String,
    pub bus: String,
    pub description: String,
    pub pattern: String,
    pub schedule: String,
    pub enabled: bool,
    pub role_arn: Option<String>,
}

impl RuleDraft {
    /// A rule as it is: whoever changes a part of it sends all the rest again.
    pub fn of(whole: &Whole) -> Self {
        let rule = &whole.rule;
        Self {
            name: rule.name.clone(),
            bus: rule.event_bus_name.clone(),
            description: whole.description.clone().unwrap_or_default(),
            pattern: rule.event_pattern.clone().unwrap_or_default(),
            schedule: rule.schedule_expression.clone().unwrap_or_default(),
            enabled: rule.enabled,
            role_arn: whole.role_arn.clone(),
        }
    }

    /// The input of `PutRule`.
    pub fn input(&self) -> Value {
        let state = if self.enabled { "ENABLED" } else { "DISABLED" };
        let mut input = of_bus(&self.bus);
        let role = self.role_arn.clone().unwrap_or_default();
        input.extend(said([
            ("Name", self.name.clone()),
            ("EventPattern", self.pattern.clone()),
            ("ScheduleExpression", self.schedule.clone()),
            ("State", state.to_owned()),
            ("Description", self.description.clone()),
            ("RoleArn", role),
        ]));
        input.into()
    }
}

/// `EventBusName`, which the default bus does not need.
pub fn of_bus(bus: &str) -> Map<String, Value> {
    let custom = Some(bus).filter(|bus| *bus != DEFAULT_BUS).unwrap_or_default();
    said([("EventBusName", custom.to_owned())])
}

/// The members that are said: what was left empty is not sent.
pub fn said<const N: usize>(members: [(&str, String); N]) -> Map<String, Value> {
    let filled = members.into_iter().filter(|(_, text)| !text.is_empty());
    filled.map(|(name, text)| (name.to_owned(), text.into())).collect()
}

/// An input that names a rule as most operations do.
pub fn of_rule(rule: &Listed, name: &str) -> Value {
    let mut input = of_bus(&rule.event_bus_name);
    input.insert(name.to_owned(), rule.name.clone().into());
    input.into()
}

/// How an entry of `PutEvents` ended.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Entry {
    pub event_id: Option<String>,
    pub error_code: Option<String>,
    pub error_message: Option<String>,
}

/// The entries of an answer to `PutEvents`.
pub fn entries(output: &Value) -> Vec<Entry> {
    let entries = output.get("Entries").cloned().unwrap_or_default();
    serde_json::from_value(entries).unwrap_or_default()
}

impl Listed {
    /// Whether what is searched for stands in it, in whatever case.
    pub fn has(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        let stands = |in_it: &str| in_it.to_lowercase().contains(&text);
        stands(&self.name)
            || self.event_pattern.as_deref().is_some_and(stands)
            || self.schedule_expression.as_deref().is_some_and(stands)
            || self.targets.iter().any(|arn| stands(arn))
    }

    /// What has come of it since, counted; nothing if it was not triggered nor has anything ended.
    pub fn since(&self, before: Option<&Self>) -> Option<Self> {
        let was = before.cloned().unwrap_or_default();
        let more = |now: u64, then: u64| now.saturating_sub(then);
        let since = Self {
            triggered_rules: more(self.triggered_rules, was.triggered_rules),
            invocations: more(self.invocations, was.invocations),
            failed_invocations: more(self.failed_invocations, was.failed_invocations),
            retry_invocation_attempts: more(
                self.retry_invocation_attempts,
                was.retry_invocation_attempts,
            ),
            invocations_sent_to_dlq: more(
                self.invocations_sent_to_dlq,
                was.invocations_sent_to_dlq,
            ),
            last_error: self.last_error.clone().filter(|_| self.last_error != was.last_error),
            ..self.clone()
        };
        (since.triggered_rules > 0).then_some(since)
    }
}

/// What a list of rules has come to since it was another.
pub fn set_off(before: &[Listed], now: &[Listed]) -> Vec<Listed> {
    let was = |rule: &Listed| before.iter().find(|it| it.arn == rule.arn);
    now.iter().filter_map(|rule| rule.since(was(rule))).collect()
}

/// Why a text is no JSON; nothing if it is, or if there is none.
pub fn not_json(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    serde_json::from_str::<Value>(text).err().map(|why| why.to_string())
}

/// JSON on one line, as a table has room for; what is none as it is.
pub fn in_a_line(text: &str) -> String {
    let read = serde_json::from_str::<Value>(text);
    read.map_or_else(|_| text.to_owned(), |value| value.to_string())
}

/// The texts of a form that stand on a line each.
pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn times<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<f64>, D::Error> {
    #[derive(Deserialize)]
    struct Time(#[serde(deserialize_with = "crate::state::cloud::time")] f64);
    let times = Option::<Vec<Time>>::deserialize(from)?.unwrap_or_default();
    Ok(times.into_iter().map(|time| time.0).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const QUEUE: &str = "arn:aws:sqs:us-east-1:123456789012:q";

    fn rule(name: &str, triggered: u64) -> Listed {
        let arn = format!("arn:aws:events:us-east-1:123456789012:rule/{name}");
        Listed {
            name: name.into(),
            arn,
            event_bus_name: DEFAULT_BUS.into(),
            triggered_rules: triggered,
            ..Listed::default()
        }
    }

    #[test]
    fn a_rule_that_is_changed_keeps_the_rest() {
        let whole = Whole {
            rule: Listed { event_pattern: Some("{}".into()), ..rule("r", 0) },
            description: Some("orders".into()),
            role_arn: Some("role".into()),
            ..Whole::default()
        };
        let input = RuleDraft { pattern: r#"{"source":["a"]}"#.into(), ..RuleDraft::of(&whole) };
        assert_eq!(
            input.input(),
            json!({ "Name": "r", "EventPattern": r#"{"source":["a"]}"#, "State": "DISABLED",
                    "Description": "orders", "RoleArn": "role" })
        );
        let other = RuleDraft { bus: "orders".into(), enabled: true, ..RuleDraft::default() };
        assert_eq!(other.input(), json!({ "EventBusName": "orders", "State": "ENABLED" }));
    }

    #[test]
    fn what_an_event_set_off_is_counted_from_before() {
        let before = [rule("a", 3), rule("b", 1)];
        let now = [rule("a", 5), rule("b", 1), rule("new", 1)];
        let off = set_off(&before, &now);
        let counts: Vec<_> = off.iter().map(|it| (&*it.name, it.triggered_rules)).collect();
        assert_eq!(counts, [("a", 2), ("new", 1)]);
    }

    #[test]
    fn rules_are_found_by_what_stands_in_them() {
        let listed = Listed {
            event_pattern: Some(r#"{"source":["Shop"]}"#.into()),
            targets: vec![QUEUE.into()],
            ..rule("paid", 0)
        };
        for (text, found) in
            [("", true), ("PAID", true), ("shop", true), (":q", true), ("lambda", false)]
        {
            assert_eq!(listed.has(text), found, "{text}");
        }
    }

    #[test]
    fn the_next_times_may_be_none() {
        let read = |text: &str| serde_json::from_str::<Schedule>(text).expect("a schedule");
        assert_eq!(read(r#"{"Valid": true, "NextTimes": [5, 6]}"#).next_times, [5.0, 6.0]);
        assert_eq!(read("{}"), Schedule::default());
    }

    #[test]
    fn texts_are_read_as_forms_have_them() {
        assert_eq!(lines(" a \n\nb"), ["a", "b"]);
        assert_eq!(in_a_line("{\n  \"a\": 1\n}"), r#"{"a":1}"#);
        assert_eq!(in_a_line("{"), "{");
        assert!(not_json("{").is_some_and(|why| why.contains("line 1")));
        assert_eq!((not_json(" "), not_json("[]")), (None, None));
    }
}
