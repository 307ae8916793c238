//! How long the layout of a machine of 200 states takes, in milliseconds: `cargo xtask bench` runs
//! it.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement: it takes the time, and says what came of it"
)]

use cloudarium_graph::layout;
use serde_json::json;

/// States of the machine.
const STATES: usize = 200;
/// Layouts, of which the median is told.
const ROUNDS: usize = 21;

fn main() {
    let mut states = serde_json::Map::new();
    for at in 0..STATES {
        let name = |at: usize| format!("State number {}", at.min(STATES - 1));
        let state = match at % 5 {
            0 => json!({"Type": "Choice", "Default": name(at + 1), "Choices": [
                {"Variable": "$.n", "NumericEquals": at, "Next": name(at + 3)},
                {"Variable": "$.n", "NumericEquals": at + 1, "Next": name(at + 17)}]}),
            1 => json!({"Type": "Task", "Next": name(at + 2),
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": name(STATES)}]}),
            2 => json!({"Type": "Pass", "Next": name(at.saturating_sub(7))}),
            _ => json!({"Type": "Pass", "Next": name(at + 1)}),
        };
        states.insert(name(at), state);
    }
    let definition = json!({"StartAt": "State number 0", "States": states});
    let mut took: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = std::time::Instant::now();
            std::hint::black_box(layout(&definition));
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    took.sort_by(f64::total_cmp);
    println!("{:.2}", took.get(ROUNDS / 2).copied().unwrap_or_default());
}
