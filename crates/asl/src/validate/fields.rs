//! Which fields a state may have, by its type and language.

use crate::template::Language;

/// Fields of every state.
const COMMON: &[&str] = &["Type", "Comment", "QueryLanguage"];
/// Fields of both languages, by type.
const BOTH: &[(&str, &[&str])] = &[
    (
        "Task",
        &[
            "Next",
            "End",
            "Resource",
            "TimeoutSeconds",
            "HeartbeatSeconds",
            "Retry",
            "Catch",
            "Credentials",
            "Assign",
        ],
    ),
    ("Wait", &["Next", "End", "Seconds", "Timestamp", "Assign"]),
    ("Pass", &["Next", "End", "Assign"]),
    ("Succeed", &[]),
    ("Fail", &["Error", "Cause"]),
    ("Choice", &["Choices", "Default", "Assign"]),
    ("Parallel", &["Next", "End", "Branches", "Retry", "Catch", "Assign"]),
    (
        "Map",
        &[
            "Next",
            "End",
            "ItemProcessor",
            "Iterator",
            "MaxConcurrency",
            "ItemSelector",
            "ItemReader",
            "ItemBatcher",
            "ResultWriter",
            "ToleratedFailureCount",
            "ToleratedFailurePercentage",
            "Label",
            "Retry",
            "Catch",
            "Assign",
        ],
    ),
];
/// Fields of JSONPath alone.
const PATHS: &[(&str, &[&str])] = &[
    (
        "Task",
        &[
            "InputPath",
            "OutputPath",
            "Parameters",
            "ResultSelector",
            "ResultPath",
            "TimeoutSecondsPath",
            "HeartbeatSecondsPath",
        ],
    ),
    ("Wait", &["InputPath", "OutputPath", "SecondsPath", "TimestampPath"]),
    ("Pass", &["InputPath", "OutputPath", "Parameters", "Result", "ResultPath"]),
    ("Succeed", &["InputPath", "OutputPath"]),
    ("Fail", &["ErrorPath", "CausePath"]),
    ("Choice", &["InputPath", "OutputPath"]),
    ("Parallel", &["InputPath", "OutputPath", "Parameters", "ResultSelector", "ResultPath"]),
    (
        "Map",
        &[
            "InputPath",
            "OutputPath",
            "Parameters",
            "ItemsPath",
            "ResultSelector",
            "ResultPath",
            "MaxConcurrencyPath",
            "ToleratedFailureCountPath",
            "ToleratedFailurePercentagePath",
        ],
    ),
];
/// Fields of JSONata alone.
const EXPRESSIONS: &[(&str, &[&str])] = &[
    ("Task", &["Arguments", "Output"]),
    ("Wait", &["Output"]),
    ("Pass", &["Output"]),
    ("Succeed", &["Output"]),
    ("Fail", &[]),
    ("Choice", &["Output"]),
    ("Parallel", &["Arguments", "Output"]),
    ("Map", &["Items", "Output"]),
];

/// The types, as AWS lists them.
pub const TYPES: &[&str] =
    &["Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map"];

fn has(table: &[(&str, &[&str])], kind: &str, field: &str) -> bool {
    table.iter().any(|(name, fields)| *name == kind && fields.contains(&field))
}

/// Whether a state of a type has a field.
pub fn known(kind: &str, language: Language, field: &str) -> bool {
    let own = match language {
        Language::JsonPath => PATHS,
        Language::Jsonata => EXPRESSIONS,
    };
    COMMON.contains(&field) || has(BOTH, kind, field) || has(own, kind, field)
}

/// Whether a state of a type has a field in the other language.
pub fn of_other_language(kind: &str, language: Language, field: &str) -> bool {
    let other = match language {
        Language::JsonPath => EXPRESSIONS,
        Language::Jsonata => PATHS,
    };
    has(other, kind, field)
}
