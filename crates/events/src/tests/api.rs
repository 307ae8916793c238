//! Connections and API destinations.

use super::*;
use crate::connections::credentials::RETRIEVE;

const ROLE: &str = "arn:aws:iam::123456789012:role/events";

fn text(text: &str) -> Value {
    Value::from(text)
}

fn all<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Map(map(members))
}

/// An answer of an address.
fn answer(status: i64, headers: &[(&str, &str)], body: &str) -> Value {
    let pair = |(name, value): &(&str, &str)| Value::List(vec![text(name), text(value)]);
    all([
        ("StatusCode", Value::Int(status)),
        ("Headers", Value::List(headers.iter().map(pair).collect())),
        ("Body", Value::Blob(body.to_owned().into())),
    ])
}

impl World {
    fn made(&mut self, operation: &str, input: Map) -> Value {
        let outcome = self
            .with(|events, cx| events.call(cx, operation, Value::Map(input)))
            .expect("it is taken");
        let cloudarium_service::Outcome::Output(output) = outcome else { panic!("it waits") };
        output
    }

    /// A rule whose events go to an API by this connection.
    fn with_api(kind: &str, parameters: Value, destination: Map) -> (Self, String) {
        let mut world = World::new(Map::new());
        let connection = world.made(
            "CreateConnection",
            map([
                ("Name", text("shop")),
                ("AuthorizationType", text(kind)),
                ("AuthParameters", parameters),
            ]),
        );
        let connection = connection.get("ConnectionArn").and_then(Value::as_str).expect("an ARN");
        let mut whole = map([
            ("Name", text("orders")),
            ("ConnectionArn", text(connection)),
            ("InvocationEndpoint", text("https://api.example/orders/*")),
            ("HttpMethod", text("POST")),
        ]);
        whole.extend(destination);
        let made = world.made("CreateApiDestination", whole);
        let arn = made.get("ApiDestinationArn").cloned().expect("an ARN");
        let http = all([
            ("PathParameterValues", Value::List(vec![text("n 1")])),
            ("HeaderParameters", all([("User-Agent", text("me")), ("Host", text("elsewhere"))])),
            ("QueryStringParameters", all([("a", text("target")), ("b", text("target"))])),
        ]);
        let target = all([
            ("Id", text("t")),
            ("Arn", arn),
            ("RoleArn", text(ROLE)),
            ("InputPath", text("$.detail")),
            ("HttpParameters", http),
            ("DeadLetterConfig", all([("Arn", text(DEAD))])),
        ]);
        let targets = Value::List(vec![target]);
        world.call("PutTargets", map([("Rule", text("r")), ("Targets", targets)]));
        (world, connection.to_owned())
    }

    fn basic() -> (Self, String) {
        let user = all([("Username", text("me")), ("Password", text("hush"))]);
        let query = all([("Key", text("a")), ("Value", text("connection"))]);
        let http = all([("QueryStringParameters", Value::List(vec![query]))]);
        let parameters = all([("BasicAuthParameters", user), ("InvocationHttpParameters", http)]);
        Self::with_api("BASIC", parameters, Map::new())
    }

    fn oauth() -> (Self, String) {
        let client = all([("ClientID", text("me")), ("ClientSecret", text("hu&sh"))]);
        let field = all([("Key", text("audience")), ("Value", text("shop"))]);
        let http = all([("BodyParameters", Value::List(vec![field]))]);
        let oauth = all([
            ("ClientParameters", client),
            ("AuthorizationEndpoint", text("https://id.example/token")),
            ("HttpMethod", text("POST")),
            ("OAuthHttpParameters", http),
        ]);
        let parameters = all([("OAuthParameters", oauth)]);
        Self::with_api("OAUTH_CLIENT_CREDENTIALS", parameters, Map::new())
    }

    /// The request that was sent first; it is answered.
    fn respond(&mut self, answer: Value) -> HttpCall {
        let (ticket, call) = self.host.fetches.remove(0);
        self.with(|events, cx| events.call_done(cx, ticket, Ok(answer)));
        call
    }

    /// The timer that is due first.
    fn wait(&mut self) -> Timestamp {
        let timers = &mut self.host.timers;
        timers.sort_by_key(|(due, _)| *due);
        let (due, payload) = timers.remove(0);
        self.now = due;
        self.with(|events, cx| events.timer(cx, payload));
        due
    }

    fn credentials(&mut self, arn: &str) -> Result<Value, Fault> {
        let input = all([("ConnectionArn", text(arn))]);
        self.with(|events, cx| events.internal(cx, RETRIEVE, &input))
    }
}

fn header<'a>(call: &'a HttpCall, name: &str) -> Vec<&'a str> {
    let named = call.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
    named.map(|(_, value)| value.as_str()).collect()
}

#[test]
fn a_request_is_what_aws_sends() {
    let (mut world, _) = World::basic();
    world.put(r#"{"n": 1}"#.to_owned());
    let call = world.respond(answer(204, &[], ""));
    assert_eq!(call.method, "POST");
    assert_eq!(call.url, "https://api.example/orders/n%201?b=target&a=connection");
    assert_eq!(call.body, r#"{"n":1}"#);
    assert_eq!(header(&call, "authorization"), ["Basic bWU6aHVzaA=="]);
    assert_eq!(header(&call, "content-type"), ["application/json; charset=utf-8"]);
    assert_eq!(header(&call, "user-agent"), ["Amazon/EventBridge/ApiDestinations"]);
    assert_eq!(header(&call, "range"), ["bytes=0-1048575"]);
    assert!(header(&call, "host").is_empty());
    assert!(world.host.calls.is_empty(), "it was taken");
}

#[test]
fn a_client_is_given_a_token() {
    let (mut world, arn) = World::oauth();
    assert_eq!(world.credentials(&arn).expect_err("not yet").code, "AuthInProgress");
    world.put("{}".to_owned());
    assert_eq!(world.host.fetches.len(), 1, "the event waits");
    let given = r#"{"access_token": "t1", "expires_in": 3600}"#;
    let began = world.now;
    let asked = world.respond(answer(200, &[], given));
    assert_eq!(asked.url, "https://id.example/token");
    let body = "grant_type=client_credentials&client_id=me&client_secret=hu%26sh&audience=shop";
    assert_eq!(asked.body, body);
    world.wait();
    let call = world.respond(answer(401, &[], ""));
    assert_eq!(header(&call, "authorization"), ["Bearer t1"]);
    // 401: another token is asked for, and the event is sent again.
    world.respond(answer(200, &[], r#"{"access_token": "t2", "expires_in": 3600}"#));
    world.wait();
    let call = world.respond(answer(200, &[], ""));
    assert_eq!(header(&call, "authorization"), ["Bearer t2"]);
    // The token is renewed before it expires.
    assert!(world.wait().since(began) < Duration::from_hours(1));
    world.host.timers.clear();
    let renewed = world.host.fetches.iter().filter(|(_, call)| call.url == asked.url).count();
    assert_eq!(renewed, 1);
    let given = world.credentials(&arn).expect("the old one still holds");
    let Some(Value::List(headers)) = given.get("HeaderParameters") else { panic!("no headers") };
    let authorization = all([
        ("Key", text("Authorization")),
        ("Value", text("Bearer t2")),
        ("IsValueSecret", Value::Bool(true)),
    ]);
    assert_eq!(headers.as_slice(), [authorization]);
    world.respond(answer(500, &[], ""));
    assert_eq!(world.credentials(&arn).expect_err("it failed").code, "InvalidConnectionState");
}

#[test]
fn credentials_of_others_are_not_told() {
    let (mut world, arn) = World::basic();
    let told = world.credentials(&arn).expect("it is authorized");
    assert_eq!(told.get("AuthorizationType"), Some(&text("BASIC")));
    assert_eq!(told.get("BodyParameters"), Some(&Value::List(Vec::new())));
    let other = arn.replace("123456789012", "111122223333");
    assert_eq!(world.credentials(&other).expect_err("another's").code, "AccessDenied");
    world.call("DeleteConnection", map([("Name", text("shop"))]));
    assert_eq!(world.credentials(&arn).expect_err("gone").code, "ResourceNotFound");
}

#[test]
fn a_late_answer_counts_as_none() {
    let (mut world, _) = World::basic();
    world.put("{}".to_owned());
    world.now = world.now.plus(Duration::from_secs(6));
    world.respond(answer(200, &[], ""));
    world.wait();
    // A negative time: it is not sent again.
    world.respond(answer(503, &[("retry-after", "-1")], ""));
    assert_eq!(world.told("ERROR_CODE").as_deref(), Some("SDK_CLIENT_ERROR"));
    assert_eq!(world.told("EXHAUSTED_RETRY_CONDITION"), None);
}

#[test]
fn no_more_is_sent_in_a_second_than_may_be() {
    let key = all([("ApiKeyName", text("x-api-key")), ("ApiKeyValue", text("k"))]);
    let limit = map([("InvocationRateLimitPerSecond", Value::Int(2))]);
    let (mut world, _) = World::with_api("API_KEY", all([("ApiKeyAuthParameters", key)]), limit);
    let began = world.now;
    for _ in 0..3 {
        world.put("{}".to_owned());
    }
    assert_eq!(world.host.fetches.len(), 2);
    assert_eq!(world.wait().since(began), Duration::from_secs(1));
    assert_eq!(world.host.fetches.len(), 3);
    let saved = world.events.save();
    let mut events = Events::default();
    events.load(&saved).expect("it was saved");
    assert_eq!(events.state, world.events.state);
}
