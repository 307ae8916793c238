//! Tasks that wait for a token to be given back, answered as a worker or a person would: by real calls.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::ending::{ANSWERS, Ending, EndingForm};
use crate::hooks::desk::Desk;
use crate::hooks::states::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::state::states::debug::Asked;
use crate::words::{debug as said, states as words};

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub tokens: Vec<Asked>,
    /// Only those of this state.
    #[prop_or_default]
    pub state: Option<AttrValue>,
}

/// A card for each.
#[component]
pub fn Answers(props: &Props) -> Html {
    let own = |token: &&Asked| props.state.as_deref().is_none_or(|state| state == token.state);
    html! { <>{ for props.tokens.iter().filter(own).map(|token| one(props, token)) }</> }
}

fn one(props: &Props, token: &Asked) -> Html {
    let disabled = !props.desk.cloud.may_change();
    let send = |operation: &'static str, input: Value, done: String| {
        let props = props.clone();
        Callback::from(move |_: MouseEvent| props.send(operation, input.clone(), done.clone()))
    };
    let place = token.index.map(words::item);
    let key = token.token.clone().or_else(|| token.activity.clone()).unwrap_or_default();
    let card = match (&token.token, &token.activity) {
        (Some(secret), _) => {
            let heartbeat = send(
                "SendTaskHeartbeat",
                json!({ "taskToken": secret }),
                said::HEARTBEAT_SENT.into(),
            );
            html! {
                <>
                    <EndingForm id="answer" label={said::ANSWER} ways={ANSWERS} begin={Ending::Result("{}".into())} button={said::ANSWER} {disabled} done={answer(props, token)} />
                    <div class="row"><button class="btn small" id="heartbeat" {disabled} onclick={heartbeat}><Icon name="clock" />{ said::HEARTBEAT }</button></div>
                </>
            }
        }
        (None, Some(activity)) => {
            let take =
                send("GetActivityTask", json!({ "activityArn": activity }), said::TAKEN.into());
            html! {
                <><p class="small dim2">{ said::TAKE_MORE }</p>
                    <div class="row"><button class="btn small" id="take-task" {disabled} onclick={take}><Icon name="you" />{ said::TAKE }</button></div></>
            }
        }
        (None, None) => return html! {},
    };
    html! {
        <section {key} class="card setting sf-answer-card" aria-label={said::WAITS}>
            <h4 class="row"><Icon name="hour" />{ said::WAITS }</h4>
            <p class="small"><b>{ &token.state }</b>{ for place.into_iter().map(|place| format!(", {place}")) }</p>
            { card }
        </section>
    }
}

/// <https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html> and `SendTaskFailure`
fn answer(props: &Props, token: &Asked) -> Callback<Ending> {
    let (props, token) = (props.clone(), token.clone());
    Callback::from(move |ending: Ending| {
        let secret = token.token.clone().unwrap_or_default();
        let done = said::answered(&token.state);
        match ending {
            Ending::Error(error, cause) => {
                let input = json!({ "taskToken": secret, "error": error, "cause": cause });
                props.send("SendTaskFailure", input, done);
            }
            Ending::Result(output) => {
                props.send(
                    "SendTaskSuccess",
                    json!({ "taskToken": secret, "output": output }),
                    done,
                );
            }
            Ending::Real => {}
        }
    })
}

impl Props {
    fn send(&self, operation: &'static str, input: Value, done: String) {
        let (desk, tell) = (self.desk.clone(), self.tell.clone());
        spawn_local(async move {
            act(&desk, &tell, (operation, input), done).await;
        });
    }
}
