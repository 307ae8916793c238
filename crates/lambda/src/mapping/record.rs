//! Messages as functions get them.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_env::place;
use cloudarium_shape::Value;
use serde_json::{Map as JsonMap, Value as Json, json};

/// A message that was received.
pub struct Record {
    /// Its id.
    pub id: String,
    /// By which it is deleted.
    pub handle: String,
    /// As the function gets it.
    pub json: Json,
}

/// What `ReceiveMessage` answered.
pub fn read(answer: &Value, queue_arn: &str) -> Vec<Record> {
    let Some(Value::List(messages)) = answer.get("Messages") else { return Vec::new() };
    messages.iter().map(|message| one(message, queue_arn)).collect()
}

fn one(message: &Value, queue_arn: &str) -> Record {
    let text = |name: &str| message.get(name).and_then(Value::as_str).unwrap_or_default();
    let region = place::Arn::parse(queue_arn).map_or("", |arn| arn.region);
    let (id, handle) = (text("MessageId"), text("ReceiptHandle"));
    let mut json = json!({
        "messageId": id,
        "receiptHandle": handle,
        "body": text("Body"),
        "attributes": texts(message.get("Attributes")),
        "messageAttributes": attributes(message.get("MessageAttributes")),
        "md5OfBody": text("MD5OfBody"),
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": region,
    });
    let digest = message.get("MD5OfMessageAttributes").and_then(Value::as_str);
    if let Some((digest, members)) = digest.zip(json.as_object_mut()) {
        members.insert("md5OfMessageAttributes".to_owned(), Json::from(digest));
    }
    Record { id: id.to_owned(), handle: handle.to_owned(), json }
}

fn texts(of: Option<&Value>) -> Json {
    let Some(Value::Map(members)) = of else { return json!({}) };
    let texts = members.iter().filter_map(|(name, it)| Some((name.clone(), it.as_str()?.into())));
    Json::Object(texts.collect())
}

fn attributes(of: Option<&Value>) -> Json {
    let Some(Value::Map(members)) = of else { return json!({}) };
    let shown = |it: &Value| {
        let mut attribute = JsonMap::new();
        if let Some(text) = it.get("StringValue").and_then(Value::as_str) {
            attribute.insert("stringValue".to_owned(), text.into());
        }
        if let Some(Value::Blob(bytes)) = it.get("BinaryValue") {
            attribute.insert("binaryValue".to_owned(), STANDARD.encode(bytes).into());
        }
        attribute.insert("stringListValues".to_owned(), json!([]));
        attribute.insert("binaryListValues".to_owned(), json!([]));
        let kind = it.get("DataType").and_then(Value::as_str).unwrap_or_default();
        attribute.insert("dataType".to_owned(), kind.into());
        Json::Object(attribute)
    };
    Json::Object(members.iter().map(|(name, it)| (name.clone(), shown(it))).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn map(members: &[(&str, Value)]) -> Value {
        let members = members.iter().map(|(name, it)| ((*name).to_owned(), it.clone()));
        Value::Map(members.collect::<BTreeMap<_, _>>())
    }

    #[test]
    fn a_message_as_a_function_gets_it() {
        let attribute =
            map(&[("DataType", Value::from("String")), ("StringValue", Value::from("v"))]);
        let bytes = map(&[
            ("DataType", Value::from("Binary")),
            ("BinaryValue", Value::Blob(vec![1, 2, 3].into())),
        ]);
        let message = map(&[
            ("MessageId", Value::from("id")),
            ("ReceiptHandle", Value::from("handle")),
            ("Body", Value::from("hi")),
            ("MD5OfBody", Value::from("49f6")),
            ("MD5OfMessageAttributes", Value::from("d1")),
            ("Attributes", map(&[("ApproximateReceiveCount", Value::from("1"))])),
            ("MessageAttributes", map(&[("a", attribute), ("b", bytes)])),
        ]);
        let answer = map(&[("Messages", Value::List(vec![message]))]);
        let arn = "arn:aws:sqs:us-east-2:123456789012:my-queue";
        let records = read(&answer, arn);
        let record = records.first().expect("there is one");
        assert_eq!((record.id.as_str(), record.handle.as_str()), ("id", "handle"));
        let expected = json!({
            "messageId": "id",
            "receiptHandle": "handle",
            "body": "hi",
            "attributes": {"ApproximateReceiveCount": "1"},
            "messageAttributes": {
                "a": {"stringValue": "v", "stringListValues": [], "binaryListValues": [], "dataType": "String"},
                "b": {"binaryValue": "AQID", "stringListValues": [], "binaryListValues": [], "dataType": "Binary"},
            },
            "md5OfBody": "49f6",
            "eventSource": "aws:sqs",
            "eventSourceARN": arn,
            "awsRegion": "us-east-2",
            "md5OfMessageAttributes": "d1",
        });
        assert_eq!(record.json, expected);
        assert!(read(&Value::default(), arn).is_empty());
    }
}
