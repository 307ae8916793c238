//! Test events, in the forms in which AWS's services send them.

use crate::words::lambda as said;

/// A test event to begin with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sample {
    pub id: &'static str,
    pub words: &'static str,
    pub text: &'static str,
}

/// All of them. Each form is AWS's: <https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html>
pub const SAMPLES: [Sample; 8] = [
    Sample { id: "hello", words: said::EVENT_HELLO, text: HELLO },
    Sample { id: "empty", words: said::EVENT_EMPTY, text: "{}" },
    Sample { id: "s3-put", words: said::EVENT_S3, text: S3_PUT },
    Sample { id: "sqs", words: said::EVENT_SQS, text: SQS },
    Sample { id: "sns", words: said::EVENT_SNS, text: SNS },
    Sample { id: "schedule", words: said::EVENT_SCHEDULE, text: SCHEDULE },
    Sample { id: "url", words: said::EVENT_URL, text: URL },
    Sample { id: "dynamodb", words: said::EVENT_DYNAMODB, text: DYNAMODB },
];

/// The one with this id, or the first.
pub fn named(id: &str) -> &'static Sample {
    SAMPLES.iter().find(|sample| sample.id == id).unwrap_or(&SAMPLES[0])
}

const HELLO: &str = r#"{
  "name": "Ada",
  "total": "12.50"
}"#;

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html>
const S3_PUT: &str = r#"{
  "Records": [
    {
      "eventVersion": "2.1",
      "eventSource": "aws:s3",
      "awsRegion": "us-east-1",
      "eventTime": "2026-01-05T09:00:00.000Z",
      "eventName": "ObjectCreated:Put",
      "userIdentity": { "principalId": "AWS:AIDAEXAMPLE" },
      "requestParameters": { "sourceIPAddress": "127.0.0.1" },
      "responseElements": {
        "x-amz-request-id": "C3D13FE58DE4C810",
        "x-amz-id-2": "FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG4V5Wp6S7S/JRWeUWerMUE5JgHvANOjpD"
      },
      "s3": {
        "s3SchemaVersion": "1.0",
        "configurationId": "orders",
        "bucket": {
          "name": "my-first-bucket-2026",
          "ownerIdentity": { "principalId": "A3NL1KOZZKExample" },
          "arn": "arn:aws:s3:::my-first-bucket-2026"
        },
        "object": {
          "key": "orders/today+1.csv",
          "size": 1024,
          "eTag": "d41d8cd98f00b204e9800998ecf8427e",
          "sequencer": "0055AED6DCD90281E5"
        }
      }
    }
  ]
}"#;

/// <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>
const SQS: &str = r#"{
  "Records": [
    {
      "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
      "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
      "body": "{\"order\": 10023}",
      "attributes": {
        "ApproximateReceiveCount": "1",
        "SentTimestamp": "1767603600000",
        "SenderId": "AIDAIENQZJOLO23YVJ4VO",
        "ApproximateFirstReceiveTimestamp": "1767603600010"
      },
      "messageAttributes": {},
      "md5OfBody": "0f7e2e6e7a0ea9a0a1f1b3ba7ce0c0ad",
      "eventSource": "aws:sqs",
      "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:orders",
      "awsRegion": "us-east-1"
    }
  ]
}"#;

/// <https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html>
const SNS: &str = r#"{
  "Records": [
    {
      "EventVersion": "1.0",
      "EventSource": "aws:sns",
      "EventSubscriptionArn": "arn:aws:sns:us-east-1:123456789012:orders:21be56ed-a058-49f5-8c98-aedd2564c486",
      "Sns": {
        "Type": "Notification",
        "MessageId": "95df01b4-ee98-5cb9-9903-4c221d41eb5e",
        "TopicArn": "arn:aws:sns:us-east-1:123456789012:orders",
        "Subject": "A new order",
        "Message": "{\"order\": 10023}",
        "Timestamp": "2026-01-05T09:00:00.000Z",
        "SignatureVersion": "1",
        "MessageAttributes": {}
      }
    }
  ]
}"#;

/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html>
const SCHEDULE: &str = r#"{
  "version": "0",
  "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
  "detail-type": "Scheduled Event",
  "source": "aws.events",
  "account": "123456789012",
  "time": "2026-01-05T09:00:00Z",
  "region": "us-east-1",
  "resources": ["arn:aws:events:us-east-1:123456789012:rule/every-morning"],
  "detail": {}
}"#;

/// <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html>: API Gateway's HTTP APIs send the same form.
const URL: &str = r#"{
  "version": "2.0",
  "routeKey": "$default",
  "rawPath": "/orders",
  "rawQueryString": "page=2",
  "headers": { "accept": "application/json", "host": "abc.lambda-url.us-east-1.on.aws" },
  "queryStringParameters": { "page": "2" },
  "requestContext": {
    "accountId": "anonymous",
    "apiId": "abc",
    "domainName": "abc.lambda-url.us-east-1.on.aws",
    "domainPrefix": "abc",
    "http": {
      "method": "POST",
      "path": "/orders",
      "protocol": "HTTP/1.1",
      "sourceIp": "127.0.0.1",
      "userAgent": "curl/8.5.0"
    },
    "requestId": "e1506fd5-9e7b-434f-bd42-4f8fa224b599",
    "routeKey": "$default",
    "stage": "$default",
    "time": "05/Jan/2026:09:00:00 +0000",
    "timeEpoch": 1767603600000
  },
  "body": "{\"order\": 10023}",
  "isBase64Encoded": false
}"#;

/// <https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html>
const DYNAMODB: &str = r#"{
  "Records": [
    {
      "eventID": "c4ca4238a0b923820dcc509a6f75849b",
      "eventName": "INSERT",
      "eventVersion": "1.1",
      "eventSource": "aws:dynamodb",
      "awsRegion": "us-east-1",
      "dynamodb": {
        "Keys": { "id": { "N": "10023" } },
        "NewImage": { "id": { "N": "10023" }, "total": { "N": "12.5" } },
        "ApproximateCreationDateTime": 1767603600,
        "SequenceNumber": "4421584500000000017450439091",
        "SizeBytes": 26,
        "StreamViewType": "NEW_AND_OLD_IMAGES"
      },
      "eventSourceARN": "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-05T00:00:00.000"
    }
  ]
}"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_json() {
        for sample in SAMPLES {
            let read = serde_json::from_str::<serde_json::Value>(sample.text);
            assert!(read.is_ok_and(|event| event.is_object()), "{}", sample.id);
        }
    }
}
