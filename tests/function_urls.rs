//! Requests to the addresses of functions, from the front door on: what the function gets, what comes back of what it
//! returns, and who may; and the links to their packages.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cloudarium_cloud::{Call, Caller, CallerKind, Cloud, Config, Effect, Event, Request};
use cloudarium_shape::{Map, Value};
use cloudarium_tests::case::json::{Kept, expand, from_value, to_input};
use cloudarium_wire::http::{Headers, HttpRequest, HttpResponse};
use cloudarium_wire::sigv4::{Dialect, Secret, sign_request};
use serde_json::{Value as Json, json};

const ACCOUNT: &str = "123456789012";
const FORBIDDEN: &str = "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html";

/// A cloud with a function that has an address.
struct Site {
    cloud: Cloud,
    host: String,
}

impl Site {
    fn new(settings: Json) -> Self {
        let mut cloud = Cloud::new(Config::default());
        let function = json!({
            "FunctionName": "web",
            "Runtime": "python3.13",
            "Role": "arn:aws:iam::123456789012:role/f",
            "Handler": "main.handler",
            "Code": { "ZipFile": { "zip": { "main.py": "x = 1" } } },
        });
        call(&mut cloud, "CreateFunction", &function);
        cloud.advance(cloud.now().plus(std::time::Duration::from_secs(2)));
        let mut url = json!({ "FunctionName": "web" });
        let members = url.as_object_mut().expect("an object");
        members.extend(settings.as_object().cloned().unwrap_or_default());
        let made = call(&mut cloud, "CreateFunctionUrlConfig", &url);
        let address = made["FunctionUrl"].as_str().expect("an address");
        let host = address.trim_start_matches("https://").trim_end_matches('/').to_owned();
        Self { cloud, host }
    }

    /// Open to everyone, with both permissions that this takes.
    fn open(settings: Json) -> Self {
        let mut site = Self::new(settings);
        site.permit(
            "url",
            json!({ "Action": "lambda:InvokeFunctionUrl", "FunctionUrlAuthType": "NONE" }),
        );
        site.permit(
            "invoke",
            json!({ "Action": "lambda:InvokeFunction", "InvokedViaFunctionUrl": true }),
        );
        site
    }

    fn permit(&mut self, sid: &str, more: Json) {
        let mut input = json!({ "FunctionName": "web", "StatementId": sid, "Principal": "*" });
        let members = input.as_object_mut().expect("an object");
        members.extend(more.as_object().cloned().unwrap_or_default());
        call(&mut self.cloud, "AddPermission", &input);
    }

    fn request(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> HttpRequest {
        let mut all = Headers::default();
        all.set("Host", self.host.clone());
        headers.iter().for_each(|(name, value)| all.append(*name, *value));
        let body = Bytes::copy_from_slice(body);
        HttpRequest { method: method.to_owned(), target: target.to_owned(), headers: all, body }
    }

    /// Sends a request; the function, if it is reached, returns `returned`. Gives the answer, and the function's event.
    fn send(&mut self, http: HttpRequest, returned: &str) -> (HttpResponse, Option<Json>) {
        self.send_to(http, "Returned", returned)
    }

    fn send_to(
        &mut self,
        http: HttpRequest,
        outcome: &str,
        returned: &str,
    ) -> (HttpResponse, Option<Json>) {
        self.send_ended(http, outcome, ("Payload", Value::Blob(Bytes::from(returned.to_owned()))))
    }

    fn send_ended(
        &mut self,
        http: HttpRequest,
        outcome: &str,
        (name, ended): (&str, Value),
    ) -> (HttpResponse, Option<Json>) {
        let now = self.cloud.now();
        let request = Request { id: 7, at: now, wall: now, caller: Caller::Client, http };
        let mut effects = self.cloud.handle(request);
        let mut event = None;
        loop {
            match effects.pop() {
                Some(Effect::Respond { id: 7, response }) => return (response, event),
                Some(Effect::Work { ticket, work }) => {
                    let Some(Value::Blob(payload)) = work.input.get("Payload") else {
                        panic!("no event")
                    };
                    event = Some(serde_json::from_slice(payload).expect("JSON"));
                    let result = Value::Map(Map::from([
                        ("Outcome".to_owned(), Value::from(outcome)),
                        ("DurationMs".to_owned(), Value::Float(10.0)),
                        ("MaxMemoryMb".to_owned(), Value::Int(40)),
                        (name.to_owned(), ended.clone()),
                    ]));
                    effects = self.cloud.resume(Event::WorkDone { ticket, result });
                }
                other => panic!("no answer: {other:?}"),
            }
        }
    }
}

fn call(cloud: &mut Cloud, operation: &str, input: &Json) -> Json {
    let input = expand(input, &Kept::new()).expect("an input");
    let call = Call {
        service: "lambda".to_owned(),
        operation: operation.to_owned(),
        input: to_input("lambda", operation, &input).expect("it fits the model"),
        region: "us-east-1".to_owned(),
        caller: Caller::Trusted { kind: CallerKind::Console, account: ACCOUNT.to_owned() },
        at: cloud.now(),
    };
    from_value(&cloud.call(call).unwrap_or_else(|fault| panic!("{operation}: {fault:?}")))
}

fn text(response: &HttpResponse) -> String {
    String::from_utf8_lossy(&response.body).into_owned()
}

fn refused(response: &HttpResponse) -> (u16, Json) {
    (response.status, serde_json::from_slice(&response.body).expect("JSON"))
}

#[test]
fn the_function_gets_the_request_as_an_event() {
    let mut site = Site::open(json!({ "AuthType": "NONE" }));
    let headers = [
        ("Content-Type", "application/json; charset=utf-8"),
        ("Cookie", "a=1; b=2"),
        ("X-Twice", "1"),
        ("X-Twice", "2"),
        ("User-Agent", "tests"),
    ];
    let body = "{\"é\":1}";
    let request = site.request("POST", "/my%20path?x=1&x=2&y=a%26b", &headers, body.as_bytes());
    let (response, event) = site.send(request, "\"Hello\"");
    assert_eq!((response.status, text(&response)), (200, "\"Hello\"".to_owned()));
    assert_eq!(response.headers.get("content-type"), Some("application/json"));
    let event = event.expect("it ran");
    assert_eq!(event["version"], "2.0");
    assert_eq!(
        (&event["rawPath"], &event["rawQueryString"]),
        (&json!("/my%20path"), &json!("x=1&x=2&y=a%26b"))
    );
    assert_eq!(event["queryStringParameters"], json!({ "x": "1,2", "y": "a&b" }));
    assert_eq!(event["cookies"], json!(["a=1", "b=2"]));
    assert_eq!((&event["body"], &event["isBase64Encoded"]), (&json!(body), &json!(false)));
    assert_eq!(event["headers"]["x-twice"], "1,2");
    assert_eq!(event["headers"]["x-forwarded-proto"], "https");
    assert_eq!(event["headers"].get("cookie"), None);
    let context = &event["requestContext"];
    assert_eq!(context["http"]["method"], "POST");
    assert_eq!(context["http"]["userAgent"], "tests");
    assert_eq!(context["domainName"], json!(site.host));
    assert_eq!((&context["accountId"], context.get("authorizer")), (&json!("anonymous"), None));
    assert_eq!(
        Some(context["requestId"].as_str().unwrap_or_default()),
        response.headers.get("x-amzn-RequestId")
    );
    let record = site.cloud.calls().iter().last().expect("it is in the list");
    assert_eq!((record.operation.as_str(), record.status), ("InvokeFunctionUrl", 200));
}

#[test]
fn bodies_that_are_no_text_come_in_base64() {
    let mut site = Site::open(json!({ "AuthType": "NONE" }));
    for (kind, body, expected) in [
        ("application/x-www-form-urlencoded", &b"a=1"[..], json!("YT0x")),
        ("image/png", b"\xff\x00", json!("/wA=")),
        ("text/plain", b"\xff", json!("/w==")),
        ("application/problem+json", b"{}", json!("{}")),
    ] {
        let request = site.request("PUT", "/", &[("content-type", kind)], body);
        let (_, event) = site.send(request, "null");
        let event = event.expect("it ran");
        assert_eq!(event["body"], expected, "{kind}");
        assert_eq!(event["isBase64Encoded"], json!(expected != "{}"), "{kind}");
    }
    let request = site.request("GET", "/", &[], b"");
    let (_, event) = site.send(request, "null");
    assert_eq!(event.expect("it ran").get("body"), None);
}

#[test]
fn what_it_returns_is_an_answer() {
    let mut site = Site::open(json!({ "AuthType": "NONE" }));
    let request = site.request("GET", "/", &[], b"");
    let returned = r#"{"statusCode": 201, "headers": {"Content-Type": "text/html"}, "body": "<p>hi", "cookies": ["a=1", "b=2"]}"#;
    let (response, _) = site.send(request.clone(), returned);
    assert_eq!((response.status, text(&response)), (201, "<p>hi".to_owned()));
    let cookies = response.headers.iter().filter(|(name, _)| *name == "set-cookie").count();
    assert_eq!((cookies, response.headers.get("content-length")), (2, Some("5")));
    let (response, _) = site.send_to(request.clone(), "Failed", r#"{"errorMessage": "no"}"#);
    assert_eq!((response.status, text(&response)), (502, "Internal Server Error".to_owned()));
    let head = site.request("HEAD", "/", &[], b"");
    let (response, _) = site.send(head, returned);
    assert_eq!((response.body.len(), response.headers.get("content-length")), (0, Some("5")));
}

// https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
#[test]
fn what_it_streams_is_an_answer() {
    let mut site = Site::open(json!({ "AuthType": "NONE", "InvokeMode": "RESPONSE_STREAM" }));
    let request = site.request("GET", "/", &[], b"");
    let stream = |kind: Option<&str>, chunks: &[&[u8]]| {
        let chunks = chunks.iter().map(|it| Value::String(STANDARD.encode(it))).collect();
        let mut told = Map::from([("Chunks".to_owned(), Value::List(chunks))]);
        told.extend(kind.map(|kind| ("ContentType".to_owned(), Value::from(kind))));
        ("Stream", Value::Map(told))
    };
    let http = Some("application/vnd.awslambda.http-integration-response");
    let prelude = br#"{"statusCode": 202, "headers": {"X-A": "b"}, "cookies": ["c=1"]}"#;
    let pieces = [&prelude[..], &[0; 8], b"one ", b"two"];
    let (response, _) = site.send_ended(request.clone(), "Returned", stream(http, &pieces));
    assert_eq!((response.status, text(&response)), (202, "one two".to_owned()));
    assert_eq!(
        (response.headers.get("x-a"), response.headers.get("set-cookie")),
        (Some("b"), Some("c=1"))
    );
    let (response, _) = site.send_ended(request.clone(), "Returned", stream(None, &[b"raw"]));
    assert_eq!((response.status, text(&response)), (200, "raw".to_owned()));
    assert_eq!(response.headers.get("content-type"), Some("application/octet-stream"));
    // A status that has left stays; what fails before anything was written is a bad gateway.
    let (response, _) = site.send_ended(request.clone(), "Failed", stream(http, &pieces[..3]));
    assert_eq!((response.status, text(&response)), (202, "one ".to_owned()));
    let (response, _) = site.send_ended(request.clone(), "Failed", stream(None, &[]));
    assert_eq!(response.status, 502);
    // A handler that does not stream is not interpreted.
    let (response, _) = site.send(request, r#"{"statusCode": 404}"#);
    assert_eq!((response.status, text(&response)), (200, r#"{"statusCode": 404}"#.to_owned()));
}

// https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
#[test]
fn an_open_address_still_needs_both_permissions() {
    let mut site = Site::new(json!({ "AuthType": "NONE" }));
    let request = site.request("GET", "/", &[], b"");
    let (response, event) = site.send(request.clone(), "null");
    assert_eq!((refused(&response), event), ((403, json!({ "Message": FORBIDDEN })), None));
    assert_eq!(response.headers.get("x-amzn-ErrorType"), Some("AccessDeniedException"));
    site.permit(
        "url",
        json!({ "Action": "lambda:InvokeFunctionUrl", "FunctionUrlAuthType": "NONE" }),
    );
    assert_eq!(site.send(request.clone(), "null").0.status, 403);
    site.permit(
        "invoke",
        json!({ "Action": "lambda:InvokeFunction", "InvokedViaFunctionUrl": true }),
    );
    assert_eq!(site.send(request.clone(), "null").0.status, 200);
    // A signature that means nothing here stands in nobody's way.
    let mut signed = request.clone();
    signed.headers.set("Authorization", "Bearer something");
    assert_eq!(site.send(signed, "null").0.status, 200);
    let mut elsewhere = request;
    elsewhere.headers.set("Host", "nobodys.lambda-url.us-east-1.on.aws");
    assert_eq!(site.send(elsewhere, "null").0.status, 403);
}

#[test]
fn one_of_type_aws_iam_takes_those_who_sign() {
    let mut site = Site::new(json!({ "AuthType": "AWS_IAM" }));
    let request = site.request("GET", "/?b=2&a=1", &[], b"");
    assert_eq!(site.send(request.clone(), "null").0.status, 403);
    let mut signed = request.clone();
    let secret = |key: &str| {
        let user = Config::default().users[0].clone();
        Secret {
            access_key_id: user.access_key_id,
            secret_access_key: key.to_owned(),
            session_token: None,
        }
    };
    sign(&mut signed, &secret("test"), &site.cloud);
    let (response, event) = site.send(signed, "null");
    assert_eq!(response.status, 200, "{}", text(&response));
    let context = event.expect("it ran")["requestContext"].clone();
    assert_eq!(context["accountId"], ACCOUNT);
    assert_eq!(context["authorizer"]["iam"]["accountId"], ACCOUNT);
    assert_eq!(context["authorizer"]["iam"]["accessKey"], "test");
    let mut wrong = request;
    sign(&mut wrong, &secret("another"), &site.cloud);
    let (response, event) = site.send(wrong, "null");
    assert_eq!((response.status, event), (403, None));
    assert_eq!(response.headers.get("x-amzn-ErrorType"), Some("InvalidSignatureException"));
}

fn sign(request: &mut HttpRequest, secret: &Secret, cloud: &Cloud) {
    sign_request(request, secret, ("us-east-1", "lambda"), Dialect::General, cloud.now());
}

#[test]
fn pages_of_other_origins_come_in_as_the_address_says() {
    let cors = json!({
        "AllowOrigins": ["https://a.example"], "AllowMethods": ["GET", "PUT"], "AllowHeaders": ["x-a"],
        "ExposeHeaders": ["x-b"], "MaxAge": 60,
    });
    let mut site = Site::open(json!({ "AuthType": "NONE", "Cors": cors }));
    let preflight = |site: &Site, origin: &str| {
        site.request(
            "OPTIONS",
            "/",
            &[("Origin", origin), ("Access-Control-Request-Method", "PUT")],
            b"",
        )
    };
    let request = preflight(&site, "https://a.example");
    let (response, event) = site.send(request, "null");
    assert_eq!((response.status, event), (200, None), "the function does not run");
    let header =
        |response: &HttpResponse, name: &str| response.headers.get(name).map(str::to_owned);
    assert_eq!(
        header(&response, "access-control-allow-origin").as_deref(),
        Some("https://a.example")
    );
    assert_eq!(header(&response, "access-control-allow-methods").as_deref(), Some("GET,PUT"));
    assert_eq!(header(&response, "access-control-max-age").as_deref(), Some("60"));
    let request = preflight(&site, "https://b.example");
    assert_eq!(header(&site.send(request, "null").0, "access-control-allow-origin"), None);
    // What the function says of it does not come twice.
    let returned =
        r#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": ""}"#;
    let request = site.request("GET", "/", &[("Origin", "https://a.example")], b"");
    let (response, _) = site.send(request, returned);
    let origins: Vec<&str> = response
        .headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("access-control-allow-origin"))
        .map(|(_, value)| value)
        .collect();
    assert_eq!(origins, ["https://a.example"]);
    assert_eq!(header(&response, "access-control-expose-headers").as_deref(), Some("x-b"));
}

/// Opens a link to a package, and tells the status, the type and the body.
fn download(site: &mut Site, method: &str, link: &str) -> (u16, String, Bytes) {
    let (host, target) = link.trim_start_matches("https://").split_once('/').expect("a path");
    let mut http = site.request(method, &format!("/{target}"), &[], b"");
    http.headers.set("Host", host);
    let (response, event) = site.send(http, "");
    assert_eq!(event, None, "no function is asked");
    let kind = response.headers.get("content-type").unwrap_or_default().to_owned();
    (response.status, kind, response.body)
}

#[test]
fn a_package_is_downloaded_by_its_link_for_ten_minutes() {
    let mut site = Site::new(json!({ "AuthType": "NONE" }));
    let told = call(&mut site.cloud, "GetFunction", &json!({ "FunctionName": "web" }));
    let link = told["Code"]["Location"].as_str().expect("a link").to_owned();
    let (status, kind, zip) = download(&mut site, "GET", &link);
    assert_eq!((status, kind.as_str()), (200, "application/zip"));
    assert_eq!(Some(zip.len() as u64), told["Configuration"]["CodeSize"].as_u64());
    assert!(zip.starts_with(b"PK"), "{zip:?}");
    assert_eq!(download(&mut site, "HEAD", &link).0, 200);

    let words = |body: &Bytes| String::from_utf8_lossy(body).into_owned();
    let (status, kind, body) = download(&mut site, "PUT", &link);
    assert_eq!((status, kind.as_str()), (403, "application/xml"), "{}", words(&body));
    let other = link.replace("/web-", "/wob-");
    let (status, _, body) = download(&mut site, "GET", &other);
    assert!(
        words(&body).contains("<Code>SignatureDoesNotMatch</Code>"),
        "{status} {}",
        words(&body)
    );
    let (unsigned, _) = link.split_once("&X-Amz-Signature").expect("a signature");
    assert_eq!(download(&mut site, "GET", unsigned).0, 403);
    let later = link.replace("X-Amz-Expires=600", "X-Amz-Expires=86400");

    site.cloud.advance(site.cloud.now().plus(std::time::Duration::from_secs(601)));
    for over in [&link, &later] {
        let (status, _, body) = download(&mut site, "GET", over);
        assert_eq!(status, 403);
        assert!(words(&body).contains("Request has expired"), "{}", words(&body));
    }
}

#[test]
fn a_layer_has_a_link_too() {
    let mut site = Site::new(json!({ "AuthType": "NONE" }));
    let content = json!({ "ZipFile": { "zip": { "python/lib.py": "x = 1" } } });
    let layer = json!({ "LayerName": "lib", "Content": content });
    let made = call(&mut site.cloud, "PublishLayerVersion", &layer);
    let link = made["Content"]["Location"].as_str().expect("a link").to_owned();
    let (status, _, zip) = download(&mut site, "GET", &link);
    assert_eq!(status, 200);
    assert_eq!(Some(zip.len() as u64), made["Content"]["CodeSize"].as_u64());
    let as_function = link.replace("-layers.", "-tasks.");
    assert_eq!(download(&mut site, "GET", &as_function).0, 403);
}
