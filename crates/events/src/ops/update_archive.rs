//! `UpdateArchive`: changes which events an archive keeps, and for how long.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateArchive.html>
//!
//! Differences from AWS: one that is not there is told so, where AWS was seen to answer `InternalException`.

use cloudarium_event_pattern::Pattern;
use cloudarium_service::Ctx;
use serde::Deserialize;

use super::create_archive::CreateArchiveOutput;
use crate::error::Error;
use crate::model::State;
use crate::name;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UpdateArchiveInput {
    archive_name: String,
    description: Option<String>,
    event_pattern: Option<String>,
    retention_days: Option<u32>,
}

/// Runs the operation.
pub fn update_archive(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: UpdateArchiveInput,
) -> Result<CreateArchiveOutput, Error> {
    let key = name::named(cx, &input.archive_name);
    if let Some(pattern) = input.event_pattern.as_deref() {
        Pattern::parse(pattern)?;
    }
    let archive = events.archive(&key, cx.now)?;
    // guess: what is not sent stays.
    if let Some(days) = input.retention_days {
        archive.retention_days = days;
    }
    archive.description = input.description.or(archive.description.take());
    archive.pattern = input.event_pattern.or(archive.pattern.take());
    Ok(CreateArchiveOutput::of(&key, archive))
}
