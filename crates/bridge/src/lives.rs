//! The lives of resources, as the page asks for them.

use cloudarium_cloud::{ResourcePath, Turn};
use cloudarium_shape::Value;
use serde_json::{Value as Json, json};
use wasm_bindgen::prelude::*;

use crate::bridge::{Bridge, milliseconds};
use crate::call::to_json;
use crate::time::kind_name;

/// So many turns of one life are told: the latest.
const TURNS_MAX: usize = 100;

#[wasm_bindgen]
impl Bridge {
    /// The turns in the lives of resources, as JSON. `paths` is a list of their names, each a list from the outside in;
    /// `members` a list of what is told of each resource.
    pub fn lives(&mut self, service: &str, paths: &str, members: &str) -> Result<String, JsError> {
        let paths = serde_json::from_str(paths)?;
        let members: Vec<String> = serde_json::from_str(members)?;
        let lives = self.durable.lives(service, &paths);
        Ok(lives.iter().map(|life| life_json(life, &members)).collect::<Json>().to_string())
    }
}

fn life_json((path, turns): (&ResourcePath, &Vec<Turn>), members: &[String]) -> Json {
    let told = |of: &Value| -> Json {
        let known = members.iter().filter_map(|name| Some((name.clone(), to_json(of.get(name)?))));
        Json::Object(known.collect())
    };
    let turns = turns.iter().skip(turns.len().saturating_sub(TURNS_MAX)).map(|turn| {
        json!({
            "call": turn.moment.call,
            "jump": turn.moment.jump,
            "at": milliseconds(turn.at),
            "by_call": turn.by_call,
            "kind": kind_name(turn.kind),
            "after": turn.after.as_ref().map(told),
        })
    });
    json!({ "path": path, "turns": turns.collect::<Vec<_>>() })
}
