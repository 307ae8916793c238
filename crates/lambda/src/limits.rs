//! Every quota of Lambda: a name, a unit, a link.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>

/// Characters of a function's name; its ARN may have more.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html#lambda-CreateFunction-request-FunctionName>
pub const NAME_MAX: usize = 64;
/// Invocations at a time in an account and Region.
pub const CONCURRENCY: u32 = 1_000;
/// So many of them cannot be reserved.
pub const UNRESERVED_MIN: u32 = 100;
/// New environments of one function in [`SCALING_WINDOW_MS`].
/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html#scaling-rate>
pub const SCALING_STEP: u32 = 1_000;
/// Milliseconds.
pub const SCALING_WINDOW_MS: u64 = 10_000;
/// A zip that is sent at once.
pub const ZIP_BYTES_MAX: u64 = 52_428_800;
/// What a zip, with its layers, unpacks to.
pub const UNZIPPED_BYTES_MAX: u64 = 262_144_000;
/// Files in a zip (guess: AWS names no number; reading a list must end).
pub const ZIP_ENTRIES_MAX: usize = 100_000;
/// Bytes of all code in a Region.
pub const CODE_BYTES_MAX: u64 = 80_530_636_800;
/// Environment variables, as JSON.
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>
pub const VARIABLES_BYTES_MAX: usize = 4_096;
/// Layers of a function.
pub const LAYERS_MAX: usize = 5;
/// Seconds.
pub const TIMEOUT_S_MAX: i64 = 900;
/// MB.
pub const MEMORY_MB_MAX: i64 = 10_240;
/// MB.
pub const EPHEMERAL_MB_MAX: i64 = 10_240;
/// Bytes of a synchronous event, and of an answer.
pub const SYNC_BYTES_MAX: usize = 6_291_456;
/// Bytes of an answer, with what AWS adds to it.
pub const ANSWER_BYTES_MAX: usize = 6_291_556;
/// Bytes of what a client tells of itself, in base64.
pub const CONTEXT_BYTES_MAX: usize = 3_583;
/// Bytes of an asynchronous event.
pub const ASYNC_BYTES_MAX: usize = 1_048_576;
/// Bytes of a resource policy.
pub const POLICY_BYTES_MAX: usize = 20_480;
/// Bytes of an answer that is streamed.
/// <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
pub const STREAM_BYTES_MAX: usize = 209_715_200;
/// Environments that are really started for one configuration of provisioned concurrency: a machine of a learner's has
/// no room for hundreds. The others are counted, and start when they are called.
pub const STARTED_MAX: usize = 6;
/// Tags of a function.
pub const TAGS_MAX: usize = 50;
/// Bytes of a log that an answer carries.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#lambda-Invoke-response-LogResult>
pub const LOG_RESULT_BYTES: usize = 4_096;
/// A loop is stopped when a function would run in it once more than this.
/// <https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html>
pub const LOOP_MAX: usize = 16;
/// Until a new function can be invoked (guess: about what it takes for a zip).
pub const CREATE_MS: u64 = 1_000;
/// Until an update has gone through (guess: as above).
pub const UPDATE_MS: u64 = 500;
/// For how long an environment waits for its next invocation (guess: AWS says that it is not fixed;
/// 5 to 15 minutes are measured by many).
pub const IDLE_MS: u64 = 600_000;
/// Between the attempts of an event that fails.
/// <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html>
pub const RETRY_MS: [u64; 2] = [60_000, 120_000];
/// How old an event may become, unless it is said.
pub const EVENT_AGE_S: u32 = 21_600;
/// Filters of an event source mapping.
/// <https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html>
pub const FILTERS_MAX: usize = 5;
/// Messages that a queue gives at once: more in a batch must be gathered.
pub const QUEUE_BATCH_MAX: u32 = 10;
/// Until a change to an event source mapping has gone through (guess: AWS takes some seconds).
pub const MAPPING_MS: u64 = 1_000;
/// Seconds that a poll waits for messages ("Lambda polls the queue" by long polling, of which 20 are the most).
pub const POLL_S: u64 = 20;
/// Until a poll that was refused is made again (guess: AWS backs off and tells no numbers).
pub const POLL_AGAIN_MS: u64 = 60_000;
/// Seconds at most until a batch for which there was no room is tried again (guess: as above).
pub const THROTTLED_S_MAX: u64 = 60;
/// Retries, unless it is said.
pub const RETRIES: u32 = 2;
