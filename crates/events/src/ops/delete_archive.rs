//! `DeleteArchive`: deletes an archive and all that it keeps.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteArchive.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::{archive, name};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteArchiveInput {
    archive_name: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct DeleteArchiveOutput {}

/// Runs the operation.
pub fn delete_archive(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: DeleteArchiveInput,
) -> Result<DeleteArchiveOutput, Error> {
    let key = name::named(cx, &input.archive_name);
    match events.archives.remove(&key) {
        Some(_) => Ok(DeleteArchiveOutput {}),
        None => Err(archive::no_archive(&key)),
    }
}
