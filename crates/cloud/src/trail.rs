//! A call in the shape of AWS CloudTrail's records.
//!
//! <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_shape::Value;
use serde_json::{Map, Value as Json, json};

use crate::{CallRecord, CallerKind};

impl CallRecord {
    /// The record as CloudTrail would deliver it.
    pub fn cloud_trail(&self) -> Json {
        let mut record = json!({
            "eventVersion": "1.11",
            "userIdentity": self.user_identity(),
            "eventTime": self.time.iso_s(),
            "eventSource": format!("{}.amazonaws.com", event_source(&self.service)),
            "eventName": self.operation,
            "awsRegion": self.region,
            "sourceIPAddress": if self.is_from_a_client() { "127.0.0.1" } else { "AWS Internal" },
            "userAgent": self.request.headers.get("user-agent").unwrap_or_default(),
            "requestParameters": self.input.as_ref().map(|input| self.parameters(input)),
            "responseElements": self.output.as_ref().map(|output| self.parameters(output)),
            "requestID": self.request_id,
            "eventID": self.event_id(),
            "readOnly": self.read_only,
            "eventType": "AwsApiCall",
            "managementEvent": !self.is_data_event(),
            "recipientAccountId": self.account,
            "eventCategory": if self.is_data_event() { "Data" } else { "Management" },
        });
        if let (Some(error), Json::Object(record)) = (&self.error, &mut record) {
            record.insert("errorCode".to_owned(), json!(error.code));
            record.insert("errorMessage".to_owned(), json!(error.message));
        }
        record
    }

    /// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html>
    fn user_identity(&self) -> Json {
        let Some((_, name)) = self.arn.split_once(":user/") else {
            let kind = if self.arn.is_empty() { "AWSAccount" } else { "Root" };
            let id = if self.user_id.is_empty() { "ANONYMOUS_PRINCIPAL" } else { &self.user_id };
            return json!({
                "type": kind,
                "principalId": id,
                "arn": self.arn,
                "accountId": self.account,
            });
        };
        json!({
            "type": "IAMUser",
            "principalId": self.user_id,
            "arn": self.arn,
            "accountId": self.account,
            "accessKeyId": self.access_key_id,
            "userName": name,
        })
    }

    fn is_from_a_client(&self) -> bool {
        matches!(self.who, CallerKind::Learner | CallerKind::Console)
    }

    /// S3's calls on objects are data events.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html>
    fn is_data_event(&self) -> bool {
        let on_a_key = self.input.as_ref().is_some_and(|input| input.get("Key").is_some());
        self.service == "s3"
            && (on_a_key || matches!(self.operation.as_str(), "DeleteObjects" | "ListObjectsV2"))
    }

    /// Unique, and the same in every replay.
    fn event_id(&self) -> String {
        let mut rng = cloudarium_env::Rng::new(self.seq, &self.request_id);
        rng.uuid()
    }

    /// Members as CloudTrail names them: the model's, beginning in lower case; S3 says
    /// `bucketName`.
    fn parameters(&self, value: &Value) -> Json {
        let Value::Map(members) = value else { return Json::Null };
        let named = members.iter().map(|(name, member)| {
            let name = match (self.service.as_str(), name.as_str()) {
                ("s3", "Bucket") => "bucketName".to_owned(),
                _ => lower_first(name),
            };
            (name, json(member))
        });
        Json::Object(named.collect())
    }
}

fn event_source(service: &str) -> &str {
    match service {
        "stepfunctions" => "states",
        other => other,
    }
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(yes) => json!(yes),
        Value::Int(number) => json!(number),
        Value::Float(number) => json!(number),
        Value::String(text) => json!(text),
        Value::Blob(bytes) => json!(STANDARD.encode(bytes)),
        Value::Timestamp(at) => json!(at.iso_s()),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(map) => {
            let members = map.iter().map(|(name, member)| (lower_first(name), json(member)));
            Json::Object(members.collect::<Map<_, _>>())
        }
    }
}

#[cfg(test)]
mod tests {
    use cloudarium_env::Timestamp;

    use super::*;
    use crate::log::CallError;

    #[test]
    fn a_call_is_a_record_of_cloud_trail() {
        let record = CallRecord {
            seq: 3,
            time: Timestamp::from_ms(1_767_603_600_250),
            service: "s3".to_owned(),
            operation: "GetObject".to_owned(),
            region: "us-east-1".to_owned(),
            account: "123456789012".to_owned(),
            arn: "arn:aws:iam::123456789012:user/test".to_owned(),
            user_id: "AIDAEXAMPLE".to_owned(),
            access_key_id: "test".to_owned(),
            request_id: "C3D13FE58DE4C810".to_owned(),
            status: 404,
            read_only: true,
            input: Some(Value::Map(
                [("Bucket".to_owned(), "b".into()), ("Key".to_owned(), "k".into())].into(),
            )),
            error: Some(CallError {
                code: "NoSuchKey".to_owned(),
                message: "The specified key does not exist.".to_owned(),
                hint: Some("only the page shows this".to_owned()),
            }),
            ..CallRecord::default()
        };
        let trail = record.cloud_trail();
        assert_eq!(trail["eventTime"], "2026-01-05T09:00:00Z");
        assert_eq!(trail["eventSource"], "s3.amazonaws.com");
        assert_eq!(trail["eventName"], "GetObject");
        assert_eq!(trail["requestParameters"], json!({"bucketName": "b", "key": "k"}));
        assert_eq!(trail["errorCode"], "NoSuchKey");
        assert_eq!(trail["userIdentity"]["userName"], "test");
        assert_eq!(trail["eventCategory"], "Data");
        assert_eq!(trail["readOnly"], true);
        assert!(!trail.to_string().contains("only the page"));
        assert_eq!(trail["eventID"], record.cloud_trail()["eventID"]);
    }

    #[test]
    fn an_anonymous_call_has_no_name() {
        let trail = CallRecord::default().cloud_trail();
        assert_eq!(trail["userIdentity"]["principalId"], "ANONYMOUS_PRINCIPAL");
        assert_eq!(trail.get("errorCode"), None);
    }
}
