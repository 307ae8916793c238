//! Which state a diagnostic is about.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Diagnostic;

/// What is wrong with a state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Problem {
    /// Whether something is an error, not just a warning.
    pub is_error: bool,
    pub words: Vec<String>,
}

/// By state what is wrong with it.
pub type Problems = BTreeMap<String, Problem>;

/// Sorts diagnostics to the states in which they lie; the innermost counts.
pub fn problems(definition: &Value, found: &[Diagnostic]) -> Problems {
    let mut places = vec![];
    places_in(definition, "", &mut places);
    let mut problems = Problems::new();
    for one in found {
        let location = one.location.as_deref().unwrap_or_default();
        let holds = |place: &str| {
            location.strip_prefix(place).is_some_and(|rest| {
                rest.is_empty() || rest.starts_with('/') || rest.starts_with('[')
            })
        };
        let inner = places.iter().filter(|(place, _)| holds(place));
        if let Some((_, name)) = inner.max_by_key(|(place, _)| place.len()) {
            let problem = problems.entry(name.clone()).or_default();
            problem.is_error |= one.severity == "ERROR";
            problem.words.push(one.message.clone());
        }
    }
    problems
}

fn places_in(scope: &Value, at: &str, places: &mut Vec<(String, String)>) {
    for (name, state) in scope.get("States").and_then(Value::as_object).into_iter().flatten() {
        let place = format!("{at}/States/{name}");
        let branches = state.get("Branches").and_then(Value::as_array).into_iter().flatten();
        for (branch, scope) in branches.enumerate() {
            places_in(scope, &format!("{place}/Branches[{branch}]"), places);
        }
        for processor in ["ItemProcessor", "Iterator"] {
            if let Some(scope) = state.get(processor) {
                places_in(scope, &format!("{place}/{processor}"), places);
            }
        }
        places.push((place, name.clone()));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_innermost_state_has_the_problem() {
        let definition = json!({ "States": {
            "M": { "ItemProcessor": { "States": { "X": {} } } },
            "P": { "Branches": [{ "States": {} }, { "States": { "a/b": {} } }] } } });
        let one = |location: &str, severity: &str| Diagnostic {
            severity: severity.into(),
            message: location.into(),
            location: Some(location.into()),
            ..Diagnostic::default()
        };
        let found = [
            one("/States/M/ItemProcessor/States/X/Next", "ERROR"),
            one("/States/M", "WARNING"),
            one("/States/P/Branches[1]/States/a/b/Catch[0]/Next", "ERROR"),
            one("/StartAt", "ERROR"),
            one("/States/Missing", "ERROR"),
        ];
        let problems = problems(&definition, &found);
        let told: Vec<(&str, bool)> =
            problems.iter().map(|(name, problem)| (name.as_str(), problem.is_error)).collect();
        assert_eq!(told, [("M", false), ("X", true), ("a/b", true)]);
    }
}
