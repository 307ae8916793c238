//! Checks of Task states: what they call, and what that needs.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html>

use serde_json::{Map, Value};

use super::{Check, SCHEMA};
use crate::template::Language;

type Fields = Map<String, Value>;

/// Service integrations that AWS has: service, action, patterns.
const OPTIMISED: &[(&str, &[&str])] = &[
    ("lambda", &["invoke", "invoke.waitForTaskToken"]),
    ("dynamodb", &["getItem", "putItem", "updateItem", "deleteItem"]),
    ("sns", &["publish", "publish.waitForTaskToken"]),
    ("sqs", &["sendMessage", "sendMessage.waitForTaskToken"]),
    ("glue", &["startJobRun", "startJobRun.sync"]),
    (
        "states",
        &[
            "startExecution",
            "startExecution.sync",
            "startExecution.sync:2",
            "startExecution.waitForTaskToken",
        ],
    ),
    ("events", &["putEvents", "putEvents.waitForTaskToken"]),
    ("batch", &["submitJob", "submitJob.sync"]),
    ("ecs", &["runTask", "runTask.sync", "runTask.waitForTaskToken"]),
    (
        "athena",
        &[
            "startQueryExecution",
            "startQueryExecution.sync",
            "stopQueryExecution",
            "getQueryExecution",
            "getQueryResults",
        ],
    ),
    (
        "codebuild",
        &["startBuild", "startBuild.sync", "stopBuild", "batchDeleteBuilds", "batchGetReports"],
    ),
    ("apigateway", &["invoke", "invoke.waitForTaskToken"]),
    ("http", &["invoke"]),
    (
        "bedrock",
        &["invokeModel", "createModelCustomizationJob", "createModelCustomizationJob.sync"],
    ),
];

/// What an integration cannot do without: service, action, fields. No other is known to be checked.
const REQUIRED: &[(&str, &str, &[&str])] = &[
    ("lambda", "invoke", &["FunctionName"]),
    ("sqs", "sendMessage", &["QueueUrl", "MessageBody"]),
    ("sns", "publish", &["Message"]),
    ("dynamodb", "putItem", &["TableName", "Item"]),
    ("dynamodb", "getItem", &["TableName", "Key"]),
    ("states", "startExecution", &["StateMachineArn"]),
    ("events", "putEvents", &["Entries"]),
    ("ecs", "runTask", &["TaskDefinition"]),
    ("glue", "startJobRun", &["JobName"]),
];

impl Check {
    pub(super) fn task(&mut self, state: &Fields, place: &str, language: Language) {
        self.require(state, &["Resource"], place);
        if let Some(Value::Object(credentials)) = state.get("Credentials")
            && !credentials.contains_key("RoleArn")
            && !credentials.contains_key("RoleArn.$")
        {
            let message = "The field 'RoleArn' is required but was missing";
            self.add(SCHEMA, message, &format!("{place}/Credentials"));
        }
        let Some(resource) = state.get("Resource") else { return };
        let location = format!("{place}/Resource");
        let Some(arn) = resource.as_str() else {
            return self.add(SCHEMA, "Expected value of type String", &location);
        };
        if !arn.starts_with("arn:") {
            return self.add(SCHEMA, "Value is not a valid resource ARN", &location);
        }
        if !is_known(arn, self.knows) {
            let message = format!(
                "The resource provided {arn} is not recognized. The value is not a valid resource ARN, \
                 or the resource is not available in this region."
            );
            return self.add(SCHEMA, message, &location);
        }
        if state.contains_key("Credentials") && arn.contains(":activity:") {
            let message = "The field 'Credentials' is not supported for activities";
            self.add(SCHEMA, message, &format!("{place}/Credentials"));
        }
        if self.express {
            self.of_express(arn, &location);
        }
        self.parameters(state, arn, (place, language));
    }

    /// What an Express machine cannot wait for.
    fn of_express(&mut self, arn: &str, location: &str) {
        let pattern =
            [".waitForTaskToken", ".sync:2", ".sync"].into_iter().find(|end| arn.ends_with(end));
        if let Some(pattern) = pattern {
            let message =
                format!("Express state machine does not support '{pattern}' service integration ");
            self.add(SCHEMA, message, location);
        } else if arn.contains(":activity:") {
            self.add(SCHEMA, "Express state machine does not support Activity ARN", location);
        }
    }

    /// What an integration is given.
    fn parameters(&mut self, state: &Fields, arn: &str, (place, language): (&str, Language)) {
        let parts: Vec<&str> = arn.splitn(7, ':').collect();
        let ["arn", _, "states", "", "", service, action] = parts.as_slice() else { return };
        let field = match language {
            Language::JsonPath => "Parameters",
            Language::Jsonata => "Arguments",
        };
        let Some(given) = state.get(field) else {
            let message = format!("{field} field is required for resource ARN: {arn}");
            return self.add(SCHEMA, message, place);
        };
        let Some(given) = given.as_object() else { return };
        let base = action.split('.').next().unwrap_or_default();
        let needed = REQUIRED.iter().find(|(name, known, _)| name == service && *known == base);
        for name in needed.map_or(&[][..], |(.., names)| names) {
            if !given.contains_key(*name) && !given.contains_key(&format!("{name}.$")) {
                let message = format!("The field '{name}' is required but was missing");
                self.add(SCHEMA, message, &format!("{place}/{field}"));
            }
        }
    }
}

/// Whether an ARN is one of a task's forms.
fn is_known(arn: &str, knows: fn(&str, &str) -> bool) -> bool {
    let parts: Vec<&str> = arn.splitn(7, ':').collect();
    match parts.as_slice() {
        ["arn", _, "states", "", "", "aws-sdk", rest] => {
            let call = rest.split_once(':');
            call.is_some_and(|(service, action)| {
                knows(service, action.split('.').next().unwrap_or_default())
            })
        }
        ["arn", _, "states", "", "", service, action] => {
            let short = matches!(
                *service,
                "emr"
                    | "eks"
                    | "sagemaker"
                    | "elasticmapreduce"
                    | "emr-containers"
                    | "emr-serverless"
                    | "databrew"
                    | "mediaconvert"
            );
            short
                || OPTIMISED
                    .iter()
                    .any(|(name, actions)| name == service && actions.contains(action))
        }
        ["arn", _, "states", _, _, "activity", name]
        | ["arn", _, "lambda", _, _, "function", name] => !name.is_empty(),
        _ => false,
    }
}
