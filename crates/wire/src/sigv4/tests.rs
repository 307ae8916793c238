//! The signature of AWS's own examples.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html> and
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>

use std::time::Duration;

use super::*;
use crate::http::HttpRequest;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const EMPTY_HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn at(text: &str) -> Timestamp {
    Timestamp::parse_amz_date(text).unwrap()
}

fn request(method: &str, target: &str, headers: &[(&str, &str)]) -> HttpRequest {
    HttpRequest {
        method: method.into(),
        target: target.into(),
        headers: headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
        ..HttpRequest::default()
    }
}

fn get_object() -> HttpRequest {
    request(
        "GET",
        "/test.txt",
        &[
            ("Host", "examplebucket.s3.amazonaws.com"),
            ("Range", "bytes=0-9"),
            ("x-amz-content-sha256", EMPTY_HASH),
            ("x-amz-date", "20130524T000000Z"),
            (
                "Authorization",
                "AWS4-HMAC-SHA256 \
             Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,\
             SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,\
             Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            ),
        ],
    )
}

fn presigned() -> HttpRequest {
    request(
        "GET",
        "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
         &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
         &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
        &[("Host", "examplebucket.s3.amazonaws.com")],
    )
}

fn check(request: &HttpRequest, secret: &str, now: &str) -> Result<Proof, AuthError> {
    let claim = parse(request)?.expect("signed");
    verify(&claim, request, secret, Dialect::S3, at(now))
}

#[test]
fn aws_example_by_header() {
    assert!(check(&get_object(), SECRET, "20130524T000100Z").is_ok());
}

#[test]
fn aws_example_by_query() {
    assert!(check(&presigned(), SECRET, "20130524T235900Z").is_ok());
}

#[test]
fn a_link_is_signed_as_in_the_documentation() {
    let mut link = request("GET", "/test.txt", &[("Host", "examplebucket.s3.amazonaws.com")]);
    let secret = Secret {
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret_access_key: SECRET.to_owned(),
        session_token: None,
    };
    presign(&mut link, &secret, ("us-east-1", "s3"), 86_400, at("20130524T000000Z"));
    assert_eq!(link.target, presigned().target);
}

#[test]
fn presigned_link_expires() {
    let error = check(&presigned(), SECRET, "20130525T000001Z").unwrap_err();
    let refusal = error.refusal(Dialect::S3);
    assert_eq!((refusal.code, refusal.status), ("AccessDenied", 403));
    assert_eq!(refusal.message, "Request has expired");
}

#[test]
fn presigned_link_from_the_future_is_not_valid_yet() {
    assert_eq!(check(&presigned(), SECRET, "20130523T000000Z"), Err(AuthError::NotYetValid));
}

#[test]
fn wrong_secret_shows_what_should_have_been_signed() {
    let error = check(&get_object(), "wrong", "20130524T000000Z").unwrap_err();
    let AuthError::Mismatch { string_to_sign, canonical_request, .. } = &error else {
        panic!("{error:?}")
    };
    assert!(
        string_to_sign
            .ends_with("7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972")
    );
    assert!(canonical_request.starts_with("GET\n/test.txt\n\nhost:examplebucket"));
    assert_eq!(error.refusal(Dialect::S3).code, "SignatureDoesNotMatch");
}

#[test]
fn clocks_may_differ_by_fifteen_minutes_and_no_more() {
    assert!(check(&get_object(), SECRET, "20130524T001500Z").is_ok());
    let error = check(&get_object(), SECRET, "20130524T001501Z").unwrap_err();
    assert_eq!(error.refusal(Dialect::S3).code, "RequestTimeTooSkewed");
    assert!(error.refusal(Dialect::General).message.starts_with("Signature expired: 2013"));
}

#[test]
fn amz_headers_must_be_signed() {
    let mut request = get_object();
    request.headers.append("x-amz-meta-added", "later");
    assert_eq!(
        check(&request, SECRET, "20130524T000000Z"),
        Err(AuthError::HeadersNotSigned(vec!["x-amz-meta-added".into()]))
    );
}

#[test]
fn body_must_hash_to_what_was_signed() {
    let mut request = get_object();
    request.body = bytes::Bytes::from_static(b"not empty");
    let error = check(&request, SECRET, "20130524T000000Z").unwrap_err();
    assert_eq!(error.refusal(Dialect::S3).code, "XAmzContentSHA256Mismatch");
}

#[test]
fn what_is_signed_here_is_verified_here() {
    let secret = Secret {
        access_key_id: "AKIDEXAMPLE".into(),
        secret_access_key: "secret".into(),
        session_token: Some("token".into()),
    };
    for dialect in [Dialect::S3, Dialect::General] {
        let mut request = request("PUT", "/a%20b//../%C3%BC?x=1%2B1&acl", &[("Host", "h")]);
        request.body = bytes::Bytes::from_static(b"body");
        let now = at("20260105T090000Z");
        sign_request(&mut request, &secret, ("us-east-1", "s3"), dialect, now);
        let claim = parse(&request).unwrap().unwrap();
        assert_eq!(claim.session_token.as_deref(), Some("token"));
        assert!(verify(&claim, &request, "secret", dialect, now).is_ok());
        assert!(verify(&claim, &request, "other", dialect, now).is_err());
    }
}

#[test]
fn malformed_claims_say_what_is_wrong() {
    let header = |value: &str| {
        parse(&request("GET", "/", &[("Authorization", value), ("x-amz-date", "20130524T000000Z")]))
    };
    assert_eq!(header("AWS AKID:sig"), Ok(None));
    assert_eq!(header("Basic YTpi"), Err(AuthError::MechanismNotSupported));
    assert_eq!(header(""), Err(AuthError::MechanismNotSupported));
    for value in [
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=x",
        "AWS4-HMAC-SHA256 Credential=a/20130524/r/s/aws5, SignedHeaders=host, Signature=x",
        "AWS4-HMAC-SHA256 Credential=a/20130525/r/s/aws4_request, SignedHeaders=h, Signature=x",
    ] {
        assert!(matches!(header(value), Err(AuthError::HeaderMalformed(_))), "{value}");
    }
    for target in [
        "/?X-Amz-Signature=x",
        "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a/20130524/r/s/aws4_request\
         &X-Amz-Date=20130524T000000Z&X-Amz-Expires=604801&X-Amz-SignedHeaders=h\
         &X-Amz-Signature=x",
    ] {
        let parsed = parse(&request("GET", target, &[]));
        assert!(matches!(parsed, Err(AuthError::QueryMalformed(_))), "{target}");
    }
    assert_eq!(parse(&request("GET", "/?a=b", &[])), Ok(None));
    assert!(Duration::from_secs(EXPIRES_MAX_S) > SKEW_MAX);
}
