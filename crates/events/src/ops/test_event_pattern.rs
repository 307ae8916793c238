//! `TestEventPattern`: whether an event fits a pattern.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html>

use cloudarium_event_pattern::Pattern;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct TestEventPatternInput {
    event_pattern: String,
    event: String,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TestEventPatternOutput {
    result: bool,
}

/// What an event must have.
const NEEDED: [&str; 7] = ["id", "account", "source", "time", "region", "resources", "detail-type"];

/// Runs the operation.
pub fn test_event_pattern(
    _events: &mut State,
    _cx: &mut Ctx<'_>,
    input: TestEventPatternInput,
) -> Result<TestEventPatternOutput, Error> {
    let pattern = Pattern::parse(&input.event_pattern)?;
    let event = serde_json::from_str::<Json>(&input.event).ok().filter(Json::is_object);
    let event = event.ok_or_else(|| Error::parameter("Event"))?;
    if let Some(missing) = NEEDED.into_iter().find(|name| event.get(name).is_none()) {
        // guess: AWS documents what must be there, and no words.
        return Err(Error::Validation(format!(
            "Parameter Event is not valid. Reason: {missing} is missing."
        )));
    }
    Ok(TestEventPatternOutput { result: pattern.matches(&event) })
}
