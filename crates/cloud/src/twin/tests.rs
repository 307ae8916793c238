//! Twins of calls that a service has answered.

use cloudarium_env::Timestamp;

use super::names::words;
use super::*;
use crate::{Call, Caller, CallerKind, Config};

/// Makes the call, whatever is answered, and gives its twin.
fn twin(service: &str, operation: &str, input: Value, region: &str) -> Twin {
    let mut cloud = Cloud::new(Config::default());
    let caller = Caller::Trusted { kind: CallerKind::Console, account: "123456789012".to_owned() };
    let _ = cloud.call(Call {
        service: service.to_owned(),
        operation: operation.to_owned(),
        input,
        region: region.to_owned(),
        caller,
        at: Timestamp::default(),
    });
    cloud.twin(1).unwrap_or_else(|| panic!("{operation} has a twin"))
}

fn map(members: &[(&str, Value)]) -> Value {
    Value::Map(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

#[test]
fn names_become_words_as_in_botocore() {
    let names = [
        "PutObject",
        "ListObjectsV2",
        "SSEKMSKeyId",
        "MaxKeys",
        "ETag",
        "MFA",
        "GetBucketACL",
        "ChecksumCRC64NVME",
        "ARNs",
        "TargetGroupARNs",
        "ACL",
        "ContentMD5",
        "GrantReadACP",
        "DBInstances",
    ];
    let snake = names.map(|name| words(name, '_')).join(" ");
    assert_eq!(
        snake,
        "put_object list_objects_v2 ssekms_key_id max_keys e_tag mfa get_bucket_acl \
         checksum_crc64_nvme _arns target_group_arns acl content_md5 grant_read_acp db_instances"
    );
}

#[test]
fn an_upload_has_its_bytes_and_a_file_for_the_shell() {
    let body = Value::Blob(Bytes::from_static(b"Hello, \"cloud\"!\n\xff"));
    let put = map(&[("Bucket", "b-1".into()), ("Key", "d/it's ü.txt".into()), ("Body", body)]);
    let twin = twin("s3", "PutObject", put, "us-east-1");
    assert_eq!(
        twin.boto3_line,
        r#"s3.put_object(Bucket="b-1", Key="d/it's ü.txt", Body=b"Hello, \"cloud\"!\n\xff")"#
    );
    assert_eq!(
        twin.boto3,
        "s3.put_object(\n    Bucket=\"b-1\",\n    Key=\"d/it's ü.txt\",\n    \
         Body=b\"Hello, \\\"cloud\\\"!\\n\\xff\",\n)"
    );
    assert_eq!(
        twin.cli_line,
        r"aws s3api put-object --bucket b-1 --key 'd/it'\''s ü.txt' --body 'it'\''s ü.txt'"
    );
    assert!(
        twin.sent_file.is_some_and(|(name, content)| name == "it's ü.txt" && content.is_some())
    );
}

#[test]
fn a_long_body_is_a_file_in_both() {
    let body = Value::Blob(Bytes::from(vec![b'x'; 100_000]));
    let put = map(&[("Bucket", "b-1".into()), ("Key", "big".into()), ("Body", body)]);
    let twin = twin("s3", "PutObject", put, "us-east-1");
    assert_eq!(
        twin.boto3_line,
        r#"s3.put_object(Bucket="b-1", Key="big", Body=open("big", "rb"))"#
    );
    assert_eq!(twin.cli_line, "aws s3api put-object --bucket b-1 --key big --body big");
    assert_eq!(twin.sent_file, Some(("big".to_owned(), None)));
}

#[test]
fn a_download_names_its_file_and_another_region() {
    let get = map(&[("Bucket", "b-1".into()), ("Key", "d/-k.png".into())]);
    let twin = twin("s3", "GetObject", get, "eu-central-1");
    assert_eq!(
        twin.boto3_line,
        r#"boto3.client("s3", region_name="eu-central-1").get_object(Bucket="b-1", Key="d/-k.png")["Body"].read()"#
    );
    assert_eq!(
        twin.cli_line,
        "aws s3api get-object --bucket b-1 --key d/-k.png --region eu-central-1 ./-k.png"
    );
}

#[test]
fn structures_are_python_and_json() {
    let objects = Value::List(vec![map(&[("Key", "k".into())])]);
    let delete = map(&[("Objects", objects), ("Quiet", Value::Bool(true))]);
    let input = map(&[("Bucket", "b-1".into()), ("Delete", delete)]);
    let twin = twin("s3", "DeleteObjects", input, "us-east-1");
    assert_eq!(
        twin.boto3_line,
        r#"s3.delete_objects(Bucket="b-1", Delete={"Objects": [{"Key": "k"}], "Quiet": True})"#
    );
    assert_eq!(
        twin.cli_line,
        r#"aws s3api delete-objects --bucket b-1 --delete '{"Objects":[{"Key":"k"}],"Quiet":true}'"#
    );
}

#[test]
fn instants_numbers_and_what_the_shell_would_take_for_something_else() {
    let at = Value::Timestamp(Timestamp::from_ms(1_767_603_600_000));
    let get = map(&[("Bucket", "b-1".into()), ("Key", "-k".into()), ("IfModifiedSince", at)]);
    let head = twin("s3", "HeadObject", get, "us-east-1");
    assert_eq!(
        head.cli_line,
        "aws s3api head-object --bucket b-1 --key=-k --if-modified-since 2026-01-05T09:00:00.000Z"
    );
    let put = map(&[
        ("Bucket", "b-1".into()),
        ("Key", "k".into()),
        ("WebsiteRedirectLocation", "https://example.com/".into()),
    ]);
    assert_eq!(
        twin("s3", "PutObject", put, "us-east-1").cli_line,
        "aws s3api put-object --cli-input-json \
         '{\"Bucket\":\"b-1\",\"Key\":\"k\",\"WebsiteRedirectLocation\":\"https://example.com/\"}'"
    );
}

#[test]
fn hostile_text_stays_text() {
    assert_eq!(python::text("a\"\\\n\u{202e}\u{0}"), r#""a\"\\\n\u202e\x00""#);
    let tricky = "$(rm -rf) `x` \\ \" ' ; &";
    let list = map(&[("Bucket", "b-1".into()), ("Prefix", tricky.into())]);
    let twin = twin("s3", "ListObjectsV2", list, "us-east-1");
    assert_eq!(
        twin.cli_line,
        r#"aws s3api list-objects-v2 --bucket b-1 --prefix '$(rm -rf) `x` \ " '\'' ; &'"#
    );
}
