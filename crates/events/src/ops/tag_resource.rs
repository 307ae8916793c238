//! `TagResource`: adds tags to a rule or a bus.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TagResource.html>

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::{access, name, store};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct TagResourceInput {
    #[serde(rename = "ResourceARN")]
    resource_arn: String,
    tags: Vec<Tag>,
}

/// A tag.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Tag {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// It has no members.
#[derive(Debug, Serialize)]
pub struct TagResourceOutput {}

/// Runs the operation.
pub fn tag_resource(
    events: &mut State,
    cx: &mut Ctx<'_>,
    input: TagResourceInput,
) -> Result<TagResourceOutput, Error> {
    let tags = tags_mut(events, cx, &input.resource_arn, "TagResource")?;
    let mut all = tags.clone();
    all.extend(of(input.tags));
    *tags = store::check_tags(all)?;
    Ok(TagResourceOutput {})
}

/// Tags by their names.
pub fn of(tags: Vec<Tag>) -> BTreeMap<String, String> {
    tags.into_iter().map(|tag| (tag.key, tag.value)).collect()
}

/// The tags of what an ARN names.
pub fn tags_mut<'s>(
    events: &'s mut State,
    cx: &Ctx<'_>,
    arn: &str,
    action: &str,
) -> Result<&'s mut BTreeMap<String, String>, Error> {
    if let Some(key) = name::rule_of_arn(arn) {
        access::check(events, cx, &key.bus, action, &[])?;
        return events.rule_mut(&key).map(|rule| &mut rule.tags);
    }
    let key = name::bus_of_arn(arn).ok_or_else(|| Error::parameter("ResourceARN"))?;
    access::check(events, cx, &key, action, &[])?;
    events.bus_mut(&key, cx.now).map(|bus| &mut bus.tags)
}
