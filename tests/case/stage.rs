//! Running a case: the steps are the same at every stage, and each stage makes a call in its own
//! way ([`Runner`]).

use cloudarium_cloud::{Call, Caller, CallerKind, Cloud, Config, Effect, User};
use cloudarium_env::Timestamp;
use cloudarium_shape::Value;
use cloudarium_wire::http::HttpResponse;
use cloudarium_wire::sigv4::{Dialect, Secret, sign_request};
use serde_json::Value as Json;

use super::json::{Kept, expand, from_value, to_input};
use super::matching::compare;
use super::work::Works;
use super::{CallStep, Case, Expect, Step};
use crate::boto3::CaseError;

/// The instant at which every case begins: 2026-01-01T00:00:00Z.
pub const START: Timestamp = Timestamp::from_ms(1_767_225_600_000);
/// The seed of every case's cloud.
pub const SEED: u64 = 1;
/// The account of a case that names none.
pub const ACCOUNT: &str = "123456789012";
/// The Region of a case that names none.
pub const REGION: &str = "us-east-1";

/// How a call was refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// AWS's code; empty where the stage cannot know it (an answer to `HEAD` has no body).
    pub code: String,
    /// The HTTP status.
    pub status: u16,
    /// AWS's message; empty as above.
    pub message: String,
    /// Further members of the error's body; `None` where the stage cannot know them.
    pub members: Option<Json>,
}

/// How a call ended.
pub type Answer = Result<Json, Refusal>;

/// A call to be made.
#[derive(Debug, Clone, Copy)]
pub struct Made<'a> {
    /// The model's name: `s3`.
    pub service: &'a str,
    /// AWS's name: `PutObject`.
    pub operation: &'a str,
    /// The input, with everything replaced that stands for something else.
    pub input: &'a Json,
    /// Twelve digits.
    pub account: &'a str,
    /// Where it is sent.
    pub region: &'a str,
}

/// A stage: something with a fresh cloud in it that calls can be made to.
pub trait Runner {
    /// Makes a call. The outer error is a failure of the stage itself.
    fn call(&mut self, call: Made<'_>) -> Result<Answer, String>;
    /// Moves virtual time ahead.
    fn advance(&mut self, milliseconds: u64) -> Result<(), String>;
    /// Says how the next invocation of a function ends, where no code runs.
    fn work(&mut self, _ended: &Json) -> Result<(), String> {
        Ok(())
    }
    /// A text that is the same when, and only when, the cloud is; `None` where there is none.
    fn state(&mut self) -> Option<String> {
        None
    }
}

/// What happened, step by step: two runs of one case must give the same.
pub type Transcript = Vec<String>;

/// One answer that is not what the case says.
#[derive(Debug, Clone)]
pub struct Mismatch {
    /// The call.
    pub step: CallStep,
    /// What came.
    pub answer: Answer,
    /// Where it differs.
    pub words: String,
}

/// How a case ended.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What happened.
    pub transcript: Transcript,
    /// Answers that are not what the case says. Without `go_on`, at most one.
    pub mismatches: Vec<Mismatch>,
}

/// Runs the steps of a case. `go_on`: past answers that are not what the case says.
pub fn run(case: &Case, runner: &mut dyn Runner, go_on: bool) -> Result<Outcome, String> {
    let (mut account, mut region) = (ACCOUNT.to_owned(), REGION.to_owned());
    let mut kept = Kept::new();
    let mut outcome = Outcome::default();
    for step in &case.steps {
        match step {
            Step::Account(named) => account.clone_from(named),
            Step::Region(named) => region.clone_from(named),
            Step::Advance(milliseconds) => runner.advance(*milliseconds)?,
            Step::Work(ended) => runner.work(&expand(ended, &kept)?)?,
            Step::Call(call) => {
                let at = |words: String| format!("line {}: {words}", call.line);
                let input = expand(&call.input, &kept).map_err(at)?;
                let (service, operation) = (call.service.as_str(), call.operation.as_str());
                let made =
                    Made { service, operation, input: &input, account: &account, region: &region };
                let answer = runner.call(made).map_err(at)?;
                outcome.transcript.push(format!("{answer:?} {:?}", runner.state()));
                if let Err(words) = judge(call, &answer, &mut kept) {
                    outcome.mismatches.push(Mismatch { step: (**call).clone(), answer, words });
                    if !go_on {
                        return Ok(outcome);
                    }
                }
            }
        }
    }
    Ok(outcome)
}

/// Whether an answer is what the case says.
fn judge(call: &CallStep, answer: &Answer, kept: &mut Kept) -> Result<(), String> {
    match (&call.expect, answer) {
        (Expect::Success, Ok(_)) => Ok(()),
        (Expect::Output(expected), Ok(actual)) => {
            let expected = expand(expected, kept)?;
            compare(&expected, actual, kept)
        }
        (Expect::Success | Expect::Output(_), Err(refusal)) => {
            let Refusal { code, status, message, .. } = refusal;
            Err(format!("expected an output, got ! {code} {status} {message}"))
        }
        (Expect::Refusal { code, status, .. }, Ok(output)) => {
            Err(format!("expected ! {code} {status}, got {output}"))
        }
        (Expect::Refusal { code, status, message, members }, Err(refusal)) => {
            let fits = (refusal.code.is_empty() || *code == refusal.code)
                && *status == refusal.status
                && (message.is_empty()
                    || refusal.message.is_empty()
                    || *message == refusal.message
                    || refusal.message.lines().next() == Some(message));
            if !fits {
                let Refusal { code: c, status: s, message: m, .. } = refusal;
                return Err(format!(
                    "expected ! {code} {status} {message}\n     got ! {c} {s} {m}"
                ));
            }
            match (members, &refusal.members) {
                (Some(expected), Some(actual)) => compare(&expand(expected, kept)?, actual, kept)
                    .map_err(|words| format!("members of the refusal: {words}")),
                _ => Ok(()),
            }
        }
    }
}

/// A cloud in this process, by [`Cloud::call`] (stage `core`) or by signed HTTP (stage `wire`).
pub struct InProcess {
    cloud: Cloud,
    at: Timestamp,
    signs: bool,
    requests: u64,
    works: Works,
}

impl InProcess {
    /// A fresh cloud that knows the accounts that `case` names.
    pub fn new(case: &Case, signs: bool) -> Self {
        let mut accounts = vec![ACCOUNT];
        accounts.extend(case.steps.iter().filter_map(|step| match step {
            Step::Account(account) => Some(account.as_str()),
            _ => None,
        }));
        accounts.retain(|account| !account.is_empty());
        accounts.sort_unstable();
        accounts.dedup();
        let users = accounts.into_iter().map(user).collect();
        let config = Config {
            seed: SEED,
            start: START,
            users,
            accept_unknown_keys: false,
            ..Config::default()
        };
        Self { cloud: Cloud::new(config), at: START, signs, requests: 0, works: Works::default() }
    }

    /// A fresh cloud that knows [`ACCOUNT`].
    pub fn plain(signs: bool) -> Self {
        let config = Config {
            seed: SEED,
            start: START,
            users: vec![user(ACCOUNT)],
            accept_unknown_keys: false,
            ..Config::default()
        };
        Self { cloud: Cloud::new(config), at: START, signs, requests: 0, works: Works::default() }
    }

    fn signed(&mut self, call: &Call, account: &str) -> Result<Answer, String> {
        let mut request = call.request().map_err(|fault| format!("{fault:?}"))?;
        let (service, dialect) = match call.service.as_str() {
            "s3" => ("s3", Dialect::S3),
            "stepfunctions" => ("states", Dialect::General),
            other => (other, Dialect::General),
        };
        self.requests += 1;
        request.id = self.requests;
        let User { access_key_id, secret_access_key, .. } = user(account);
        let secret = Secret { access_key_id, secret_access_key, session_token: None };
        let signed = !account.is_empty();
        if signed {
            sign_request(&mut request.http, &secret, (&call.region, service), dialect, self.at);
        }
        let id = request.id;
        let effects = self.cloud.handle(request);
        let response = self.answered(effects, id)?;
        let answer = call.answer(&response);
        Ok(answer.map(|output| from_value(&output)).map_err(|fault| refusal(&fault)))
    }

    /// The answer to request `id`. If it waits, so does its client: time passes until it is answered, for a minute.
    fn answered(&mut self, effects: Vec<Effect>, id: u64) -> Result<HttpResponse, String> {
        let patience = self.at.plus(std::time::Duration::from_mins(1));
        let mut response = self.works.settle(&mut self.cloud, effects, id);
        while response.is_none() {
            let next = self.cloud.next_timer().filter(|next| *next <= patience);
            let next = next.ok_or("the request was not answered")?;
            self.at = self.at.max(next);
            let effects = self.cloud.advance(next);
            response = self.works.settle(&mut self.cloud, effects, id);
        }
        response.ok_or_else(|| "the request was not answered".to_owned())
    }

    /// A call by name, sent through the door without a signature.
    fn by_name(&mut self, call: &Call) -> Result<Answer, String> {
        let request = match call.request() {
            Ok(request) => request,
            Err(fault) => return Ok(Err(refusal(&fault))),
        };
        let id = request.id;
        let effects = self.cloud.handle(request);
        let response = self.answered(effects, id)?;
        let answer = call.answer(&response);
        Ok(answer.map(|output| from_value(&output)).map_err(|fault| refusal(&fault)))
    }

    /// An answer to `HEAD` has no body, but the list of calls tells what was meant.
    fn complete(&self, refusal: Refusal) -> Refusal {
        let record = self.cloud.calls().get(self.cloud.calls().last_seq());
        match record.and_then(|record| record.error.as_ref()) {
            Some(error) => {
                Refusal { code: error.code.clone(), message: error.message.clone(), ..refusal }
            }
            None => refusal,
        }
    }
}

impl Runner for InProcess {
    fn call(&mut self, made: Made<'_>) -> Result<Answer, String> {
        let input: Value = to_input(made.service, made.operation, made.input)?;
        let trusted =
            Caller::Trusted { kind: CallerKind::Learner, account: made.account.to_owned() };
        let call = Call {
            service: made.service.to_owned(),
            operation: made.operation.to_owned(),
            input,
            region: made.region.to_owned(),
            caller: if self.signs { Caller::Client } else { trusted },
            at: self.at,
        };
        let answer =
            if self.signs { self.signed(&call, made.account)? } else { self.by_name(&call)? };
        let model = cloudarium_shape::model::service(made.service);
        let operation = model.and_then(|model| model.operation(made.operation));
        let head = operation.is_some_and(|operation| operation.http_method == "HEAD");
        Ok(answer.map_err(|refusal| if head { self.complete(refusal) } else { refusal }))
    }

    fn advance(&mut self, milliseconds: u64) -> Result<(), String> {
        self.at = self.at.plus(std::time::Duration::from_millis(milliseconds));
        let effects = self.cloud.advance(self.at);
        self.works.settle(&mut self.cloud, effects, u64::MAX - 1);
        Ok(())
    }

    fn work(&mut self, ended: &Json) -> Result<(), String> {
        self.works.expect(ended.clone());
        Ok(())
    }

    fn state(&mut self) -> Option<String> {
        Some(self.cloud.state_hash())
    }
}

fn user(account: &str) -> User {
    let key = if account == ACCOUNT { "test".to_owned() } else { format!("test{account}") };
    User {
        account: account.to_owned(),
        name: "learner".to_owned(),
        root: false,
        access_key_id: key.clone(),
        secret_access_key: key,
    }
}

fn refusal(fault: &cloudarium_cloud::Fault) -> Refusal {
    Refusal {
        code: fault.code.clone(),
        status: fault.status,
        message: fault.message.clone(),
        members: Some(from_value(&Value::Map(fault.members.clone()))),
    }
}

/// boto3 against the native endpoint. The cloud in it is made anew for each case.
pub struct Boto3Runner<'a> {
    boto3: &'a mut crate::boto3::Boto3,
}

impl<'a> Boto3Runner<'a> {
    /// With a fresh cloud.
    pub fn new(boto3: &'a mut crate::boto3::Boto3) -> Result<Self, String> {
        boto3.reset(START, SEED)?;
        Ok(Self { boto3 })
    }
}

impl Runner for Boto3Runner<'_> {
    fn call(&mut self, made: Made<'_>) -> Result<Answer, String> {
        let answer = self.boto3.call(made.service, made.operation, made.region, made.input);
        Ok(as_boto3_knows(made, answer))
    }

    fn advance(&mut self, milliseconds: u64) -> Result<(), String> {
        self.boto3.advance(milliseconds)
    }
}

/// An answer of boto3's, without what it cannot know.
pub fn as_boto3_knows(made: Made<'_>, answer: Result<Json, CaseError>) -> Answer {
    let model = cloudarium_shape::model::service(made.service);
    let operation = model.and_then(|model| model.operation(made.operation));
    let head = operation.is_some_and(|operation| operation.http_method == "HEAD");
    answer.map_err(|error| Refusal {
        // boto3 makes the code of a bodiless answer out of its status.
        code: if head && error.status != 0 { String::new() } else { error.code },
        status: error.status,
        message: if head { String::new() } else { error.message },
        members: None,
    })
}
