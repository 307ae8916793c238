//! State machines and executions: asked for anew whenever the cloud has changed, and while something runs.

use std::cell::Cell;
use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::clock::use_tick;
use crate::hooks::desk::Desk;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::console::act as console;
use crate::parts::console::told::Tell;
use crate::state::cloud::{self, Answer, Refusal};
use crate::state::states::run::Run;
use crate::state::states::{Diagnostic, Event, Execution, Kept};

/// As the models name the service.
const SERVICE: &str = "stepfunctions";
/// How often is looked while something runs: a Wait that ends makes no call.
const LIVE_MS: u32 = 400;
/// How often while there is more of a history to come: it comes in pieces, so that reading one keeps nobody waiting.
const CATCH_UP_MS: u32 = 60;

/// Makes a call of Step Functions in the Region that was picked.
pub async fn call(desk: &Desk, operation: &'static str, input: Value) -> Result<Answer, Refusal> {
    desk.call(SERVICE, operation, input).await
}

/// Makes a call and tells the console how it went; nothing if it was refused.
pub async fn act(
    desk: &Desk,
    tell: &Tell,
    (operation, input): (&'static str, Value),
    done: String,
) -> Option<Answer> {
    console::act(desk, tell, (operation.to_owned(), done), (SERVICE, operation), input).await
}

/// When what is shown is to be asked for anew.
type When = ((u32, u32, Option<u64>, bool), AttrValue, u32);

fn when(desk: &Desk, tick: u32) -> When {
    let cloud = &desk.cloud;
    ((cloud.changes, cloud.openings, cloud.past, cloud.is_ours()), desk.region.clone(), tick)
}

/// A picture that Step Functions has for the console; `live` while it may change by itself. `None`: there is no such
/// thing.
#[hook]
pub fn use_states<T>(
    desk: &Desk,
    name: &'static str,
    params: Value,
    live: bool,
) -> Load<Option<Rc<T>>>
where
    T: DeserializeOwned + PartialEq + 'static,
{
    let told = use_live(desk, (SERVICE, name), params, live.then_some(LIVE_MS));
    let read = use_memo(told, |told| match told {
        Load::Coming => Load::Coming,
        Load::Refused(why) => Load::Refused(why.clone()),
        Load::Here(value) => Load::Here(read(value.clone())),
    });
    (*read).clone()
}

fn read<T: DeserializeOwned>(value: Value) -> Option<Rc<T>> {
    serde_json::from_value::<Option<T>>(value).ok().flatten().map(Rc::new)
}

/// An execution with its whole history, and what became of each state.
#[derive(Clone, PartialEq, Debug)]
pub struct Followed {
    pub execution: Rc<Execution>,
    pub events: Kept<Vec<Rc<Event>>>,
    pub run: Kept<Run>,
}

impl Followed {
    /// What is known now, with what was known before. Nothing if it is another execution by the same name.
    fn of(before: Option<&Self>, mut execution: Execution) -> Option<Self> {
        let known = before.map_or(0, |before| before.events.len());
        if execution.events_total < known {
            return None;
        }
        let mut new = std::mem::take(&mut execution.events);
        new.retain(|event| usize::try_from(event.id).is_ok_and(|id| id > known));
        let execution = Rc::new(execution);
        if let Some(Self { events, run, .. }) = before
            && new.is_empty()
        {
            return Some(Self { execution, events: events.clone(), run: run.clone() });
        }
        // Only what is new is read; what is drawn already is not changed, but shared.
        let (mut events, mut run) = before
            .map(|before| ((*before.events).clone(), (*before.run).clone()))
            .unwrap_or_default();
        events.extend(new.into_iter().map(Rc::new));
        run.read_on(&events, known);
        Some(Self { execution, events: Kept(Rc::new(events)), run: Kept(Rc::new(run)) })
    }

    /// Whether all of the history is here.
    pub fn is_whole(&self) -> bool {
        self.events.len() >= self.execution.events_total
    }
}

/// Follows an execution: what is new of its history is asked for as it goes.
#[hook]
pub fn use_execution(desk: &Desk, machine: &str, name: &str) -> Load<Option<Followed>> {
    let load = use_state_eq(|| (String::new(), Load::<Option<Followed>>::Coming));
    let key = format!("{machine}/{name}/{:?}/{}", desk.cloud.past, desk.cloud.openings);
    let latest = use_mut_ref(|| (String::new(), None::<Followed>));
    if latest.borrow().0 != key {
        latest.replace((key.clone(), None));
    }
    let (of, now) = &*load;
    let now = if *of == key { now.clone() } else { Load::Coming };
    let going = match &now {
        Load::Here(Some(here)) => here.execution.row.is_running() || !here.is_whole(),
        _ => true,
    };
    let behind = matches!(&now, Load::Here(Some(here)) if !here.is_whole());
    let every_ms = if behind { CATCH_UP_MS } else { LIVE_MS };
    let tick = use_tick(every_ms, going && desk.cloud.is_ours());
    let (setter, held) = (load.setter(), desk.clone());
    let names = (machine.to_owned(), name.to_owned());
    use_effect_with(
        (when(desk, tick), names, key),
        move |(((_, _, past, ready), ..), names, key)| {
            let after = latest.borrow().1.as_ref().map_or(0, |known| known.events.len());
            let params = json!({ "Machine": names.0, "Name": names.1, "After": after });
            let (past, key) = (*past, key.clone());
            if *ready {
                spawn_local(async move {
                    let told =
                        cloud::view_at(SERVICE, "execution", &held.region, &params, past).await;
                    // A slower answer to an earlier question is dropped.
                    if latest.borrow().0 != key {
                        return;
                    }
                    let told = told.map(|value| {
                        serde_json::from_value::<Option<Execution>>(value).ok().flatten()
                    });
                    let told = told.map(|new| {
                        let mut latest = latest.borrow_mut();
                        latest.1 = new.and_then(|new| Followed::of(latest.1.as_ref(), new));
                        latest.1.clone()
                    });
                    setter.set((key, told.map_or_else(Load::Refused, Load::Here)));
                });
            }
        },
    );
    now
}

/// What is wrong with a definition, asked for once the learner has paused.
#[hook]
pub fn use_diagnostics(
    desk: &Desk,
    definition: &str,
    express: bool,
) -> Option<Rc<Vec<Diagnostic>>> {
    let found = use_state_eq(|| None::<Rc<Vec<Diagnostic>>>);
    let setter = found.setter();
    let desk = desk.clone();
    let ready = desk.cloud.is_ours();
    use_effect_with(
        (definition.to_owned(), express, ready),
        move |(definition, express, ready)| {
            let alive = Rc::new(Cell::new(true));
            let (here, definition, express) = (alive.clone(), definition.clone(), *express);
            let timer = ready.then(|| {
            gloo::timers::callback::Timeout::new(250, move || {
                spawn_local(async move {
                    let kind = if express { "EXPRESS" } else { "STANDARD" };
                    let input = json!({ "definition": definition, "type": kind, "severity": "WARNING" });
                    let told = desk.quietly(SERVICE, "ValidateStateMachineDefinition", input).await;
                    if let (Ok(answer), true) = (told, here.get()) {
                        let list = answer.output.get("diagnostics").cloned().unwrap_or_default();
                        setter.set(Some(Rc::new(serde_json::from_value(list).unwrap_or_default())));
                    }
                });
            })
        });
            move || {
                alive.set(false);
                drop(timer);
            }
        },
    );
    (*found).clone()
}
