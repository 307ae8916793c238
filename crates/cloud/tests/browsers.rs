//! What browsers ask of S3 beside the operations of its model: preflights, forms with a file, pages
//! of websites.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use bytes::Bytes;
use cloudarium_cloud::{Call, Caller, CallerKind, Cloud, Config, Effect, Request};
use cloudarium_env::Timestamp;
use cloudarium_shape::Value;
use cloudarium_wire::http::{Headers, HttpRequest, HttpResponse};

const ACCOUNT: &str = "123456789012";

fn cloud() -> Cloud {
    let mut cloud = Cloud::new(Config::default());
    call(&mut cloud, "CreateBucket", serde_json::json!({"Bucket": "bkt"}));
    cloud
}

fn value(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Bool(truth) => Value::Bool(*truth),
        serde_json::Value::Number(number) => Value::Int(number.as_i64().expect("whole")),
        serde_json::Value::Array(items) => Value::List(items.iter().map(value).collect()),
        serde_json::Value::Object(members) => {
            Value::Map(members.iter().map(|(name, member)| (name.clone(), value(member))).collect())
        }
        serde_json::Value::Null => Value::Null,
    }
}

fn call(cloud: &mut Cloud, operation: &str, input: serde_json::Value) {
    let Value::Map(mut input) = value(&input) else { panic!("it is an object") };
    if let Some(Value::String(body)) = input.get("Body").cloned() {
        input.insert("Body".to_owned(), Value::Blob(Bytes::from(body)));
    }
    answer(cloud, operation, Value::Map(input));
}

fn answer(cloud: &mut Cloud, operation: &str, input: Value) -> Value {
    let call = Call {
        service: "s3".to_owned(),
        operation: operation.to_owned(),
        input,
        region: "us-east-1".to_owned(),
        caller: owner(),
        at: cloud.now(),
    };
    cloud.call(call).unwrap_or_else(|fault| panic!("{operation}: {fault:?}"))
}

struct Asked<'a> {
    method: &'a str,
    host: &'a str,
    target: &'a str,
    headers: &'a [(&'a str, &'a str)],
    body: String,
    caller: Caller,
}

fn ask<'a>(method: &'a str, target: &'a str, headers: &'a [(&'a str, &'a str)]) -> Asked<'a> {
    let host = "127.0.0.1:4566";
    Asked { method, host, target, headers, body: String::new(), caller: Caller::Client }
}

fn owner() -> Caller {
    Caller::Trusted { kind: CallerKind::Console, account: ACCOUNT.to_owned() }
}

fn send(cloud: &mut Cloud, asked: Asked<'_>) -> HttpResponse {
    let mut headers = Headers::default();
    headers.set("Host", asked.host);
    asked.headers.iter().for_each(|(name, value)| headers.set(*name, *value));
    let http = HttpRequest {
        method: asked.method.to_owned(),
        target: asked.target.to_owned(),
        headers,
        body: Bytes::from(asked.body),
    };
    let now = cloud.now();
    let request = Request { id: 1, at: now, wall: now, caller: asked.caller, http };
    match cloud.handle(request).pop() {
        Some(Effect::Respond { response, .. }) => response,
        other => panic!("no answer: {other:?}"),
    }
}

fn text(response: &HttpResponse) -> String {
    String::from_utf8(response.body.to_vec()).expect("UTF-8")
}

fn cors(cloud: &mut Cloud, rule: serde_json::Value) {
    let rules = serde_json::json!({"CORSRules": [rule]});
    call(cloud, "PutBucketCors", serde_json::json!({"Bucket": "bkt", "CORSConfiguration": rules}));
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors-troubleshooting.html
#[test]
fn preflights_that_are_refused() {
    let mut cloud = cloud();
    let refused = |cloud: &mut Cloud, target: &str, headers: &[(&str, &str)]| {
        let response = send(cloud, ask("OPTIONS", target, headers));
        (response.status, text(&response))
    };
    let (status, body) = refused(&mut cloud, "/bkt/k", &[]);
    assert_eq!(status, 400);
    assert!(body.contains("<Code>BadRequest</Code><Message>Insufficient information. Origin request header needed.</Message>"), "{body}");
    let origin = ("Origin", "https://a.example");
    let (status, body) = refused(&mut cloud, "/none-such/k", &[origin]);
    assert_eq!(status, 403);
    assert!(
        body.contains(
            "<Code>AccessForbidden</Code><Message>CORSResponse: Bucket not found</Message>"
        ),
        "{body}"
    );
    let put = ("Access-Control-Request-Method", "PUT");
    let (status, body) = refused(&mut cloud, "/bkt/k", &[origin, put]);
    assert_eq!(status, 403);
    assert!(body.contains("CORSResponse: CORS is not enabled for this bucket."), "{body}");
    assert!(body.contains("<Method>PUT</Method><ResourceType>BUCKET</ResourceType>"), "{body}");
    cors(&mut cloud, serde_json::json!({"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}));
    let (status, body) = refused(&mut cloud, "/bkt/k", &[origin, put]);
    assert_eq!(status, 403);
    assert!(body.contains("CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin"), "{body}");
    assert!(body.contains("<ResourceType>OBJECT</ResourceType>"), "{body}");
    assert_eq!(refused(&mut cloud, "/bkt/k", &[origin]).0, 400);
    let get = ("Access-Control-Request-Method", "GET");
    let header = ("Access-Control-Request-Headers", "x-amz-meta-a");
    assert_eq!(refused(&mut cloud, "/bkt/k", &[origin, get, header]).0, 403);
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/testing-cors.html
#[test]
fn preflights_that_are_allowed() {
    let mut cloud = cloud();
    cors(
        &mut cloud,
        serde_json::json!({
            "AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["https://*.example"],
            "AllowedHeaders": ["*"], "ExposeHeaders": ["ETag"], "MaxAgeSeconds": 3000,
        }),
    );
    let headers = [
        ("Origin", "https://a.example"),
        ("Access-Control-Request-Method", "PUT"),
        ("Access-Control-Request-Headers", "X-Amz-Date,content-type"),
    ];
    let response = send(&mut cloud, ask("OPTIONS", "/bkt/k", &headers));
    assert_eq!((response.status, response.body.len()), (200, 0));
    let expected = [
        ("Access-Control-Allow-Origin", "https://a.example"),
        ("Access-Control-Allow-Methods", "GET, PUT"),
        ("Access-Control-Allow-Headers", "x-amz-date, content-type"),
        ("Access-Control-Expose-Headers", "ETag"),
        ("Access-Control-Max-Age", "3000"),
        ("Access-Control-Allow-Credentials", "true"),
        ("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"),
    ];
    for (name, value) in expected {
        assert_eq!(response.headers.get(name), Some(value), "{name}");
    }
    let hosted = Asked { host: "bkt.s3.us-east-1.amazonaws.com", ..ask("OPTIONS", "/k", &headers) };
    assert_eq!(send(&mut cloud, hosted).status, 200);
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
#[test]
fn answers_are_shared_with_pages_that_a_rule_allows() {
    let mut cloud = cloud();
    let of = |cloud: &mut Cloud, headers: &[(&str, &str)]| {
        let asked = Asked { caller: owner(), ..ask("GET", "/bkt/none-such", headers) };
        let response = send(cloud, asked);
        assert_eq!(response.status, 404);
        response.headers.get("Access-Control-Allow-Origin").map(str::to_owned)
    };
    let origin = ("Origin", "https://a.example");
    assert_eq!(of(&mut cloud, &[origin]), None);
    cors(
        &mut cloud,
        serde_json::json!({"AllowedMethods": ["GET"], "AllowedOrigins": ["https://a.example"]}),
    );
    assert_eq!(of(&mut cloud, &[origin]).as_deref(), Some("https://a.example"));
    assert_eq!(of(&mut cloud, &[]), None);
    assert_eq!(of(&mut cloud, &[("Origin", "https://b.example")]), None);
    assert_eq!(of(&mut cloud, &[origin, ("Access-Control-Request-Method", "PUT")]), None);
}

fn form(fields: &[(&str, &str)], file: &str) -> String {
    let field = |(name, value): &(&str, &str)| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields: String = fields.iter().map(field).collect();
    format!(
        "{fields}--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n{file}\r\n--x--\r\n"
    )
}

const MULTIPART: [(&str, &str); 1] = [("Content-Type", "multipart/form-data; boundary=x")];

fn post(cloud: &mut Cloud, caller: Caller, fields: &[(&str, &str)], file: &str) -> HttpResponse {
    let asked = Asked { body: form(fields, file), caller, ..ask("POST", "/bkt", &MULTIPART) };
    send(cloud, asked)
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
#[test]
fn a_form_uploads() {
    let mut cloud = cloud();
    let fields = [("key", "up/${filename}"), ("x-amz-meta-a", "1"), ("Content-Type", "text/css")];
    let response = post(&mut cloud, owner(), &fields, "hi");
    assert_eq!((response.status, text(&response).as_str()), (204, ""));
    assert_eq!(response.headers.get("ETag"), Some("\"49f68a5c8493ec2c0bf489821c21fc3b\""));
    assert_eq!(response.headers.get("Location"), Some("http://127.0.0.1:4566/bkt/up/a.txt"));
    let read = value(&serde_json::json!({"Bucket": "bkt", "Key": "up/a.txt"}));
    let output = answer(&mut cloud, "GetObject", read);
    assert_eq!(output.get("Body"), Some(&Value::Blob(Bytes::from("hi"))));
    assert_eq!(output.get("ContentType"), Some(&Value::from("text/css")));

    let status = [("key", "k"), ("success_action_status", "201")];
    let response = post(&mut cloud, owner(), &status, "hi");
    assert_eq!(response.status, 201);
    assert!(text(&response).contains("<PostResponse><Location>http://127.0.0.1:4566/bkt/k</Location><Bucket>bkt</Bucket><Key>k</Key><ETag>&quot;49f68a5c8493ec2c0bf489821c21fc3b&quot;</ETag></PostResponse>"), "{}", text(&response));

    let redirect = [("key", "k"), ("success_action_redirect", "http://a.example/done")];
    let response = post(&mut cloud, owner(), &redirect, "hi");
    assert_eq!(response.status, 303);
    assert_eq!(
        response.headers.get("Location"),
        Some("http://a.example/done?bucket=bkt&key=k&etag=%2249f68a5c8493ec2c0bf489821c21fc3b%22")
    );
    let odd = [("key", "k"), ("success_action_status", "404")];
    assert_eq!(post(&mut cloud, owner(), &odd, "hi").status, 204);
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html
#[test]
fn a_signed_form_uploads_and_a_wrong_one_does_not() {
    let mut cloud = cloud();
    // {"expiration": "2026-01-02T00:00:00Z", "conditions": [{"bucket": "bkt"}, ["starts-with", "$key", ""]]}
    let policy = "eyJleHBpcmF0aW9uIjogIjIwMjYtMDEtMDJUMDA6MDA6MDBaIiwgImNvbmRpdGlvbnMiOiBbeyJidWNrZXQiOiAiYmt0In0sIFsic3RhcnRzLXdpdGgiLCAiJGtleSIsICIiXV19";
    // By Python: base64(hmac-sha1("test", policy)).
    let signature = "7ZS8JJl/zF1UWiHLWy3MKLu79lo=";
    let fields =
        [("key", "k"), ("AWSAccessKeyId", "test"), ("policy", policy), ("signature", signature)];
    let response = post(&mut cloud, Caller::Client, &fields, "hi");
    assert_eq!(response.status, 204, "{}", text(&response));
    let wrong =
        [("key", "k"), ("AWSAccessKeyId", "test"), ("policy", policy), ("signature", "AAAA")];
    let response = post(&mut cloud, Caller::Client, &wrong, "hi");
    assert_eq!(response.status, 403);
    assert!(text(&response).contains("<Code>SignatureDoesNotMatch</Code>"));
    let unsigned = [("key", "k"), ("AWSAccessKeyId", "test"), ("policy", policy)];
    let response = post(&mut cloud, Caller::Client, &unsigned, "hi");
    assert_eq!(response.status, 400);
    assert!(text(&response).contains("Bucket POST must contain a field named 'Signature'"));
    // Nobody may upload into a private bucket.
    assert_eq!(post(&mut cloud, Caller::Client, &[("key", "k")], "hi").status, 403);
    // After its end a policy lets nothing in.
    cloud.advance(Timestamp::from_ms(cloud.now().as_ms() + 24 * 60 * 60 * 1000));
    let response = post(&mut cloud, Caller::Client, &fields, "hi");
    assert_eq!(response.status, 403);
    assert!(text(&response).contains("Invalid according to Policy: Policy expired."));
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html: what PUT takes as headers, a form takes as fields.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
#[test]
fn a_form_takes_checksums_and_locks_as_a_put_does() {
    let mut cloud = cloud();
    // By Python: base64 of hashlib.sha512(b"hi"), hashlib.md5(b"hi").
    let sums = [
        (
            "x-amz-checksum-sha512",
            "FQoU7VvqbMcxz4bEFWasQnqNtI7xuf1iZmSzv7uZBx+kySLzPd44cZuMg1Tit6udd+Dmf8EoQ5IKcS5z1Vjhlw==",
        ),
        ("x-amz-checksum-md5", "SfaKXIST7CwL9ImCHCH8Ow=="),
    ];
    for (field, right) in sums {
        let fields = [("key", "sum"), (field, right)];
        let response = post(&mut cloud, owner(), &fields, "hi");
        assert_eq!(response.status, 204, "{field}: {}", text(&response));
        let response = post(&mut cloud, owner(), &fields, "changed");
        assert_eq!(response.status, 400, "{field}");
        assert!(text(&response).contains("<Code>BadDigest</Code>"), "{}", text(&response));
    }
    let locked = serde_json::json!({"Bucket": "locked", "ObjectLockEnabledForBucket": true});
    call(&mut cloud, "CreateBucket", locked);
    let mut lock = |fields: &[(&str, &str)]| {
        let body = form(fields, "hi");
        send(&mut cloud, Asked { body, caller: owner(), ..ask("POST", "/locked", &MULTIPART) })
    };
    let until = "x-amz-object-lock-retain-until-date";
    let mode = ("x-amz-object-lock-mode", "GOVERNANCE");
    let held = ("x-amz-object-lock-legal-hold", "ON");
    let kept = lock(&[("key", "k"), mode, (until, "2036-01-01T00:00:00Z"), held]);
    assert_eq!(kept.status, 204, "{}", text(&kept));
    for wrong in [(until, "tomorrow"), (until, "2020-01-01T00:00:00Z")] {
        let response = lock(&[("key", "k"), mode, wrong]);
        assert_eq!(response.status, 400, "{wrong:?}");
        assert!(text(&response).contains("<Code>InvalidArgument</Code>"), "{}", text(&response));
    }
    let response = lock(&[("key", "k"), ("x-amz-grant-read", "id=1")]);
    assert_eq!(response.status, 501, "nothing is taken and dropped: {}", text(&response));
    let asked = value(&serde_json::json!({"Bucket": "locked", "Key": "k"}));
    let output = answer(&mut cloud, "HeadObject", asked);
    assert_eq!(output.get("ObjectLockMode"), Some(&Value::from("GOVERNANCE")));
    assert_eq!(output.get("ObjectLockLegalHoldStatus"), Some(&Value::from("ON")));
}

#[test]
fn forms_that_are_none() {
    let mut cloud = cloud();
    let response = post(&mut cloud, owner(), &[], "hi");
    assert_eq!(response.status, 400);
    assert!(text(&response).contains("Bucket POST must contain a field named 'key'."));
    let broken = Asked { body: "--x".to_owned(), ..ask("POST", "/bkt", &MULTIPART) };
    let response = send(&mut cloud, broken);
    assert_eq!(response.status, 400);
    assert!(text(&response).contains("<Code>MalformedPOSTRequest</Code>"));
    let no_file = "--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n--x--";
    let asked = Asked { body: no_file.to_owned(), ..ask("POST", "/bkt", &MULTIPART) };
    let response = send(&mut cloud, asked);
    assert_eq!(response.status, 400);
    assert!(text(&response).contains("POST requires exactly one file upload per request."));
}

fn site(cloud: &mut Cloud) {
    let website = serde_json::json!({
        "IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "error.html"},
        "RoutingRules": [
            {"Condition": {"KeyPrefixEquals": "docs/"}, "Redirect": {"ReplaceKeyPrefixWith": "documents/"}},
            {"Condition": {"HttpErrorCodeReturnedEquals": "404", "KeyPrefixEquals": "old"},
             "Redirect": {"HostName": "example.com", "Protocol": "https", "HttpRedirectCode": "302", "ReplaceKeyWith": "new"}},
        ],
    });
    call(
        cloud,
        "PutBucketWebsite",
        serde_json::json!({"Bucket": "bkt", "WebsiteConfiguration": website}),
    );
    for (key, body) in
        [("index.html", "home"), ("photos/index.html", "photos"), ("a b.html", "page")]
    {
        let put = serde_json::json!({"Bucket": "bkt", "Key": key, "Body": body, "ContentType": "text/html"});
        call(cloud, "PutObject", put);
    }
}

fn page(cloud: &mut Cloud, host: &str, target: &str) -> HttpResponse {
    let asked = Asked { host, caller: owner(), ..ask("GET", target, &[]) };
    send(cloud, asked)
}

const SITE: &str = "bkt.s3-website-us-east-1.amazonaws.com";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/IndexDocumentSupport.html
#[test]
fn pages_and_folders_of_a_website() {
    let mut cloud = cloud();
    site(&mut cloud);
    for (target, body) in [("/", "home"), ("/photos/", "photos"), ("/a%20b.html?q=1", "page")] {
        let response = page(&mut cloud, SITE, target);
        assert_eq!((response.status, text(&response).as_str()), (200, body), "{target}");
        assert_eq!(response.headers.get("Content-Type"), Some("text/html"));
    }
    let response = page(&mut cloud, SITE, "/photos");
    assert_eq!((response.status, response.headers.get("Location")), (302, Some("/photos/")));
    // The same below a path, for those who have no host names.
    let local = "127.0.0.1:4566";
    let response = page(&mut cloud, local, "/_website/bkt/photos");
    assert_eq!(response.headers.get("Location"), Some("/_website/bkt/photos/"));
    assert_eq!(text(&page(&mut cloud, local, "/_website/bkt/")), "home");
    let head = Asked { host: SITE, caller: owner(), ..ask("HEAD", "/", &[]) };
    let response = send(&mut cloud, head);
    assert_eq!(
        (response.status, response.body.len(), response.headers.get("Content-Length")),
        (200, 0, Some("4"))
    );
    let range = [("Range", "bytes=1-2")];
    let part = Asked { host: SITE, caller: owner(), ..ask("GET", "/", &range) };
    let response = send(&mut cloud, part);
    assert_eq!((response.status, text(&response).as_str()), (206, "om"));
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/IndexDocumentSupport.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html: without s3:ListBucket what is missing is 403.
#[test]
fn who_may_not_list_is_led_to_a_folder_and_told_of_nothing_missing() {
    let mut cloud = cloud();
    site(&mut cloud);
    call(&mut cloud, "DeletePublicAccessBlock", serde_json::json!({"Bucket": "bkt"}));
    let policy = serde_json::json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
        "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bkt/*"}]});
    let policy = serde_json::json!({"Bucket": "bkt", "Policy": policy.to_string()});
    call(&mut cloud, "PutBucketPolicy", policy);
    let mut anybody = |target| send(&mut cloud, Asked { host: SITE, ..ask("GET", target, &[]) });
    let response = anybody("/photos");
    assert_eq!((response.status, response.headers.get("Location")), (302, Some("/photos/")));
    assert_eq!(anybody("/photos/").status, 200);
    for missing in ["/none", "/none/"] {
        assert_eq!(anybody(missing).status, 403, "{missing}");
    }
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html
#[test]
fn redirects_of_a_website() {
    let mut cloud = cloud();
    site(&mut cloud);
    let response = page(&mut cloud, SITE, "/docs/a%20b");
    assert_eq!(response.status, 301);
    assert_eq!(
        response.headers.get("Location"),
        Some("http://bkt.s3-website-us-east-1.amazonaws.com/documents/a%20b")
    );
    let response = page(&mut cloud, SITE, "/old/page");
    assert_eq!(
        (response.status, response.headers.get("Location")),
        (302, Some("https://example.com/new"))
    );
    let moved =
        serde_json::json!({"Bucket": "bkt", "Key": "moved", "WebsiteRedirectLocation": "/photos/"});
    call(&mut cloud, "PutObject", moved);
    let response = page(&mut cloud, SITE, "/moved");
    assert_eq!((response.status, response.headers.get("Location")), (301, Some("/photos/")));
    let all = serde_json::json!({"RedirectAllRequestsTo": {"HostName": "example.com", "Protocol": "https"}});
    call(
        &mut cloud,
        "PutBucketWebsite",
        serde_json::json!({"Bucket": "bkt", "WebsiteConfiguration": all}),
    );
    let response = page(&mut cloud, SITE, "/a%20b");
    assert_eq!(
        (response.status, response.headers.get("Location")),
        (301, Some("https://example.com/a%20b"))
    );
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/CustomErrorDocSupport.html
#[test]
fn errors_of_a_website() {
    let mut cloud = cloud();
    let response = page(&mut cloud, SITE, "/");
    assert_eq!(response.status, 404);
    assert!(
        text(&response).contains("<li>Code: NoSuchWebsiteConfiguration</li>"),
        "{}",
        text(&response)
    );
    site(&mut cloud);
    let response = page(&mut cloud, SITE, "/<none>");
    assert_eq!(response.status, 404);
    let body = text(&response);
    assert!(body.contains("<h1>404 Not Found</h1>"), "{body}");
    assert!(body.contains("<li>Key: &lt;none&gt;</li>"), "{body}");
    assert!(
        body.contains(
            "<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>"
        ),
        "{body}"
    );
    assert_eq!(response.headers.get("x-amz-error-code"), Some("NoSuchKey"));
    call(
        &mut cloud,
        "PutObject",
        serde_json::json!({"Bucket": "bkt", "Key": "error.html", "Body": "sorry"}),
    );
    let response = page(&mut cloud, SITE, "/none");
    assert_eq!((response.status, text(&response).as_str()), (404, "sorry"));
    let response = page(&mut cloud, "none-such.s3-website.us-east-1.amazonaws.com", "/");
    assert!(text(&response).contains("<li>Code: NoSuchBucket</li>"));
    let put = Asked { host: SITE, caller: owner(), ..ask("PUT", "/k", &[]) };
    let response = send(&mut cloud, put);
    assert_eq!(response.status, 405);
    assert!(text(&response).contains("<li>Code: MethodNotAllowed</li>"));
    // Nobody may read a private bucket.
    let nobody = Asked { host: SITE, ..ask("GET", "/", &[]) };
    assert_eq!(send(&mut cloud, nobody).status, 403);
}
