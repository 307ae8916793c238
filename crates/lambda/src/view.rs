//! Read-only pictures for the console: neither logged nor billed.
//!
//! | name | parameters | what |
//! | --- | --- | --- |
//! | `functions` | | the caller's functions in this Region |
//! | `environments` | `FunctionName` | the execution environments of one |
//! | `load` | see [`crate::simulate::Load`] | what a load would do: see [`crate::simulate`] |

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use cloudarium_shape::{Value, from_value, to_value};
use serde::Serialize;

use crate::model::{Environment, Function, Key, State};
use crate::name::{self, function_arn};
use crate::simulate;

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
    /// In MB.
    pub memory_mb: u32,
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
    /// How many invocations it has had.
    pub invocations: u64,
}

/// The view called `name`.
pub fn view(lambda: &State, cx: &Ctx<'_>, name: &str, params: &Value) -> Option<Value> {
    let shown = match name {
        "functions" => {
            let here = |key: &Key| key.account == cx.caller.account && key.region == cx.region;
            let functions = lambda.functions.iter().filter(|(key, _)| here(key));
            let rows = functions.map(|(key, function)| of_function(lambda, key, function));
            to_value(&rows.collect::<Vec<_>>())
        }
        "environments" => {
            let key = name::key(cx, params.get("FunctionName")?.as_str()?);
            let those = lambda.environments.iter().filter(|(_, it)| it.function == key);
            to_value(&those.map(|(number, it)| of_environment(*number, it)).collect::<Vec<_>>())
        }
        "load" => to_value(&simulate::simulate(&from_value(params.clone()).ok()?)),
        _ => return None,
    };
    shown.ok()
}

fn of_function(lambda: &State, key: &Key, function: &Function) -> FunctionView {
    let environments = || lambda.environments.values().filter(|it| it.function == *key);
    FunctionView {
        name: key.name.clone(),
        arn: function_arn(key),
        runtime: function.latest.runtime.clone(),
        modified: function.latest.modified,
        memory_mb: function.latest.memory_mb,
        code_bytes: function.latest.code.blob.length,
        running: environments().filter(|it| it.idle_since.is_none()).count(),
        environments: environments().count(),
    }
}

fn of_environment(number: u64, environment: &Environment) -> EnvironmentView {
    EnvironmentView {
        number,
        version: environment.version.clone(),
        stream: environment.stream.clone(),
        created: environment.created,
        idle_since: environment.idle_since,
        invocations: environment.invocations,
    }
}
