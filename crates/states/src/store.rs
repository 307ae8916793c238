//! Transitions on [`State`] that several operations share.

use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::arn;
use crate::error::Error;
use crate::limits::TAGS_MAX;
use crate::model::{Record, Revision, State, StateMachine};

/// A tag, as requests and answers have it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Tag {
    /// Its name.
    pub key: Option<String>,
    /// Its value.
    pub value: Option<String>,
}

/// What an ARN of a machine, a version or an alias stands for.
pub struct Resolved {
    /// The machine.
    pub machine: Rc<StateMachine>,
    /// What runs.
    pub revision: Revision,
    /// The version's ARN.
    pub version_arn: Option<String>,
    /// The alias's ARN.
    pub alias_arn: Option<String>,
}

impl State {
    /// A machine.
    pub fn machine(&self, arn: &str) -> Result<&Rc<StateMachine>, Error> {
        self.machines.get(arn).ok_or_else(|| {
            Error::state_machine_does_not_exist(format!("State Machine Does Not Exist: '{arn}'"))
        })
    }

    /// An execution.
    pub fn execution(&self, arn: &str) -> Result<&Rc<Record>, Error> {
        self.executions.get(arn).ok_or_else(|| {
            Error::execution_does_not_exist(format!("Execution Does Not Exist: '{arn}'"))
        })
    }

    /// What an ARN stands for, which may name a version or an alias.
    pub fn resolve(&self, cx: &mut Ctx<'_>, named: &str) -> Result<Resolved, Error> {
        let (machine_arn, qualifier) = arn::machine(named)?;
        let missing = || {
            Error::state_machine_does_not_exist(format!("State Machine Does Not Exist: '{named}'"))
        };
        let machine = Rc::clone(self.machines.get(&machine_arn).ok_or_else(missing)?);
        let Some(qualifier) = qualifier else {
            let revision = machine.revision.clone();
            return Ok(Resolved { machine, revision, version_arn: None, alias_arn: None });
        };
        if let Ok(number) = qualifier.parse::<u64>() {
            let version = machine.versions.get(&number).ok_or_else(missing)?;
            let revision = version.revision.clone();
            let version_arn = Some(named.to_owned());
            return Ok(Resolved { machine, revision, version_arn, alias_arn: None });
        }
        let alias = machine.aliases.get(qualifier).ok_or_else(missing)?;
        let drawn = i64::try_from(cx.rng.below(100)).unwrap_or(0);
        let mut upto = 0;
        let version_arn = alias
            .routes
            .iter()
            .find(|(_, weight)| {
                upto += weight;
                drawn < upto
            })
            .map(|(version, _)| version.clone())
            .ok_or_else(missing)?;
        let number = version_arn.rsplit(':').next().and_then(|number| number.parse().ok());
        let version = number.and_then(|number: u64| machine.versions.get(&number));
        let revision = version.ok_or_else(missing)?.revision.clone();
        let alias_arn = Some(named.to_owned());
        Ok(Resolved { machine, revision, version_arn: Some(version_arn), alias_arn })
    }

    /// Adds tags to a resource.
    pub fn tag(&mut self, arn: &str, tags: Vec<Tag>) -> Result<(), Error> {
        let mut all: BTreeMap<String, String> = self.tags.get(arn).cloned().unwrap_or_default();
        for tag in tags {
            all.insert(tag.key.unwrap_or_default(), tag.value.unwrap_or_default());
        }
        if all.len() > TAGS_MAX {
            return Err(Error::too_many_tags(format!("Too many tags: '{arn}'")));
        }
        if !all.is_empty() {
            self.tags.insert(arn.to_owned(), all);
        }
        Ok(())
    }

    /// Whether something that can have tags is there.
    pub fn check_taggable(&self, named: &str) -> Result<(), Error> {
        let parts = arn::of_kind(named, &["stateMachine", "activity"])?;
        let there = match parts.kind {
            "activity" => self.activities.contains_key(named),
            _ => self.machines.contains_key(named),
        };
        if there {
            Ok(())
        } else {
            Err(Error::resource_not_found(format!("Resource not found: '{named}'")))
        }
    }
}
