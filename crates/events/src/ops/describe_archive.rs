//! `DescribeArchive`: what is known of an archive.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeArchive.html>

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::create_archive::ENABLED;
use crate::error::Error;
use crate::model::{Archive, Named, State};
use crate::{archive, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DescribeArchiveInput {
    archive_name: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeArchiveOutput {
    archive_arn: String,
    description: Option<String>,
    event_pattern: Option<String>,
    #[serde(flatten)]
    archive: ArchiveShape,
}

/// An archive, as answers have it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ArchiveShape {
    archive_name: String,
    event_source_arn: String,
    state: &'static str,
    retention_days: u32,
    size_bytes: u64,
    event_count: usize,
    creation_time: Timestamp,
}

impl ArchiveShape {
    /// An archive.
    pub fn of(key: &Named, archive: &Archive) -> Self {
        Self {
            archive_name: key.name.clone(),
            event_source_arn: name::bus_arn(&archive.source),
            state: ENABLED,
            retention_days: archive.retention_days,
            size_bytes: archive.bytes,
            event_count: archive.events.len(),
            creation_time: archive.created,
        }
    }
}

/// Runs the operation.
pub fn describe_archive(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: DescribeArchiveInput,
) -> Result<DescribeArchiveOutput, Error> {
    let key = name::named(cx, &input.archive_name);
    let mut archive =
        events.archives.get(&key).cloned().ok_or_else(|| archive::no_archive(&key))?;
    // On a copy: reading changes nothing.
    archive.forget(cx.now);
    Ok(DescribeArchiveOutput {
        archive_arn: name::archive_arn(&key),
        description: archive.description.clone(),
        event_pattern: archive.pattern.clone(),
        archive: ArchiveShape::of(&key, &archive),
    })
}
