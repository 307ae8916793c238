//! The lives of resources, as the page asks for them.

use cloudarium_cloud::{ResourcePath, Turn};
use serde_json::{Value as Json, json};
use wasm_bindgen::prelude::*;

use crate::bridge::{Bridge, milliseconds};
use crate::call::to_json;
use crate::time::kind_name;

/// So many turns of one life are told: the latest.
const TURNS_MAX: usize = 100;

#[wasm_bindgen]
impl Bridge {
    /// The turns in the lives of resources, as JSON. `paths` is a list of their names, each a list from the outside in.
    pub fn lives(&mut self, service: &str, paths: &str) -> Result<String, JsError> {
        let paths = serde_json::from_str(paths)?;
        let lives = self.durable.lives(service, &paths);
        Ok(lives.iter().map(life_json).collect::<Json>().to_string())
    }
}

fn life_json((path, turns): (&ResourcePath, &Vec<Turn>)) -> Json {
    let told = turns.iter().skip(turns.len().saturating_sub(TURNS_MAX)).map(|turn| {
        json!({
            "call": turn.moment.call,
            "jump": turn.moment.jump,
            "at": milliseconds(turn.at),
            "by_call": turn.by_call,
            "kind": kind_name(turn.kind),
            "after": turn.after.as_ref().map(to_json),
        })
    });
    json!({ "path": path, "turns": told.collect::<Vec<_>>() })
}
