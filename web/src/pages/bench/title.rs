//! Where you are, as the window's title and the page's heading say it.

use std::rc::Rc;

use gloo::utils::document;
use yew::prelude::*;

use crate::route::{Place, Route, Section};
use crate::state::lesson::Lesson;
use crate::words;

/// The window's title says where you are.
#[hook]
pub fn use_title(lesson: Option<Rc<Lesson>>, route: &Route) {
    use_effect_with((lesson, route.clone()), |(lesson, route)| {
        let place = match route.place() {
            Place::S3 { bucket: Some(bucket), object: Some(key), .. } => {
                words::title_bucket(&bucket, &key)
            }
            Place::S3 { bucket: Some(bucket), section, .. } if section != Section::Objects => {
                words::title_bucket(&bucket, words::s3::section(section))
            }
            Place::S3 { bucket: Some(bucket), prefix, .. } => words::title_bucket(&bucket, &prefix),
            Place::S3 { .. } => words::S3.to_owned(),
            Place::Lambda { function: Some(function), .. } => function,
            Place::Lambda { .. } => words::lambda::LAMBDA.to_owned(),
            Place::Sqs { queue: Some(queue), .. } => queue,
            Place::Sqs { .. } => words::sqs::SQS.to_owned(),
            Place::EventBridge(at) => {
                at.rule.or(at.bus).unwrap_or_else(|| words::eventbridge::EVENTBRIDGE.to_owned())
            }
            Place::Logs { group: Some(group), .. } => group,
            Place::Logs { .. } => words::logs::LOGS.to_owned(),
            Place::Terminal => words::TERMINAL.to_owned(),
            Place::States(at) => match (at.machine, at.execution) {
                (Some(machine), Some(execution)) => words::title_bucket(&machine, &execution),
                (Some(machine), None) => machine,
                _ => words::STATES.to_owned(),
            },
            _ => String::new(),
        };
        let step = match route {
            Route::Lesson { step, .. } => *step,
            _ => 1,
        };
        document()
            .set_title(&words::title(&words::title_of(&heading(lesson.as_deref(), step), &place)));
    });
}

/// The lesson and its step, or free play.
pub fn heading(lesson: Option<&Lesson>, step: usize) -> String {
    let Some(lesson) = lesson else { return words::FREE_PLAY.into() };
    let title = lesson.step(step).map(|step| step.title.as_str()).unwrap_or_default();
    words::heading(&lesson.title, step, title)
}
