//! The names by which functions and layers are asked for.
//!
//! `resize`, `resize:live`, `123456789012:resize`, or an ARN with or without a qualifier.

use cloudarium_env::place;
use cloudarium_service::Ctx;

use crate::error::Error;
use crate::model::{Key, LATEST};

/// A function that a request is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The function.
    pub key: Key,
    /// A version or an alias, if one is named.
    pub qualifier: Option<String>,
}

impl Target {
    /// Reads a name, and the qualifier beside it, of the caller's own account.
    pub fn read(cx: &Ctx<'_>, name: &str, qualifier: Option<&str>) -> Result<Self, Error> {
        let target = Self::parse(cx, name, qualifier)?;
        if target.key.account == cx.caller.account {
            return Ok(target);
        }
        Err(denied(cx, &target.key))
    }

    /// The same, of a function as a whole: what its versions and aliases cannot be asked for.
    pub fn whole(cx: &Ctx<'_>, name: &str) -> Result<Self, Error> {
        let target = Self::read(cx, name, None)?;
        if target.qualifier.as_deref().is_none_or(|it| it == LATEST) {
            return Ok(Self { qualifier: None, ..target });
        }
        // guess: the words; which operations take no qualifier is documented.
        Err(Error::parameter(
            "This operation is permitted on Lambda functions only. Lambda aliases and versions do \
             not support this operation. Please specify either a function name or an unqualified \
             function ARN.",
        ))
    }

    /// The same as [`Self::read`], of any account.
    pub fn parse(cx: &Ctx<'_>, name: &str, qualifier: Option<&str>) -> Result<Self, Error> {
        let mut account = cx.caller.account.clone();
        let mut region = cx.region.to_owned();
        let mut rest = name;
        if let Some(arn) = place::Arn::parse(name) {
            (account, region) = (arn.account.to_owned(), arn.region.to_owned());
            rest = arn.resource.strip_prefix("function:").unwrap_or(arn.resource);
        } else {
            // `REGION:ACCOUNT:function:NAME`, of which all but the name can be left out.
            let owned = |it: &str| it.split(':').next().is_some_and(place::is_account);
            if let Some((place, tail)) = rest.split_once(':').filter(|(_, tail)| owned(tail)) {
                (region, rest) = (place.to_owned(), tail);
            }
            if let Some((owner, tail)) = rest.split_once(':').filter(|_| owned(rest)) {
                (account, rest) = (owner.to_owned(), tail);
            }
            rest = rest.strip_prefix("function:").unwrap_or(rest);
        }
        let (name, own) = match rest.split_once(':') {
            Some((name, own)) => (name, Some(own)),
            None => (rest, None),
        };
        if let Some((own, other)) = own.zip(qualifier).filter(|(own, other)| own != other) {
            return Err(Error::parameter(format!(
                "The derived qualifier from the function name does not match the specified \
                 qualifier: {own} and {other}."
            )));
        }
        if region != cx.region {
            return Err(Error::NotFound(format!(
                "Functions from '{region}' are not reachable in this region ('{}')",
                cx.region
            )));
        }
        let key = Key { account, region, name: name.to_owned() };
        Ok(Self { key, qualifier: qualifier.or(own).map(str::to_owned) })
    }

    /// The ARN as it was named.
    pub fn arn(&self) -> String {
        qualified(&self.key, self.qualifier.as_deref())
    }
}

/// Differences from AWS: another account may only invoke, whatever a resource policy says of more.
fn denied(cx: &Ctx<'_>, key: &Key) -> Error {
    Error::AccessDenied(format!(
        "User: {} is not authorized to perform this action on resource: {} because no \
         resource-based policy allows it",
        cx.caller.arn,
        function_arn(key)
    ))
}

/// `arn:aws:lambda:us-east-1:123456789012:function:resize`
pub fn function_arn(key: &Key) -> String {
    place::arn("lambda", &key.region, &key.account, &format!("function:{}", key.name))
}

/// The same, with a version or alias.
pub fn qualified(key: &Key, qualifier: Option<&str>) -> String {
    let arn = function_arn(key);
    qualifier.map_or_else(|| arn.clone(), |qualifier| format!("{arn}:{qualifier}"))
}

/// The key of something where the request was sent.
pub fn key(cx: &Ctx<'_>, name: &str) -> Key {
    Key { account: cx.caller.account.clone(), region: cx.region.to_owned(), name: name.to_owned() }
}

/// The key of a layer, by its name or ARN.
pub fn layer_key(cx: &Ctx<'_>, name: &str) -> Key {
    match place::Arn::parse(name).and_then(|arn| Some((arn, arn.resource.strip_prefix("layer:")?)))
    {
        Some((arn, name)) => Key {
            account: arn.account.to_owned(),
            region: arn.region.to_owned(),
            name: name.split(':').next().unwrap_or_default().to_owned(),
        },
        None => key(cx, name),
    }
}

/// `arn:aws:lambda:us-east-1:123456789012:layer:pandas`
pub fn layer_arn(key: &Key) -> String {
    place::arn("lambda", &key.region, &key.account, &format!("layer:{}", key.name))
}
