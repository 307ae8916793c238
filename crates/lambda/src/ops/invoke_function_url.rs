//! A request to a function's address. It is no operation of Lambda's model; policies and the list of calls name it so.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html>

use bytes::Bytes;
use cloudarium_service::{Ctx, Fault, Outcome};
use cloudarium_shape::Value;

use super::invoke;
use crate::limits::SYNC_BYTES_MAX;
use crate::model::{FunctionUrl, InvocationOrigin, State};
use crate::name::Target;
use crate::url::{self, Visit, answer, cors};
use crate::{access, config, store, trace};

/// Runs the operation.
pub fn run(lambda: &mut State, cx: &mut Ctx<'_>, value: Value) -> Result<Outcome, Fault> {
    let visit: Visit = store::input("InvokeFunctionUrl", value)?;
    // guess: an address that nobody has is refused as one that nobody may use.
    let found = url::of_id(lambda, cx.region, &visit.url_id);
    let (target, url) = found.ok_or_else(access::forbidden)?;
    if let Some(settings) = url.cors.as_ref().filter(|_| cors::is_preflight(&visit)) {
        let headers = cors::preflight(settings, &visit);
        return Ok(Outcome::Output(answer::output(200, headers, Bytes::new())));
    }
    admit(lambda, cx, (&target, &url), &visit)?;
    if visit.body.0.len() > SYNC_BYTES_MAX {
        let words = format!(
            "Request must be smaller than {SYNC_BYTES_MAX} bytes for the InvokeFunction operation"
        );
        return Err(Fault::new("RequestEntityTooLargeException", 413, words));
    }
    let event = url::event::event(cx, &url, &target.key.account, &visit);
    let payload = cx.blobs.put(Bytes::from(event.to_string()));
    let mut headers = url.cors.as_ref().map_or_else(Vec::new, |it| cors::headers(it, &visit));
    // It goes on with the trace that it came with.
    headers.extend(visit.header(trace::HEADER).map(|it| (trace::HEADER.to_owned(), it.to_owned())));
    let streams = url.invoke_mode == "RESPONSE_STREAM";
    let origin = move |ticket| {
        let of = if streams { InvocationOrigin::UrlStream } else { InvocationOrigin::Url };
        of(ticket, headers.clone())
    };
    invoke::wait(lambda, cx, &target, (payload, None, &origin))
}

/// Whether who comes may call the function.
fn admit(
    lambda: &State,
    cx: &Ctx<'_>,
    (target, url): (&Target, &FunctionUrl),
    visit: &Visit,
) -> Result<(), Fault> {
    let (function, version) = lambda.named(target)?;
    if let Some(code) = visit.refused.as_ref().filter(|_| url.auth_type == access::IAM) {
        let words = visit.refused_words.clone().unwrap_or_default();
        return Err(Fault::new(code.clone(), 403, words));
    }
    access::check_url(cx, target, function, &url.auth_type)?;
    if version.is_active(cx.now) { Ok(()) } else { Err(config::pending().into()) }
}
