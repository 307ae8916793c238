//! Read-only pictures for the console.

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use cloudarium_shape::{Map, Value};

use crate::arn;
use crate::model::State;

/// `machines`: the state machines of the account and Region, with how many executions each has.
pub fn view(states: &State, cx: &Ctx<'_>, name: &str, _params: &Value) -> Option<Value> {
    if name != "machines" {
        return None;
    }
    let here = arn::here(cx, "stateMachine", "");
    let machines = states.machines.values().filter(|machine| machine.arn.starts_with(&here));
    let rows = machines.map(|machine| {
        let count = states.by_owner.get(&machine.arn).map_or(0, imbl::Vector::len);
        let members = [
            ("arn", Value::from(machine.arn.as_str())),
            ("name", Value::from(machine.name.as_str())),
            ("express", Value::Bool(machine.express)),
            ("created", Value::Int(Timestamp::as_ms(machine.created))),
            ("executions", Value::Int(i64::try_from(count).unwrap_or(i64::MAX))),
        ];
        Value::Map(
            members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map>(),
        )
    });
    Some(Value::List(rows.collect()))
}
