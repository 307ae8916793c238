//! One row of a service's operation table.

use cloudarium_shape::{Value, ValueError, from_value, to_value};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Ctx, Fault, OperationInfo};

/// Whether an operation changes state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Changes nothing: the journal need not be on disk before the answer.
    Read,
    /// May change state: an answer means that the change is kept.
    Write,
}

/// How far an operation's effect goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// It does what AWS does.
    Simulated,
    /// What it writes is checked, kept and shown, and has no effect.
    Stored,
}

/// How an operation ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The output, by the model's member names.
    Output(Value),
    /// It waits; the answer comes by [`crate::ctx::Host::answer`].
    Parked,
}

/// A row of the operation table of a service with state `S`.
pub struct Operation<S> {
    /// AWS's name.
    pub name: &'static str,
    /// Whether it changes state.
    pub access: Access,
    /// How far its effect goes.
    pub depth: Depth,
    /// Runs it.
    pub run: fn(&mut S, &mut Ctx<'_>, Value) -> Result<Outcome, Fault>,
    /// Lists the input members that it simulates.
    pub members: fn() -> Vec<&'static str>,
}

impl<S> Operation<S> {
    /// The row as the coverage page shows it.
    pub fn info(&self) -> OperationInfo {
        let Self { name, access, depth, members, .. } = self;
        OperationInfo { name, access: *access, depth: *depth, members: members() }
    }
}

/// Finds `name` in `table` and runs it.
pub fn dispatch<S>(
    service: &str,
    table: &[Operation<S>],
    state: &mut S,
    cx: &mut Ctx<'_>,
    (name, input): (&str, Value),
) -> Result<Outcome, Fault> {
    match table.iter().find(|operation| operation.name == name) {
        Some(operation) => (operation.run)(state, cx, input),
        None => Err(Fault::not_implemented(&format!("{service}:{name}"))),
    }
}

/// Runs a typed operation on an untyped input. Used by `operation!`.
pub fn run_typed<S, I: DeserializeOwned, O: Serialize, E: Into<Fault>>(
    name: &str,
    run: fn(&mut S, &mut Ctx<'_>, I) -> Result<O, E>,
    state: &mut S,
    cx: &mut Ctx<'_>,
    input: Value,
) -> Result<Outcome, Fault> {
    let input = from_value(input).map_err(|error| match error {
        ValueError::UnknownMember(member) => {
            Fault::not_implemented(&format!("the member {member} of {name}"))
        }
        ValueError::Mismatch(why) => Fault::new("InternalFailure", 500, why),
    })?;
    let output = run(state, cx, input).map_err(Into::into)?;
    to_value(&output)
        .map(Outcome::Output)
        .map_err(|error| Fault::new("InternalFailure", 500, format!("{error:?}")))
}

/// A row for a typed operation: `operation!(Write, PutObject, put_object::put_object)`. The input
/// is a struct with `#[serde(rename_all = "PascalCase", deny_unknown_fields)]`, so that a member
/// that is not simulated is refused by name. `Write stored` is an operation whose configuration is
/// kept and has no effect.
#[macro_export]
macro_rules! operation {
    ($access:ident, $name:ident, $run:path, $input:ty) => {
        $crate::operation!(@ $access, Simulated, $name, $run, $input)
    };
    ($access:ident stored, $name:ident, $run:path, $input:ty) => {
        $crate::operation!(@ $access, Stored, $name, $run, $input)
    };
    (@ $access:ident, $depth:ident, $name:ident, $run:path, $input:ty) => {
        $crate::Operation {
            name: stringify!($name),
            access: $crate::Access::$access,
            depth: $crate::Depth::$depth,
            run: |state, cx, input| {
                $crate::operation::run_typed(stringify!($name), $run, state, cx, input)
            },
            members: $crate::operation::members::<$input>,
        }
    };
}

/// The member names of a struct that derives `Deserialize`.
pub fn members<I: DeserializeOwned>() -> Vec<&'static str> {
    cloudarium_shape::member_names::<I>()
}
