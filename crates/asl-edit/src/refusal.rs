//! Why an edit cannot be.

use thiserror::Error;

/// Why an edit cannot be. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The text does not parse.
    #[error("The text is no JSON yet: {0} Mend the text first.")]
    NotJson(String),
    /// JSON without a `States` object.
    #[error("The definition has no States to change.")]
    NoStates,
    /// No such state.
    #[error("There is no state {0}.")]
    NoSuchState(String),
    /// No such rule, Catcher or branch.
    #[error("There is no such place in {0} any more.")]
    NoSuchPlace(String),
    /// No such value.
    #[error("{0} has no such field.")]
    NoSuchField(String),
    /// A name that cannot be.
    #[error("A state's name has 1 to 80 characters.")]
    NameLength,
    /// A name that is given away: names are unique in a definition, in branches and processors too.
    #[error("There is a state {0} already. Names are unique in the whole definition.")]
    NameTaken(String),
    /// Succeed and Fail end things.
    #[error("Nothing can follow {0}: it ends the machine or the branch it stands in.")]
    NothingFollows(String),
    /// What comes after would be cut off.
    #[error("{0} would no longer be reached by anything. Choose a place where nothing follows.")]
    CutsOff(String),
    /// Rules, Defaults and Catchers must lead to a state.
    #[error("A rule, a Default or a Catcher of {0} has to lead to a state; it cannot end there.")]
    CannotEnd(String),
    /// A Choice decides between at least one way.
    #[error("It is the last rule of {0}, which needs at least one.")]
    LastRule(String),
    /// A list that must not be empty.
    #[error("{0} needs at least one of these.")]
    LastItem(String),
    /// A state cannot be moved into itself.
    #[error("{0} cannot be put into itself.")]
    IntoItself(String),
    /// It stands there.
    #[error("{0} stands there already.")]
    StandsThere(String),
    /// What is put together has a way out beside its end.
    #[error(
        "{from} leads to {to}, which stands outside. Only what has one way in and one way out can be taken as one."
    )]
    LeadsOut {
        /// The state within.
        from: String,
        /// The one that stands outside.
        to: String,
    },
    /// What is put together has a way in beside its beginning.
    #[error(
        "{from} leads into the middle, to {to}. Only what has one way in and one way out can be taken as one."
    )]
    LeadsIn {
        /// The state outside.
        from: String,
        /// The one that stands within.
        to: String,
    },
    /// The last state cannot be reached from the first.
    #[error("{to} does not come after {from}.")]
    NotAfter {
        /// Where it was to begin.
        from: String,
        /// Where it was to end.
        to: String,
    },
    /// A Choice cannot be the last of what is wrapped.
    #[error("{0} decides between ways, so nothing can end with it. Take what follows it along.")]
    EndsWithChoice(String),
    /// A Succeed in the middle would end something else then.
    #[error("{0} ends the whole machine; taken elsewhere it would end something else.")]
    EndsElsewhere(String),
    /// Only a Parallel with one branch and a Map can be unwrapped.
    #[error("Only a Map, or a Parallel with one branch, can be unwrapped; {0} is neither.")]
    NotWrapped(String),
    /// A distributed Map has things that nothing else has.
    #[error("No type of state is called {0}.")]
    NoSuchType(String),
    /// Would the state lead to itself alone, it never ended.
    #[error("{0} would lead to itself.")]
    Loop(String),
}
