use super::*;
use crate::http::HttpRequest;

fn request(method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> HttpRequest {
    HttpRequest {
        method: method.into(),
        target: target.into(),
        headers: headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
        body: bytes::Bytes::from(body.to_owned()),
    }
}

#[test]
fn s3_operations_are_told_apart() {
    for (line, headers, expected) in [
        ("GET /", &[][..], "ListBuckets"),
        ("PUT /b", &[], "CreateBucket"),
        ("PUT /b/", &[], "CreateBucket"),
        ("GET /b", &[], "ListObjects"),
        ("GET /b?list-type=2", &[], "ListObjectsV2"),
        ("GET /b?location", &[], "GetBucketLocation"),
        ("GET /b?versions", &[], "ListObjectVersions"),
        ("GET /b?lifecycle", &[], "GetBucketLifecycleConfiguration"),
        ("POST /b?delete", &[], "DeleteObjects"),
        ("HEAD /b", &[], "HeadBucket"),
        ("DELETE /b", &[], "DeleteBucket"),
        ("PUT /b/k", &[], "PutObject"),
        ("PUT /b/k", &[("x-amz-copy-source", "b/j")], "CopyObject"),
        ("PUT /b/k?partNumber=1&uploadId=u", &[], "UploadPart"),
        ("PUT /b/k?partNumber=1&uploadId=u", &[("x-amz-copy-source", "b/j")], "UploadPartCopy"),
        ("GET /b/k?uploadId=u", &[], "ListParts"),
        ("POST /b/k?uploads", &[], "CreateMultipartUpload"),
        ("POST /b/k?uploadId=u", &[], "CompleteMultipartUpload"),
        ("DELETE /b/k?uploadId=u", &[], "AbortMultipartUpload"),
        ("GET /b/k?x-id=GetObject", &[], "GetObject"),
        ("GET /b/k?attributes", &[], "GetObjectAttributes"),
        ("GET /b/k?partNumber=1", &[], "GetObject"),
        ("POST /b/k?uploads&x-id=a", &[], "CreateMultipartUpload"),
        ("GET /b//k", &[], "GetObject"),
        ("GET /b/../k", &[], "GetObject"),
        ("HEAD /b/k", &[], "HeadObject"),
    ] {
        let (method, target) = line.split_once(' ').unwrap();
        let found = route(&request(method, target, headers, "")).unwrap();
        assert_eq!(found.operation.name, expected, "{line}");
    }
}

#[test]
fn what_is_no_request_for_an_object_is_not_taken_for_one() {
    for (line, code, words) in [
        ("PUT /b/k?uploadId=u", "MethodNotAllowed", "The specified method is not allowed"),
        ("PUT /b/k?uploads", "MethodNotAllowed", "The specified method is not allowed"),
        ("PUT /b/k?partNumber=1", "InvalidArgument", "This operation does not accept partNumber"),
        ("GET /b/k?versions", "InvalidRequest", "There is no such thing as the ?versions sub-res"),
        ("DELETE /b/k?policy", "InvalidRequest", "There is no such thing as the ?policy sub-reso"),
    ] {
        let (method, target) = line.split_once(' ').unwrap();
        for headers in [&[][..], &[("x-amz-copy-source", "b/j")]] {
            let error = route(&request(method, target, headers, "")).unwrap_err().error;
            assert_eq!(error.code, code, "{line}");
            assert!(error.message.starts_with(words), "{line}: {}", error.message);
        }
    }
}

#[test]
fn keys_come_as_they_are() {
    for (target, host, key) in [
        ("/b/a%20b+c", "s3.amazonaws.com", "a b+c"),
        ("/b//x/../y/", "127.0.0.1:4566", "/x/../y/"),
        ("/a/b", "b.s3.eu-west-1.amazonaws.com", "a/b"),
        ("/a/b", "b.localhost:4566", "a/b"),
        ("/a/b", "b.s3.localhost:4566", "a/b"),
    ] {
        let found = route(&request("GET", target, &[("Host", host)], "")).unwrap();
        let labels: Vec<_> = found.labels.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(labels, [("Bucket", "b"), ("Key", key)], "{host} {target}");
    }
    let refused = route(&request("GET", "/b/%ff", &[], "")).unwrap_err();
    assert_eq!(refused.error.code, "InvalidURI");
}

#[test]
fn hosts_tell_service_and_region() {
    for (host, service, region, bucket) in [
        ("s3.amazonaws.com", Some("s3"), None, None),
        ("s3.eu-west-1.amazonaws.com:443", Some("s3"), Some("eu-west-1"), None),
        ("a.b.s3.us-east-2.amazonaws.com", Some("s3"), Some("us-east-2"), Some("a.b")),
        ("b.s3-eu-west-1.amazonaws.com", Some("s3"), Some("eu-west-1"), Some("b")),
        ("sync-states.us-east-1.amazonaws.com", Some("states"), Some("us-east-1"), None),
        ("sts.amazonaws.com", Some("sts"), None, None),
        ("kinesis.us-east-1.amazonaws.com", Some("kinesis"), None, None),
        ("127.0.0.1:4566", None, None, None),
        ("[::1]:4566", None, None, None),
        ("localhost:4566", None, None, None),
    ] {
        let found = Host::of(host);
        assert_eq!(found.service.as_deref(), service, "{host}");
        assert_eq!(found.region.as_deref(), region, "{host}");
        assert_eq!(found.bucket.as_deref(), bucket, "{host}");
    }
}

#[test]
fn other_protocols_are_told_by_target_action_and_path() {
    let json = request("POST", "/", &[("X-Amz-Target", "AWSStepFunctions.StartExecution")], "{}");
    assert_eq!(route(&json).unwrap().operation.name, "StartExecution");
    let form = [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")];
    let query = request("POST", "/", &form, "Action=GetCallerIdentity&Version=2011-06-15");
    assert_eq!(route(&query).unwrap().operation.name, "GetCallerIdentity");
    let host = [("Host", "lambda.us-east-1.amazonaws.com")];
    let rest = request("POST", "/2015-03-31/functions/f/invocations", &host, "");
    assert_eq!(route(&rest).unwrap().operation.name, "Invoke");
}

#[test]
fn what_is_unknown_is_said_in_the_services_own_form() {
    let json = request("POST", "/", &[("X-Amz-Target", "AWSStepFunctions.Fly")], "{}");
    assert_eq!(route(&json).unwrap_err().error.code, "UnknownOperationException");
    let host = [("Host", "sts.amazonaws.com")];
    let query = route(&request("GET", "/?Action=Fly&Version=2011-06-15", &host, "")).unwrap_err();
    assert_eq!(query.error.message, "Could not find operation Fly for version 2011-06-15");
    let none = route(&request("GET", "/", &host, "")).unwrap_err();
    assert_eq!(none.error.code, "MissingAction");
    let other = request("POST", "/", &[("X-Amz-Target", "Kinesis_20131202.PutRecord")], "{}");
    assert!(route(&other).unwrap_err().error.message.contains("Kinesis_20131202.PutRecord"));
    let method = route(&request("BREW", "/b", &[], "")).unwrap_err();
    assert_eq!((method.error.code.as_str(), method.error.status), ("MethodNotAllowed", 405));
}
