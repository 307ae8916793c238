//! Where you are in the EventBridge console: `/eventbridge/{bus}/{rule}?show={part}`.

use super::{SEGMENT, SHOW, decode, encode};

/// What is shown of a bus, or of a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum EventsPart {
    /// The rules of a bus; the pattern or the schedule of a rule.
    #[default]
    First,
    /// The form that makes a rule.
    New,
    /// Sends events to a bus.
    Send,
    /// Archives of a bus, and replays.
    Archives,
    /// Who may send to a bus.
    Permissions,
    /// Where the events of a rule go.
    Targets,
}

impl EventsPart {
    /// Those of a bus, as they stand in a row.
    pub const OF_BUS: [Self; 4] = [Self::First, Self::Send, Self::Archives, Self::Permissions];
    /// Those of a rule.
    pub const OF_RULE: [Self; 2] = [Self::First, Self::Targets];

    const ALL: [Self; 6] =
        [Self::First, Self::New, Self::Send, Self::Archives, Self::Permissions, Self::Targets];

    /// Its name in an address.
    pub fn id(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::New => "new",
            Self::Send => "send",
            Self::Archives => "archives",
            Self::Permissions => "permissions",
            Self::Targets => "targets",
        }
    }

    /// The one with this name; what is unknown shows the first.
    pub fn named(id: &str) -> Self {
        Self::ALL.into_iter().find(|part| part.id() == id).unwrap_or_default()
    }
}

/// A bus or a rule of it, and what is shown of that; nothing: the list of buses.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EventsPlace {
    pub bus: Option<String>,
    pub rule: Option<String>,
    pub part: EventsPart,
}

impl EventsPlace {
    /// A part of a bus's page.
    pub fn bus(bus: impl Into<String>, part: EventsPart) -> Self {
        Self { bus: Some(bus.into()), rule: None, part }
    }

    /// A part of a rule's page.
    pub fn rule(bus: impl Into<String>, rule: impl Into<String>, part: EventsPart) -> Self {
        Self { bus: Some(bus.into()), rule: Some(rule.into()), part }
    }

    /// Reads what stands after `eventbridge`.
    pub(super) fn parse(rest: &str) -> Self {
        let (path, part) = rest.split_once(SHOW).unwrap_or((rest, ""));
        let (bus, rule) = path.split_once('/').unwrap_or((path, ""));
        let named = |text: &str| Some(decode(text)).filter(|name| !name.is_empty());
        let bus = named(bus);
        Self {
            rule: named(rule.trim_end_matches('/')).filter(|_| bus.is_some()),
            part: EventsPart::named(part),
            bus,
        }
    }

    /// What stands in an address.
    pub(super) fn path(&self) -> String {
        let mut path = "/eventbridge".to_owned();
        for name in self.bus.iter().chain(&self.rule) {
            path.push('/');
            path.push_str(&encode(name, SEGMENT));
        }
        if self.part != EventsPart::First {
            path.push('/');
            path.push_str(SHOW);
            path.push_str(self.part.id());
        }
        path
    }
}
