//! `ListArchives`: the account's archives in a Region.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListArchives.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::create_archive::ENABLED;
use super::describe_archive::ArchiveShape;
use crate::error::Error;
use crate::model::{Named, State};
use crate::{name, page};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListArchivesInput {
    name_prefix: Option<String>,
    event_source_arn: Option<String>,
    state: Option<String>,
    next_token: Option<String>,
    limit: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListArchivesOutput {
    archives: Vec<ArchiveShape>,
    next_token: Option<String>,
}

/// Runs the operation.
pub fn list_archives(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: ListArchivesInput,
) -> Result<ListArchivesOutput, Error> {
    let given = [&input.name_prefix, &input.event_source_arn, &input.state];
    if given.into_iter().flatten().count() > 1 {
        // guess: AWS documents no words.
        return Err(Error::Validation(
            "At most one filter is allowed for ListArchives.".to_owned(),
        ));
    }
    let source = input.event_source_arn.as_deref().map(|arn| name::bus(cx, Some(arn)));
    if let Some(missing) = source.as_ref().filter(|key| !events.has_bus(key)) {
        return Err(Error::no_bus(missing));
    }
    let prefix = input.name_prefix.unwrap_or_default();
    let is_here = |key: &Named| key.account == cx.caller.account && key.region == cx.region;
    let rows = events
        .archives
        .iter()
        .filter(|(key, _)| is_here(key) && key.name.starts_with(&prefix))
        .filter(|(_, it)| source.as_ref().is_none_or(|source| it.source == *source))
        .filter(|_| input.state.as_deref().is_none_or(|state| state == ENABLED))
        .map(|(key, archive)| {
            let mut archive = archive.clone();
            archive.forget(cx.now);
            (key.name.clone(), ArchiveShape::of(key, &archive))
        });
    let (archives, next_token) = page::cut(rows, input.next_token.as_deref(), input.limit)?;
    Ok(ListArchivesOutput { archives, next_token })
}
