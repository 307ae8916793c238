//! Versions, the aliases that point to them, and the environments that wait for them.

use std::collections::BTreeMap;

pub const VERSIONS: &str = "Versions";
pub const VERSIONS_MORE: &str = "A published version is the code and its settings as they were: it never changes. $LATEST is what you edit.";
pub const VERSION: &str = "Version";
pub const CODE_SIZE: &str = "Package";
pub const SHA: &str = "SHA-256";
pub const PUBLISH: &str = "Publish a version";
pub const PUBLISHED: &str = "Published a version";
pub const ALIASES: &str = "Aliases";
pub const ALIASES_MORE: &str =
    "A name for a version, such as live: callers keep the name while you let it point elsewhere.";
pub const ALIAS: &str = "Alias";
pub const POINT: &str = "Point it there";
pub const POINTED: &str = "The alias points there";
pub const SECOND_VERSION: &str = "And in part to";
pub const NO_SECOND: &str = "no other";
pub const SHARE: &str = "Its share, in percent";
pub const DELETE_ALIAS: &str = "Delete alias";
pub const DELETED_ALIAS: &str = "Deleted the alias";

/// Where an alias leads, by shares: `version 2`, or `90 % version 2, 10 % version 3`.
pub fn points(version: &str, others: &BTreeMap<String, f64>) -> String {
    if others.is_empty() {
        return version_named(version);
    }
    let percent = |share: f64, version: &str| {
        let percent = (share * 1000.0).round() / 10.0;
        format!("{percent} % {}", version_named(version))
    };
    let rest = 1.0 - others.values().sum::<f64>();
    let shares = others.iter().map(|(version, share)| percent(*share, version));
    std::iter::once(percent(rest, version)).chain(shares).collect::<Vec<_>>().join(", ")
}

fn version_named(version: &str) -> String {
    if version == "$LATEST" { version.to_owned() } else { format!("version {version}") }
}

pub fn delete_alias(name: &str) -> String {
    format!("Delete the alias {name}")
}

pub fn delete_alias_more(name: &str) -> String {
    format!("Delete the alias {name}? The version that it points to stays.")
}

// ---- provisioned concurrency
pub const WAITING: &str = "Provisioned concurrency";
pub const WAITING_MORE: &str = "Environments that are kept for a version or an alias before anybody calls. AWS bills them by the hour; here they are counted and get ready, are on no bill, and start with the first calls.";
pub const WAITS_FOR: &str = "Version or alias";
pub const ASKED_FOR: &str = "Asked for";
pub const READY: &str = "Ready";
pub const STATUS: &str = "Status";
pub const ENVIRONMENTS_READY: &str = "Environments";
pub const KEEP_WAITING: &str = "Keep ready";
pub const KEPT_WAITING: &str = "Environments are being got ready";
pub const NONE_WAITING: &str = "Keep none ready";
pub const NONE_WAITS: &str = "None is kept ready";
pub const NOTHING_TO_WAIT_FOR: &str = "Publish a version first: $LATEST cannot have any.";

pub fn none_waiting(name: &str) -> String {
    format!("Keep none ready for {name}")
}

pub fn waiting_state(status: &str) -> &'static str {
    match status {
        "READY" => "ready",
        "FAILED" => "failed",
        _ => "getting ready",
    }
}
