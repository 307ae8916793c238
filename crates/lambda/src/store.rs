//! How a request finds what it is about, and transitions that several operations share.

use std::rc::Rc;

use cloudarium_service::{Ctx, Fault, Outcome};
use cloudarium_shape::{Value, ValueError, from_value, to_value};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::limits::CODE_BYTES_MAX;
use crate::model::{Code, Function, Key, LATEST, State, Version};
use crate::name::{Target, function_arn};

impl State {
    /// The function that a request is for, whatever version it names.
    pub fn function(&self, target: &Target) -> Result<&Function, Error> {
        let found = self.functions.get(&target.key);
        found.map(Rc::as_ref).ok_or_else(|| Error::no_function(&function_arn(&target.key)))
    }

    /// The same, to change it.
    pub fn function_mut(&mut self, target: &Target) -> Result<&mut Function, Error> {
        let found = self.functions.get_mut(&target.key);
        found.map(Rc::make_mut).ok_or_else(|| Error::no_function(&function_arn(&target.key)))
    }

    /// The function and the version that a request names; of an alias the version it points to.
    pub fn named(&self, target: &Target) -> Result<(&Function, &Version), Error> {
        let missing = || Error::no_function(&target.arn());
        let function = self.functions.get(&target.key).ok_or_else(missing)?;
        let qualifier = target.qualifier.as_deref().unwrap_or(LATEST);
        let version = function.aliases.get(qualifier).map_or(qualifier, |it| &it.version);
        Ok((function, function.version(version).ok_or_else(missing)?))
    }

    /// The caller's functions where the request was sent.
    pub fn functions_here<'a>(
        &'a self,
        cx: &Ctx<'_>,
    ) -> impl Iterator<Item = (&'a Key, &'a Function)> {
        let (account, region) = (cx.caller.account.clone(), cx.region.to_owned());
        let functions = self.functions.iter().map(|(key, function)| (key, function.as_ref()));
        functions.filter(move |(key, _)| key.account == account && key.region == region)
    }

    /// Lets go of the waiting environments of a function, or of one of its versions.
    pub fn forget_environments(&mut self, key: &Key, version: Option<&str>) {
        let gone = |it: &crate::model::Environment| {
            it.function == *key
                && it.idle_since.is_some()
                && version.is_none_or(|version| version == it.version)
        };
        let kept = self.environments.iter().filter(|(_, it)| !gone(it));
        self.environments = kept.map(|(number, it)| (*number, it.clone())).collect();
    }

    /// Every package that something names.
    pub fn codes(&self) -> impl Iterator<Item = (&Key, &Code)> {
        self.function_codes().chain(self.layer_codes())
    }

    /// The packages of functions.
    pub fn function_codes(&self) -> impl Iterator<Item = (&Key, &Code)> {
        self.functions.iter().flat_map(|(key, function)| {
            let versions = std::iter::once(&function.latest).chain(function.versions.values());
            versions.map(move |version| (key, &version.code))
        })
    }

    /// The packages of layers.
    pub fn layer_codes(&self) -> impl Iterator<Item = (&Key, &Code)> {
        self.layers.iter().flat_map(|(key, layer)| {
            let versions = layer.versions.values().chain(layer.deleted.values());
            versions.map(move |version| (key, &version.code))
        })
    }
}

/// Bytes of all code in the account and Region.
pub fn code_bytes(lambda: &State, cx: &Ctx<'_>) -> u64 {
    let here = |key: &Key| key.account == cx.caller.account && key.region == cx.region;
    lambda.codes().filter(|(key, _)| here(key)).map(|(_, code)| code.blob.length).sum()
}

/// Whether there is room for so much code more.
pub fn check_room(lambda: &State, cx: &Ctx<'_>, more: u64) -> Result<(), Error> {
    if code_bytes(lambda, cx).saturating_add(more) > CODE_BYTES_MAX {
        return Err(Error::CodeStorageExceeded("Code storage limit exceeded.".to_owned()));
    }
    Ok(())
}

/// Publishes `$LATEST`. One that does not differ from the last published version is that version.
pub fn publish(function: &mut Function, cx: &mut Ctx<'_>, description: Option<String>) -> Version {
    let latest = &function.latest;
    let description = description.unwrap_or_else(|| latest.description.clone());
    if let Some(last) = function.versions.values().next_back() {
        let same = Version {
            version: last.version.clone(),
            modified: last.modified,
            revision_id: last.revision_id.clone(),
            active_at: last.active_at,
            updated_at: last.updated_at,
            description: last.description.clone(),
            ..latest.clone()
        };
        if same == *last {
            return same;
        }
    }
    let number = function.next_version;
    function.next_version += 1;
    let version = Version {
        version: number.to_string(),
        description,
        revision_id: cx.rng.uuid(),
        ..latest.clone()
    };
    function.versions.insert(number, version.clone());
    version
}

/// The typed input of an operation that runs by itself.
pub fn input<I: DeserializeOwned>(name: &str, value: Value) -> Result<I, Fault> {
    from_value(value).map_err(|error| match error {
        ValueError::UnknownMember(member) => {
            Fault::not_implemented(&format!("the member {member} of {name}"))
        }
        ValueError::Mismatch(why) => Fault::new("ServiceException", 500, why),
    })
}

/// The output of an operation that runs by itself.
pub fn output<O: Serialize>(made: Result<O, Error>) -> Result<Outcome, Fault> {
    to_value(&made?).map(Outcome::Output).map_err(|error| bug(&error))
}

/// A mistake of ours.
pub fn bug(error: &ValueError) -> Fault {
    Error::Service(error.to_string()).into()
}
