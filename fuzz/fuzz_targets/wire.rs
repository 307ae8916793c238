//! Any bytes as a request: routed, read, and refused or written back, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cloudarium_wire::noise::wire(data));
