//! Makes a function from a blueprint. What a name may be is AWS's to say.

use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::dismiss::use_escape;
use crate::hooks::focus::use_focus_at_first;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::route::{FunctionPart, Place};
use crate::state::lambda::blueprints::{self, BLUEPRINTS, Blueprint};
use crate::state::lambda::draft::{Files, Tests};
use crate::state::lambda::zip;
use crate::words::{self, lambda as said};

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    /// Whether there is no function yet.
    pub first: bool,
    pub taken: Vec<String>,
    pub close: Callback<()>,
}

/// The form.
#[component]
pub fn Create(props: &Props) -> Html {
    let field = use_focus_at_first();
    let role = use_node_ref();
    let chosen = use_state_eq(|| BLUEPRINTS[0].id);
    let busy = use_state_eq(|| false);
    use_escape(!props.first, props.close.clone());
    let onsubmit = {
        let (field, role, chosen, busy) = (field.clone(), role.clone(), *chosen, busy.setter());
        let props = props.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text = |field: &NodeRef| {
                field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default()
            };
            create(&props, blueprints::named(chosen), (text(&field), text(&role)), busy.clone());
        })
    };
    let group = |legend: &'static str, prefix: &'static str| {
        let cards = BLUEPRINTS.iter().filter(|one| one.id.starts_with(prefix)).map(|one| {
            let set = chosen.setter();
            let pick = Callback::from(move |_: Event| set.set(one.id));
            card(one, *chosen == one.id, pick)
        });
        html! { <fieldset class="blueprints"><legend class="label">{ legend }</legend><div class="blue-row">{ for cards }</div></fieldset> }
    };
    html! {
        <section class="scroll grow fn-new" aria-labelledby="new-function-h" tabindex="0">
            <form {onsubmit}>
                <h2 id="new-function-h">{ if props.first { said::NO_FUNCTIONS } else { said::CREATE } }</h2>
                if props.first { <p class="dim2">{ said::NO_FUNCTIONS_MORE }</p> }
                { group(said::PYTHON, "python") }
                { group(said::NODE, "node") }
                <div class="two">
                    <label class="fld">{ said::FUNCTION_NAME }
                        <input ref={field} id="function-name" class={classes!("input", "mono", props.desk.hot("lambda.name"))} data-hotspot="lambda.name"
                            autocomplete="off" autocapitalize="off" spellcheck="false" placeholder={said::SAMPLE_NAME} />
                    </label>
                    <Field node={role} id="function-role" class="mono" label={said::ROLE} value={said::ROLE_DEFAULT.to_owned()} describedby="role-more" />
                </div>
                <p class="small dim" id="role-more">{ said::ROLE_MORE }</p>
                <div class="row">
                    <button id="make-function" class="btn primary" type="submit" disabled={*busy || !props.desk.cloud.may_change()}><Icon name="plus" />{ said::CREATE }</button>
                    if !props.first { <button class="btn" type="button" onclick={props.close.reform(|_| ())}>{ words::CANCEL }</button> }
                </div>
            </form>
        </section>
    }
}

fn card(one: &Blueprint, on: bool, pick: Callback<Event>) -> Html {
    html! {
        <label class={classes!("blue", on.then_some("on"))}>
            <input type="radio" name="blueprint" value={one.id} checked={on} onchange={pick} />
            <b>{ one.title }</b><span class="small dim2">{ one.about }</span>
        </label>
    }
}

fn create(
    props: &Props,
    blueprint: &'static Blueprint,
    (name, role): (String, String),
    busy: UseStateSetter<bool>,
) {
    let files = Files::from([(blueprint.file.to_owned(), Rc::from(blueprint.code))]);
    let input = json!({
        "FunctionName": name,
        "Runtime": blueprint.runtime,
        "Role": role,
        "Handler": blueprint.handler,
        "Code": { "ZipFile": STANDARD.encode(zip::pack(&files)) },
        "Timeout": blueprint.timeout_s,
    });
    let (desk, tell, close) = (props.desk.clone(), props.tell.clone(), props.close.clone());
    busy.set(true);
    spawn_local(async move {
        let said = (said::creating(&name), said::created(&name));
        let made = act(&desk, &tell, said, ("lambda", "CreateFunction"), input).await;
        busy.set(false);
        if made.is_some() {
            let tests = Tests { chosen: blueprint.event.to_owned(), ..Tests::default() };
            tests.keep(&desk.home(), &desk.region, &name);
            close.emit(());
            desk.route.at(Place::function(name, FunctionPart::Code)).go();
        }
    });
}
