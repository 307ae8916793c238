//! Any bytes as a signed request, by header and by query: parsed and verified, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cloudarium_wire::noise::sigv4(data));
