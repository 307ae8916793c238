//! Every quota of EventBridge: a name, a unit, a link.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html>

/// Event buses of an account in a Region.
pub const BUSES_MAX: usize = 100;
/// Rules of a bus.
pub const RULES_MAX: usize = 300;
/// Characters of a rule's event pattern.
pub const PATTERN_CHARS_MAX: usize = 2_048;
/// Targets of a rule.
pub const TARGETS_MAX: usize = 5;
/// Characters of a bus's policy.
pub const POLICY_CHARS_MAX: usize = 10_240;
/// Bytes of all entries of a `PutEvents` together.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html>
pub const ENTRIES_BYTES_MAX: usize = 262_144;
/// Bytes that a time counts as.
pub const TIME_BYTES: usize = 14;
/// Results of one answer.
pub const PAGE_MAX: i64 = 100;
/// Tags of a rule or a bus.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-tagging.html>
pub const TAGS_MAX: usize = 50;
/// Times that a delivery is tried again, unless the target says.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html>
pub const RETRIES_USUAL: u32 = 185;
/// Seconds after which a delivery is given up, unless the target says: a day.
pub const EVENT_AGE_S_USUAL: u64 = 86_400;
/// Archives of an account in a Region.
pub const ARCHIVES_MAX: usize = 100;
/// Replays that run at a time.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html>
pub const REPLAYS_AT_ONCE_MAX: usize = 10;
/// Days for which a replay is remembered.
pub const REPLAY_KEPT_DAYS: u64 = 90;
/// Connections of an account in a Region.
pub const CONNECTIONS_MAX: usize = 3_000;
/// API destinations of an account in a Region.
pub const API_DESTINATIONS_MAX: usize = 3_000;
/// Requests that an API destination is sent in a second, unless it says.
pub const INVOCATIONS_PER_SECOND_USUAL: u32 = 300;
/// Seconds in which an API destination has to answer.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html>
pub const ANSWER_S_MAX: u64 = 5;
/// Seconds before its end at which a token is renewed.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html>
pub const TOKEN_RENEWED_BEFORE_S: u64 = 60;
/// Characters of the reason for which a connection stands as it does.
/// <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeConnection.html>
pub const STATE_REASON_CHARS_MAX: usize = 512;

/// What EventBridge calls itself where it sends requests to addresses.
pub const USER_AGENT: &str = "Amazon/EventBridge/ApiDestinations";
