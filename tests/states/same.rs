//! Whether an answer is the recorded one. The recorder replaced ids, dates and names by words.

use serde_json::Value as Json;

/// Words that stand for something else.
const PLACEHOLDERS: &[&str] = &[
    "date",
    "start-date",
    "stop-date",
    "timestamp",
    "x-amzn-RequestId",
    "X-Amzn-Trace-Id",
    "RequestId",
    "snf_role_arn",
    "activity_arn",
    "bucket-name",
    "file-key",
    "task_token",
    "lambda_function_name",
    "executionSucceededEventDetails.output",
    "someNonexistentBucketName",
    "function_name_branch1",
    "function_name_branch2",
    "map_run_arn",
    "execution-arn",
    "state-machine-arn",
    "stateExitedEventDetails.output",
];
/// Words that stand for something in what was sent.
const SENT: &[&str] = &["stepfunctions_standard_execution_arn"];

/// Where `got` differs from `want`; JSON in strings is compared as JSON.
pub fn same(place: &str, want: &Json, got: &Json) -> Vec<String> {
    if let (Json::String(wanted), Json::String(given)) = (want, got)
        && fits(wanted, given)
    {
        return Vec::new();
    }
    let (want, got) = (parsed(want), parsed(got));
    let differs = || vec![format!("{place}: {got}\n      not {want}")];
    match (&want, &got) {
        (Json::Object(wanted), Json::Object(given)) => {
            let missing = wanted
                .keys()
                .filter(|name| !given.contains_key(*name))
                .map(|name| format!("{place}/{name} is missing"));
            let more = given
                .keys()
                .filter(|name| !wanted.contains_key(*name))
                .map(|name| format!("{place}/{name} is too much: {}", given[name]));
            let both =
                wanted.iter().filter_map(|(name, value)| Some((name, value, given.get(name)?)));
            let inner = both
                // The lengths of answers that hold ids and dates say nothing.
                .filter(|(name, ..)| *name != "Content-Length")
                .flat_map(|(name, want, got)| same(&format!("{place}/{name}"), want, got));
            missing.chain(more).chain(inner).collect()
        }
        (Json::Array(wanted), Json::Array(given)) if wanted.len() == given.len() => wanted
            .iter()
            .zip(given)
            .enumerate()
            .flat_map(|(at, (want, got))| same(&format!("{place}[{at}]"), want, got))
            .collect(),
        (Json::String(wanted), _) if PLACEHOLDERS.contains(&wanted.as_str()) => Vec::new(),
        (Json::String(wanted), Json::String(given)) if fits(wanted, given) => Vec::new(),
        (Json::String(wanted), Json::Number(_)) if wanted.starts_with('<') => Vec::new(),
        (Json::Number(wanted), Json::Number(given)) if wanted.as_f64() == given.as_f64() => {
            Vec::new()
        }
        (_, Json::String(given)) if SENT.contains(&given.as_str()) => Vec::new(),
        _ if want == got => Vec::new(),
        _ => differs(),
    }
}

/// Whether a text fits one in which `<...>` stands for anything.
fn fits(pattern: &str, text: &str) -> bool {
    let pattern = pattern.replace("function:lambda_function_name", "function:<name>");
    let mut rest = pattern.as_str();
    let mut pieces = Vec::new();
    while let Some((before, after)) = rest.split_once('<') {
        let Some((_, after)) = after.split_once('>') else { break };
        pieces.push(before);
        rest = after;
    }
    pieces.push(rest);
    let (first, last) = (pieces[0], pieces[pieces.len() - 1]);
    if pieces.len() == 1 {
        return text == pattern;
    }
    let Some(mut left) = text.strip_prefix(first) else { return false };
    for piece in &pieces[1..pieces.len() - 1] {
        let Some(at) = left.find(piece) else { return false };
        left = &left[at + piece.len()..];
    }
    left.ends_with(last)
}

fn parsed(value: &Json) -> Json {
    let Json::String(text) = value else { return value.clone() };
    match serde_json::from_str::<Json>(text) {
        Ok(inner) if inner.is_object() || inner.is_array() => inner,
        _ => value.clone(),
    }
}

#[test]
fn placeholders_stand_for_anything() {
    assert!(fits("arn:<a>:x:<b>", "arn:aws:x:y"));
    assert!(fits("<a>", ""));
    assert!(!fits("arn:<a>:x", "arn:aws:y"));
    assert!(!fits("a", "b"));
}
