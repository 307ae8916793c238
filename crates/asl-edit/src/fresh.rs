//! States to begin with.

use serde_json::{Value, json};

/// Types of states, as AWS lists them.
pub const KINDS: [&str; 8] =
    ["Task", "Choice", "Parallel", "Map", "Wait", "Pass", "Succeed", "Fail"];

/// How data is written in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Paths, `.$` and intrinsics.
    #[default]
    JsonPath,
    /// `{% %}`.
    Jsonata,
}

impl Language {
    /// As `QueryLanguage` names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonPath => "JSONPath",
            Self::Jsonata => "JSONata",
        }
    }

    /// The one with this name; JSONPath is what counts where none is said.
    pub fn named(name: &str) -> Self {
        if name == "JSONata" { Self::Jsonata } else { Self::JsonPath }
    }
}

/// A state of this type to begin with, without where it leads to.
pub fn state(kind: &str, language: Language) -> Value {
    match kind {
        "Wait" => json!({ "Type": "Wait", "Seconds": 5 }),
        "Fail" => json!({ "Type": "Fail", "Error": "Failed", "Cause": "Says why." }),
        "Parallel" => json!({ "Type": "Parallel", "Branches": [empty_scope(), empty_scope()] }),
        "Map" => json!({ "Type": "Map", "ItemProcessor": processor() }),
        "Choice" => json!({ "Type": "Choice", "Choices": [rule(language)] }),
        "Task" => task("arn:aws:states:::aws-sdk:s3:listBuckets", json!({}), language),
        kind => json!({ "Type": kind }),
    }
}

/// A Task that makes a call. Its arguments stand there even if there are none: without them the whole input would be sent.
pub fn task(resource: &str, arguments: Value, language: Language) -> Value {
    let field = arguments_field(language);
    json!({ "Type": "Task", "Resource": resource, (field): arguments })
}

/// What a Task is asked with: `Arguments` in JSONata, `Parameters` with paths.
pub fn arguments_field(language: Language) -> &'static str {
    match language {
        Language::JsonPath => "Parameters",
        Language::Jsonata => "Arguments",
    }
}

/// A rule of a Choice, without where it leads to.
pub fn rule(language: Language) -> Value {
    match language {
        Language::JsonPath => json!({ "Variable": "$.value", "IsPresent": true }),
        Language::Jsonata => json!({ "Condition": "{% $exists($states.input.value) %}" }),
    }
}

/// A branch in which nothing stands yet.
pub fn empty_scope() -> Value {
    json!({ "StartAt": "", "States": {} })
}

fn processor() -> Value {
    json!({ "ProcessorConfig": { "Mode": "INLINE" }, "StartAt": "", "States": {} })
}
