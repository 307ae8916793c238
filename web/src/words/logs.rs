//! The words of the Logs tab.

use crate::state::sizes::{bytes, counted, grouped};

pub const LOGS: &str = "Logs";
pub const GROUPS: &str = "Groups";
pub const SHOW_GROUPS: &str = "Groups and streams";
pub const LOADING: &str = "Listing log groups.";
pub const LOADING_EVENTS: &str = "Reading events.";
pub const NO_GROUPS: &str = "No log groups yet";
pub const NO_GROUPS_MORE: &str = "A function that runs for the first time gets a group of its own, and each of its environments a stream. What its code prints stands here.";
pub const TO_LAMBDA: &str = "Go to Lambda";
pub const CHOOSE_GROUP: &str = "Choose a group to see what was written.";
pub const STREAMS: &str = "Streams";
pub const STREAMS_OF_FUNCTION: &str = "Streams, one for each environment";
pub const ALL_STREAMS: &str = "all streams";
pub const FILTER: &str = "Filter pattern";
pub const FILTER_SAMPLE: &str = "?ERROR ?REPORT";
pub const SEARCH: &str = "Search";
pub const SEARCHED: &str = "Filtered events";
pub const SINCE: &str = "Time";
pub const FOLLOW: &str = "Follow";
pub const FOLLOWING: &str = "Following.";
pub const FOLLOWING_MORE: &str = "New events appear here.";
pub const HELD: &str = "Held.";
pub const HELD_MORE: &str = "Follow shows what comes.";
pub const EVENTS: &str = "Events";
pub const NO_EVENTS: &str = "Nothing was written here in this time.";
pub const NO_MATCH: &str =
    "No event matches. A pattern of words is case-sensitive; ?one ?other finds either.";
pub const PLATFORM: &str = "platform";
pub const ERROR: &str = "ERROR";
pub const WARNING: &str = "WARN";
pub const CODE: &str = "code";
pub const WHOLE_EVENT: &str = "The whole event";
pub const OPEN_EVENT: &str = "Open the event";
pub const TO_FUNCTION: &str = "Its function";
pub const RETENTION: &str = "Kept";
pub const FOR_EVER: &str = "for ever";
pub const RETENTION_SET: &str = "Retention changed";
pub const SET_RETENTION: &str = "Change how long the group is kept";
pub const DELETE_GROUP: &str = "Delete group";
pub const DELETE_MORE: &str = "All its streams and events go with it.";
pub const BUSY: &str = "busy";
pub const FROZEN: &str = "frozen";
pub const GONE: &str = "gone";

/// How far back: in milliseconds, with words. Nothing is everything.
pub const TIMES: [(&str, Option<f64>); 4] = [
    ("Last hour, simulated", Some(3_600_000.0)),
    ("Last day, simulated", Some(86_400_000.0)),
    ("Last 30 days, simulated", Some(2_592_000_000.0)),
    ("All that is kept", None),
];

/// Days that AWS lets a group be kept for; not all of them.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>
pub const DAYS: [u32; 10] = [1, 3, 5, 7, 14, 30, 90, 180, 365, 3653];

pub fn days(count: u32) -> String {
    counted(count as usize, "day", "days")
}

pub fn count_of(matched: usize, all: usize) -> String {
    format!("{} of {}", grouped(matched as u64), counted(all, "event", "events"))
}

pub fn hidden(count: usize) -> String {
    format!("{} hidden by the filter", grouped(count as u64))
}

pub fn earlier(count: usize) -> String {
    format!(
        "{} are not shown: narrow the time or the filter.",
        counted(count, "earlier event", "earlier events")
    )
}

pub fn kept_bytes(count: u64) -> String {
    bytes(count)
}

pub fn only_request(id: &str) -> String {
    let (head, tail) = (id.get(..4).unwrap_or(id), id.get(id.len().saturating_sub(2)..));
    format!("Only request {head}…{}", tail.unwrap_or_default())
}

pub fn delete_ask(name: &str) -> String {
    format!("Delete the group {name}?")
}

pub fn deleted(name: &str) -> String {
    format!("Deleted {name}")
}

/// `9d1e…`: the part of a stream's name that tells it from others.
pub fn short_stream(name: &str) -> String {
    let tail = name.rsplit_once(']').map_or(name, |(_, tail)| tail);
    let head: String = tail.chars().take(4).collect();
    if head.len() < tail.len() { format!("{head}…") } else { head }
}

/// `[$LATEST]9d1e…`
pub fn stream(name: &str) -> String {
    let Some((_, last)) = name.rsplit_once('/') else { return name.to_owned() };
    let Some((version, _)) = last.split_once(']') else { return last.to_owned() };
    format!("{version}]{}", short_stream(name))
}
