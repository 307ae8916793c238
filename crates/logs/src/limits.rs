//! Every quota of CloudWatch Logs: a name, a unit, a link.

/// Milliseconds of a day.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// What an event counts beside its bytes.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html>
pub const EVENT_OVERHEAD_BYTES: u64 = 26;
/// Bytes of one `PutLogEvents`, with what each event counts.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html>
pub const BATCH_BYTES_MAX: u64 = 1_048_576;
/// Bytes of one event, with what it counts.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html>
pub const EVENT_BYTES_MAX: u64 = 1_048_576;
/// From the first to the last event of one batch.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html>
pub const BATCH_SPAN_MS_MAX: i64 = DAY_MS;
/// How far in the future an event may be.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html>
pub const FUTURE_MS_MAX: i64 = 2 * 60 * 60 * 1000;
/// How far in the past an event may be.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html>
pub const PAST_MS_MAX: i64 = 14 * DAY_MS;
/// Bytes of events in one answer.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html>
pub const PAGE_BYTES_MAX: u64 = 1_048_576;
/// Events in one answer.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html>
pub const PAGE_EVENTS_MAX: usize = 10_000;
/// Groups or streams in one answer.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html>
pub const DESCRIBE_MAX: usize = 50;
/// Groups that an account may have in a Region.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html>
pub const GROUPS_MAX: usize = 1_000_000;
/// Tags of a group.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html>
pub const TAGS_MAX: usize = 50;
/// For how many days events may be kept.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>
pub const RETENTION_DAYS: [u32; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];
/// Subscription filters of a group.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html>
pub const SUBSCRIPTIONS_MAX: usize = 2;
/// Metric filters of a group.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html>
pub const METRIC_FILTERS_MAX: usize = 100;
/// Bytes of messages that are sent to a subscriber at once: packed and in base64 they fit into an asynchronous event,
/// whatever they are.
pub const DELIVERY_BYTES_MAX: usize = 700_000;
/// How deep a pattern may be nested: no person writes so, and reading it must end.
pub const PATTERN_DEPTH_MAX: usize = 64;
