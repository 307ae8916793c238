//! Runtimes: which there are, which AWS no longer takes, which run here.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>

use crate::error::Error;

/// Those that run here.
const RUN: [&str; 9] = [
    "python3.10",
    "python3.11",
    "python3.12",
    "python3.13",
    "python3.14",
    "python3.15",
    "nodejs22.x",
    "nodejs24.x",
    "nodejs26.x",
];

/// Those that AWS has and that do not run here.
const ELSEWHERE: [&str; 15] = [
    "java8.al2",
    "java11",
    "java17",
    "java21",
    "java25",
    "java8.al2023",
    "java11.al2023",
    "java17.al2023",
    "dotnet8",
    "dotnet10",
    "ruby3.3",
    "ruby3.4",
    "ruby4.0",
    "provided.al2023",
    "custom",
];

/// Whether a function can have this runtime.
pub fn check(runtime: &str) -> Result<(), Error> {
    if RUN.contains(&runtime) {
        return Ok(());
    }
    if ELSEWHERE.contains(&runtime) {
        return Err(Error::NotSimulated(format!("functions of the runtime {runtime}")));
    }
    Err(Error::parameter(format!(
        "The runtime parameter of {runtime} is no longer supported for creating or updating AWS \
         Lambda functions. We recommend you use a supported runtime while creating or updating \
         functions."
    )))
}

/// What the line `INIT_START` of a log tells of it.
pub fn version(runtime: &str, region: &str) -> (String, String) {
    let hash = runtime.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let name = runtime.strip_suffix(".x").unwrap_or(runtime);
    let name = match name.split_at_checked(6) {
        Some(("python", number)) => format!("python:{number}"),
        Some(("nodejs", number)) => format!("nodejs:{number}"),
        _ => name.to_owned(),
    };
    (
        format!("{name}.v1"),
        format!("arn:aws:lambda:{region}::runtime:{hash:016x}{hash:016x}{hash:016x}{hash:016x}"),
    )
}
