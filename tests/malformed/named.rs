//! One request of each kind, and the very refusal that AWS has for it.

use bytes::Bytes;
use cloudarium_wire::http::HttpRequest;

use super::base::{chunked, request, sign};
use super::{Door, code};

fn put() -> HttpRequest {
    request("s3", "PutObject", r#"{"Bucket": "open-bucket", "Key": "k", "Body": "hello"}"#)
}

fn with(mut request: HttpRequest, name: &str, value: &str) -> HttpRequest {
    request.headers.set(name, value);
    request
}

fn body(mut request: HttpRequest, body: impl Into<Bytes>) -> HttpRequest {
    request.body = body.into();
    request
}

fn check(what: &str, request: HttpRequest, expected: (&str, u16)) {
    let answer = Door::new().knock(request.clone(), false);
    let code = code(&request, &answer).unwrap_or_default();
    assert_eq!((code.as_str(), answer.status), expected, "{what}: {answer:?}");
}

#[test]
fn bodies() {
    let delete = || {
        let input = r#"{"Bucket": "open-bucket", "Delete": {"Objects": [{"Key": "x"}]}}"#;
        request("s3", "DeleteObjects", input)
    };
    let put = put();
    let digest = with(put.clone(), "Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==");
    check("another MD5", sign("s3", digest), ("BadDigest", 400));
    let digest = with(put.clone(), "Content-MD5", "nonsense");
    check("no MD5", sign("s3", digest), ("InvalidDigest", 400));
    let checksum = with(put.clone(), "x-amz-checksum-crc32", "AAAAAA==");
    check("another CRC32", sign("s3", checksum), ("BadDigest", 400));
    let checksum = with(put.clone(), "x-amz-checksum-sha256", "AAAA");
    check("a short SHA-256", sign("s3", checksum), ("InvalidRequest", 400));
    let cut = body(sign("s3", put), "hell");
    check("a cut body", cut, ("XAmzContentSHA256Mismatch", 400));
    let mut xml = body(delete(), "<Delete><Object>");
    xml.headers.remove("x-amz-checksum-crc32");
    let xml = with(xml, "Content-MD5", "+2rCm3H5gAvj6vVEDzqGXw==");
    let answer = Door::new().knock(sign("s3", xml.clone()), false);
    assert_eq!(answer.status, 400, "{:?}", code(&xml, &answer));
    let mut bare = delete();
    bare.headers.remove("x-amz-checksum-crc32");
    check("no checksum where one must be", sign("s3", bare), ("InvalidRequest", 400));
}

#[test]
fn chunks() {
    let unending = body(chunked(), "5\r\nhel");
    check("cut in a chunk", unending, ("IncompleteBody", 400));
    let short = body(chunked(), "4\r\nhell\r\n0\r\n\r\n");
    check("fewer bytes than told", short, ("IncompleteBody", 400));
    let sum = body(chunked(), "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n");
    check("another checksum", sum, ("BadDigest", 400));
}

#[test]
fn signatures() {
    let put = put();
    let mut signed = sign("s3", put.clone());
    signed.target.push('x');
    check("another key", signed, ("SignatureDoesNotMatch", 403));
    let garbled = with(put.clone(), "Authorization", "AWS4-HMAC-SHA256 Credential=test");
    check("half a header", garbled, ("AuthorizationHeaderMalformed", 400));
    let identity = request("sts", "GetCallerIdentity", "{}");
    let mut signed = sign("sts", identity);
    signed.body = "Action=GetCallerIdentity&Version=2011-06-15&x=y".into();
    check("another body", signed, ("SignatureDoesNotMatch", 403));
}

#[test]
fn operations_and_members() {
    let put = sign("s3", with(put(), "x-amz-acl", "private"));
    assert_eq!(put.method, "PUT");
    let item = request("dynamodb", "ListTables", "{}");
    let unknown = with(item.clone(), "X-Amz-Target", "DynamoDB_20120810.Nope");
    check("no such operation", sign("dynamodb", unknown), ("UnknownOperationException", 400));
    let broken = body(item.clone(), "{\"Limit\":");
    check("broken JSON", sign("dynamodb", broken), ("SerializationException", 400));
    let text = body(item, "{\"Limit\": \"many\"}");
    check("text for a number", sign("dynamodb", text), ("SerializationException", 400));
    let form = request("sts", "GetCallerIdentity", "{}");
    let unknown = body(form.clone(), "Action=Nope&Version=2011-06-15");
    check("no such action", sign("sts", unknown), ("InvalidAction", 400));
    let none = body(form, "Version=2011-06-15");
    check("no action", sign("sts", none), ("MissingAction", 400));
    let mut path = request("lambda", "ListFunctions", "{}");
    path.target = "/2015-03-31/nope".to_owned();
    check("no such path", sign("lambda", path), ("UnknownOperationException", 404));
}
