//! What `TestState` tells of a state: how it ends, and the data at every stage on its way.
//! <https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html>

use serde_json::Value;
use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::state::states::pretty;
use crate::words::states as said;

/// The stages, in the order in which the data goes through them.
const STAGES: [&str; 11] = [
    "input",
    "afterInputPath",
    "afterItemsPath",
    "afterItemSelector",
    "afterParameters",
    "afterArguments",
    "result",
    "afterResultSelector",
    "afterResultPath",
    "variables",
    "errorDetails",
];

/// An answer, from its status to its output; the stages as a list of this class.
pub fn told(answer: &Value, class_of_list: &'static str) -> Html {
    let text = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or_default();
    let (class, icon, words) = match text("status") {
        "SUCCEEDED" => ("good", "check", said::TRY_SUCCEEDED),
        "CAUGHT_ERROR" => ("warn", "warn", said::TRY_CAUGHT),
        "RETRIABLE" => ("warn", "warn", said::TRY_RETRIABLE),
        _ => ("bad", "x", said::TRY_FAILED),
    };
    let next = Some(text("nextState")).filter(|next| !next.is_empty());
    html! {
        <>
            <p class="row wrap small"><span class={classes!("pill", class)} id="try-status"><Icon name={icon} />{ words }</span>
                if let Some(next) = next { <span class="dim2">{ said::then(next) }</span> }</p>
            if !text("error").is_empty() { <p class="note bad"><span><b>{ text("error").to_owned() }</b>{ " " }{ text("cause").to_owned() }</span></p> }
            <ol class={class_of_list}>{ for stages(answer) }</ol>
        </>
    }
}

/// Each stage with its value; one that changes nothing has its name alone.
fn stages(answer: &Value) -> Vec<Html> {
    let data = answer.get("inspectionData").cloned().unwrap_or_default();
    let stages = STAGES.iter().filter_map(|name| Some((*name, data.get(*name)?.clone())));
    let output = answer.get("output").filter(|output| output.as_str() != Some(""));
    let output = output.map(|output| ("output", output.clone()));
    let mut before = String::new();
    let shown = stages.chain(output).filter_map(|(name, value)| {
        let text = value.as_str().map_or_else(
            || serde_json::to_string_pretty(&value).unwrap_or_default(),
            pretty,
        );
        if matches!(text.as_str(), "{}" | "") && matches!(name, "variables" | "errorDetails") {
            return None;
        }
        // What comes out is always shown.
        let same = text == before && name != "output";
        if name != "variables" {
            before.clone_from(&text);
        }
        let title = if name == "output" { said::OUTPUT } else { said::stage(name) };
        Some(html! {
            <li class={classes!((!same).then_some("chg"))} data-stage={name}><h4>{ title.to_owned() }if same { <small>{ said::NOTHING_CHANGED }</small> }</h4>
                if !same { <pre class="code plain wrapped" tabindex="0">{ text }</pre> }</li>
        })
    });
    shown.collect()
}
