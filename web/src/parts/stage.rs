//! The stage: its tabs, and what each of them shows. The Python tab keeps what it holds while another is looked at.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::cloud::Phase;
use crate::hooks::desk::Desk;
use crate::parts::apart;
use crate::parts::compare;
use crate::parts::eventbridge::console as eventbridge_console;
use crate::parts::lambda::console as lambda_console;
use crate::parts::logs::console as logs_console;
use crate::parts::python::opening::opening;
use crate::parts::python::tab::PythonTab;
use crate::parts::s3::console;
use crate::parts::sqs::console as sqs_console;
use crate::parts::states::console as states_console;
use crate::parts::tabs::{Tab, Tabs};
use crate::parts::terminal::tab as terminal_tab;
use crate::route::Place;
use crate::route::eventbridge::EventsPlace;
use crate::route::states::StatesPlace;
use crate::state::lesson::{Lesson, Outline, Surface};
use crate::state::terminal;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub line_put: (u32, AttrValue),
    /// Counts how often the script was changed as a whole.
    pub files_put: u32,
    /// Whether every step of the lesson has passed.
    pub passed: bool,
    /// Set while the lesson is still coming.
    pub waiting: bool,
}

/// What the address leaves unsaid: a lesson opens where it is done first.
pub fn shown(desk: &Desk) -> Place {
    match desk.route.place() {
        Place::Unsaid => {
            let (lesson, outline) = (desk.lesson.as_deref(), desk.outline.as_deref());
            let surface = lesson.map(Lesson::surface).or_else(|| outline.map(Outline::surface));
            match (surface, lesson) {
                (Some(Surface::Console), Some(lesson)) => first_console(lesson),
                (Some(Surface::Console), None) => {
                    console_of_track(outline.map_or("", |outline| &outline.track))
                }
                (Some(Surface::Terminal), _) => Place::Terminal,
                (Some(Surface::Python) | None, _) => Place::Python,
            }
        }
        place => place,
    }
}

/// The console that a lesson for clicks begins in: where its first `:::console` leads, else its track's.
fn first_console(lesson: &Lesson) -> Place {
    let way = lesson.steps.iter().find_map(|step| step.console.as_ref());
    match way.map(|way| Place::parse(&way.route)) {
        Some(
            place @ (Place::S3 { .. }
            | Place::States(_)
            | Place::Lambda { .. }
            | Place::Sqs { .. }
            | Place::EventBridge(_)
            | Place::Logs { .. }),
        ) => place,
        _ => console_of_track(&lesson.track),
    }
}

fn console_of_track(track: &str) -> Place {
    match track {
        "step-functions" => Place::States(StatesPlace::default()),
        "lambda" => Place::lambda(),
        _ => Place::s3(),
    }
}

/// The middle region.
#[component]
pub fn Stage(props: &Props) -> Html {
    let place = shown(&props.desk);
    let on_python = place == Place::Python;
    let on_terminal = place == Place::Terminal;
    let python_seen = use_state_eq(|| on_python);
    let terminal_seen = use_state_eq(|| on_terminal);
    let last_s3 = use_last(&place, Place::s3, |place| matches!(place, Place::S3 { .. }));
    let last_lambda =
        use_last(&place, Place::lambda, |place| matches!(place, Place::Lambda { .. }));
    let last_states = use_last(
        &place,
        || Place::States(StatesPlace::default()),
        |place| matches!(place, Place::States(_)),
    );
    let last_sqs = use_last(&place, Place::sqs, |place| matches!(place, Place::Sqs { .. }));
    let last_events = use_last(
        &place,
        || Place::EventBridge(EventsPlace::default()),
        |place| matches!(place, Place::EventBridge(_)),
    );
    let last_logs = use_last(
        &place,
        || Place::Logs { group: None, stream: None },
        |place| matches!(place, Place::Logs { .. }),
    );
    {
        let seen = python_seen.setter();
        use_effect_with(on_python, move |on| {
            if *on {
                seen.set(true);
            }
        });
        let seen = terminal_seen.setter();
        use_effect_with(on_terminal && !props.waiting, move |on| {
            if *on {
                seen.set(true);
                // The AWS CLI is fetched while the first command is being typed.
                terminal::start();
            }
        });
    }
    let choose = {
        let route = props.desk.route.clone();
        Callback::from(move |id: AttrValue| {
            let to = match id.as_str() {
                "python" => Place::Python,
                "terminal" => Place::Terminal,
                "states" => last_states.borrow().clone(),
                "lambda" => last_lambda.borrow().clone(),
                "sqs" => last_sqs.borrow().clone(),
                "eventbridge" => last_events.borrow().clone(),
                "logs" => last_logs.borrow().clone(),
                _ => last_s3.borrow().clone(),
            };
            route.at(to).go();
        })
    };
    let tabs = vec![
        Tab::new("python", words::PYTHON).with_icon("python", "c-python"),
        Tab::new("terminal", words::TERMINAL).with_icon("term", ""),
        Tab::new("s3", words::S3).with_icon("s3", "c-s3"),
        Tab::new("lambda", words::lambda::LAMBDA).with_icon("lambda", "c-lambda"),
        Tab::new("states", words::STATES).with_icon("sfn", "c-sfn"),
        Tab::new("sqs", words::sqs::SQS).with_icon("queue", "c-sqs"),
        Tab::new("eventbridge", words::eventbridge::EVENTBRIDGE).with_icon("sched", "c-sqs"),
        Tab::new("logs", words::logs::LOGS).with_icon("log", ""),
    ];
    let chosen = match place {
        Place::Python => "python",
        Place::Terminal => "terminal",
        Place::States(_) => "states",
        Place::Lambda { .. } => "lambda",
        Place::Sqs { .. } => "sqs",
        Place::EventBridge(_) => "eventbridge",
        Place::Logs { .. } => "logs",
        _ => "s3",
    };
    let terminal = (on_terminal || *terminal_seen).then(|| {
        apart::terminal(terminal_tab::Props { desk: props.desk.clone(), shown: on_terminal })
    });
    let python = (on_python || *python_seen).then(
        || html! { <PythonTab key={props.files_put} desk={props.desk.clone()} line_put={props.line_put.clone()} /> },
    );
    html! {
        <section class="stage" id="main" aria-label={words::STAGE} tabindex="-1">
            <div class="stage-tabs"><Tabs label={words::STAGE} prefix="stage" {tabs} {chosen} {choose} /></div>
            if props.waiting {
                <div class="tabpanel" id="stage-panel" role="tabpanel" aria-labelledby={format!("stage-{chosen}")}>
                    if let Phase::Crashed(_) = props.desk.cloud.phase {
                        <p class="dim2 table-words">{ words::CRASHED }</p>
                    } else if props.desk.cloud.phase == Phase::Ready && !props.desk.cloud.is_ours() {
                        <p class="dim2 table-words">{ words::OTHER_TAB }</p>
                    } else {
                        { opening(props.desk.outline.as_deref().filter(|_| on_python)) }
                    }
                </div>
            } else {
                <div class="tabpanel" id={on_python.then_some("stage-panel")} role="tabpanel" aria-labelledby="stage-python" hidden={!on_python}>
                    if let Some(lesson) = props.desk.lesson.clone().filter(|_| props.desk.comparing) {
                        { apart::comparison(compare::Props { desk: props.desk.clone(), lesson, passed: props.passed }) }
                    }
                    <div class="tabbody" hidden={props.desk.comparing}>{ python }</div>
                </div>
                <div class="tabpanel" id={on_terminal.then_some("stage-panel")} role="tabpanel" aria-labelledby="stage-terminal" hidden={!on_terminal}>{ terminal }</div>
                if let Some(console) = console_of(&props.desk, place) {
                    <div class="tabpanel" id="stage-panel" role="tabpanel" aria-labelledby={format!("stage-{chosen}")}>{ console }</div>
                }
            }
        </section>
    }
}

/// The service's console that is to be seen here, if it is one.
fn console_of(desk: &Desk, place: Place) -> Option<Html> {
    let desk = desk.clone();
    Some(match place {
        Place::S3 { bucket, prefix, object, section } => apart::s3_console(console::Props {
            desk,
            bucket: bucket.map(AttrValue::from),
            prefix: prefix.into(),
            object: object.map(AttrValue::from),
            section,
        }),
        Place::States(at) => apart::states_console(states_console::Props { desk, at }),
        Place::Lambda { function, part } => apart::lambda_console(lambda_console::Props {
            desk,
            function: function.map(AttrValue::from),
            part,
        }),
        Place::Sqs { queue, part } => {
            apart::sqs_console(sqs_console::Props { desk, queue: queue.map(AttrValue::from), part })
        }
        Place::EventBridge(at) => {
            apart::eventbridge_console(eventbridge_console::Props { desk, at })
        }
        Place::Logs { group, stream } => apart::logs_console(logs_console::Props {
            desk,
            group: group.map(AttrValue::from),
            stream: stream.map(AttrValue::from),
        }),
        _ => return None,
    })
}

/// Where in a console the learner was last: its tab leads there.
#[hook]
fn use_last(
    place: &Place,
    first: fn() -> Place,
    is_of_it: fn(&Place) -> bool,
) -> Rc<RefCell<Place>> {
    let last = use_mut_ref(first);
    if is_of_it(place) {
        *last.borrow_mut() = place.clone();
    }
    last
}
