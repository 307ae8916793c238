//! Checks of one state.

use serde_json::{Map, Value};

use super::{Check, SCHEMA, fields};
use crate::choice::Comparison;
use crate::jsonata::{self, Expression};
use crate::template::{Language, Template};
use crate::{path, time};

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

impl Check {
    /// One state. `siblings` are the states that it may lead to; `None`: it stands alone.
    pub(super) fn state(
        &mut self,
        _name: &str,
        state: &Fields,
        place: &str,
        siblings: Option<&Fields>,
    ) {
        let kind = state.get("Type").and_then(Value::as_str).unwrap_or_default();
        if !state.contains_key("Type") {
            return self.require(state, &["Type"], place);
        }
        if !fields::TYPES.contains(&kind) {
            let message = format!(
                "The field 'Type' should have one of these values: [{}]",
                fields::TYPES.join(", ")
            );
            return self.add(SCHEMA, message, &format!("{place}/Type"));
        }
        let Some(language) = self.language(state, place) else { return };
        for field in state.keys() {
            if fields::known(kind, language, field) {
                continue;
            }
            let location = format!("{place}/{field}");
            if fields::of_other_language(kind, language, field) {
                let name = if language == Language::Jsonata { "JSONata" } else { "JSONPath" };
                let message = format!(
                    "The QueryLanguage '{name}' does not support the field '{field}' for '{kind}' states"
                );
                self.add(SCHEMA, message, &location);
            } else {
                self.add(SCHEMA, "Field is not supported", &location);
            }
        }
        self.transitions(kind, state, place, siblings);
        self.data(kind, state, place, language);
        self.handlers(state, place, siblings);
        match kind {
            "Task" => self.task(state, place),
            "Wait" => self.wait(state, place, language),
            "Choice" => self.choices(state, place, (language, siblings)),
            "Parallel" => self.parallel(state, place),
            "Map" => self.map(state, place),
            _ => {}
        }
    }

    fn language(&mut self, state: &Fields, place: &str) -> Option<Language> {
        match state.get("QueryLanguage").map(Value::as_str) {
            None => Some(self.language),
            Some(Some("JSONata")) => Some(Language::Jsonata),
            Some(Some("JSONPath")) if self.language == Language::Jsonata => {
                let message = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole \
                               state machine";
                self.add(SCHEMA, message, place);
                None
            }
            Some(Some("JSONPath")) => Some(Language::JsonPath),
            Some(_) => {
                let message = "The field 'QueryLanguage' should have one of these values: [JSONPath, JSONata]";
                self.add(SCHEMA, message, &format!("{place}/QueryLanguage"));
                None
            }
        }
    }

    fn transitions(&mut self, kind: &str, state: &Fields, place: &str, siblings: Option<&Fields>) {
        if matches!(kind, "Succeed" | "Fail" | "Choice") {
            return;
        }
        if let Some(end) = state.get("End")
            && !end.is_boolean()
        {
            self.add(SCHEMA, "Expected value of type Boolean", &format!("{place}/End"));
        }
        let ends = state.get("End") == Some(&Value::Bool(true));
        match (state.get("Next"), ends) {
            (None, false) => {
                self.add(
                    "MISSING_END_STATE",
                    "State must have either 'Next' or 'End': true",
                    place,
                );
            }
            (Some(_), true) => {
                self.add(SCHEMA, "Only one of the fields 'Next' and 'End' may be present", place);
            }
            (Some(next), false) => self.target(next, "Next", &format!("{place}/Next"), siblings),
            (None, true) => {}
        }
    }

    /// A state's name, where there are states to look among.
    fn target(&mut self, next: &Value, field: &str, location: &str, siblings: Option<&Fields>) {
        let Some(name) = next.as_str() else {
            return self.add(SCHEMA, "Expected value of type String", location);
        };
        if siblings.is_some_and(|states| !states.contains_key(name)) {
            let message = format!("Missing '{field}' target: {name}");
            self.add("MISSING_TRANSITION_TARGET", message, location);
        }
    }

    /// Paths, templates and expressions.
    fn data(&mut self, kind: &str, state: &Fields, place: &str, language: Language) {
        for (field, value) in state {
            let location = format!("{place}/{field}");
            match field.as_str() {
                "InputPath" | "OutputPath" | "ItemsPath" if language == Language::JsonPath => {
                    let fine = value.is_null()
                        || value.as_str().is_some_and(|text| Template::query(text).is_some());
                    if !fine {
                        self.add(SCHEMA, "Value is not a valid JSONPath", &location);
                    }
                }
                "ResultPath" => {
                    let fine = value.is_null()
                        || value.as_str().and_then(path::parse).is_some_and(|path| {
                            path.is_reference() && path.root == path::Root::Input
                        });
                    if !fine {
                        self.add(SCHEMA, "Value is not a Reference Path: Reference Paths must not contain operators", &location);
                    }
                }
                "Parameters" | "ResultSelector" | "ItemSelector" | "Assign" | "Arguments"
                | "Output" | "Items" | "Condition" | "Credentials" => {
                    self.template(value, &location, language);
                }
                "Result" if kind == "Pass" && dynamic_key(value) => {
                    self.warn(
                        "PASS_RESULT_IS_STATIC",
                        "The 'Result' field of a Pass state is not evaluated",
                        &location,
                    );
                }
                "TimeoutSeconds" | "HeartbeatSeconds" | "MaxConcurrency"
                    if language == Language::JsonPath =>
                {
                    let least = i64::from(field != "MaxConcurrency");
                    self.whole(value, (least, 99_999_999), &location);
                }
                _ => {}
            }
        }
        if let Some(assign) = state.get("Assign") {
            self.assign(assign, &format!("{place}/Assign"));
        }
    }

    fn assign(&mut self, assign: &Value, location: &str) {
        let Some(names) = assign.as_object() else {
            return self.add(SCHEMA, "Expected value of type Object", location);
        };
        for name in names.keys() {
            let plain = name.strip_suffix(".$").unwrap_or(name);
            let fine =
                path::is_variable_name(plain) && plain.chars().count() <= 80 && plain != "states";
            if !fine {
                let message = format!("The variable name '{plain}' is not valid");
                self.add(SCHEMA, message, &format!("{location}/{name}"));
            }
        }
    }

    /// A payload template.
    fn template(&mut self, value: &Value, location: &str, language: Language) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    if language == Language::JsonPath && key.ends_with(".$") {
                        let fine =
                            value.as_str().is_some_and(|text| Template::query(text).is_some());
                        if !fine {
                            let message = format!(
                                "The value for the field '{key}' must be a valid JSONPath or a valid \
                                 intrinsic function call"
                            );
                            self.add(SCHEMA, message, location);
                        }
                    } else {
                        if language == Language::JsonPath
                            && value.as_str().is_some_and(|text| text.starts_with("$."))
                        {
                            let message = format!(
                                "The name of the field '{key}' does not end with '.$', so its value is not evaluated"
                            );
                            self.warn("NO_DOLLAR", message, &format!("{location}/{key}"));
                        }
                        self.template(value, &format!("{location}/{key}"), language);
                    }
                }
            }
            Value::Array(list) => {
                for (at, item) in list.iter().enumerate() {
                    self.template(item, &format!("{location}[{at}]"), language);
                }
            }
            Value::String(text) if language == Language::Jsonata => {
                if let Some(inner) = jsonata::inner(text)
                    && let Err(error) = Expression::compile(inner)
                {
                    let message = format!("Invalid JSONata expression: {}", error.0);
                    self.add(SCHEMA, message, location);
                }
            }
            _ => {}
        }
    }

    fn handlers(&mut self, state: &Fields, place: &str, siblings: Option<&Fields>) {
        for field in ["Retry", "Catch"] {
            let Some(value) = state.get(field) else { continue };
            let Some(list) = value.as_array() else {
                self.add(SCHEMA, "Expected value of type Array", &format!("{place}/{field}"));
                continue;
            };
            for (at, one) in list.iter().enumerate() {
                let location = format!("{place}/{field}[{at}]");
                let Some(one) = one.as_object() else {
                    self.add(SCHEMA, "Expected value of type Object", &location);
                    continue;
                };
                let needed: &[&str] =
                    if field == "Catch" { &["ErrorEquals", "Next"] } else { &["ErrorEquals"] };
                self.require(one, needed, &location);
                self.errors(one, at + 1 == list.len(), &location);
                if field == "Catch"
                    && let Some(next) = one.get("Next")
                {
                    self.target(next, "Next", &format!("{location}/Next"), siblings);
                }
                if field == "Retry" {
                    self.retrier(one, &location);
                }
            }
        }
    }

    fn errors(&mut self, one: &Fields, is_last: bool, location: &str) {
        let Some(errors) = one.get("ErrorEquals") else { return };
        let location = format!("{location}/ErrorEquals");
        let Some(errors) = errors.as_array() else {
            return self.add(SCHEMA, "Expected value of type Array", &location);
        };
        if errors.is_empty() {
            self.add(SCHEMA, "Value cannot be empty", &location);
        }
        let all = errors.iter().any(|name| name == "States.ALL");
        if all && errors.len() > 1 {
            self.add(SCHEMA, "States.ALL must appear alone", &location);
        } else if all && !is_last {
            self.add(SCHEMA, "States.ALL must appear in the last element", &location);
        }
    }

    fn retrier(&mut self, one: &Fields, location: &str) {
        let ranges = [
            ("IntervalSeconds", (1, 99_999_999)),
            ("MaxAttempts", (0, 99_999_999)),
            ("MaxDelaySeconds", (1, 31_622_399)),
        ];
        for (field, range) in ranges {
            if let Some(value) = one.get(field) {
                self.whole(value, range, &format!("{location}/{field}"));
            }
        }
        if let Some(rate) = one.get("BackoffRate")
            && rate.as_f64().is_none_or(|rate| rate < 1.0)
        {
            let message = "Value must be a number that is at least 1.0";
            self.add(SCHEMA, message, &format!("{location}/BackoffRate"));
        }
        if let Some(jitter) = one.get("JitterStrategy")
            && !matches!(jitter.as_str(), Some("FULL" | "NONE"))
        {
            let message =
                "The field 'JitterStrategy' should have one of these values: [FULL, NONE]";
            self.add(SCHEMA, message, &format!("{location}/JitterStrategy"));
        }
    }

    fn task(&mut self, state: &Fields, place: &str) {
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
        if !is_known(arn) {
            let message = format!(
                "The resource provided {arn} is not recognized. The value is not a valid resource ARN, \
                 or the resource is not available in this region."
            );
            return self.add(SCHEMA, message, &location);
        }
        if self.express {
            for pattern in [".waitForTaskToken", ".sync:2", ".sync"] {
                if arn.ends_with(pattern) {
                    let message = format!(
                        "Express state machine does not support '{pattern}' service integration "
                    );
                    return self.add(SCHEMA, message, &location);
                }
            }
            if arn.contains(":activity:") {
                self.add(SCHEMA, "Express state machine does not support Activity ARN", &location);
            }
        }
    }

    fn wait(&mut self, state: &Fields, place: &str, language: Language) {
        const ONE_OF: &[&str] = &["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];
        let said: Vec<&&str> = ONE_OF.iter().filter(|name| state.contains_key(**name)).collect();
        if said.len() != 1 {
            let message =
                format!("Exactly one of these fields is required: [{}]", ONE_OF.join(", "));
            return self.add(SCHEMA, message, place);
        }
        let dynamic = |value: &Value| {
            language == Language::Jsonata
                && value.as_str().is_some_and(|t| jsonata::inner(t).is_some())
        };
        if let Some(value) = state.get("Timestamp")
            && !dynamic(value)
            && value.as_str().and_then(time::parse).is_none()
        {
            let message = "String does not match RFC3339 timestamp";
            self.add(SCHEMA, message, &format!("{place}/Timestamp"));
        }
        if let Some(value) = state.get("Seconds")
            && !dynamic(value)
        {
            self.whole(value, (0, 99_999_999), &format!("{place}/Seconds"));
        }
    }

    fn choices(
        &mut self,
        state: &Fields,
        place: &str,
        (language, siblings): (Language, Option<&Fields>),
    ) {
        self.require(state, &["Choices"], place);
        if let Some(default) = state.get("Default") {
            self.target(default, "Default", &format!("{place}/Default"), siblings);
        }
        let Some(rules) = state.get("Choices") else { return };
        let location = format!("{place}/Choices");
        let Some(rules) = rules.as_array() else {
            return self.add(SCHEMA, "Expected value of type Array", &location);
        };
        if rules.is_empty() {
            return self.add(SCHEMA, "Value cannot be empty", &location);
        }
        for (at, rule) in rules.iter().enumerate() {
            let location = format!("{location}[{at}]");
            let Some(rule) = rule.as_object() else {
                self.add(SCHEMA, "Expected value of type Object", &location);
                continue;
            };
            self.require(rule, &["Next"], &location);
            if let Some(next) = rule.get("Next") {
                self.target(next, "Next", &format!("{location}/Next"), siblings);
            }
            if language == Language::Jsonata {
                self.require(rule, &["Condition"], &location);
                if let Some(condition) = rule.get("Condition") {
                    self.template(condition, &format!("{location}/Condition"), language);
                }
            } else {
                self.rule(rule, &location);
            }
        }
    }

    fn rule(&mut self, rule: &Fields, location: &str) {
        for (field, value) in rule {
            let place = format!("{location}/{field}");
            match (field.as_str(), value) {
                ("And" | "Or", Value::Array(list)) if !list.is_empty() => {
                    for (at, inner) in list.iter().enumerate() {
                        if let Some(inner) = inner.as_object() {
                            self.rule(inner, &format!("{place}[{at}]"));
                        }
                    }
                }
                ("And" | "Or", _) => self.add(SCHEMA, "Value cannot be empty", &place),
                ("Not", Value::Object(inner)) => self.rule(inner, &place),
                ("Next" | "Comment" | "Assign" | "Output", _) => {}
                ("Variable", value) => {
                    if value.as_str().and_then(path::parse).is_none() {
                        self.add(SCHEMA, "Value is not a valid JSONPath", &place);
                    }
                }
                (name, _) => {
                    let plain = Comparison::named(name);
                    let twin = name.strip_suffix("Path").and_then(Comparison::named);
                    if plain.is_none() && !twin.is_some_and(Comparison::has_path) {
                        self.add(SCHEMA, "Field is not supported", &place);
                    }
                }
            }
        }
    }

    fn parallel(&mut self, state: &Fields, place: &str) {
        self.require(state, &["Branches"], place);
        let Some(branches) = state.get("Branches") else { return };
        let location = format!("{place}/Branches");
        match branches.as_array() {
            None => self.add(SCHEMA, "Expected value of type Array", &location),
            Some(list) if list.is_empty() => self.add(SCHEMA, "Value cannot be empty", &location),
            Some(list) => {
                for (at, branch) in list.iter().enumerate() {
                    self.inner(branch, &format!("{location}[{at}]"));
                }
            }
        }
    }

    fn map(&mut self, state: &Fields, place: &str) {
        let field = if state.contains_key("Iterator") { "Iterator" } else { "ItemProcessor" };
        self.require(state, &[field], place);
        let Some(processor) = state.get(field) else { return };
        let location = format!("{place}/{field}");
        let config = processor.get("ProcessorConfig");
        let mode = config.and_then(|config| config.get("Mode")).and_then(Value::as_str);
        if mode == Some("DISTRIBUTED") {
            if self.express {
                let message = "Express state machine does not support Distributed Map";
                self.add(SCHEMA, message, &format!("{location}/ProcessorConfig/Mode"));
            }
            if let Some(Value::Object(config)) = config {
                self.require(config, &["ExecutionType"], &format!("{location}/ProcessorConfig"));
            }
        }
        self.inner(processor, &location);
    }

    /// A branch or an item processor.
    fn inner(&mut self, scope: &Value, location: &str) {
        let Some(fields) = scope.as_object() else {
            return self.add(SCHEMA, "Expected value of type Object", location);
        };
        self.require(fields, &["States", "StartAt"], location);
        self.scope(fields, location);
    }
}

fn dynamic_key(value: &Value) -> bool {
    match value {
        Value::Object(map) => {
            map.iter().any(|(key, value)| key.ends_with(".$") || dynamic_key(value))
        }
        Value::Array(list) => list.iter().any(dynamic_key),
        _ => false,
    }
}

/// Whether an ARN is one of a task's forms.
fn is_known(arn: &str) -> bool {
    let parts: Vec<&str> = arn.splitn(7, ':').collect();
    match parts.as_slice() {
        ["arn", _, "states", "", "", "aws-sdk", rest] => rest.split(':').count() >= 2,
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
