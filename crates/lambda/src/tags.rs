//! Tags: of functions and of event source mappings.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html>

use std::collections::BTreeMap;

use cloudarium_env::place;
use cloudarium_service::Ctx;

use crate::error::Error;
use crate::limits::TAGS_MAX;
use crate::mapping;
use crate::model::State;
use crate::name::Target;

/// The tags of what an ARN names.
pub fn of<'a>(
    lambda: &'a State,
    cx: &Ctx<'_>,
    arn: &str,
) -> Result<&'a BTreeMap<String, String>, Error> {
    if let Some(uuid) = mapping_of(arn) {
        return Ok(&mapping::named(lambda, cx, uuid)?.tags);
    }
    Ok(&lambda.function(&function_of(cx, arn)?)?.tags)
}

/// The same, to change them.
pub fn of_mut<'a>(
    lambda: &'a mut State,
    cx: &Ctx<'_>,
    arn: &str,
) -> Result<&'a mut BTreeMap<String, String>, Error> {
    if let Some(uuid) = mapping_of(arn) {
        mapping::named(lambda, cx, uuid)?;
        let mapping = lambda.mappings.get_mut(uuid).ok_or_else(Error::no_resource)?;
        return Ok(&mut mapping.tags);
    }
    let target = function_of(cx, arn)?;
    Ok(&mut lambda.function_mut(&target)?.tags)
}

/// Whether something may have these tags.
pub fn check(tags: &BTreeMap<String, String>) -> Result<(), Error> {
    // guess: the documentation has the rule, and no words.
    if tags.keys().any(|key| key.to_ascii_lowercase().starts_with("aws:")) {
        return Err(Error::parameter("Tag keys beginning with aws: are reserved for AWS use."));
    }
    if tags.len() > TAGS_MAX {
        return Err(Error::parameter(format!(
            "The number of tags exceeds the limit of {TAGS_MAX}."
        )));
    }
    Ok(())
}

fn mapping_of(arn: &str) -> Option<&str> {
    place::Arn::parse(arn)?.resource.strip_prefix("event-source-mapping:")
}

/// "Tags are not applied to function versions or aliases".
fn function_of(cx: &Ctx<'_>, arn: &str) -> Result<Target, Error> {
    let target = Target::read(cx, arn, None)?;
    if target.qualifier.is_none() {
        return Ok(target);
    }
    Err(Error::parameter(
        "Tags on function aliases and versions are not supported. Please specify either a function \
         ARN.",
    ))
}
