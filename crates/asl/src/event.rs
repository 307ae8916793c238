//! History events, in AWS's shape.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html>

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

/// One event of a history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Counts from 1.
    pub id: u64,
    /// The event that led to it; 0 at the start.
    pub previous: u64,
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// What happened.
    pub kind: EventKind,
    /// What is told of it.
    pub details: Vec<(Detail, Field)>,
}

/// A detail's value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Field {
    /// A string; JSON is told as its text.
    Text(Rc<str>),
    /// A whole number.
    Int(i64),
    /// A map of strings.
    Texts(BTreeMap<String, Rc<str>>),
}

macro_rules! details {
    ($($variant:ident $name:literal),* $(,)?) => {
        /// A detail's name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Detail { $(#[doc = concat!("`", $name, "`")] $variant,)* }

        impl Detail {
            /// As AWS's model has it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

details! {
    Name "name", Input "input", Output "output", Error "error", Cause "cause", Index "index",
    Length "length", Resource "resource", ResourceType "resourceType", Region "region",
    Parameters "parameters", TimeoutInSeconds "timeoutInSeconds",
    HeartbeatInSeconds "heartbeatInSeconds", TaskCredentials "taskCredentials", RoleArn "roleArn",
    StateMachineAliasArn "stateMachineAliasArn", StateMachineVersionArn "stateMachineVersionArn",
    AssignedVariables "assignedVariables", MapRunArn "mapRunArn", Location "location",
    State "state", WorkerName "workerName", RedriveCount "redriveCount",
}

macro_rules! kinds {
    ($($variant:ident $member:literal),* $(,)?) => {
        /// What happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum EventKind { $(#[doc = concat!("`", stringify!($variant), "`")] $variant,)* }

        impl EventKind {
            /// As AWS names it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant),)* }
            }

            /// The member that holds its details; empty where there is none.
            pub fn member(self) -> &'static str {
                match self { $(Self::$variant => $member,)* }
            }
        }
    };
}

kinds! {
    ActivityFailed "activityFailedEventDetails",
    ActivityScheduled "activityScheduledEventDetails",
    ActivityScheduleFailed "activityScheduleFailedEventDetails",
    ActivityStarted "activityStartedEventDetails",
    ActivitySucceeded "activitySucceededEventDetails",
    ActivityTimedOut "activityTimedOutEventDetails",
    ChoiceStateEntered "stateEnteredEventDetails",
    ChoiceStateExited "stateExitedEventDetails",
    EvaluationFailed "evaluationFailedEventDetails",
    ExecutionAborted "executionAbortedEventDetails",
    ExecutionFailed "executionFailedEventDetails",
    ExecutionRedriven "executionRedrivenEventDetails",
    ExecutionStarted "executionStartedEventDetails",
    ExecutionSucceeded "executionSucceededEventDetails",
    ExecutionTimedOut "executionTimedOutEventDetails",
    FailStateEntered "stateEnteredEventDetails",
    LambdaFunctionFailed "lambdaFunctionFailedEventDetails",
    LambdaFunctionScheduled "lambdaFunctionScheduledEventDetails",
    LambdaFunctionScheduleFailed "lambdaFunctionScheduleFailedEventDetails",
    LambdaFunctionStarted "",
    LambdaFunctionStartFailed "lambdaFunctionStartFailedEventDetails",
    LambdaFunctionSucceeded "lambdaFunctionSucceededEventDetails",
    LambdaFunctionTimedOut "lambdaFunctionTimedOutEventDetails",
    MapIterationAborted "mapIterationAbortedEventDetails",
    MapIterationFailed "mapIterationFailedEventDetails",
    MapIterationStarted "mapIterationStartedEventDetails",
    MapIterationSucceeded "mapIterationSucceededEventDetails",
    MapRunAborted "",
    MapRunFailed "mapRunFailedEventDetails",
    MapRunRedriven "mapRunRedrivenEventDetails",
    MapRunStarted "mapRunStartedEventDetails",
    MapRunSucceeded "",
    MapStateAborted "",
    MapStateEntered "stateEnteredEventDetails",
    MapStateExited "stateExitedEventDetails",
    MapStateFailed "",
    MapStateStarted "mapStateStartedEventDetails",
    MapStateSucceeded "",
    ParallelStateAborted "",
    ParallelStateEntered "stateEnteredEventDetails",
    ParallelStateExited "stateExitedEventDetails",
    ParallelStateFailed "",
    ParallelStateStarted "",
    ParallelStateSucceeded "",
    PassStateEntered "stateEnteredEventDetails",
    PassStateExited "stateExitedEventDetails",
    SucceedStateEntered "stateEnteredEventDetails",
    SucceedStateExited "stateExitedEventDetails",
    TaskFailed "taskFailedEventDetails",
    TaskScheduled "taskScheduledEventDetails",
    TaskStarted "taskStartedEventDetails",
    TaskStartFailed "taskStartFailedEventDetails",
    TaskStateAborted "",
    TaskStateEntered "stateEnteredEventDetails",
    TaskStateExited "stateExitedEventDetails",
    TaskSubmitFailed "taskSubmitFailedEventDetails",
    TaskSubmitted "taskSubmittedEventDetails",
    TaskSucceeded "taskSucceededEventDetails",
    TaskTimedOut "taskTimedOutEventDetails",
    WaitStateAborted "",
    WaitStateEntered "stateEnteredEventDetails",
    WaitStateExited "stateExitedEventDetails",
}

/// A text detail.
pub fn text(detail: Detail, value: impl Into<Rc<str>>) -> (Detail, Field) {
    (detail, Field::Text(value.into()))
}

/// A number detail.
pub fn int(detail: Detail, value: i64) -> (Detail, Field) {
    (detail, Field::Int(value))
}

impl Event {
    /// A text among the details.
    pub fn text(&self, detail: Detail) -> Option<&str> {
        self.details.iter().find_map(|(name, field)| match field {
            Field::Text(text) if *name == detail => Some(text.as_ref()),
            _ => None,
        })
    }

    /// Its details as JSON, as AWS's SDKs show them, without those that say whether a payload was
    /// cut.
    pub fn json(&self) -> serde_json::Value {
        let details = self.details.iter().map(|(name, field)| {
            let value = match field {
                Field::Text(text) => serde_json::Value::from(text.as_ref()),
                Field::Int(number) => (*number).into(),
                Field::Texts(map) => map
                    .iter()
                    .map(|(key, text)| (key.clone(), serde_json::Value::from(text.as_ref())))
                    .collect::<serde_json::Map<_, _>>()
                    .into(),
            };
            (name.name().to_owned(), value)
        });
        let mut event = serde_json::json!({
            "id": self.id, "previousEventId": self.previous, "type": self.kind.name(),
        });
        if !self.kind.member().is_empty()
            && let Some(map) = event.as_object_mut()
        {
            let details: serde_json::Map<_, _> = details.collect();
            map.insert(self.kind.member().to_owned(), details.into());
        }
        event
    }
}
