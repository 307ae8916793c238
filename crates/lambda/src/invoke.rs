//! From a request or an event to code that runs at the host: which version, whether there is room,
//! which environment.

use std::rc::Rc;

use cloudarium_env::Timestamp;
use cloudarium_service::{Ctx, HostWork};
use cloudarium_shape::{Map, Value};

use crate::config::{self, pending};
use crate::error::Error;
use crate::limits::{CONCURRENCY, IDLE_MS, LOOP_MAX, SCALING_STEP, SCALING_WINDOW_MS};
use crate::model::{
    Credentials, Environment, Function, Invocation, Key, LATEST, Running, State, Version,
};
use crate::name::{function_arn, qualified};
use crate::report;
use crate::trace::Trace;

/// The kind of work that hosts run invocations under.
pub const WORK: &str = "lambda.invoke";

/// The version that a qualifier stands for; an alias with weights draws one.
pub fn resolve(
    cx: &mut Ctx<'_>,
    (key, function): (&Key, &Function),
    qualifier: Option<&str>,
) -> Result<String, Error> {
    let qualifier = qualifier.unwrap_or(LATEST);
    let version = match function.aliases.get(qualifier) {
        None => qualifier.to_owned(),
        Some(alias) => {
            // A draw only where there are weights, so that none shifts the ids of others.
            let drawn = alias.weights.iter().next().filter(|(_, weight)| {
                // 53 bits, as a double holds.
                #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
                let draw = (cx.rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
                draw < **weight
            });
            drawn.map_or_else(|| alias.version.clone(), |(version, _)| version.clone())
        }
    };
    match function.version(&version) {
        Some(_) => Ok(version),
        None => Err(Error::no_function(&qualified(key, Some(qualifier)))),
    }
}

/// The functions whose code led to this request: those of the environment whose key signed it.
pub fn chain(lambda: &State, cx: &Ctx<'_>) -> Vec<String> {
    let signed = &cx.caller.access_key_id;
    let caller = lambda.running.values().find(|running| {
        let environment = lambda.environments.get(&running.environment);
        !signed.is_empty() && environment.is_some_and(|it| it.credentials.access_key_id == *signed)
    });
    caller.map_or_else(Vec::new, |running| extended(&running.invocation))
}

/// A chain with the function at its end.
pub fn extended(invocation: &Invocation) -> Vec<String> {
    let mut chain = invocation.chain.clone();
    chain.push(function_arn(&invocation.function));
    chain
}

/// Starts an invocation, if there is room for it.
pub fn begin(lambda: &mut State, cx: &mut Ctx<'_>, invocation: Invocation) -> Result<(), Error> {
    let key = invocation.function.clone();
    let function = lambda.functions.get(&key);
    let function = function.ok_or_else(|| Error::no_function(&function_arn(&key)))?;
    let version = function.version(&invocation.version);
    let version = version.ok_or_else(|| Error::no_function(&invocation.invoked_arn))?.clone();
    if !version.is_active(cx.now) {
        return Err(pending());
    }
    check_loop(function, &invocation)?;
    check_concurrency(lambda, &key, function.reserved)?;
    forget_idle(lambda, cx.now);
    let (number, cold) = match warm(lambda, &invocation, &version) {
        Some(number) => (number, false),
        None => (make(lambda, cx, &invocation, &version)?, true),
    };
    let work = work(lambda, cx, (number, cold), (&key, &version), &Wish::of(&invocation))?;
    if let Some(environment) = lambda.environments.get_mut(&number).map(Rc::make_mut) {
        environment.idle_since = None;
        environment.invocations += 1;
    }
    let ticket = cx.host.start_work(work);
    let running = Running { environment: number, invocation, started: cx.now, cold };
    lambda.running.insert(ticket, Rc::new(running));
    Ok(())
}

/// <https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html>
fn check_loop(function: &Function, invocation: &Invocation) -> Result<(), Error> {
    let arn = function_arn(&invocation.function);
    let times = invocation.chain.iter().filter(|one| **one == arn).count();
    if times < LOOP_MAX || function.allows_loops {
        return Ok(());
    }
    Err(Error::Recursive(
        "Lambda has detected your function being invoked in a recursive loop with other Amazon \
         Web Services resources and stopped your function's invocation."
            .to_owned(),
    ))
}

/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html>
fn check_concurrency(lambda: &State, key: &Key, reserved: Option<u32>) -> Result<(), Error> {
    let here = |other: &Key| other.account == key.account && other.region == key.region;
    let running = |those: &dyn Fn(&Key) -> bool| {
        let all = lambda.running.values();
        u32::try_from(all.filter(|it| those(&it.invocation.function)).count()).unwrap_or(u32::MAX)
    };
    if let Some(reserved) = reserved {
        if running(&|other| other == key) >= reserved {
            return Err(Error::Throttled("ReservedFunctionConcurrentInvocationLimitExceeded"));
        }
        return Ok(());
    }
    let unreserved = |other: &Key| {
        here(other) && lambda.functions.get(other).is_none_or(|it| it.reserved.is_none())
    };
    if running(&unreserved) >= unreserved_concurrency(lambda, key) {
        return Err(Error::Throttled("ConcurrentInvocationLimitExceeded"));
    }
    Ok(())
}

/// What the functions without a reservation share, in an account and Region.
pub fn unreserved_concurrency(lambda: &State, key: &Key) -> u32 {
    let here = |other: &Key| other.account == key.account && other.region == key.region;
    let functions = lambda.functions.iter().filter(|(other, _)| here(other));
    let reserved = functions.filter_map(|(_, function)| function.reserved).sum::<u32>();
    CONCURRENCY.saturating_sub(reserved)
}

/// Environments that waited too long are gone.
fn forget_idle(lambda: &mut State, now: Timestamp) {
    let idle = |(number, environment): &(&u64, &Rc<Environment>)| {
        let since = environment.idle_since.map(|since| now.since(since).as_millis());
        since.is_some_and(|ms| ms > u128::from(IDLE_MS)) && !lambda.allotted.contains_key(*number)
    };
    if lambda.environments.iter().any(|it| idle(&it)) {
        let kept = lambda.environments.iter().filter(|it| !idle(it));
        lambda.environments = kept.map(|(n, it)| (*n, it.clone())).collect();
    }
}

/// A waiting environment of this version as it is: one that was asked for under this name, or else the one used last.
fn warm(lambda: &State, invocation: &Invocation, version: &Version) -> Option<u64> {
    let allotted = |number: &u64| lambda.allotted.get(number);
    let fits = |(number, it): &(&u64, &Rc<Environment>)| {
        it.function == invocation.function
            && it.version == version.version
            && it.revision_id == version.revision_id
            && it.idle_since.is_some()
            && allotted(number).is_none_or(|it| {
                invocation.invoked_arn == qualified(&it.function, Some(&it.qualifier))
            })
    };
    let those = lambda.environments.iter().filter(fits);
    let best = those.max_by_key(|(n, it)| (allotted(n).is_some(), it.idle_since, **n));
    best.map(|(number, _)| *number)
}

/// A new environment, if as many as may have not begun in the last ten seconds.
fn make(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    invocation: &Invocation,
    version: &Version,
) -> Result<u64, Error> {
    if let Some(function) = lambda.functions.get_mut(&invocation.function).map(Rc::make_mut) {
        let (since, begun) = &mut function.scaling;
        if cx.now.since(*since).as_millis() >= u128::from(SCALING_WINDOW_MS) {
            (*since, *begun) = (cx.now, 0);
        }
        if *begun >= SCALING_STEP {
            // guess: which of AWS's reasons it gives for this.
            return Err(Error::Throttled("ConcurrentInvocationLimitExceeded"));
        }
        *begun += 1;
    }
    Ok(environment(lambda, cx, (&invocation.function, version)))
}

/// A new environment, which does not wait for anything yet.
pub fn environment(lambda: &mut State, cx: &mut Ctx<'_>, (key, version): (&Key, &Version)) -> u64 {
    let credentials = cx.host.role_credentials(&version.role, &key.name);
    let number = lambda.next_environment;
    lambda.next_environment += 1;
    let environment = Environment {
        function: key.clone(),
        version: version.version.clone(),
        revision_id: version.revision_id.clone(),
        stream: report::stream(cx, &version.version),
        created: cx.now,
        idle_since: None,
        invocations: 0,
        credentials: Credentials {
            access_key_id: credentials.access_key_id,
            secret_access_key: credentials.secret_access_key,
            session_token: credentials.session_token,
        },
    };
    lambda.environments.insert(number, Rc::new(environment));
    number
}

/// What the host is asked for, beside the environment: an invocation, or a start alone.
struct Wish<'a> {
    invoked_arn: String,
    request_id: &'a str,
    call: Option<&'a Invocation>,
}

impl<'a> Wish<'a> {
    fn of(invocation: &'a Invocation) -> Self {
        let invoked_arn = invocation.invoked_arn.clone();
        Self { invoked_arn, request_id: &invocation.request_id, call: Some(invocation) }
    }
}

/// The start of an environment that nobody calls yet.
pub fn start_work(
    lambda: &State,
    cx: &Ctx<'_>,
    number: u64,
    (key, qualifier): (&Key, &str),
    version: &Version,
) -> Result<HostWork, Error> {
    let invoked_arn = qualified(key, Some(qualifier));
    let wish = Wish { invoked_arn, request_id: "", call: None };
    work(lambda, cx, (number, true), (key, version), &wish)
}

/// What the host is asked for. Code is named, not sent: the host reads it from the cloud.
fn work(
    lambda: &State,
    cx: &Ctx<'_>,
    (number, cold): (u64, bool),
    (key, version): (&Key, &Version),
    wish: &Wish<'_>,
) -> Result<HostWork, Error> {
    let layers = version.layers.iter().filter_map(|arn| config::layer(lambda, arn));
    let codes: Vec<Value> =
        layers.chain(std::iter::once(&version.code)).map(|code| named(&code.blob)).collect();
    let environment = lambda.environments.get(&number);
    let environment = environment.ok_or_else(|| Error::Service("No environment.".to_owned()))?;
    let credentials = &environment.credentials;
    let int = |number: u64| Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
    let text = |text: &str| Value::from(text);
    let variables = version.variables.iter();
    let variables = variables.map(|(name, value)| (name.clone(), text(value))).collect();
    let mut input: Map = [
        ("Environment", int(number)),
        ("Cold", Value::Bool(cold)),
        ("InitializationType", text(initialization(lambda, number, wish))),
        ("FunctionName", text(&key.name)),
        ("FunctionVersion", text(&version.version)),
        ("InvokedFunctionArn", text(&wish.invoked_arn)),
        ("Region", text(&key.region)),
        ("Runtime", text(&version.runtime)),
        ("Handler", text(&version.handler)),
        ("MemoryMb", int(version.memory_mb.into())),
        ("TimeoutMs", int(u64::from(version.timeout_s) * 1_000)),
        ("RequestId", text(wish.request_id)),
        ("LogFormat", text(&version.logging.format)),
        ("LogLevel", text(version.logging.application_level.as_deref().unwrap_or_default())),
        ("LogGroup", text(&version.logging.group)),
        ("LogStream", text(&environment.stream)),
        ("Variables", Value::Map(variables)),
        ("Code", Value::List(codes)),
        ("AccessKeyId", text(&credentials.access_key_id)),
        ("SecretAccessKey", text(&credentials.secret_access_key)),
        ("SessionToken", text(&credentials.session_token)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    match wish.call {
        None => {
            input.insert("StartOnly".to_owned(), Value::Bool(true));
        }
        Some(call) => {
            let payload = cx.blobs.get(&call.payload, 0..call.payload.length);
            let payload = payload.ok_or_else(|| Error::Service("The event is lost.".to_owned()))?;
            input.insert("Payload".to_owned(), Value::Blob(payload));
            let trace = Trace::of(lambda, call, cx.now, version).header();
            input.insert("TraceId".to_owned(), Value::String(trace));
            let context = call.client_context.iter();
            input.extend(context.map(|it| ("ClientContext".to_owned(), text(it))));
        }
    }
    Ok(HostWork { kind: WORK.to_owned(), input: Value::Map(input) })
}

/// `AWS_LAMBDA_INITIALIZATION_TYPE`
fn initialization(lambda: &State, number: u64, wish: &Wish<'_>) -> &'static str {
    let provisioned = wish.call.is_none() || lambda.allotted.contains_key(&number);
    if provisioned { "provisioned-concurrency" } else { "on-demand" }
}

fn named(blob: &cloudarium_env::BlobRef) -> Value {
    let length = i64::try_from(blob.length).unwrap_or(i64::MAX);
    Value::Map(Map::from([
        ("Digest".to_owned(), Value::String(hex::encode(blob.digest))),
        ("Length".to_owned(), Value::Int(length)),
    ]))
}
