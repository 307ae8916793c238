//! Everything that the palette can find: actions, lessons, resources, calls, and the documentation of what is simulated.

use serde::Deserialize;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::home::way::{Standing, Way};
use crate::route::eventbridge::EventsPlace;
use crate::route::states::StatesPlace;
use crate::route::{Begin, Place, Route};
use crate::state::calls::Call;
use crate::state::cloud::{self, ClockWish, Operation};
use crate::state::lesson::open_file;
use crate::state::palette::{Does, Item, Kind};
use crate::state::prefs::Theme;
use crate::twin::words as snake;
use crate::words;

/// Where the documentation of an operation stands.
const BOTO3: &str = "https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/";
const CLI: &str = "https://docs.aws.amazon.com/cli/v1/reference/";
/// So many of the latest calls can be found.
const CALLS_MAX: usize = 2_000;

/// A bucket as its view tells it.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Bucket {
    name: String,
    region: String,
    objects: usize,
}

/// Gathers the items while the palette is open.
#[hook]
pub fn use_items(desk: Option<&Desk>, way: &Way) -> Vec<Item> {
    let operations = use_state_eq(Vec::<Operation>::new);
    let buckets = use_state_eq(Vec::<Bucket>::new);
    {
        let operations = operations.setter();
        use_effect_with((), move |()| {
            spawn_local(async move {
                // Without the list there is only less to find.
                operations.set(cloud::operations().await.unwrap_or_default());
            });
        });
    }
    {
        let buckets = buckets.setter();
        let ready = desk.filter(|desk| desk.cloud.is_ours()).map(|desk| desk.region.clone());
        use_effect_with(ready, move |region| {
            if let Some(region) = region.clone() {
                spawn_local(async move {
                    let view = cloud::view("s3", "buckets", &region).await;
                    let list = view.ok().and_then(|view| serde_json::from_value(view).ok());
                    buckets.set(list.unwrap_or_default());
                });
            }
        });
    }
    let mut items = actions(desk);
    items.extend(lessons(way));
    if let Some(desk) = desk {
        items.extend(buckets.iter().map(|found| bucket(desk, found)));
        items.extend(desk.cloud.calls.iter().rev().take(CALLS_MAX).map(|made| call(made)));
    }
    items.extend(operations.iter().flat_map(docs));
    items
}

fn action(icon: &'static str, title: impl Into<String>, does: Does) -> Item {
    Item {
        kind: Kind::Action,
        icon,
        class: "",
        title: title.into(),
        sub: String::new(),
        of: words::OF_ACTION,
        keys: &[],
        does,
    }
}

fn with_keys(item: Item, keys: &'static [&'static str]) -> Item {
    Item { keys, ..item }
}

fn actions(desk: Option<&Desk>) -> Vec<Item> {
    let mut all = vec![];
    if let Some(desk) = desk {
        let file = open_file(desk.lesson.as_deref());
        all.push(with_keys(action("run", words::do_run(&file), Does::Run), &["Ctrl", "Enter"]));
        if desk.python.is_going() {
            all.push(with_keys(action("stop", words::DO_STOP, Does::Stop), &["Ctrl", "."]));
        }
        let to = |place| Does::Go(desk.route.at(place));
        all.push(with_keys(action("python", words::DO_PYTHON, to(Place::Python)), &["G", "P"]));
        let terminal = action("term", words::DO_TERMINAL, to(Place::Terminal));
        all.push(with_keys(terminal, &["G", "T"]));
        all.push(with_keys(action("s3", words::DO_S3, to(Place::s3())), &["G", "S"]));
        let states = Place::States(StatesPlace::default());
        all.push(with_keys(action("sfn", words::states::DO_STATES, to(states)), &["G", "F"]));
        all.push(action("queue", words::sqs::GO_TO, to(Place::sqs())));
        let buses = Place::EventBridge(EventsPlace::default());
        all.push(action("sched", words::eventbridge::GO_TO, to(buses)));
        if desk.lesson.as_ref().is_some_and(|lesson| !lesson.solution.is_empty()) {
            all.push(with_keys(action("diff", words::DO_COMPARE, Does::Compare), &["D"]));
        }
        all.push(action("link", words::SHARE_TITLE, Does::Share));
        all.push(action("hood", words::DO_DRAWER, Does::Drawer));
        let clock = |words, wish| action("clock", words, Does::Clock(wish));
        all.push(with_keys(clock(words::DO_NEXT_EVENT, ClockWish::NextTimer), &["N"]));
        all.push(clock(words::DO_HOUR, ClockWish::JumpMs(3_600_000.0)));
        all.push(clock(words::DO_DAY, ClockWish::JumpMs(86_400_000.0)));
        let regions = words::REGIONS.iter().filter(|name| **name != desk.region.as_str());
        all.extend(
            regions.map(|name| {
                action("sky", words::do_region(name), Does::Region((*name).to_owned()))
            }),
        );
    }
    all.extend([
        action("book", words::DO_HOME, Does::Go(Route::Home)),
        action("sky", words::DO_PLAY, Does::Go(Route::Play { place: Place::Unsaid })),
        action("sky", words::DO_EMPTY, Does::Go(Route::Begin(Begin::Empty))),
        action("sky", words::DO_SAMPLE, Does::Go(Route::Begin(Begin::Sample))),
        action("download", words::SAVE_ALL_LONG, Does::SaveAll),
        action("upload", words::BRING_BACK_LONG, Does::Import),
        action("sun", words::DO_LIGHT, Does::Theme(Theme::Light)),
        action("moon", words::DO_DARK, Does::Theme(Theme::Dark)),
        action("theme", words::DO_SYSTEM, Does::Theme(Theme::System)),
        with_keys(action("keys", words::SHORTCUTS, Does::Keys), &["?"]),
    ]);
    all
}

fn lessons(way: &Way) -> impl Iterator<Item = Item> {
    way.lessons().map(|(at, lesson)| {
        let (icon, class) = match way.standing(at) {
            Standing::Done => ("check", "yes"),
            Standing::Now => ("star", "here"),
            Standing::Open => ("ring", ""),
        };
        let steps = words::steps_done(way.steps_done(at), lesson.steps.len());
        Item {
            kind: Kind::Lesson,
            icon,
            class,
            title: lesson.title.clone(),
            sub: format!("{}, {steps}", words::lesson_of(&lesson.track, lesson.index_in_track, 0)),
            of: words::OF_LESSON,
            keys: &[],
            does: Does::Go(Route::parse(&way.lesson_href(at, lesson))),
        }
    })
}

fn bucket(desk: &Desk, bucket: &Bucket) -> Item {
    Item {
        kind: Kind::Resource,
        icon: "s3",
        class: "c-s3",
        title: bucket.name.clone(),
        sub: words::found_bucket(&bucket.region, bucket.objects),
        of: words::OF_RESOURCE,
        keys: &[],
        does: Does::Go(desk.route.at(Place::bucket(bucket.name.clone(), ""))),
    }
}

fn call(call: &Call) -> Item {
    Item {
        kind: Kind::Call,
        icon: "log",
        class: "",
        title: words::found_call(call.seq, &call.service, &call.operation),
        sub: words::found_call_more(call.source.as_deref(), call.status),
        of: words::OF_CALL,
        keys: &[],
        does: Does::Call(call.seq),
    }
}

/// An operation in boto3, and in the CLI.
fn docs(operation: &Operation) -> [Item; 2] {
    let Operation { service, name, members } = operation;
    let class = match service.as_str() {
        "s3" => "S3",
        "sts" => "STS",
        other => other,
    };
    let (method, command) = (snake(name, '_'), snake(name, '-'));
    let spoken = if service == "s3" { "s3api" } else { service };
    let item = |icon, class, title, sub, of, link| Item {
        kind: Kind::Doc,
        icon,
        class,
        title,
        sub,
        of,
        keys: &[],
        does: Does::Link(link),
    };
    [
        item(
            "python",
            "c-python",
            format!("{class}.Client.{method}"),
            words::some_of(members),
            words::OF_BOTO3,
            format!("{BOTO3}{service}/client/{method}.html"),
        ),
        item(
            "term",
            "",
            format!("aws {spoken} {command}"),
            String::new(),
            words::CLI,
            format!("{CLI}{spoken}/{command}.html"),
        ),
    ]
}
