//! Runtimes: which there are, which AWS no longer takes, which run here.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>

use crate::error::Error;

/// Those that run here: AWS lets functions be made of them, of the oldest until 2027-02-01.
const RUN: [&str; 14] = [
    "python3.8",
    "python3.9",
    "python3.10",
    "python3.11",
    "python3.12",
    "python3.13",
    "python3.14",
    "python3.15",
    "nodejs16.x",
    "nodejs18.x",
    "nodejs20.x",
    "nodejs22.x",
    "nodejs24.x",
    "nodejs26.x",
];

/// Those that AWS has and that do not run here.
const ELSEWHERE: [&str; 18] = [
    "java8.al2",
    "java11",
    "java17",
    "java21",
    "java25",
    "java8.al2023",
    "java11.al2023",
    "java17.al2023",
    "dotnet6",
    "dotnet8",
    "dotnet10",
    "ruby3.2",
    "ruby3.3",
    "ruby3.4",
    "ruby4.0",
    "provided.al2",
    "provided.al2023",
    "custom",
];

/// Those that AWS has had.
/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-deprecated>
const NO_LONGER: [&str; 20] = [
    "nodejs",
    "nodejs4.3",
    "nodejs4.3-edge",
    "nodejs6.10",
    "nodejs8.10",
    "nodejs10.x",
    "nodejs12.x",
    "nodejs14.x",
    "java8",
    "python2.7",
    "python3.6",
    "python3.7",
    "dotnetcore1.0",
    "dotnetcore2.0",
    "dotnetcore2.1",
    "dotnetcore3.1",
    "go1.x",
    "ruby2.5",
    "ruby2.7",
    "provided",
];

/// What AWS recommends in their place, by how their names begin (guess: what cfn-lint names).
const SUCCESSORS: [(&str, &str); 6] = [
    ("nodejs", "nodejs24.x"),
    ("python", "python3.14"),
    ("java", "java25"),
    ("dotnet", "dotnet10"),
    ("ruby", "ruby4.0"),
    ("", "provided.al2023"),
];

/// Whether a function can have this runtime. The words are AWS's: of a runtime that there is not as in
/// <https://github.com/awslabs/amazon-redshift-monitoring/pull/25>, of one that is gone as in
/// <https://github.com/artilleryio/chaos-lambda/issues/13>.
pub fn check(runtime: &str) -> Result<(), Error> {
    if RUN.contains(&runtime) {
        return Ok(());
    }
    if ELSEWHERE.contains(&runtime) {
        return Err(Error::NotSimulated(format!("functions of the runtime {runtime}")));
    }
    if NO_LONGER.contains(&runtime) {
        let successor = SUCCESSORS.iter().find(|(family, _)| runtime.starts_with(family));
        let successor = successor.map_or("", |(_, successor)| successor);
        return Err(Error::parameter(format!(
            "The runtime parameter of {runtime} is no longer supported for creating or updating \
             AWS Lambda functions. We recommend you use the new runtime ({successor}) while \
             creating or updating functions."
        )));
    }
    let known: Vec<&str> = RUN.into_iter().chain(ELSEWHERE).collect();
    Err(Error::parameter(format!(
        "Value {runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value \
         set: [{}] or be a valid ARN",
        known.join(", ")
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
