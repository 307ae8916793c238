//! Where the learner is, as the part of the address after `#`: it works under any path of any static host.

pub mod eventbridge;
pub mod states;

use gloo::utils::window;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use self::eventbridge::EventsPlace;
use self::states::StatesPlace;

const SEGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'=');
const PREFIX: &AsciiSet = &SEGMENT.remove(b'/');
const ADDRESS: &AsciiSet = &PREFIX.add(b'=');

/// What stands between a prefix and a key; within both it would be encoded.
const OBJECT: &str = "?object=";

/// What stands between a prefix and the part of a bucket that is shown in place of its objects.
const SHOW: &str = "?show=";

/// What the address names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    Home,
    Lesson {
        id: String,
        step: usize,
        place: Place,
    },
    Play {
        place: Place,
    },
    /// Free play, begun in a certain way; asks before anything is lost.
    Begin(Begin),
    /// What somebody has shared, as the link holds it.
    Shared(String),
    Missing,
}

/// How free play is to begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Begin {
    Empty,
    Sample,
}

/// What the S3 console shows of a bucket.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Section {
    #[default]
    Objects,
    Versions,
    Properties,
    Permissions,
    Management,
}

impl Section {
    /// All of them, as they stand in a row.
    pub const ALL: [Self; 5] =
        [Self::Objects, Self::Versions, Self::Properties, Self::Permissions, Self::Management];

    /// Its name in an address.
    pub fn id(self) -> &'static str {
        match self {
            Self::Objects => "objects",
            Self::Versions => "versions",
            Self::Properties => "properties",
            Self::Permissions => "permissions",
            Self::Management => "management",
        }
    }

    /// The one with this name; what is unknown shows the objects.
    pub fn named(id: &str) -> Self {
        Self::ALL.into_iter().find(|section| section.id() == id).unwrap_or_default()
    }
}

/// What the Lambda console shows of a function.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum FunctionPart {
    #[default]
    Code,
    Monitor,
    Load,
    Triggers,
    Configuration,
    Versions,
}

impl FunctionPart {
    /// All of them, as they stand in a row.
    pub const ALL: [Self; 6] = [
        Self::Code,
        Self::Monitor,
        Self::Load,
        Self::Triggers,
        Self::Configuration,
        Self::Versions,
    ];

    /// Its name in an address.
    pub fn id(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Monitor => "monitor",
            Self::Load => "load",
            Self::Triggers => "triggers",
            Self::Configuration => "configuration",
            Self::Versions => "versions",
        }
    }

    /// The one with this name; what is unknown shows the code.
    pub fn named(id: &str) -> Self {
        Self::ALL.into_iter().find(|part| part.id() == id).unwrap_or_default()
    }
}

/// What the SQS console shows of a queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum QueuePart {
    #[default]
    Messages,
    Configuration,
    DeadLetters,
    Triggers,
}

impl QueuePart {
    /// All of them, as they stand in a row.
    pub const ALL: [Self; 4] =
        [Self::Messages, Self::Configuration, Self::DeadLetters, Self::Triggers];

    /// Its name in an address.
    pub fn id(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Configuration => "configuration",
            Self::DeadLetters => "dead-letters",
            Self::Triggers => "triggers",
        }
    }

    /// The one with this name; what is unknown shows the messages.
    pub fn named(id: &str) -> Self {
        Self::ALL.into_iter().find(|part| part.id() == id).unwrap_or_default()
    }
}

/// What the stage shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// The stage's own choice: the tab the lesson opens with.
    Unsaid,
    Python,
    Terminal,
    S3 {
        bucket: Option<String>,
        prefix: String,
        /// The key of the object whose details are open.
        object: Option<String>,
        section: Section,
    },
    States(StatesPlace),
    Lambda {
        function: Option<String>,
        part: FunctionPart,
    },
    Logs {
        group: Option<String>,
        stream: Option<String>,
    },
    Sqs {
        queue: Option<String>,
        part: QueuePart,
    },
    EventBridge(EventsPlace),
}

impl Place {
    /// The SQS console without a queue chosen.
    pub fn sqs() -> Self {
        Self::Sqs { queue: None, part: QueuePart::Messages }
    }

    /// A part of a queue's page.
    pub fn queue(queue: impl Into<String>, part: QueuePart) -> Self {
        Self::Sqs { queue: Some(queue.into()), part }
    }

    /// The Lambda console without a function chosen.
    pub fn lambda() -> Self {
        Self::Lambda { function: None, part: FunctionPart::Code }
    }

    /// A part of a function's page.
    pub fn function(function: impl Into<String>, part: FunctionPart) -> Self {
        Self::Lambda { function: Some(function.into()), part }
    }

    /// The streams of a log group, or one of them.
    pub fn logs(group: impl Into<String>, stream: Option<String>) -> Self {
        Self::Logs { group: Some(group.into()), stream }
    }

    /// The S3 console without a bucket chosen.
    pub fn s3() -> Self {
        Self::S3 { bucket: None, prefix: String::new(), object: None, section: Section::Objects }
    }

    /// A bucket, and the keys in it that begin with `prefix`.
    pub fn bucket(bucket: impl Into<String>, prefix: impl Into<String>) -> Self {
        Self::object(bucket, prefix, None)
    }

    /// A part of a bucket, beside its objects.
    pub fn section(bucket: impl Into<String>, section: Section) -> Self {
        Self::S3 { bucket: Some(bucket.into()), prefix: String::new(), object: None, section }
    }

    /// The details of an object, beside the keys that begin with `prefix`.
    pub fn object(
        bucket: impl Into<String>,
        prefix: impl Into<String>,
        object: Option<String>,
    ) -> Self {
        let section = Section::Objects;
        Self::S3 { bucket: Some(bucket.into()), prefix: prefix.into(), object, section }
    }

    /// Reads a console route as lessons write it: `/s3/{bucket}/{prefix}`, with `?object={key}` after it for details, or
    /// `/s3/{bucket}/?show={section}`.
    pub fn parse(path: &str) -> Self {
        let path = path.trim_start_matches('/');
        let (tab, rest) = path.split_once('/').unwrap_or((path, ""));
        match tab {
            "python" => Self::Python,
            "terminal" => Self::Terminal,
            "s3" => {
                let (rest, section) = rest.split_once(SHOW).unwrap_or((rest, ""));
                let (rest, object) = rest.split_once(OBJECT).unwrap_or((rest, ""));
                let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
                let named = |text: &str| Some(decode(text)).filter(|name| !name.is_empty());
                let bucket = named(bucket);
                let object = named(object).filter(|_| bucket.is_some());
                Self::S3 {
                    bucket,
                    prefix: decode(prefix),
                    object,
                    section: Section::named(section),
                }
            }
            "states" => Self::States(StatesPlace::parse(rest)),
            // What has no path after it, but how it is shown.
            states if states.starts_with("states?") => {
                Self::States(StatesPlace::parse(states.trim_start_matches("states")))
            }
            "lambda" => {
                let (function, part) = rest.split_once(SHOW).unwrap_or((rest, ""));
                let function = decode(function.trim_end_matches('/'));
                Self::Lambda {
                    function: Some(function).filter(|name| !name.is_empty()),
                    part: FunctionPart::named(part),
                }
            }
            "sqs" => {
                let (queue, part) = rest.split_once(SHOW).unwrap_or((rest, ""));
                let queue = decode(queue.trim_end_matches('/'));
                Self::Sqs {
                    queue: Some(queue).filter(|name| !name.is_empty()),
                    part: QueuePart::named(part),
                }
            }
            "eventbridge" => Self::EventBridge(EventsPlace::parse(rest)),
            "logs" => {
                let (group, stream) = rest.split_once('/').unwrap_or((rest, ""));
                let named = |text: &str| Some(decode(text)).filter(|name| !name.is_empty());
                let group = named(group);
                let stream = named(stream).filter(|_| group.is_some());
                Self::Logs { group, stream }
            }
            _ => Self::Unsaid,
        }
    }

    fn path(&self) -> String {
        match self {
            Self::Unsaid => String::new(),
            Self::Python => "/python".into(),
            Self::Terminal => "/terminal".into(),
            Self::States(states) => states.path(),
            Self::EventBridge(events) => events.path(),
            Self::Lambda { function: None, .. } => "/lambda".into(),
            Self::Lambda { function: Some(function), part: FunctionPart::Code } => {
                format!("/lambda/{}", encode(function, SEGMENT))
            }
            Self::Lambda { function: Some(function), part } => {
                format!("/lambda/{}/{SHOW}{}", encode(function, SEGMENT), part.id())
            }
            Self::Sqs { queue: None, .. } => "/sqs".into(),
            Self::Sqs { queue: Some(queue), part: QueuePart::Messages } => {
                format!("/sqs/{}", encode(queue, SEGMENT))
            }
            Self::Sqs { queue: Some(queue), part } => {
                format!("/sqs/{}/{SHOW}{}", encode(queue, SEGMENT), part.id())
            }
            Self::Logs { group: None, .. } => "/logs".into(),
            Self::Logs { group: Some(group), stream } => {
                let stream = stream.as_ref().map(|name| format!("/{}", encode(name, SEGMENT)));
                format!("/logs/{}{}", encode(group, SEGMENT), stream.unwrap_or_default())
            }
            Self::S3 { bucket: None, .. } => "/s3".into(),
            Self::S3 { bucket: Some(bucket), section, .. } if *section != Section::Objects => {
                format!("/s3/{}/{SHOW}{}", encode(bucket, SEGMENT), section.id())
            }
            Self::S3 { bucket: Some(bucket), prefix, object, .. } => {
                let object = object.as_ref().map(|key| format!("{OBJECT}{}", encode(key, SEGMENT)));
                format!(
                    "/s3/{}/{}{}",
                    encode(bucket, SEGMENT),
                    encode(prefix, PREFIX),
                    object.unwrap_or_default()
                )
            }
        }
    }
}

impl Route {
    /// Reads what stands after `#`.
    pub fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_start_matches('/');
        let (head, rest) = path.split_once('/').unwrap_or((path, ""));
        match head {
            "" => Self::Home,
            "play" => Self::Play { place: Place::parse(rest) },
            "begin" if rest == "empty" => Self::Begin(Begin::Empty),
            "begin" if rest == "sample" => Self::Begin(Begin::Sample),
            "shared" if !rest.is_empty() => Self::Shared(rest.to_owned()),
            "lesson" => Self::parse_lesson(rest),
            _ => Self::Missing,
        }
    }

    fn parse_lesson(rest: &str) -> Self {
        let (id, rest) = rest.split_once('/').unwrap_or((rest, ""));
        let (step, place) = rest.split_once('/').unwrap_or((rest, ""));
        if id.is_empty() {
            return Self::Missing;
        }
        let step = if step.is_empty() { Some(1) } else { step.parse().ok().filter(|n| *n > 0) };
        step.map_or(Self::Missing, |step| Self::Lesson {
            id: decode(id),
            step,
            place: Place::parse(place),
        })
    }

    /// The address to put into a link.
    pub fn href(&self) -> String {
        match self {
            Self::Home | Self::Missing => "#/".into(),
            Self::Begin(Begin::Empty) => "#/begin/empty".into(),
            Self::Begin(Begin::Sample) => "#/begin/sample".into(),
            Self::Shared(link) => format!("#/shared/{link}"),
            Self::Play { place } => format!("#/play{}", place.path()),
            Self::Lesson { id, step, place } => {
                format!("#/lesson/{}/{step}{}", encode(id, SEGMENT), place.path())
            }
        }
    }

    /// The same lesson and step, another place on the stage.
    pub fn at(&self, place: Place) -> Self {
        match self {
            Self::Lesson { id, step, .. } => Self::Lesson { id: id.clone(), step: *step, place },
            _ => Self::Play { place },
        }
    }

    /// What the stage shows.
    pub fn place(&self) -> Place {
        match self {
            Self::Lesson { place, .. } | Self::Play { place } => place.clone(),
            _ => Place::Unsaid,
        }
    }

    /// Where the browser is now.
    pub fn current() -> Self {
        Self::parse(&window().location().hash().unwrap_or_default())
    }

    /// Goes there in place of where the browser is: the way back leads past it.
    pub fn replace(&self) {
        let href = self.href();
        // Our own address with another hash is of the same origin, so it cannot be refused.
        let _ = window().location().replace(&href);
    }

    /// Goes there; the way back is the browser's.
    pub fn go(&self) {
        // Setting a hash cannot fail for a string that is one.
        let _ = window().location().set_hash(&self.href());
    }
}

/// A key as a part of an address: all but slashes and plain letters is encoded.
pub fn address_of(key: &str) -> String {
    encode(key, ADDRESS)
}

fn encode(text: &str, keep: &'static AsciiSet) -> String {
    utf8_percent_encode(text, keep).to_string()
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::eventbridge::EventsPart;
    use super::states::View;
    use super::*;

    #[test]
    fn every_route_reads_back_as_it_was_written() {
        let lesson = |place| Route::Lesson { id: "s3-put-get".into(), step: 2, place };
        let routes = [
            Route::Home,
            Route::Play { place: Place::Unsaid },
            Route::Play { place: Place::Python },
            Route::Play { place: Place::Terminal },
            Route::Play { place: Place::s3() },
            Route::Play { place: Place::bucket("photos", "") },
            Route::Play { place: Place::bucket("photos", "a b/ü%/#?//c/") },
            Route::Play { place: Place::object("photos", "a/", Some("a/?object=/ü #%".into())) },
            Route::Play { place: Place::object("photos", "?object=", Some("x".into())) },
            Route::Play { place: Place::bucket("photos", "?show=permissions") },
            Route::Play { place: Place::section("photos", Section::Permissions) },
            Route::Play { place: Place::States(StatesPlace::default()) },
            Route::Play { place: Place::States(StatesPlace::new_machine()) },
            Route::Play { place: Place::States(StatesPlace::machine("a/ü", View::Executions)) },
            Route::Play {
                place: Place::States(
                    StatesPlace::execution("m", "run 1", View::Graph).at_state(Some("A&b?".into())),
                ),
            },
            Route::Play {
                place: Place::States(StatesPlace {
                    with: Some("two".into()),
                    ..StatesPlace::execution("m", "one", View::Compare)
                }),
            },
            Route::Play { place: Place::lambda() },
            Route::Play { place: Place::function("check-order", FunctionPart::Code) },
            Route::Play { place: Place::function("check-order", FunctionPart::Triggers) },
            Route::Play { place: Place::sqs() },
            Route::Play { place: Place::queue("orders.fifo", QueuePart::Messages) },
            Route::Play { place: Place::queue("orders", QueuePart::DeadLetters) },
            Route::Play { place: Place::EventBridge(EventsPlace::default()) },
            Route::Play { place: Place::EventBridge(EventsPlace::bus("a/b", EventsPart::First)) },
            Route::Play { place: Place::EventBridge(EventsPlace::bus("a", EventsPart::Send)) },
            Route::Play {
                place: Place::EventBridge(EventsPlace::rule("a", "r?ü", EventsPart::First)),
            },
            Route::Play {
                place: Place::EventBridge(EventsPlace::rule("a", "r", EventsPart::Targets)),
            },
            Route::Play { place: Place::Logs { group: None, stream: None } },
            Route::Play { place: Place::logs("/aws/lambda/a b", None) },
            Route::Play {
                place: Place::logs("/aws/lambda/a", Some("2026/01/05/[$LATEST]9d1e".into())),
            },
            Route::Begin(Begin::Empty),
            Route::Begin(Begin::Sample),
            Route::Shared("1Zm9v_-".into()),
            lesson(Place::Unsaid),
            lesson(Place::bucket("photos", "2026/")),
        ];
        for route in routes {
            assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
        }
    }

    #[test]
    fn a_lesson_without_a_step_opens_at_its_first() {
        let route = Route::Lesson { id: "x".into(), step: 1, place: Place::Unsaid };
        assert_eq!(Route::parse("#/lesson/x"), route);
        assert_eq!(Route::parse("#/lesson/x/"), route);
    }

    #[test]
    fn what_names_nothing_is_missing() {
        for hash in [
            "#/begin/other",
            "#/shared/",
            "#/nowhere",
            "#/lesson/",
            "#/lesson/x/zero",
            "#/lesson/x/0",
        ] {
            assert_eq!(Route::parse(hash), Route::Missing, "{hash}");
        }
    }
}
