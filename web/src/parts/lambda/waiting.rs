//! Provisioned concurrency: environments that wait for a version or an alias.

use serde_json::json;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::parts::lambda::versions::{Props, make};
use crate::state::lambda::{Provisioned, short_arn};
use crate::words;
use crate::words::lambda as said;

/// What waits, and the form that has more wait.
#[component]
pub fn Waiting(props: &Props) -> Html {
    let (of, count) = (use_node_ref(), use_node_ref());
    let may = props.desk.cloud.may_change();
    let onsubmit = {
        let (props, of, count) = (props.clone(), of.clone(), count.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let of = of.cast::<HtmlSelectElement>().map(|field| field.value()).unwrap_or_default();
            let count = count.cast::<HtmlInputElement>().map(|field| field.value());
            let count = count.and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
            let input = json!({ "Qualifier": of, "ProvisionedConcurrentExecutions": count });
            let said = (said::KEEP_WAITING, said::KEPT_WAITING);
            make(&props, said, "PutProvisionedConcurrencyConfig", input);
        })
    };
    let row = |one: &Provisioned| {
        let name = short_arn(&one.function_arn).to_owned();
        let label = said::none_waiting(&name);
        let remove = {
            let (props, name) = (props.clone(), name.clone());
            Callback::from(move |_: MouseEvent| {
                let said = (said::NONE_WAITING, said::NONE_WAITS);
                let input = json!({ "Qualifier": name });
                make(&props, said, "DeleteProvisionedConcurrencyConfig", input);
            })
        };
        html! {
            <tr><td class="mono">{ name }</td><td class="num">{ one.requested }</td><td class="num">{ one.allocated }</td><td>{ said::waiting_state(&one.status) }</td>
                <td class="num"><button class="btn small ghost icon" aria-label={label.clone()} title={label} disabled={!may} onclick={remove}><Icon name="trash" /></button></td></tr>
        }
    };
    let aliases = props.whole.aliases.iter().map(|one| &one.name);
    let names: Vec<_> =
        aliases.chain(props.whole.versions.iter().map(|one| &one.version)).cloned().collect();
    html! {
        <section class="fn-policy" aria-labelledby="waiting-h">
            <h2 id="waiting-h">{ said::WAITING }</h2>
            <p class="small dim2">{ said::WAITING_MORE }</p>
            if !props.whole.provisioned.is_empty() {
                <div class="framed scroll-x" tabindex="0" role="region" aria-labelledby="waiting-h"><table id="waiting-table">
                    <thead><tr><th scope="col">{ said::WAITS_FOR }</th><th scope="col" class="num">{ said::ASKED_FOR }</th><th scope="col" class="num">{ said::READY }</th><th scope="col">{ said::STATUS }</th><th scope="col"><span class="vh">{ words::s3::ACTIONS }</span></th></tr></thead>
                    <tbody>{ for props.whole.provisioned.iter().map(row) }</tbody>
                </table></div>
            }
            if names.is_empty() {
                <p class="small">{ said::NOTHING_TO_WAIT_FOR }</p>
            } else {
                <form class="row wrap" {onsubmit}>
                    <label class="fld">{ said::WAITS_FOR }<select ref={of} class="select" id="waiting-for">
                        { for names.iter().map(|name| html! { <option value={name.clone()}>{ name }</option> }) }
                    </select></label>
                    <Field node={count} id="waiting-count" label={said::ENVIRONMENTS_READY} kind="number" value="1" min="1" />
                    <button class="btn small low" id="keep-waiting" type="submit" disabled={!may}>{ said::KEEP_WAITING }</button>
                </form>
            }
        </section>
    }
}
