//! `ListAliases`: the aliases of a function, by name.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::alias::{self, AliasConfiguration};
use crate::error::Error;
use crate::model::State;
use crate::name::Target;
use crate::page;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListAliasesInput {
    function_name: String,
    function_version: Option<String>,
    marker: Option<String>,
    max_items: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAliasesOutput {
    aliases: Vec<AliasConfiguration>,
    next_marker: Option<String>,
}

/// Runs the operation.
pub fn list_aliases(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: ListAliasesInput,
) -> Result<ListAliasesOutput, Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    let function = lambda.function(&target)?;
    let wanted = |version: &str| input.function_version.as_deref().is_none_or(|it| it == version);
    let those = function.aliases.iter().filter(|(_, alias)| wanted(&alias.version));
    let rows = those.map(|(name, alias)| (name.clone(), alias::shown(&target.key, name, alias)));
    let (aliases, next_marker) = page::cut(rows, input.marker.as_deref(), input.max_items, 50)?;
    Ok(ListAliasesOutput { aliases, next_marker })
}
