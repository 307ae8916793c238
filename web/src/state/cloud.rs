//! Talks to the cloud worker: plain objects there and back, JSON texts inside them.

use std::collections::BTreeMap;

use js_sys::{Object, Reflect, Uint8Array};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::js;
use crate::state::calls::{Call, CallDetail};
use crate::state::keep::Look;
use crate::state::lives::{self, Life, Lives};
use crate::state::python::Run;
use crate::state::travel::{Bill, Changes, Go, Timeline, Twin};

/// Why the cloud did not do what was asked.
#[derive(Clone, PartialEq, Debug)]
pub enum Refusal {
    /// AWS's error, with our hint.
    Fault(Fault),
    /// The worker or the browser failed; the words are for the learner.
    Host(String),
}

/// An AWS error as the worker tells it.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fault {
    pub code: String,
    pub status: u16,
    pub message: String,
    pub hint: Option<String>,
    pub seq: Option<u64>,
}

/// An API call from the console.
#[derive(Clone, PartialEq, Debug)]
pub struct ApiCall {
    pub service: &'static str,
    pub operation: &'static str,
    pub input: Value,
    pub body: Option<Vec<u8>>,
    pub region: String,
    /// Who asks, if not the console's user: another account, or nobody where it is empty.
    pub account: Option<String>,
    /// Asks how it was after this call, without a trace.
    pub at: Option<u64>,
}

/// What an API call answered.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    pub output: Value,
    pub body: Option<Vec<u8>>,
    /// Its number in the list of calls.
    pub seq: u64,
}

/// What the worker said when it opened.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Opened {
    #[serde(deserialize_with = "time")]
    pub now: f64,
    pub storage: String,
    pub owned: bool,
    pub words: String,
}

/// The clock as the worker keeps it; `now` in milliseconds since 1970.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Clock {
    #[serde(deserialize_with = "time")]
    pub now: f64,
    pub speed: f64,
    #[serde(deserialize_with = "maybe_time")]
    pub next_timer: Option<f64>,
}

/// What the learner asks of time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum ClockWish {
    Look,
    Speed(u32),
    JumpMs(f64),
    NextTimer,
}

/// An operation that is simulated.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Operation {
    pub service: String,
    pub name: String,
    pub members: Vec<String>,
}

/// Boots the worker's cloud for a lesson, or for free play.
pub async fn open(lesson: Option<&str>) -> Result<Opened, Refusal> {
    let message = message("open", &[("lesson", lesson.map_or(JsValue::NULL, JsValue::from_str))]);
    decode(&send(&message).await?)
}

/// Makes an API call as the console does.
pub async fn call(call: ApiCall) -> Result<Answer, Refusal> {
    let message = message(
        "call",
        &[
            ("service", call.service.into()),
            ("operation", call.operation.into()),
            ("input", call.input.to_string().into()),
            ("region", call.region.into()),
            ("caller", "console".into()),
        ],
    );
    if let Some(at) = call.at {
        set(&message, "at", &count(at));
    }
    if let Some(account) = call.account {
        set(&message, "account", &account.into());
    }
    if let Some(body) = call.body {
        set(&message, "body", &Uint8Array::from(body.as_slice()).into());
    }
    let ok = send(&message).await?;
    let output = get(&ok, "output").as_string().unwrap_or_else(|| "{}".into());
    let body = get(&ok, "body").dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of calls")]
    let seq = get(&ok, "seq").as_f64().unwrap_or_default() as u64;
    Ok(Answer { output: serde_json::from_str(&output).unwrap_or(Value::Null), body, seq })
}

/// A picture as the worker tells it, for the editor's own JavaScript: the promise of plain objects, or null.
pub fn view_for_js(
    service: &'static str,
    name: String,
    params: JsValue,
    region: String,
) -> js_sys::Promise {
    wasm_bindgen_futures::future_to_promise(async move {
        let members = [
            ("service", service.into()),
            ("name", name.into()),
            ("params", js_sys::JSON::stringify(&params).map_or(JsValue::NULL, JsValue::from)),
            ("region", region.into()),
        ];
        let shown = send(&message("view", &members)).await.unwrap_or(JsValue::NULL);
        Ok(shown
            .as_string()
            .and_then(|text| js_sys::JSON::parse(&text).ok())
            .unwrap_or(JsValue::NULL))
    })
}

/// What is shown of the cloud as it goes.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct News {
    /// Oldest first.
    pub calls: Vec<Call>,
    pub clock: Clock,
    pub timeline: Timeline,
    pub bill: Bill,
}

/// How the cloud stands, with the calls made after `seq`; at most `limit` of them.
pub async fn news(after: u64, limit: u32) -> Result<News, Refusal> {
    let members = [("after", count(after)), ("limit", JsValue::from(limit))];
    decode(&send(&message("news", &members)).await?)
}

/// One call with its raw request and answer.
pub async fn call_detail(seq: u64) -> Result<CallDetail, Refusal> {
    decode(&send(&message("call-detail", &[("seq", count(seq))])).await?)
}

/// What can be done in time.
pub async fn timeline() -> Result<Timeline, Refusal> {
    decode(&send(&message("timeline", &[])).await?)
}

/// Looks for the moment after a call, on disk too: whether it is known.
pub async fn is_known(call: u64) -> Result<bool, Refusal> {
    Ok(!send(&message("time-at", &[("at", count(call))])).await?.is_null())
}

/// What a call changed; nothing if that is no longer known.
pub async fn what_changed(seq: u64) -> Result<Option<Changes>, Refusal> {
    decode(&send(&message("what-changed", &[("seq", count(seq))])).await?)
}

/// The turns in the lives of objects of a bucket, as far back as is known.
pub async fn lives_of_objects(bucket: &str, keys: &[String]) -> Result<Lives, Refusal> {
    let paths: Vec<[&str; 2]> = keys.iter().map(|key| [bucket, key.as_str()]).collect();
    let paths = serde_json::json!(paths).to_string();
    let told = serde_json::json!(lives::TOLD).to_string();
    let members = [
        ("service", "s3".into()),
        ("paths", paths.as_str().into()),
        ("members", told.as_str().into()),
    ];
    let lives: Vec<Life> = decode(&send(&message("lives", &members)).await?)?;
    let named = |life: Life| Some((life.path.into_iter().nth(1)?, life.turns));
    Ok(lives.into_iter().filter_map(named).collect())
}

/// The bill, now or as it was after a call.
pub async fn bill(at: Option<u64>) -> Result<Option<Bill>, Refusal> {
    let members: Vec<_> = at.map(|at| ("at", count(at))).into_iter().collect();
    decode(&send(&message("bill", &members)).await?)
}

/// A call as code; nothing if it is no call that a model knows.
pub async fn twin(seq: u64) -> Result<Option<Twin>, Refusal> {
    decode(&send(&message("twin", &[("seq", count(seq))])).await?)
}

/// Goes a way through time. What shows calls hears of it by a notice.
pub async fn travel(go: Go) -> Result<(), Refusal> {
    let members = match go {
        Go::Fork(call) => vec![("go", "fork".into()), ("call", count(call))],
        Go::Undo => vec![("go", "undo".into())],
        Go::Redo => vec![("go", "redo".into())],
        Go::Return(fork) => vec![("go", "return".into()), ("fork", count(fork as u64))],
    };
    send(&message("travel", &members)).await.map(|_| ())
}

#[expect(clippy::cast_precision_loss, reason = "a tab makes fewer than 2^53 calls")]
fn count(number: u64) -> JsValue {
    JsValue::from_f64(number as f64)
}

/// Asks the lesson engine. The action's members are plain JSON.
pub async fn lesson(action: &str, members: Value) -> Result<Value, Refusal> {
    let message = message("lesson", &[("action", action.into())]);
    if let Value::Object(members) = members {
        for (name, value) in members {
            let value = js_sys::JSON::parse(&value.to_string()).unwrap_or(JsValue::NULL);
            set(&message, &name, &value);
        }
    }
    decode(&send(&message).await?)
}

/// Reads the clock, or changes it.
pub async fn clock(wish: ClockWish) -> Result<Clock, Refusal> {
    let member = match wish {
        ClockWish::Look => vec![],
        ClockWish::Speed(speed) => vec![("speed", JsValue::from_f64(f64::from(speed)))],
        ClockWish::JumpMs(ms) => vec![("jump_ms", JsValue::from_f64(ms))],
        ClockWish::NextTimer => vec![("next", JsValue::TRUE)],
    };
    decode(&send(&message("clock", &member)).await?)
}

/// A picture for the page: neither logged nor billed.
pub async fn view(service: &str, name: &str, region: &str) -> Result<Value, Refusal> {
    view_of(service, name, region, &json!({})).await
}

/// The same of one thing, which `params` name.
pub async fn view_of(
    service: &str,
    name: &str,
    region: &str,
    params: &Value,
) -> Result<Value, Refusal> {
    view_at(service, name, region, params, None).await
}

/// Does something that AWS has no operation for: no call, so that nothing of it is under the hood.
pub async fn extra(service: &str, name: &str, region: &str, params: &Value) -> Result<(), Refusal> {
    let params = params.to_string();
    let members = [
        ("service", service.into()),
        ("name", name.into()),
        ("region", region.into()),
        ("params", params.as_str().into()),
    ];
    send(&message("extra", &members)).await.map(drop)
}

/// The same as it was after a call.
pub async fn view_at(
    service: &str,
    name: &str,
    region: &str,
    params: &Value,
    at: Option<u64>,
) -> Result<Value, Refusal> {
    let params = params.to_string();
    let mut members = vec![
        ("service", service.into()),
        ("name", name.into()),
        ("region", region.into()),
        ("params", params.as_str().into()),
    ];
    members.extend(at.map(|at| ("at", count(at))));
    decode(&send(&message("view", &members)).await?)
}

/// What a link is for: an object, what is done with it (`GET` opens it, `PUT` puts it), and for how many virtual seconds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkWish {
    pub method: &'static str,
    pub bucket: String,
    pub key: String,
    pub expires_s: u32,
}

/// A link that opens for a while. Nobody is asked for it.
pub async fn presign(wish: LinkWish, region: &str) -> Result<String, Refusal> {
    let members = [
        ("method", wish.method.into()),
        ("bucket", wish.bucket.into()),
        ("key", wish.key.into()),
        ("region", region.into()),
        ("expires", wish.expires_s.into()),
    ];
    let link = send(&message("presign", &members)).await?;
    link.as_string().ok_or_else(|| Refusal::Host(String::new()))
}

/// What a link answers to somebody who has nothing but the link.
#[derive(Clone, PartialEq, Debug)]
pub struct LinkAnswer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Opens a link: a call like any other, in the list and on the bill. Bytes are put by it.
pub async fn open_link(url: &str, put: Option<&[u8]>) -> Result<LinkAnswer, Refusal> {
    let message = message("open-link", &[("url", url.into())]);
    if let Some(bytes) = put {
        set(&message, "method", &"PUT".into());
        set(&message, "body", &Uint8Array::from(bytes).into());
    }
    let answer = send(&message).await?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "statuses have three digits"
    )]
    let status = get(&answer, "status").as_f64().unwrap_or_default() as u16;
    Ok(LinkAnswer { status, body: Uint8Array::new(&get(&answer, "body")).to_vec() })
}

/// The cloud as it is now, without its history: for a link.
pub async fn export_small() -> Result<Vec<u8>, Refusal> {
    let bytes = send(&message("export-small", &[])).await?;
    Ok(Uint8Array::new(&bytes).to_vec())
}

/// What the cloud of a lesson, or of free play, holds, without opening it.
pub async fn look(lesson: Option<&str>) -> Result<Look, Refusal> {
    let lesson = lesson.map_or(JsValue::NULL, JsValue::from_str);
    decode(&send(&message("look-at-cloud", &[("lesson", lesson)])).await?)
}

/// What an export holds.
pub async fn look_at_export(bytes: &[u8]) -> Result<Look, Refusal> {
    decode(&send(&message("look-at-export", &[("bytes", Uint8Array::from(bytes).into())])).await?)
}

/// Puts an export in the place of a cloud; the answer is what was there.
pub async fn replace_by_export(lesson: Option<&str>, bytes: &[u8]) -> Result<JsValue, String> {
    let lesson = lesson.map_or(JsValue::NULL, JsValue::from_str);
    let members = [("lesson", lesson), ("bytes", Uint8Array::from(bytes).into())];
    send(&message("replace-by-export", &members)).await.map_err(host_words)
}

/// Puts copies of clouds back.
pub async fn replace_clouds(clouds: &JsValue) -> Result<(), String> {
    let members = [("clouds", clouds.clone()), ("others", JsValue::FALSE)];
    send(&message("replace-clouds", &members)).await.map(drop).map_err(host_words)
}

/// Puts the cloud that is open in the place of free play's; the answer is what was there.
pub async fn copy_to_play() -> Result<JsValue, String> {
    send(&message("copy-to-play", &[])).await.map_err(host_words)
}

fn host_words(refusal: Refusal) -> String {
    match refusal {
        Refusal::Fault(fault) => format!("{}: {}", fault.code, fault.message),
        Refusal::Host(words) => words,
    }
}

/// The operations that are simulated, as the site lists them.
pub async fn operations() -> Result<Vec<Operation>, Refusal> {
    let list = JsFuture::from(js::operation_list()).await.map_err(|error| host(&error))?;
    decode(&list)
}

/// Empties the cloud, back to how the lesson starts.
pub async fn reset() -> Result<(), Refusal> {
    send(&message("reset", &[])).await.map(|_| ())
}

/// A new worker after a crash.
pub async fn restart() -> Result<(), Refusal> {
    JsFuture::from(js::cloud_restart()).await.map(|_| ()).map_err(|error| host(&error))
}

/// Asks the other tab to let this cloud go.
pub async fn take_over() -> bool {
    JsFuture::from(js::cloud_take_over()).await.is_ok_and(|done| done.is_truthy())
}

fn message(kind: &str, members: &[(&str, JsValue)]) -> JsValue {
    let message: JsValue = Object::new().into();
    set(&message, "kind", &kind.into());
    for (name, value) in members {
        set(&message, name, value);
    }
    message
}

async fn send(message: &JsValue) -> Result<JsValue, Refusal> {
    let answer = JsFuture::from(js::cloud_send(message)).await.map_err(|error| host(&error))?;
    let fault = get(&answer, "fault");
    if fault.is_object() {
        return Err(Refusal::Fault(decode(&fault)?));
    }
    if let Some(words) = get(&answer, "error").as_string() {
        return Err(Refusal::Host(words));
    }
    Ok(get(&answer, "ok"))
}

/// Reads an object, or a JSON text, into a type of ours.
/// Reads JSON, or an object that could be written as such.
pub fn decode<T: for<'a> Deserialize<'a>>(value: &JsValue) -> Result<T, Refusal> {
    let text = value
        .as_string()
        .or_else(|| js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string()));
    let text = text.unwrap_or_else(|| "null".into());
    serde_json::from_str(&text).map_err(|error| Refusal::Host(error.to_string()))
}

pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    // Setting a member of an object that we made cannot fail.
    let _ = Reflect::set(object, &name.into(), value);
}

pub fn host(error: &JsValue) -> Refusal {
    let words = get(error, "message").as_string().or_else(|| error.as_string());
    Refusal::Host(words.unwrap_or_default())
}

/// A time as milliseconds, as microseconds in text, or as ISO 8601.
pub fn time<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    Ok(maybe_time(from)?.unwrap_or_default())
}

pub fn maybe_time<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Number(ms) => ms.as_f64(),
        Value::String(iso) => Some(js_sys::Date::parse(&iso)).filter(|ms| !ms.is_nan()),
        _ => None,
    })
}

impl ApiCall {
    /// A call of any service's.
    pub fn of(service: &'static str, operation: &'static str, input: Value, region: &str) -> Self {
        Self {
            service,
            operation,
            input,
            body: None,
            region: region.into(),
            account: None,
            at: None,
        }
    }

    /// A call of S3's.
    pub fn s3(operation: &'static str, input: Value, region: &str) -> Self {
        Self::of("s3", operation, input, region)
    }

    /// The same, as if it were made after a call of the past.
    #[must_use]
    pub fn after(mut self, call: Option<u64>) -> Self {
        self.at = call;
        self
    }

    /// The same, asked by another account, or by nobody where it is empty.
    #[must_use]
    pub fn by(mut self, account: Option<&str>) -> Self {
        self.account = account.map(str::to_owned);
        self
    }

    /// The same with bytes as its streaming member.
    #[must_use]
    pub fn with_body(mut self, body: Vec<u8>) -> Self {
        self.body = Some(body);
        self
    }
}

/// A run and the answers chosen, as checks read them; null when there is neither.
pub fn run_members(run: Option<&Run>, since_seq: u64, answers: &BTreeMap<String, usize>) -> Value {
    match run {
        None if answers.is_empty() => Value::Null,
        None => json!({ "ran": false, "answers": answers }),
        Some(run) => {
            json!({ "stdout": run.stdout, "error": run.error, "files": run.files, "answers": answers, "since_seq": since_seq })
        }
    }
}
