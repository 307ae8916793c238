//! How long the simulation of a load of 100,000 requests takes, in milliseconds: `cargo xtask bench`
//! runs it.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement: it takes the time, and says what came of it"
)]

use cloudarium_lambda::simulate::{Load, Shape, simulate};

/// Simulations, of which the median is told.
const ROUNDS: usize = 11;

fn main() {
    let load = Load { requests: 100_000, seconds: 60, shape: Shape::Ramp, ..Load::default() };
    let mut took: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = std::time::Instant::now();
            std::hint::black_box(simulate(&load));
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    took.sort_by(f64::total_cmp);
    println!("{}", took.get(ROUNDS / 2).copied().unwrap_or_default());
}
