//! Every quota of SQS: a name, a unit, a link.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html>

/// Characters of a queue's name.
pub const NAME_CHARS_MAX: usize = 80;
/// Seconds, of a queue and of a message.
pub const DELAY_S_MAX: i64 = 900;
/// Bytes of a message: its body and its attributes.
pub const MESSAGE_BYTES_MAX: i64 = 1_048_576;
/// Bytes: the least that a queue may be set to.
pub const MESSAGE_BYTES_MIN: i64 = 1_024;
/// Bytes of a batch.
pub const BATCH_BYTES_MAX: usize = 1_048_576;
/// Entries of a batch, and messages in an answer.
pub const BATCH_MAX: usize = 10;
/// Characters of an entry's id.
pub const ENTRY_ID_CHARS_MAX: usize = 80;
/// Seconds.
pub const RETENTION_S: (i64, i64) = (60, 1_209_600);
/// Seconds, unless it is said: four days.
pub const RETENTION_S_USUAL: u32 = 345_600;
/// Seconds that a request waits at most.
pub const WAIT_S_MAX: i64 = 20;
/// Seconds: twelve hours.
pub const VISIBILITY_S_MAX: i64 = 43_200;
/// Seconds, unless it is said.
pub const VISIBILITY_S_USUAL: u32 = 30;
/// Seconds.
pub const KMS_REUSE_S: (i64, i64) = (60, 86_400);
/// Seconds, unless it is said.
pub const KMS_REUSE_S_USUAL: u32 = 300;
/// Messages of one queue that are received and not deleted.
pub const IN_FLIGHT_MAX: u64 = 120_000;
/// Attributes of a message.
pub const MESSAGE_ATTRIBUTES_MAX: usize = 10;
/// Characters of an attribute's name, and of its type.
pub const ATTRIBUTE_NAME_CHARS_MAX: usize = 256;
/// Characters of a deduplication id, of a group's, of an attempt's.
pub const ID_CHARS_MAX: usize = 128;
/// Seconds in which a message of the same deduplication id is the same message.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html>
pub const DEDUPLICATION_S: u64 = 300;
/// Seconds until a name may be used again, and until a queue may be purged again.
pub const AGAIN_S: u64 = 60;
/// Times that a message may be received before it is a dead letter.
pub const RECEIVE_COUNT_MAX: i64 = 1_000;
/// Queues that a dead-letter queue may name as its sources.
pub const REDRIVE_SOURCES_MAX: usize = 10;
/// Tags of a queue.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html>
pub const TAGS_MAX: usize = 50;
/// Queues in one answer.
pub const LIST_MAX: i64 = 1_000;
/// Actions in one statement of a policy, and statements of a policy.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html>
pub const ACTIONS_MAX: usize = 7;
/// See [`ACTIONS_MAX`].
pub const STATEMENTS_MAX: usize = 20;
/// Messages a second that a move task may be limited to.
pub const MOVE_RATE_MAX: i64 = 500;
/// Move tasks that are remembered of a queue.
pub const MOVE_TASKS_LISTED_MAX: i64 = 10;
