//! The words of "Under the hood": calls, time, the bill.

use crate::state::sizes::{bytes, counted, grouped};

pub const FILTER: &str = "Filter";
pub const CLEAR_FILTER: &str = "Show all calls";
pub const FILTER_BAR: &str = "Filter the calls";
pub const FIND_CALLS: &str = "Find in calls";
pub const FIND_EXAMPLE: &str = "PutObject, main.py:6, 404";
pub const WHO_MADE_IT: &str = "Who made it";
pub const ANYBODY: &str = "Anybody";
pub const WHICH_CALLS: &str = "Which calls";
pub const READS_AND_WRITES: &str = "Reads and writes";
pub const READS: &str = "Reads";
pub const WRITES: &str = "Writes";
pub const ERRORS_ONLY: &str = "Errors only";
pub const WHICH_OPERATION: &str = "Which operation";
pub const ANY_OPERATION: &str = "Any operation";
pub const NO_CALL_FITS: &str = "No call is like that.";
pub const NOT_YET: &str = "not yet";
pub const HTTP: &str = "HTTP";
pub const CHANGED: &str = "What changed";
pub const REQUEST: &str = "Request";
pub const ANSWER: &str = "Answer";
pub const NO_TWIN: &str =
    "This request is no call that AWS knows, so there is no boto3 or CLI for it.";
pub const NOTHING_CHANGED: &str = "Nothing: this call only read.";
pub const REFUSED_CHANGED: &str = "Nothing: the call was refused.";
pub const SAME_AGAIN: &str = "Nothing that is shown: what was written is what was there.";
pub const CHANGES_GONE: &str = "What this call changed is no longer known: it is too long ago.";
pub const COMPARING: &str = "Comparing before and after.";
pub const BILL: &str = "Bill";
pub const BILL_SO_FAR: &str = "Bill so far";
pub const BILL_MONTH: &str = "A month of this";
pub const BILL_MONTH_MORE: &str =
    "What is stored now, kept for a month of 730 hours, and the requests made so far.";
pub const BILL_EMPTY: &str = "Nothing on the bill yet. Set-up and checks never are.";
pub const PRICES: &str = "Prices";
pub const NO_PRICE: &str = "no price known, counted as nothing";
pub const GUESS: &str = "a guess: this is the price of another Region";
pub const FREE_TIER_LINK: &str = "AWS Free Tier";
pub const PLUS_MONTH: &str = "+30 days";
pub const CLOCK_AND_BILL: &str = "Clock and bill";
pub const TIME_TRAVEL: &str = "Time travel: go to a call";
pub const UNDO: &str = "Undo";
pub const REDO: &str = "Redo";
pub const NOTHING_TO_UNDO: &str = "Nothing to undo";
pub const NOTHING_TO_REDO: &str = "Nothing to redo";
pub const FORK_HERE: &str = "Fork here";
pub const FORK_MORE: &str =
    "A second cloud goes on from this call. The one you have stays as it is.";
pub const BACK_TO_NOW: &str = "Back to now";
pub const KEY_END: &str = "End";
pub const LOOK: &str = "Look at everything; nothing can be changed.";
pub const OTHER_CLOUDS: &str = "Clouds put aside";
pub const A_JUMP: &str = "the jump in time";
pub const PAST: &str = "The past";

/// `call 3 of 6`
pub fn call_of(call: u64, last: u64) -> String {
    format!("call {} of {}", grouped(call), grouped(last))
}

/// `Call 3 of 6, 09:02:13`, for who hears the scrubber.
pub fn scrub_value(call: u64, last: u64, time: &str, now: bool) -> String {
    let now = if now { ", now" } else { "" };
    if time.is_empty() {
        return format!("Call {call} of {last}{now}");
    }
    format!("Call {call} of {last}, {time}{now}")
}

pub fn you_are_at(call: u64, last: u64) -> String {
    if call == 0 {
        return format!("You are before the first of {}.", counted_calls(last));
    }
    format!("You are at call {} of {}.", grouped(call), grouped(last))
}

fn counted_calls(count: u64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "call", "calls")
}

/// `09:02:13, 1 min 47 s before now.`
pub fn then_before_now(time: &str, apart: &str) -> String {
    if apart.is_empty() { format!("{time}.") } else { format!("{time}, {apart} before now.") }
}

/// `1 min 47 s`, `3 days 2 h`; empty below a second.
pub fn apart(ms: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is rounded, and not negative"
    )]
    let s = (ms.max(0.0) / 1000.0) as u64;
    let (days, hours, minutes, seconds) = (s / 86_400, s / 3_600 % 24, s / 60 % 60, s % 60);
    let day = |count| if count == 1 { "1 day".to_owned() } else { format!("{count} days") };
    match (days, hours, minutes, seconds) {
        (0, 0, 0, 0) => String::new(),
        (0, 0, 0, s) => format!("{s} s"),
        (0, 0, m, 0) => format!("{m} min"),
        (0, 0, m, s) => format!("{m} min {s} s"),
        (0, h, 0, _) => format!("{h} h"),
        (0, h, m, _) => format!("{h} h {m} min"),
        (d, 0, ..) => day(d),
        (d, h, ..) => format!("{} {h} h", day(d)),
    }
}

/// `then; now is 09:04:00`
pub fn then_now(now: &str) -> String {
    format!("then; now is {now}")
}

pub fn bill_at(call: u64) -> String {
    format!("Bill at call {}", grouped(call))
}

/// `Undo s3:PutObject`
pub fn undo(what: &str) -> String {
    format!("{UNDO} {what}")
}

pub fn redo(what: &str) -> String {
    format!("{REDO} {what}")
}

pub fn undone(what: &str) -> String {
    format!("Undone: {what}.")
}

pub fn redone(what: &str) -> String {
    format!("Done again: {what}.")
}

pub fn forked(call: u64) -> String {
    format!("Forked at call {call}. The cloud you had is put aside below.")
}

pub const RETURNED: &str = "This is the other cloud. The one you had is put aside below.";

/// `Return to the one with 6 calls`
pub fn return_to(parted: u64, last: u64) -> String {
    format!(
        "Return to {} ({} after call {parted})",
        counted_calls(last),
        last.saturating_sub(parted)
    )
}

pub fn reaches_to(call: u64) -> String {
    format!("goes back to call {}", grouped(call))
}

pub const REACHES_WHY: &str =
    "What was before is no longer kept: the latest 10,000 calls are, and what lies on disk.";

pub fn no_longer_known(call: u64, first: u64) -> String {
    format!("How it was after call {call} is no longer known. The earliest is call {first}.")
}

pub fn shown_of(shown: usize, all: usize) -> String {
    format!("{} of {}", grouped(shown as u64), counted(all, "call", "calls"))
}

pub fn more_resources(count: usize) -> String {
    format!("and {} more", counted(count, "resource", "resources"))
}

/// `S3, 2 PUT, 1 LIST`; `S3, 13 B stored`
pub fn bill_line(service: &str, what: &str, region: &str) -> String {
    let service = service_name(service);
    if region == super::HOME_REGION || region.is_empty() {
        format!("{service}, {what}")
    } else {
        format!("{service} {region}, {what}")
    }
}

pub fn stored(size: u64) -> String {
    format!("{} stored", bytes(size))
}

/// Megabytes times milliseconds, as AWS counts them.
#[expect(clippy::cast_precision_loss, reason = "shown with three digits")]
pub fn gb_seconds(mb_ms: u64) -> String {
    format!("{:.3} GB-seconds", mb_ms as f64 / 1_024_000.0)
}

pub fn sent(size: u64) -> String {
    format!("{} sent", bytes(size))
}

fn service_name(service: &str) -> String {
    match service {
        "s3" | "sts" | "sqs" | "sns" | "ec2" | "iam" => service.to_uppercase(),
        "stepfunctions" => "Step Functions".into(),
        "dynamodb" => "DynamoDB".into(),
        "events" => "EventBridge".into(),
        other => {
            let mut letters = other.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    }
}

/// `$0.0000104`: as many digits as a request costs.
pub fn usd(amount: f64) -> String {
    if amount > 0.0 && amount < 0.000_000_1 {
        return "<$0.0000001".into();
    }
    if amount >= 1.0 { format!("${amount:.4}") } else { format!("${amount:.7}") }
}

/// `PUT requests 0 → 1, + $0.0000050`
pub fn charge(verb: &str, usage_type: &str, (before, after): (u64, u64), usd_more: f64) -> String {
    let what = if usage_type.starts_with("DataTransfer") {
        format!("bytes sent {} → {}", grouped(before), grouped(after))
    } else {
        format!("{verb} requests {} → {}", grouped(before), grouped(after))
    };
    if usd_more > 0.0 { format!("{what}, + {}", usd(usd_more)) } else { format!("{what}, free") }
}

/// Where a price was read.
pub fn price_source(date: &str) -> String {
    format!("AWS, {date}")
}

pub fn file_holds(name: &str) -> String {
    format!("{name} holds:")
}

pub fn file_needed(name: &str) -> String {
    format!("{name} stands for the bytes that were sent; they are too many to write here.")
}
