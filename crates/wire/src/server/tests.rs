use cloudarium_shape::Value;

use super::*;
use crate::client;
use crate::http::HttpRequest;

fn map(members: &[(&str, Value)]) -> Value {
    Value::Map(members.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect())
}

fn sent(service: &str, operation: &str, input: &Value) -> Value {
    let request = client::encode(service, operation, input, "eu-west-1").unwrap();
    let route = route(&request).unwrap();
    assert_eq!((route.service.name.as_str(), route.operation.name.as_str()), (service, operation));
    assert_eq!(route.region.as_deref(), Some("eu-west-1"));
    decode(&route, &request, None).unwrap()
}

#[test]
fn what_a_client_sends_a_server_reads() {
    let put = map(&[
        ("Bucket", Value::from("b")),
        ("Key", Value::from("ü/ +?#.txt")),
        ("Body", Value::Blob("hi".into())),
        ("Metadata", map(&[("a", Value::from("1"))])),
        ("ContentType", Value::from("text/plain")),
    ]);
    assert_eq!(sent("s3", "PutObject", &put), put);
    let delete = map(&[
        ("Bucket", Value::from("b")),
        ("Delete", map(&[("Objects", Value::List(vec![map(&[("Key", Value::from("k"))])]))])),
    ]);
    assert_eq!(sent("s3", "DeleteObjects", &delete).get("Delete"), delete.get("Delete"));
    let start = map(&[(
        "stateMachineArn",
        Value::from("arn:aws:states:eu-west-1:123456789012:stateMachine:m"),
    )]);
    assert_eq!(sent("stepfunctions", "StartExecution", &start), start);
    assert_eq!(sent("sts", "GetCallerIdentity", &map(&[])), map(&[]));
}

#[test]
fn what_a_server_answers_a_client_reads() {
    let ids = ResponseIds { request_id: "R".into(), host_id: "H".into() };
    for (service, operation, output) in [
        ("s3", "GetBucketLocation", map(&[("LocationConstraint", Value::from("eu-west-1"))])),
        ("s3", "CopyObject", map(&[("CopyObjectResult", map(&[("ETag", Value::from("\"x\""))]))])),
        ("sts", "GetCallerIdentity", map(&[("Account", Value::from("123456789012"))])),
        ("dynamodb", "ListTables", map(&[("TableNames", Value::List(vec![Value::from("t")]))])),
        ("ec2", "DescribeInstances", map(&[("NextToken", Value::from("n"))])),
    ] {
        let input = map(&[
            ("Bucket", Value::from("b")),
            ("Key", Value::from("k")),
            ("CopySource", Value::from("b/j")),
        ]);
        let request = client::encode(service, operation, &input, "us-east-1").unwrap();
        let route = route(&request).unwrap();
        let response = encode(&route, &output, &ids);
        assert_eq!(client::decode(service, operation, &response), Ok(output), "{operation}");
        let error = ErrorParts::new("Broken", 400, "It is <broken>").with("Detail", "d");
        let response = encode_error(route.form, &error, &ids);
        let read = client::decode(service, operation, &response).unwrap_err();
        assert_eq!((read.code, read.status), ("Broken".to_owned(), 400), "{operation}");
        assert_eq!(read.message, "It is <broken>", "{operation}");
    }
}

fn put(headers: &[(&str, &str)], body: &str) -> Result<Value, ErrorParts> {
    let request = HttpRequest {
        method: "PUT".into(),
        target: "/b/k".into(),
        headers: headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
        body: bytes::Bytes::from(body.to_owned()),
    };
    decode(&route(&request).unwrap(), &request, None)
}

#[test]
fn a_chunked_body_with_a_trailing_checksum() {
    let headers = [
        ("Content-Encoding", "gzip, aws-chunked"),
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ("x-amz-decoded-content-length", "5"),
        ("x-amz-trailer", "x-amz-checksum-crc32"),
        ("x-amz-sdk-checksum-algorithm", "CRC32"),
    ];
    let input = put(&headers, "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n").unwrap();
    assert_eq!(input.get("Body"), Some(&Value::Blob("hello".into())));
    assert_eq!(input.get("ContentEncoding"), Some(&Value::from("gzip")));
    assert_eq!(input.get("ChecksumCRC32"), Some(&Value::from("NhCmhg==")));
    let refused = |body: &str| put(&headers, body).unwrap_err().code;
    let wrong = "5\r\nhellO\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
    assert_eq!(refused(wrong), "BadDigest");
    assert_eq!(refused("5\r\nhello\r\n0\r\n\r\n"), "MalformedTrailerError");
    assert_eq!(refused("5\r\nhel"), "IncompleteBody");
    assert_eq!(refused("hello"), "IncompleteBody");
    assert_eq!(refused("xyz\r\nhello\r\n"), "InvalidRequest");
}

#[test]
fn checksums_are_verified() {
    assert_eq!(put(&[("Content-MD5", "nope")], "x").unwrap_err().code, "InvalidDigest");
    let md5 = [("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")];
    assert!(put(&md5, "").is_ok());
    assert_eq!(put(&md5, "x").unwrap_err().code, "BadDigest");
    let named = [("x-amz-sdk-checksum-algorithm", "CRC32")];
    assert_eq!(put(&named, "x").unwrap_err().code, "InvalidRequest");
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html#API_PutBucketPolicy_Examples>,
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html>
#[test]
fn statuses_that_no_model_tells() {
    let ids = ResponseIds { request_id: "R".into(), host_id: "H".into() };
    let input = map(&[
        ("Bucket", Value::from("b")),
        ("Key", Value::from("k")),
        ("Policy", Value::from("{}")),
    ]);
    for (operation, output, status) in [
        ("PutBucketPolicy", map(&[]), 204),
        ("RestoreObject", map(&[]), 202),
        ("RestoreObject", map(&[("StatusCode", Value::Int(202))]), 202),
        ("RestoreObject", map(&[("StatusCode", Value::Int(200))]), 200),
        ("GetObject", map(&[("StatusCode", Value::Int(201))]), 200),
    ] {
        let request = client::encode("s3", operation, &input, "us-east-1").unwrap();
        let route = route(&request).unwrap();
        assert_eq!(encode(&route, &output, &ids).status, status, "{operation}");
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html>
#[test]
fn reads_that_declare_how_an_object_is_encrypted() {
    let input = map(&[("Bucket", Value::from("b")), ("Key", Value::from("k"))]);
    for (operation, refused) in [("GetObject", true), ("HeadObject", true), ("PutObject", false)] {
        let mut request = client::encode("s3", operation, &input, "us-east-1").unwrap();
        request.headers.set("x-amz-server-side-encryption", "AES256");
        let route = route(&request).unwrap();
        let error = decode(&route, &request, None).err();
        assert_eq!(error.map(|error| (error.code, error.status)).is_some(), refused, "{operation}");
    }
}
