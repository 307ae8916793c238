//! The debugger, and what else an execution waits to be told: where it stands, what goes in there, how its task ends.

mod answers;
mod bar;
mod breakpoint;
mod ending;
mod held;

pub use answers::Answers;
pub use bar::{Paused, Steps};
pub use breakpoint::{BreakButton, stops_of};
pub use held::HeldPanel;

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::look_again;
use crate::hooks::desk::Desk;
use crate::parts::console::told::Tell;
use crate::state::cloud;
use crate::state::states::Execution;
use crate::state::states::debug::Held;
use crate::words::{debug as said, states as words};

/// As the models name the service.
const SERVICE: &str = "stepfunctions";

/// Something that AWS has no operation for: it is not under the hood, and a refusal is told as any other. Whether it was
/// done.
pub async fn ask(desk: &Desk, tell: &Tell, (action, params): (&str, Value), what: String) -> bool {
    match cloud::extra(SERVICE, action, &desk.region, &params).await {
        Ok(()) => {
            look_again(&desk.cloud);
            true
        }
        Err(why) => {
            tell.refused.emit((what, why));
            false
        }
    }
}

/// What the parts of the debugger have in common.
#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub machine: AttrValue,
    pub execution: std::rc::Rc<Execution>,
}

impl Props {
    /// Where it is held.
    fn held(&self) -> &[Held] {
        self.execution.debug.as_ref().map_or(&[], |debug| &debug.held)
    }

    /// Has something done with the execution.
    fn asks(&self, action: &'static str, more: Value, what: &'static str) {
        let (props, mut params) = (self.clone(), more);
        if let Some(members) = params.as_object_mut() {
            members.insert("Machine".into(), (&*self.machine).into());
            members.insert("Name".into(), self.execution.row.name.as_str().into());
        }
        spawn_local(async move {
            ask(&props.desk, &props.tell, (action, params), what.to_owned()).await;
        });
    }

    /// The same at a click.
    fn on_click(
        &self,
        action: &'static str,
        more: &Value,
        what: &'static str,
    ) -> Callback<MouseEvent> {
        let (props, more) = (self.clone(), more.clone());
        Callback::from(move |_: MouseEvent| props.asks(action, more.clone(), what))
    }
}

/// Whether an execution can be debugged: a child is a part of its parent.
pub fn can_debug(execution: &Execution) -> bool {
    !execution.express && execution.map_run_arn.is_none()
}

/// What was changed of a visit by hand: by the events that show it.
pub fn changes_of(execution: &Execution, owns: impl Fn(u64) -> bool) -> Html {
    let changes = execution.debug.iter().flat_map(|debug| &debug.changes);
    let own = changes.filter(|change| owns(change.event));
    own.map(|change| {
        html! {
            <div class="note warn sf-failure"><crate::parts::icon::Icon name="you" /><div>{ said::change(change) }
                if let Some(before) = &change.before { <pre class="sf-cause">{ crate::state::states::pretty(before) }</pre> }</div></div>
        }
    })
    .collect()
}

/// A field for JSON or for other text.
fn area(id: &'static str, name: &str, text: &str, oninput: Callback<InputEvent>) -> Html {
    let rows = text.lines().count().clamp(2, 10).to_string();
    html! {
        <label class="fld">{ name.to_owned() }<textarea {id} class="input mono doc-field" {rows} spellcheck="false" autocomplete="off" autocapitalize="off" {oninput} value={text.to_owned()} /></label>
    }
}

/// What is no JSON, in words.
fn wrong(text: &str) -> Option<String> {
    let error = serde_json::from_str::<Value>(text).err()?;
    Some(crate::words::s3::not_json(&error.to_string()))
}

/// The place of a held state, as it is asked for.
fn at(held: &Held) -> Value {
    json!({ "Place": held.place })
}

/// A state's variables, if it sees any.
fn variables(held: &Held) -> Html {
    if held.variables.is_empty() {
        return html! {};
    }
    html! {
        <><h4>{ said::VARIABLES }</h4><dl class="sf-vars">{ for held.variables.iter().map(|(name, value)| html! {
            <><dt class="mono small">{ format!("${name}") }</dt><dd><pre class="code plain wrapped" tabindex="0">{ crate::state::states::pretty(value) }</pre></dd></>
        }) }</dl></>
    }
}

/// A task's error as the page tells errors.
fn error_name(error: &str) -> String {
    if error.is_empty() { words::NO_ERROR_NAME.to_owned() } else { error.to_owned() }
}
