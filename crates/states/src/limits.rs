//! Every quota, with its source.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html>

/// State machines of an account in a Region.
pub const STATE_MACHINES_MAX: usize = 100_000;
/// Activities of an account in a Region.
pub const ACTIVITIES_MAX: usize = 100_000;
/// Executions of an account in a Region that run at once.
pub const OPEN_EXECUTIONS_MAX: usize = 1_000_000;
/// Bytes of UTF-8 of an input or output.
pub const PAYLOAD_BYTES_MAX: usize = 262_144;
/// Tags of a resource.
pub const TAGS_MAX: usize = 50;
/// Versions of a state machine.
pub const VERSIONS_MAX: usize = 1000;
/// Aliases of a state machine.
pub const ALIASES_MAX: usize = 100;
/// How long an Express execution may take.
pub const EXPRESS_MS_MAX: i64 = 5 * 60 * 1000;
/// How long `GetActivityTask` waits for a task.
/// <https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetActivityTask.html>
pub const ACTIVITY_POLL_MS: i64 = 60_000;
/// What a list gives at once where nothing is said.
pub const PAGE_DEFAULT: usize = 100;
/// What a list gives at once at most.
pub const PAGE_MAX: usize = 1000;
/// How long an ended execution can be redriven.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html>
pub const REDRIVE_MS_MAX: i64 = 14 * 24 * 60 * 60 * 1000;
/// Steps of an execution that are run before others have their turn. Ours: it keeps answers quick.
pub const STEPS_AT_ONCE: usize = 5000;
/// Ended children of distributed Maps whose histories are kept. Ours: it bounds the memory.
pub const CHILD_HISTORIES_MAX: usize = 10_000;
