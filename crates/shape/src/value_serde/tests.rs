use std::collections::BTreeMap;

use bytes::Bytes;
use cloudarium_env::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Blob, Map, Value, ValueError, from_value, member_names, to_value};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Status {
    Enabled,
    Suspended,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Target {
    Arn(String),
    Counts(Vec<i32>),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Everything {
    bucket: String,
    body: Option<Blob>,
    last_modified: Option<Timestamp>,
    #[serde(default)]
    tags: BTreeMap<String, String>,
    status: Option<Status>,
    target: Option<Target>,
    ratio: Option<f64>,
    size: Option<i64>,
    document: Option<Value>,
    parts: Option<Vec<Part>>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Part {
    part_number: u32,
    last: bool,
}

fn everything(body: Bytes) -> Everything {
    Everything {
        bucket: "b".to_owned(),
        body: Some(Blob(body)),
        last_modified: Some(Timestamp::from_ms(1_234)),
        tags: BTreeMap::from([("k".to_owned(), "v".to_owned())]),
        status: Some(Status::Suspended),
        target: Some(Target::Counts(vec![1, 2])),
        ratio: Some(0.5),
        size: Some(-7),
        document: Some(Value::List(vec![Value::Null, Value::Blob(Bytes::from_static(b"x"))])),
        parts: Some(vec![Part { part_number: 1, last: true }]),
    }
}

#[test]
fn a_struct_survives_the_way_there_and_back() {
    let value = to_value(&everything(Bytes::from_static(b"body"))).unwrap();
    assert_eq!(value.get("Status"), Some(&Value::from("Suspended")));
    assert_eq!(value.get("LastModified"), Some(&Value::Timestamp(Timestamp::from_ms(1_234))));
    assert_eq!(from_value::<Everything>(value).unwrap(), everything(Bytes::from_static(b"body")));
}

#[test]
fn blobs_are_shared_not_copied() {
    let body = Bytes::from(vec![7; 1_000]);
    let value = to_value(&everything(body.clone())).unwrap();
    let Some(Value::Blob(inside)) = value.get("Body") else { panic!("no blob") };
    assert_eq!(inside.as_ptr(), body.as_ptr());
    let back: Everything = from_value(value).unwrap();
    assert_eq!(back.body.unwrap().0.as_ptr(), body.as_ptr());
}

#[test]
fn members_that_are_none_are_left_out() {
    let bare = Value::Map(Map::from([("Bucket".to_owned(), Value::from("b"))]));
    let typed: Everything = from_value(bare).unwrap();
    assert_eq!(typed.body, None);
    let value = to_value(&typed).unwrap();
    let Value::Map(map) = value else { panic!("not a structure") };
    assert_eq!(map.keys().collect::<Vec<_>>(), ["Bucket", "Tags"]);
}

#[test]
fn an_unknown_member_is_named() {
    let value = Value::Map(Map::from([("GrantRead".to_owned(), Value::from("x"))]));
    assert_eq!(
        from_value::<Everything>(value),
        Err(ValueError::UnknownMember("GrantRead".to_owned()))
    );
}

#[test]
fn a_mismatch_says_why() {
    for (member, value) in [
        ("Bucket", Value::Int(1)),
        ("Body", Value::from("text")),
        ("LastModified", Value::Int(0)),
        ("Status", Value::from("Neither")),
        ("Target", Value::from("Arn")),
    ] {
        let mut map = Map::from([("Bucket".to_owned(), Value::from("b"))]);
        map.insert(member.to_owned(), value);
        let error = from_value::<Everything>(Value::Map(map)).unwrap_err();
        assert!(matches!(error, ValueError::Mismatch(_)), "{member}: {error:?}");
    }
}

#[test]
fn members_are_listed_by_their_aws_names() {
    assert_eq!(member_names::<Part>(), ["PartNumber", "Last"]);
    assert_eq!(member_names::<Everything>().first(), Some(&"Bucket"));
    assert_eq!(member_names::<String>(), Vec::<&str>::new());
}

#[test]
fn values_and_blobs_survive_other_formats() {
    let value = to_value(&everything(Bytes::from_static(b"\x00\xff"))).unwrap();
    let text = serde_json::to_string(&value).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    let blob = Blob(Bytes::from_static(b"ab"));
    assert_eq!(serde_json::to_string(&blob).unwrap(), "[97,98]");
    assert_eq!(serde_json::from_str::<Blob>("[97,98]").unwrap(), blob);
}
