//! JSONata's own reference suite, through the evaluator that state machines use.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test fails by a panic, tells what it skipped, and may be asked for one case"
)]

mod common;

use cloudarium_asl::jsonata::{Expression, Surroundings};
use common::recorded;
use serde_json::Value;

/// How many cases must come out as the suite says.
const CASES_MIN: usize = 1676;

fn evaluate(case: &Value) -> Result<Option<Value>, String> {
    let expression = Expression::compile_all(case["expr"].as_str().unwrap_or_default());
    let expression = expression.map_err(|error| error.0)?;
    let variable = |name: &str| case["bindings"].get(name).cloned();
    let mut random = || 42;
    let mut around =
        Surroundings { variable: &variable, now_ms: 1_700_000_000_000, random: &mut random };
    expression.evaluate_with(case.get("data").cloned(), &mut around).map_err(|error| error.0)
}

/// Numbers by their value.
fn same(want: &Value, got: &Value) -> bool {
    match (want, got) {
        (Value::Number(want), Value::Number(got)) => {
            let (want, got) = (want.as_f64().unwrap_or(0.0), got.as_f64().unwrap_or(1.0));
            (want - got).abs() <= want.abs() * 1e-12
        }
        (Value::Array(want), Value::Array(got)) => {
            want.len() == got.len() && want.iter().zip(got).all(|(want, got)| same(want, got))
        }
        (Value::Object(want), Value::Object(got)) => {
            want.len() == got.len()
                && want.iter().all(|(key, want)| got.get(key).is_some_and(|got| same(want, got)))
        }
        (want, got) => want == got,
    }
}

fn wrong(case: &Value) -> Option<String> {
    let got = evaluate(case);
    let fits = match (case["kind"].as_str().unwrap_or_default(), &got) {
        ("result", Ok(Some(got))) => same(&case["result"], got),
        ("undef", Ok(None)) => true,
        ("error", Err(why)) => case["code"].as_str().is_none_or(|code| why.contains(code)),
        _ => false,
    };
    (!fits).then(|| format!("{} {} gave {got:?}", case["id"], case["expr"]))
}

#[test]
fn the_reference_suite_of_jsonata() {
    let Some(text) = recorded("jsonata/cases.jsonl") else { return };
    // Half of a surrogate pair is no character in Rust: such a case cannot be told, and counts as
    // wrong.
    let cases: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap_or_default()).collect();
    // Deep recursion needs more stack than a test's thread has in a debug build.
    let worker = std::thread::Builder::new().stack_size(256 << 20);
    let wrong = worker
        .spawn(move || (cases.len(), cases.iter().filter_map(wrong).collect::<Vec<_>>()))
        .expect("a thread")
        .join()
        .expect("no panic");
    let (count, wrong) = wrong;
    for line in &wrong {
        println!("{}", line.chars().take(400).collect::<String>());
    }
    let passed = count - wrong.len();
    println!("{passed} of {count} as the suite says");
    assert!(passed >= CASES_MIN, "{passed} of {count}");
}
