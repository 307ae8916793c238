//! Tags of log groups.

use std::collections::BTreeMap;

use cloudarium_env::place;
use cloudarium_service::Ctx;

use crate::error::Error;
use crate::limits::TAGS_MAX;
use crate::model::{Group, State};
use crate::store::of_identifier;

/// Whether these may be tags.
pub fn check(tags: &BTreeMap<String, String>) -> Result<(), Error> {
    // guess: AWS's words for it are not documented.
    if tags.keys().any(|key| key.to_ascii_lowercase().starts_with("aws:")) {
        return Err(Error::parameter("Tag keys beginning with aws: are reserved for system use."));
    }
    Ok(())
}

/// Adds tags; those that are there get new values.
pub fn add(group: &mut Group, resource: &str, tags: BTreeMap<String, String>) -> Result<(), Error> {
    check(&tags)?;
    let mut all = group.tags.clone();
    all.extend(tags);
    if all.len() > TAGS_MAX {
        return Err(Error::TooManyTags(resource.to_owned()));
    }
    group.tags = all;
    Ok(())
}

/// The group that an ARN names, in the caller's account and Region.
pub fn group_of_arn<'a>(
    logs: &'a mut State,
    cx: &Ctx<'_>,
    arn: &str,
) -> Result<&'a mut Group, Error> {
    let parsed = place::Arn::parse(arn).filter(|arn| arn.service == "logs");
    // guess: as above.
    let parsed = parsed.ok_or_else(|| Error::parameter("The specified ARN is not valid."))?;
    let here = parsed.account == cx.caller.account && parsed.region == cx.region;
    if !here || !parsed.resource.starts_with("log-group:") {
        return Err(Error::NoSuchResource);
    }
    logs.group_mut(cx, &of_identifier(arn)).map_err(|_| Error::NoSuchResource)
}
