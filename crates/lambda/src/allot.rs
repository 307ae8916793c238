//! Provisioned environments: started when they are asked for, not when somebody calls, and kept as long as they are
//! asked for.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>

use std::rc::Rc;

use cloudarium_service::{Ctx, Ticket};
use cloudarium_shape::{Value, from_value};

use crate::finish::{self, Ended, How};
use crate::invoke;
use crate::limits::STARTED_MAX;
use crate::model::{Allotted, Key, State, Version};
use crate::report;

/// Why a start failed, as AWS tells it.
const INIT_FAILED: &str = "FUNCTION_ERROR_INIT_FAILURE";

/// Brings what is started for a function in line with what is asked for.
pub fn refresh(lambda: &mut State, cx: &mut Ctx<'_>, key: &Key) {
    let wanted = wanted(lambda, key);
    let mine = lambda.allotted.iter().filter(|(_, it)| it.function == *key);
    let mut left: Vec<(String, Version, usize)> = wanted;
    let mut unwanted = Vec::new();
    for (number, allotted) in mine {
        let version = lambda.environments.get(number).map(|it| it.version.as_str());
        let fits = |(qualifier, wish, count): &&mut (String, Version, usize)| {
            *qualifier == allotted.qualifier && *count > 0 && version == Some(&wish.version)
        };
        match left.iter_mut().find(fits) {
            Some((_, _, count)) => *count -= 1,
            None => unwanted.push(*number),
        }
    }
    unwanted.into_iter().for_each(|number| release(lambda, number));
    for (qualifier, version, count) in left {
        for _ in 0..count {
            start(lambda, cx, (key, &qualifier), &version);
        }
    }
}

/// What is asked for: by qualifier the version, and how many of it.
fn wanted(lambda: &State, key: &Key) -> Vec<(String, Version, usize)> {
    let Some(function) = lambda.functions.get(key) else { return Vec::new() };
    let of = |(qualifier, config): (&String, &crate::model::Provisioned)| {
        if lambda.refused.contains_key(&(key.clone(), qualifier.clone())) {
            return None;
        }
        let name = function.aliases.get(qualifier).map_or(qualifier, |alias| &alias.version);
        let count = usize::try_from(config.requested).unwrap_or(usize::MAX).min(STARTED_MAX);
        Some((qualifier.clone(), function.version(name)?.clone(), count))
    };
    function.provisioned.iter().filter_map(of).collect()
}

/// Nobody asks for an environment any more: one that runs something goes on as others do.
fn release(lambda: &mut State, number: u64) {
    let allotted = lambda.allotted.remove(&number);
    let is_busy = lambda.environments.get(&number).is_some_and(|it| it.idle_since.is_none());
    if !(is_busy && allotted.is_some_and(|it| it.ready)) {
        lambda.environments.remove(&number);
    }
}

fn start(lambda: &mut State, cx: &mut Ctx<'_>, (key, qualifier): (&Key, &str), version: &Version) {
    let number = invoke::environment(lambda, cx, (key, version));
    let Ok(work) = invoke::start_work(lambda, cx, number, (key, qualifier), version) else {
        lambda.environments.remove(&number);
        return;
    };
    let ticket = cx.host.start_work(work);
    let (function, qualifier) = (key.clone(), qualifier.to_owned());
    lambda.allotted.insert(number, Allotted { function, qualifier, ready: false });
    lambda.starting.insert(ticket, number);
}

/// A start has ended.
pub fn started(lambda: &mut State, cx: &mut Ctx<'_>, ticket: Ticket, told: Value) {
    let Some(number) = lambda.starting.remove(&ticket) else { return };
    let Some(allotted) = lambda.allotted.get(&number).cloned() else { return };
    let ended = from_value::<Ended>(told).ok();
    let environment = lambda.environments.get(&number).cloned();
    if let (Some(ended), Some(environment)) = (&ended, &environment) {
        let function = lambda.functions.get(&allotted.function);
        let version = function.and_then(|it| it.version(&environment.version)).cloned();
        if let Some(version) = version {
            finish::charge_start(cx, &version, ended.init_ms.unwrap_or(0.0));
            let lines =
                report::start_lines(environment.created, &allotted.function, &version, ended);
            finish::log(lambda, cx, (number, &allotted.function), (&version.logging.group, lines));
        }
    }
    if ended.is_some_and(|it| it.outcome == How::Ready) {
        if let Some(allotted) = lambda.allotted.get_mut(&number) {
            allotted.ready = true;
        }
        if let Some(environment) = lambda.environments.get_mut(&number).map(Rc::make_mut) {
            environment.idle_since = Some(cx.now);
        }
        return;
    }
    release(lambda, number);
    let key = (allotted.function, allotted.qualifier);
    lambda.refused.insert(key, INIT_FAILED.to_owned());
}

/// An environment has crashed: if it was asked for, another takes its place.
pub fn replace(lambda: &mut State, cx: &mut Ctx<'_>, number: u64) {
    if let Some(allotted) = lambda.allotted.remove(&number) {
        refresh(lambda, cx, &allotted.function);
    }
}
