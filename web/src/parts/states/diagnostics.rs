//! What is wrong with a definition, in AWS's words, each with the way to its place in the text.

use std::rc::Rc;

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::states::source::position;
use crate::state::states::Diagnostic;
use crate::words::states as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Nothing while they are being found.
    pub found: Option<Rc<Vec<Diagnostic>>>,
    /// Goes to a place in the text.
    #[prop_or_default]
    pub show: Callback<String>,
}

/// How many are wrong.
pub fn error_count(found: Option<&Vec<Diagnostic>>) -> usize {
    found.into_iter().flatten().filter(|one| one.severity == "ERROR").count()
}

/// `Valid`, or how many problems there are.
#[component]
pub fn Verdict(props: &Props) -> Html {
    let Some(found) = &props.found else {
        return html! { <span class="pill">{ said::CHECKING }</span> };
    };
    let (errors, all) = (error_count(Some(found)), found.len());
    let (class, icon, words) = match (errors, all) {
        (0, 0) => ("good", "check", said::VALID.to_owned()),
        (0, warnings) => ("warn", "warn", said::warnings(warnings)),
        (errors, _) => ("bad", "x", said::problems(errors)),
    };
    html! { <span class={classes!("pill", class)} id="verdict" role="status"><Icon name={icon} />{ words }</span> }
}

/// The list of them.
#[component]
pub fn Diagnostics(props: &Props) -> Html {
    let Some(found) = props.found.as_ref().filter(|found| !found.is_empty()) else {
        return html! {};
    };
    html! {
        <ul class="sf-diags" aria-label={said::DIAGNOSTICS}>
            { for found.iter().map(|one| {
                let bad = one.severity == "ERROR";
                let place = one.location.clone().or_else(|| position(&one.message)).unwrap_or_default();
                let onclick = { let place = place.clone(); props.show.reform(move |_: MouseEvent| place.clone()) };
                html! {
                    <li class={classes!("note", if bad { "bad" } else { "warn" })}>
                        <Icon name={if bad { "x" } else { "warn" }} />
                        <p><b>{ &one.code }</b>{ " " }{ &one.message }
                            if !place.is_empty() { { " " }<button type="button" class="lnk2" {onclick}>{ place }</button> }</p>
                    </li>
                }
            }) }
        </ul>
    }
}
