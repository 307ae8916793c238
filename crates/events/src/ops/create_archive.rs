//! `CreateArchive`: keeps what comes to a bus from now on.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html>

use cloudarium_env::Timestamp;
use cloudarium_event_pattern::Pattern;
use cloudarium_service::Ctx;
use imbl::Vector;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::ARCHIVES_MAX;
use crate::model::{Archive, Named, State};
use crate::{access, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateArchiveInput {
    archive_name: String,
    event_source_arn: String,
    description: Option<String>,
    event_pattern: Option<String>,
    retention_days: Option<u32>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateArchiveOutput {
    archive_arn: String,
    state: &'static str,
    creation_time: Timestamp,
}

impl CreateArchiveOutput {
    /// An archive.
    pub fn of(key: &Named, archive: &Archive) -> Self {
        Self { archive_arn: name::archive_arn(key), state: ENABLED, creation_time: archive.created }
    }
}

/// How every archive stands.
pub const ENABLED: &str = "ENABLED";

/// Runs the operation.
pub fn create_archive(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateArchiveInput,
) -> Result<CreateArchiveOutput, Error> {
    let key = name::named(cx, &input.archive_name);
    let source = name::bus_of_arn(&input.event_source_arn)
        .ok_or_else(|| Error::parameter("EventSourceArn"))?;
    access::check(events, cx, &source, "CreateArchive", &[])?;
    if !events.has_bus(&source) {
        return Err(Error::no_bus(&source));
    }
    if events.archives.contains_key(&key) {
        return Err(Error::ResourceAlreadyExists(format!("Archive {} already exists.", key.name)));
    }
    let is_here = |it: &&Named| it.account == key.account && it.region == key.region;
    if events.archives.keys().filter(is_here).count() >= ARCHIVES_MAX {
        return Err(Error::LimitExceeded);
    }
    if let Some(pattern) = input.event_pattern.as_deref() {
        Pattern::parse(pattern)?;
    }
    let archive = Archive {
        source,
        description: input.description,
        pattern: input.event_pattern,
        retention_days: input.retention_days.unwrap_or(0),
        created: cx.now,
        events: Vector::new(),
        bytes: 0,
    };
    let output = CreateArchiveOutput::of(&key, &archive);
    events.archives.insert(key, archive);
    Ok(output)
}
