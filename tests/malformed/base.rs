//! Good requests, to be spoiled.

use bytes::Bytes;
use cloudarium_shape::model;
use cloudarium_wire::http::HttpRequest;
use cloudarium_wire::sigv4::{Dialect, Secret, sign_request};
use cloudarium_wire::{client, json};

use super::NOW;

/// What must be there in the end.
pub(crate) const KEPT: [(&str, &str); 3] = [
    ("CreateBucket", r#"{"Bucket": "kept-bucket"}"#),
    ("PutObject", r#"{"Bucket": "kept-bucket", "Key": "kept", "Body": "kept"}"#),
    ("CreateBucket", r#"{"Bucket": "open-bucket"}"#),
];

pub(crate) const KEPT_OBJECT: &str = r#"{"Bucket": "kept-bucket", "Key": "kept"}"#;

const CALLS: &[(&str, &str, &str)] = &[
    (
        "s3",
        "PutObject",
        r#"{"Bucket": "open-bucket", "Key": "a/b c", "Body": "hello", "Metadata": {"a": "b"}}"#,
    ),
    ("s3", "GetObject", r#"{"Bucket": "open-bucket", "Key": "a/b c", "Range": "bytes=0-1"}"#),
    ("s3", "HeadObject", r#"{"Bucket": "open-bucket", "Key": "none"}"#),
    ("s3", "ListObjectsV2", r#"{"Bucket": "open-bucket", "MaxKeys": 5, "Prefix": "a"}"#),
    ("s3", "DeleteObjects", r#"{"Bucket": "open-bucket", "Delete": {"Objects": [{"Key": "x"}]}}"#),
    (
        "s3",
        "CreateBucket",
        r#"{"Bucket": "new-bucket", "CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"}}"#,
    ),
    (
        "s3",
        "CompleteMultipartUpload",
        r#"{"Bucket": "open-bucket", "Key": "k", "UploadId": "u", "MultipartUpload": {"Parts": [{"ETag": "e", "PartNumber": 1}]}}"#,
    ),
    (
        "s3",
        "PutBucketTagging",
        r#"{"Bucket": "open-bucket", "Tagging": {"TagSet": [{"Key": "k", "Value": "v"}]}}"#,
    ),
    ("sts", "GetCallerIdentity", "{}"),
    (
        "sts",
        "AssumeRole",
        r#"{"RoleArn": "arn:aws:iam::123456789012:role/r", "RoleSessionName": "me"}"#,
    ),
    ("iam", "CreateRole", r#"{"RoleName": "r", "AssumeRolePolicyDocument": "{}"}"#),
    ("ec2", "DescribeInstances", r#"{"InstanceIds": ["i-1"], "MaxResults": 5}"#),
    ("dynamodb", "PutItem", r#"{"TableName": "table", "Item": {"id": {"S": "1"}}}"#),
    (
        "lambda",
        "CreateFunction",
        r#"{"FunctionName": "f", "Role": "arn:aws:iam::123456789012:role/r", "Code": {"ZipFile": "UEsDBA=="}}"#,
    ),
    ("lambda", "GetFunction", r#"{"FunctionName": "f"}"#),
    (
        "stepfunctions",
        "CreateStateMachine",
        r#"{"name": "m", "definition": "{}", "roleArn": "arn:aws:iam::123456789012:role/r"}"#,
    ),
    ("sqs", "SendMessage", r#"{"QueueUrl": "http://localhost/1/q", "MessageBody": "m"}"#),
];

/// A request of the client's own, unsigned.
pub(crate) fn request(service: &str, operation: &str, input: &str) -> HttpRequest {
    let model = model::service(service).expect("a model");
    let described = model.operation(operation).expect("an operation");
    let input = serde_json::from_str(input).expect("JSON");
    let input =
        json::input(model, described, input).unwrap_or_else(|why| panic!("{operation}: {why}"));
    client::encode(service, operation, &input, "us-east-1").expect("a request")
}

/// All of them, signed.
pub(crate) fn all() -> Vec<HttpRequest> {
    let mut all: Vec<HttpRequest> = CALLS
        .iter()
        .map(|(service, operation, input)| sign(service, request(service, operation, input)))
        .collect();
    all.push(chunked());
    all
}

/// Signs with the pair that the cloud knows.
pub(crate) fn sign(service: &str, mut request: HttpRequest) -> HttpRequest {
    let secret = Secret {
        access_key_id: "test".to_owned(),
        secret_access_key: "test".to_owned(),
        session_token: None,
    };
    let dialect = if service == "s3" { Dialect::S3 } else { Dialect::General };
    let name = &model::service(service).expect("a model").signing_name;
    sign_request(&mut request, &secret, ("us-east-1", name), dialect, NOW);
    request
}

/// As the SDKs upload: chunks and a checksum behind them.
pub(crate) fn chunked() -> HttpRequest {
    let input = r#"{"Bucket": "open-bucket", "Key": "chunked", "Body": "x"}"#;
    let mut request = request("s3", "PutObject", input);
    request.headers.set("Content-Encoding", "aws-chunked");
    request.headers.set("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    request.headers.set("x-amz-decoded-content-length", "5");
    request.headers.set("x-amz-trailer", "x-amz-checksum-crc32");
    let body = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
    request.body = Bytes::from_static(body.as_bytes());
    sign("s3", request)
}
