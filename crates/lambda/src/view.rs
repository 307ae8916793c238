//! Read-only pictures for the console: neither logged nor billed.
//!
//! | name | parameters | what |
//! | --- | --- | --- |
//! | `functions` | | the caller's functions in this Region |
//! | `function` | `FunctionName` | all that is set on one, as the operations show it |
//! | `code` | `FunctionName` | the zip of its `$LATEST` |
//! | `environments` | `FunctionName` | the execution environments of one |
//! | `mappings` | `FunctionName` or `EventSourceArn` | the event source mappings of a function, or of a queue |
//! | `load` | see [`crate::simulate::Load`] | what a load would do: see [`crate::simulate`] |

use std::collections::BTreeMap;
use std::time::Duration;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use cloudarium_shape::{Value, from_value, to_value};
use serde::Serialize;

use crate::config::{self, FunctionConfiguration};
use crate::limits::IDLE_MS;
use crate::model::{Environment, Function, Key, LATEST, Mapping, State};
use crate::name::{self, Target, function_arn};
use crate::{alias, event_config, mapping, policy, provisioned, simulate, url};

/// A function, as the console shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct FunctionView {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// `python3.13`
    pub runtime: String,
    /// When it was changed.
    pub modified: Timestamp,
    /// What its owner says about it.
    pub description: String,
    /// In MB.
    pub memory_mb: u32,
    /// In seconds.
    pub timeout_s: u32,
    /// Bytes of its zip.
    pub code_bytes: u64,
    /// Invocations that run now.
    pub running: usize,
    /// Environments that live.
    pub environments: usize,
}

/// An execution environment, as the console shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct EnvironmentView {
    /// Its number.
    pub number: u64,
    /// `$LATEST` or a number.
    pub version: String,
    /// Its log stream.
    pub stream: String,
    /// When it was made.
    pub created: Timestamp,
    /// Since when it waits; `None` while it runs.
    pub idle_since: Option<Timestamp>,
    /// When it goes, unless it is needed before. Nothing tells it to: it is found gone then.
    pub gone_at: Option<Timestamp>,
    /// Since when what runs in it runs.
    pub running_since: Option<Timestamp>,
    /// Whether what runs in it is what it was made for: it may still be starting.
    pub cold: bool,
    /// The version or alias that it was asked for, if it is one of provisioned concurrency.
    pub provisioned: Option<String>,
    /// How many invocations it has had.
    pub invocations: u64,
}

/// All that is set on a function.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct WholeView {
    /// As `GetFunctionConfiguration` shows it.
    configuration: FunctionConfiguration,
    /// From when on it can be invoked.
    active_at: Timestamp,
    /// When the last change has gone through.
    updated_at: Timestamp,
    /// By key.
    tags: BTreeMap<String, String>,
    /// Reserved concurrency.
    reserved: Option<u32>,
    /// What all functions here may have at a time, less what others reserve.
    concurrency: u32,
    /// As `GetFunctionUrlConfig` shows it.
    url: Option<url::UrlConfig>,
    /// The document of its policy.
    policy: Option<String>,
    /// As `GetFunctionEventInvokeConfig` shows it.
    events: Option<event_config::EventInvokeConfig>,
    /// The published ones, the latest first.
    versions: Vec<FunctionConfiguration>,
    /// As `ListAliases` shows them.
    aliases: Vec<alias::AliasConfiguration>,
    /// As `ListProvisionedConcurrencyConfigs` shows them.
    provisioned: Vec<provisioned::ProvisionedRow>,
}

/// The view called `name`.
pub fn view(lambda: &State, cx: &Ctx<'_>, name: &str, params: &Value) -> Option<Value> {
    let named = || Some(name::key(cx, params.get("FunctionName")?.as_str()?));
    let shown = match name {
        "functions" => {
            let here = |key: &Key| key.account == cx.caller.account && key.region == cx.region;
            let functions = lambda.functions.iter().filter(|(key, _)| here(key));
            let rows = functions.map(|(key, function)| of_function(lambda, key, function));
            to_value(&rows.collect::<Vec<_>>())
        }
        "function" => to_value(&whole(lambda, cx, &named()?)?),
        "code" => {
            let blob = &lambda.functions.get(&named()?)?.latest.code.blob;
            return Some(Value::Blob(cx.blobs.get(blob, 0..blob.length)?));
        }
        "environments" => {
            let key = named()?;
            let those = lambda.environments.iter().filter(|(_, it)| it.function == key);
            let shown = those.map(|(number, it)| of_environment(lambda, *number, it));
            to_value(&shown.collect::<Vec<_>>())
        }
        "mappings" => to_value(&mappings(lambda, cx, params)),
        "load" => to_value(&simulate::simulate(&from_value(params.clone()).ok()?)),
        _ => return None,
    };
    shown.ok()
}

/// As `ListEventSourceMappings` shows them.
fn mappings(lambda: &State, cx: &Ctx<'_>, params: &Value) -> Vec<mapping::Shown> {
    let said = |name: &str| params.get(name).and_then(Value::as_str);
    let (function, source) = (said("FunctionName"), said("EventSourceArn"));
    let here = |it: &&Mapping| {
        it.function.account == cx.caller.account
            && it.function.region == cx.region
            && function.is_none_or(|name| it.function.name == name)
            && source.is_none_or(|arn| it.queue_arn == arn)
    };
    lambda.mappings.values().filter(here).map(mapping::shown).collect()
}

fn of_function(lambda: &State, key: &Key, function: &Function) -> FunctionView {
    let environments = || lambda.environments.values().filter(|it| it.function == *key);
    FunctionView {
        name: key.name.clone(),
        arn: function_arn(key),
        runtime: function.latest.runtime.clone(),
        modified: function.latest.modified,
        description: function.latest.description.clone(),
        memory_mb: function.latest.memory_mb,
        timeout_s: function.latest.timeout_s,
        code_bytes: function.latest.code.blob.length,
        running: environments().filter(|it| it.idle_since.is_none()).count(),
        environments: environments().count(),
    }
}

fn whole(lambda: &State, cx: &Ctx<'_>, key: &Key) -> Option<WholeView> {
    let function = lambda.functions.get(key)?;
    let target = Target { key: key.clone(), qualifier: None };
    let shown = |version| config::shown(lambda, (key, version), None, Some(cx.now));
    let free = crate::invoke::unreserved_concurrency(lambda, key);
    Some(WholeView {
        configuration: shown(&function.latest),
        active_at: function.latest.active_at,
        updated_at: function.latest.updated_at,
        tags: function.tags.clone(),
        reserved: function.reserved,
        concurrency: free.saturating_add(function.reserved.unwrap_or(0)),
        url: function.urls.get("").map(|url| url::shown(&target, url)),
        policy: function.policies.get("").map(policy::document),
        events: function
            .event_configs
            .get(LATEST)
            .map(|config| event_config::shown(&target, LATEST, config)),
        versions: function.versions.values().rev().map(shown).collect(),
        aliases: function.aliases.iter().map(|(name, it)| alias::shown(key, name, it)).collect(),
        provisioned: function
            .provisioned
            .iter()
            .map(|(qualifier, it)| provisioned::row(lambda, (key, qualifier), it, cx.now))
            .collect(),
    })
}

fn of_environment(lambda: &State, number: u64, environment: &Environment) -> EnvironmentView {
    let running = lambda.running.values().find(|running| running.environment == number);
    let allotted = lambda.allotted.get(&number);
    let starts = allotted.is_some_and(|it| !it.ready);
    let idle = environment.idle_since.filter(|_| allotted.is_none());
    EnvironmentView {
        number,
        version: environment.version.clone(),
        stream: environment.stream.clone(),
        created: environment.created,
        idle_since: environment.idle_since,
        gone_at: idle.map(|since| since.plus(Duration::from_millis(IDLE_MS))),
        running_since: running
            .map(|running| running.started)
            .or_else(|| starts.then_some(environment.created)),
        cold: starts || running.is_some_and(|running| running.cold),
        provisioned: allotted.map(|it| it.qualifier.clone()),
        invocations: environment.invocations,
    }
}
