//! Where you are in the Step Functions console: `/states/{machine}/{execution}?show={view}&state={state}`.

use super::{SEGMENT, decode, encode};

/// What stands between a machine or an execution and how it is shown.
const SHOW: &str = "?show=";
/// What stands before the state whose data is shown.
const STATE: &str = "&state=";
/// What stands before the execution that another is compared with.
const WITH: &str = "&with=";

/// How a machine or an execution is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum View {
    #[default]
    Graph,
    /// The visual editor.
    Edit,
    /// The same as a tree of words.
    Outline,
    Definition,
    Executions,
    Versions,
    Events,
    Timeline,
    /// Two executions side by side.
    Compare,
    /// The form that makes a machine.
    New,
}

impl View {
    /// Those of a machine, as they stand in a row.
    pub const OF_MACHINE: [Self; 6] = [
        Self::Graph,
        Self::Edit,
        Self::Outline,
        Self::Definition,
        Self::Executions,
        Self::Versions,
    ];
    /// Those of an execution.
    pub const OF_EXECUTION: [Self; 5] =
        [Self::Graph, Self::Outline, Self::Events, Self::Timeline, Self::Compare];

    const ALL: [Self; 10] = [
        Self::Graph,
        Self::Edit,
        Self::Outline,
        Self::Definition,
        Self::Executions,
        Self::Versions,
        Self::Events,
        Self::Timeline,
        Self::Compare,
        Self::New,
    ];

    /// Its name in an address.
    pub fn id(self) -> &'static str {
        match self {
            Self::Graph => "graph",
            Self::Edit => "edit",
            Self::Outline => "outline",
            Self::Definition => "definition",
            Self::Executions => "executions",
            Self::Versions => "versions",
            Self::Events => "events",
            Self::Timeline => "timeline",
            Self::Compare => "compare",
            Self::New => "new",
        }
    }

    /// The one with this name; what is unknown shows the picture.
    pub fn named(id: &str) -> Self {
        Self::ALL.into_iter().find(|view| view.id() == id).unwrap_or_default()
    }
}

/// A place in the console.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StatesPlace {
    /// The name of the state machine; that of a Map run's children has the Map's label after a slash.
    pub machine: Option<String>,
    /// The name of the execution.
    pub execution: Option<String>,
    pub view: View,
    /// The state whose data is open.
    pub state: Option<String>,
    /// The execution that this one is compared with.
    pub with: Option<String>,
}

impl StatesPlace {
    /// The form that makes a machine.
    pub fn new_machine() -> Self {
        Self { view: View::New, ..Self::default() }
    }

    /// A machine.
    pub fn machine(name: impl Into<String>, view: View) -> Self {
        Self { machine: Some(name.into()), view, ..Self::default() }
    }

    /// An execution of a machine.
    pub fn execution(machine: impl Into<String>, name: impl Into<String>, view: View) -> Self {
        Self { execution: Some(name.into()), ..Self::machine(machine, view) }
    }

    /// The same, with a state open, or with none.
    #[must_use]
    pub fn at_state(&self, state: Option<String>) -> Self {
        Self { state, ..self.clone() }
    }

    /// The same machine or execution, shown in another way.
    #[must_use]
    pub fn shown(&self, view: View) -> Self {
        Self { view, ..self.clone() }
    }

    /// Reads what stands after `states`.
    pub(super) fn parse(rest: &str) -> Self {
        let (path, shown) = rest.split_once(SHOW).unwrap_or((rest, ""));
        let (shown, state) = shown.split_once(STATE).unwrap_or((shown, ""));
        let (state, with) = state.split_once(WITH).unwrap_or((state, ""));
        let (machine, execution) = path.split_once('/').unwrap_or((path, ""));
        let named = |text: &str| Some(decode(text)).filter(|name| !name.is_empty());
        let machine = named(machine);
        Self {
            execution: named(execution).filter(|_| machine.is_some()),
            view: View::named(shown),
            state: named(state),
            with: named(with),
            machine,
        }
    }

    /// What stands in an address.
    pub(super) fn path(&self) -> String {
        let mut path = "/states".to_owned();
        for name in self.machine.iter().chain(&self.execution) {
            path.push('/');
            path.push_str(&encode(name, SEGMENT));
        }
        let plain = self.state.is_none() && self.with.is_none();
        if plain && self.view == View::Graph {
            return path;
        }
        path.push_str(SHOW);
        path.push_str(self.view.id());
        if !plain {
            path.push_str(STATE);
            path.push_str(&encode(self.state.as_deref().unwrap_or_default(), SEGMENT));
        }
        if let Some(with) = &self.with {
            path.push_str(WITH);
            path.push_str(&encode(with, SEGMENT));
        }
        path
    }
}
