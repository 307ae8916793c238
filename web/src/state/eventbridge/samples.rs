//! Patterns to begin with, and events that they can be tried on.

use crate::words::eventbridge as said;

/// A pattern and an event that fits it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sample {
    pub id: &'static str,
    pub words: &'static str,
    pub pattern: &'static str,
    pub event: &'static str,
}

/// All of them: the learner's own events, and what services tell.
pub const SAMPLES: [Sample; 3] = [
    Sample { id: "custom", words: said::SAMPLE_CUSTOM, pattern: OWN_PATTERN, event: OWN_EVENT },
    Sample { id: "s3", words: said::SAMPLE_S3, pattern: S3_PATTERN, event: S3_EVENT },
    Sample {
        id: "states",
        words: said::SAMPLE_STATES,
        pattern: STATES_PATTERN,
        event: STATES_EVENT,
    },
];

/// The sample with this id, or the first.
pub fn named(id: &str) -> &'static Sample {
    SAMPLES.iter().find(|one| one.id == id).unwrap_or(&SAMPLES[0])
}

/// Where the learner's own events come from, what they are, and what they tell.
pub const OWN: (&str, &str, &str) =
    ("shop.orders", "Order placed", "{\n  \"order\": 1017,\n  \"total\": 250\n}");

const OWN_PATTERN: &str = r#"{
  "source": ["shop.orders"],
  "detail-type": ["Order placed"],
  "detail": {
    "total": [{ "numeric": [">", 100] }]
  }
}"#;

const OWN_EVENT: &str = r#"{
  "version": "0",
  "id": "12345678-1234-1234-1234-123456789012",
  "detail-type": "Order placed",
  "source": "shop.orders",
  "account": "123456789012",
  "time": "2026-01-05T09:00:00Z",
  "region": "us-east-1",
  "resources": [],
  "detail": {
    "order": 1017,
    "total": 250
  }
}"#;

const S3_PATTERN: &str = r#"{
  "source": ["aws.s3"],
  "detail-type": ["Object Created"]
}"#;

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html>
const S3_EVENT: &str = r#"{
  "version": "0",
  "id": "17793124-05d4-b198-2fde-7ededc63b103",
  "detail-type": "Object Created",
  "source": "aws.s3",
  "account": "111122223333",
  "time": "2021-11-12T00:00:00Z",
  "region": "ca-central-1",
  "resources": ["arn:aws:s3:::amzn-s3-demo-bucket1"],
  "detail": {
    "version": "0",
    "bucket": {
      "name": "amzn-s3-demo-bucket1"
    },
    "object": {
      "key": "example-key",
      "size": 5,
      "etag": "b1946ac92492d2347c6235b4d2611184",
      "version-id": "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
      "sequencer": "617f08299329d189"
    },
    "request-id": "N4N7GDK58NMKJ12R",
    "requester": "123456789012",
    "source-ip-address": "1.2.3.4",
    "reason": "PutObject"
  }
}"#;

const STATES_PATTERN: &str = r#"{
  "source": ["aws.states"],
  "detail-type": ["Step Functions Execution Status Change"],
  "detail": {
    "status": ["FAILED", "TIMED_OUT"]
  }
}"#;

/// <https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html>
const STATES_EVENT: &str = r#"{
  "version": "0",
  "id": "315c1398-40ff-a850-213b-158f73e60175",
  "detail-type": "Step Functions Execution Status Change",
  "source": "aws.states",
  "account": "123456789012",
  "time": "2019-02-26T19:42:21Z",
  "region": "us-east-1",
  "resources": ["arn:aws:states:us-east-1:123456789012:execution:state-machine-name:execution-name"],
  "detail": {
    "executionArn": "arn:aws:states:us-east-1:123456789012:execution:state-machine-name:execution-name",
    "stateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:state-machine-name",
    "name": "execution-name",
    "status": "FAILED",
    "startDate": 1551225146847,
    "stopDate": 1551225151881,
    "input": "{}",
    "output": null
  }
}"#;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn each_sample_fits_the_pattern_beside_it() {
        for sample in &SAMPLES {
            let pattern: Value = serde_json::from_str(sample.pattern).expect("a pattern");
            let event: Value = serde_json::from_str(sample.event).expect("an event");
            for name in ["source", "detail-type"] {
                let wanted = pattern.get(name).and_then(Value::as_array).expect("a list");
                assert!(event.get(name).is_some_and(|it| wanted.contains(it)), "{}", sample.id);
            }
            assert_eq!(named(sample.id).id, sample.id);
        }
    }
}
