//! A cloud in this process, with functions that do what the recorded ones did.

use std::collections::BTreeMap;
use std::time::Duration;

use cloudarium_cloud::{Call, Caller, CallerKind, Cloud, Config, Effect, Event, HostWork};
use cloudarium_env::Timestamp;
use cloudarium_shape::{Map, Value};
use cloudarium_tests::case::json::{Kept, expand, from_value, to_input};
use cloudarium_wire::http::HttpResponse;
use serde_json::{Value as Json, json};

/// The account of the recordings.
pub const ACCOUNT: &str = "111111111111";

/// Code and message of a refusal.
pub type Refusal = (String, String);

/// A cloud, its clock, and what its functions do.
pub struct Lab {
    cloud: Cloud,
    at: Timestamp,
    functions: BTreeMap<String, String>,
    answers: BTreeMap<u64, HttpResponse>,
    /// Work that ends later.
    slow: Vec<(Timestamp, Event)>,
    requests: u64,
}

impl Default for Lab {
    fn default() -> Self {
        let at = Config::default().start;
        Self {
            cloud: Cloud::new(Config::default()),
            at,
            functions: BTreeMap::new(),
            answers: BTreeMap::new(),
            slow: Vec::new(),
            requests: 0,
        }
    }
}

/// The names of the recorded functions in a text.
pub fn function_names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
        .filter(|word| word.starts_with("lambda_") && word.contains("abc0"))
        .map(str::to_owned)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

impl Lab {
    /// Makes a function that does what the recorded file did.
    pub fn function(&mut self, name: &str, file: &str) {
        let input = json!({
            "FunctionName": name,
            "Runtime": "python3.12",
            "Role": format!("arn:aws:iam::{ACCOUNT}:role/f"),
            "Handler": "handler.handler",
            "Timeout": 70,
            "Code": {"ZipFile": {"zip": {"handler.py": "x = 1"}}},
        });
        self.call_to("lambda", "CreateFunction", &input).expect("the function is made");
        self.functions.insert(name.to_owned(), file.to_owned());
        self.advance(2_000);
    }

    /// Makes a state machine; gives its ARN.
    pub fn machine(&mut self, name: &str, definition: &Json, kind: &str) -> String {
        let input = json!({
            "name": name,
            "definition": definition.to_string(),
            "roleArn": format!("arn:aws:iam::{ACCOUNT}:role/r"),
            "type": kind,
        });
        self.call("CreateStateMachine", &input).expect("a machine");
        format!("arn:aws:states:us-east-1:{ACCOUNT}:stateMachine:{name}")
    }

    /// Calls Step Functions.
    pub fn call(&mut self, operation: &str, input: &Json) -> Result<Json, Refusal> {
        self.call_to("stepfunctions", operation, input)
    }

    /// Calls a service.
    pub fn call_to(
        &mut self,
        service: &str,
        operation: &str,
        input: &Json,
    ) -> Result<Json, Refusal> {
        let input = expand(input, &Kept::new()).expect("an input");
        let call = Call {
            service: service.to_owned(),
            operation: operation.to_owned(),
            input: to_input(service, operation, &input).expect("it fits the model"),
            region: "us-east-1".to_owned(),
            caller: Caller::Trusted { kind: CallerKind::Learner, account: ACCOUNT.to_owned() },
            at: self.at,
        };
        let mut request = match call.request() {
            Ok(request) => request,
            Err(fault) => return Err((fault.code, fault.message)),
        };
        self.requests += 1;
        request.id = self.requests;
        let id = request.id;
        let effects = self.cloud.handle(request);
        self.settle(effects);
        for _ in 0..400 {
            if self.answers.contains_key(&id) {
                break;
            }
            self.advance(1_000);
        }
        let response = self.answers.remove(&id).expect("an answer within 400 seconds");
        match call.answer(&response) {
            Ok(output) => Ok(from_value(&output)),
            Err(fault) => Err((fault.code, fault.message)),
        }
    }

    /// Lets time pass.
    pub fn advance(&mut self, ms: u64) {
        self.at = self.at.plus(Duration::from_millis(ms));
        let effects = self.cloud.advance(self.at);
        self.settle(effects);
        let (due, later) =
            std::mem::take(&mut self.slow).into_iter().partition(|it| it.0 <= self.at);
        self.slow = later;
        for (_, event) in due {
            let effects = self.cloud.resume(event);
            self.settle(effects);
        }
    }

    fn settle(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Respond { id, response } => {
                    self.answers.insert(id, response);
                }
                Effect::Work { ticket, work } => {
                    let (result, after_s) = self.end(&work);
                    let event = Event::WorkDone { ticket, result };
                    if after_s > 0 {
                        let at = self.at.plus(Duration::from_secs(after_s));
                        self.slow.push((at, event));
                    } else {
                        let effects = self.cloud.resume(event);
                        self.settle(effects);
                    }
                }
            }
        }
    }

    /// How a function's work ends, and after how many seconds.
    fn end(&self, work: &HostWork) -> (Value, u64) {
        let name = work.input.get("FunctionName").and_then(Value::as_str).unwrap_or_default();
        let event = match work.input.get("Payload") {
            Some(Value::Blob(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
            _ => "null".to_owned(),
        };
        let failed = |class: &str, message: &str, line: u32, code: &str| {
            let trace =
                format!("  File \"/var/task/handler.py\", line {line}, in handler\n    {code}\n");
            let told = json!({"errorMessage": message, "errorType": class,
                              "requestId": "b5a3e1d4-0f4c-4a3b-9a57-000000000000",
                              "stackTrace": [trace]});
            ("Failed", told.to_string(), 0)
        };
        let file =
            self.functions.get(name).map_or("", |file| file.rsplit('/').next().unwrap_or(""));
        let (outcome, payload, after_s) = match file {
            "hello.py" | "return_bytes_str.py" => ("Returned", "\"HelloWorld!\"".to_owned(), 0),
            "echo_function.py" => ("Returned", json!({"Return": "HelloWorld"}).to_string(), 0),
            "wait_60_seconds.py" => ("Returned", event, 60),
            "large_output_string.py" => ("Returned", format!("\"{}\"", "x".repeat(300_000)), 0),
            "return_decorated_input.py" => {
                let event: Json = serde_json::from_str(&event).unwrap_or_default();
                let shown = event.as_str().map_or_else(|| event.to_string(), str::to_owned);
                let shown = shown.replace('"', "'");
                ("Returned", json!(format!("input-event-{shown}")).to_string(), 0)
            }
            "raise_exception.py" => failed(
                "Exception",
                "Some exception was raised.",
                2,
                "raise Exception(\"Some exception was raised.\")",
            ),
            "raise_custom_exception.py" => {
                failed("CustomException", "", 9, "raise CustomException()")
            }
            _ => ("Returned", event, 0),
        };
        let ended = Map::from([
            ("Outcome".to_owned(), Value::from(outcome)),
            ("DurationMs".to_owned(), Value::Float(10.0)),
            ("MaxMemoryMb".to_owned(), Value::Int(40)),
            ("Payload".to_owned(), Value::Blob(payload.into())),
        ]);
        (Value::Map(ended), after_s)
    }
}
